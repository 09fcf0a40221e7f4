"""A tender folder that declares open data, with an invented extract of clients below ``private/``."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from tests.conftest import few_documents

DECLARED = """
[open_data]
reference_day   = 2018-06-30
flow_from       = 2018-01-01
threshold       = 5
guard           = "suppress"
age_limits      = [25, 55]
duration_limits = [3, 12]

[[open_data.tables]]
id         = "stock-sex"
title      = { fi = "Varanto sukupuolen mukaan", sv = "Bestånd enligt kön", en = "Stock by sex" }
quantity   = "stock"
dimensions = ["municipality", "group", "sex"]

[[open_data.tables]]
id         = "stock-age"
title      = { fi = "Varanto iän mukaan", sv = "Bestånd enligt ålder", en = "Stock by age" }
quantity   = "stock"
dimensions = ["municipality", "age"]

[[open_data.tables]]
id         = "hours"
title      = { fi = "Todennetut työtunnit", sv = "Verifierade arbetstimmar", en = "Verified work hours" }
quantity   = "hours"
dimensions = ["municipality", "group"]
"""

HEADS = "client,municipality,group,sex,birth_year,education,occupation,started,ended,destination,hours"
SECRET = "asiakas-salaisuus-"
"""How every client's id begins."""


def declare(folder: Path, guard: str = "suppress", declared: str = DECLARED) -> Path:
    """`folder` with the open data chapter and its declaration."""
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    old = 'documents     = ["call-for-tenders", '
    assert text.count(old) == 1
    text = text.replace(old, f'{old}"open-data", ')
    first, last = text.index("[open_data]"), text.index("# Hinnat\n[prices]")
    shutil.rmtree(folder / "open-data")
    path.write_text(text[:first] + text[last:] + declared.replace('"suppress"', f'"{guard}"'), encoding="utf-8")
    return folder


def rows(count: int, seed: int = 4, *, synthetic: bool = True, hours: tuple[int, int] = (20, 1700)) -> list[str]:
    """The heads, and one line for each of `count` invented spells."""
    chance = random.Random(seed)
    lines = [HEADS + (",synthetic" if synthetic else "")]
    for number in range(count):
        began = date(2016, 7, 1) + timedelta(chance.randrange(720))
        works = chance.random() < 0.3
        ended = max(date(2018, 1, 1), began) + timedelta(chance.randrange(1, 90)) if works else None
        cells = (
            f"{SECRET}{number}",
            chance.choices(["siilinjarvi", "lapinlahti"], [7, 3])[0],
            chance.choices(["easy", "average", "hard"], [5, 3, 1])[0],
            chance.choice(["female", "male"]),
            chance.choices([1998, 1980, 1957], [1, 6, 2])[0],
            "secondary",
            "5",
            began.isoformat(),
            ended.isoformat() if ended and ended <= date(2018, 6, 30) else "",
            "open-work" if ended and ended <= date(2018, 6, 30) else "",
            chance.randint(*hours) if ended and ended <= date(2018, 6, 30) else "",
            *(["SYNTHETIC"] if synthetic else []),
        )
        lines.append(",".join(str(cell) for cell in cells))
    return lines


def with_register(folder: Path, lines: list[str]) -> Path:
    """`folder` with an extract of these lines."""
    path = folder / "private" / "register" / "salainen-poiminta.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def open_tender(folder: Path, count: int = 240, guard: str = "suppress") -> Path:
    """`folder`, started from the Pohjois-Savo example, with few documents, declared, with its register."""
    return with_register(declare(few_documents(folder), guard), rows(count))
