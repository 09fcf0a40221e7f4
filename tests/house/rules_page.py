"""Writes ``docs/reference/rules.md`` from the register of rules: ``python -m tests.house.rules_page``."""

from __future__ import annotations

from itertools import groupby

from tender.checks.packs import PACKS
from tender.checks.register import GAPS, READ_ON, ROWS, Row, Source, Way
from tender.checks.review import weight
from tender.checks.statutes import ACTS, JUDGMENTS, links
from tender.language import Language, date_text
from tender.words import words
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "reference" / "rules.md"
_SAYS = words(Language.EN).term
_SOURCES = {Source.READ: "read", Source.PARTLY: "partly read", Source.MEMORY: "memory only"}
_HEAD = """# Rules of law

Made from the register (`make docs`); a test fails when it is not current. The words stand in
`templates/terms/rules.*.toml` in Finnish, Swedish and English; `valinta check --rules` lists them for one tender. A
*machine* decides a row by the rules named; a *person* answers its question; a *waiting* row waits for the work named. A
row known from memory only never blocks and prints no law.
"""


def rules_page() -> str:
    """The whole page."""
    counts = {way: sum(row.way is way for row in ROWS) for way in Way}
    told = f"{len(ROWS)} rows: {counts[Way.MACHINE]} decided by the machine, {counts[Way.REVIEW]} by a person, "
    told += f"{counts[Way.WAITING]} waiting. Sources read on {date_text(READ_ON, Language.EN)}."
    documents = [_document(name, tuple(rows)) for name, rows in groupby(ROWS, key=lambda row: row.document)]
    return "\n".join([_HEAD, told, "", *documents, _packs(), _gaps(), _sources()])


def _document(name: str, rows: tuple[Row, ...]) -> str:
    table = "\n".join(_line(row) for row in rows)
    heads = "| Row | What is checked | Decided by | Weight | Basis | Source | Holds from |"
    return f"## {name}\n\n{heads}\n|---|---|---|---|---|---|---|\n{table}\n"


def _line(row: Row) -> str:
    weighs = f"{weight(row).value}{', full regime only' if row.full_regime else ''}"
    irregularity = f"; `{row.irregularity}`" if row.irregularity else ""
    since = row.valid_from.isoformat() if row.valid_from else "–"
    cells = (
        row.id,
        _SAYS(f"rule.{row.id}"),
        _way(row),
        weighs + irregularity,
        _basis(row),
        _SOURCES[row.source],
        since,
    )
    return f"| {' | '.join(cells)} |"


def _way(row: Row) -> str:
    if row.way is Way.MACHINE:
        return ", ".join(f"`{rule}`" for rule in row.rules)
    if row.way is Way.REVIEW:
        return f"a person: {_SAYS(f'question.{row.id}')}"
    assert row.waits_for is not None
    return f"waits for {_SAYS(f'awaited.{row.waits_for.value}')}"


def _basis(row: Row) -> str:
    found = links(row.basis)
    return (
        f"{row.basis} ({', '.join(f'[{n}]({link})' for n, link in enumerate(found, 1))})" if found else row.basis or "–"
    )


def _packs() -> str:
    lines = [
        f"- `{pack.id.value}`: procedures that begin {pack.valid_from} – {pack.valid_to}; read on {pack.read_on}"
        + (f"; leaves out {', '.join(f'`{rule}`' for rule in sorted(pack.left_out))}" if pack.left_out else "")
        for pack in PACKS.values()
    ]
    return "\n".join(["## Packs", "", *lines, ""])


def _gaps() -> str:
    return "\n".join(["## Known gaps", "", *(f"- {_SAYS(f'gap.{gap}')}" for gap in GAPS), ""])


def _sources() -> str:
    acts = ", ".join(f"[{act.number}]({act.eli})" for act in ACTS)
    return "\n".join(["## Read", "", f"Acts: {acts}.", "", f"Judgments: {', '.join(sorted(JUDGMENTS))}.", ""])


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8")
