"""The law that was read: acts and judgments that a document may cite, the names they go by, and their Finlex addresses.

An act stands here when its text was read; its last section comes from the statute as enacted. Sections that an
amendment added carry a letter and keep their number. Addresses are printed, never visited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tender.checks.provisions import ACT_380, HL

ELI = "https://data.finlex.fi/eli/sd"
"""Where Finlex names statutes by their European Legislation Identifier."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act that was read.

    Attributes:
        number: Its number in the statute book, such as ``1397/2016``.
        names: Regular expression of the names it goes by in Finnish, Swedish and English, its number apart.
        last_section: Number of its last section; ``None`` when only parts of it were read.
        valid_from: First day on which it may be cited as law in force.
    """

    number: str
    names: str
    last_section: int | None
    valid_from: date

    @property
    def eli(self) -> str:
        """Its address in Finlex."""
        return eli_of(self.number)


def eli_of(number: str) -> str:
    """The Finlex address of the act with `number`.

    >>> eli_of("1397/2016")
    'https://data.finlex.fi/eli/sd/2016/1397'
    """
    serial, _, year = number.partition("/")
    return f"{ELI}/{year}/{serial}"


def _enacted(number: str, names: str = "", last_section: int | None = None) -> Act:
    """An act whose first day was not read: it may be cited from the year of its number."""
    return Act(number, names, last_section, date(int(number.partition("/")[2]), 1, 1))


ACTS: tuple[Act, ...] = (
    Act(
        "1397/2016",
        r"HL|UpphL|[Hh]ankintala(?:ki|in|issa|kia)|[Uu]pphandlingslag(?:en|ens)?|Procurement Act",
        174,
        HL,
    ),
    _enacted("621/1999", r"JulkL|OffL|[Jj]ulkisuusla(?:ki|in)|[Oo]ffentlighetslag(?:en|ens)?|Openness Act", 38),
    _enacted("434/2003", r"HallL|FörvL|[Hh]allintola(?:ki|in)|[Ff]örvaltningslag(?:en|ens)?", 71),
    _enacted("423/2003", r"[Kk]ielila(?:ki|in)|[Ss]pråklag(?:en|ens)?|Language Act", 43),
    Act("380/2023", "", 149, ACT_380),
    _enacted("150/1930"),
    _enacted("1233/2006"),
    _enacted("1325/2014"),
    _enacted("280/2004"),
    _enacted("306/2019"),
    _enacted("808/2019"),
    _enacted("499/2021"),
    _enacted("604/2018"),
    _enacted("164/2024"),
    _enacted("592/2024"),
)
"""Acts that were read, amendments that are cited by their own number included."""

UNREAD_NAMES = r"[Pp]erustusla(?:ki|in)|[Gg]rundlag(?:en|ens)?|the Constitution"
"""Acts that documents name without a number and that were not read."""

JUDGMENTS = frozenset(
    {
        *(f"KHO {case}" for case in ("2010:19", "2010:69", "2012:32", "2013:108", "2013:160", "2014:55", "2015:17")),
        *(f"KHO {case}" for case in ("2016:97", "2016:182", "2017:139", "2018:91", "2019:109", "2020:142", "2021:40")),
        *("KHO 2024:118", "C-9/17", "C-6/15", "C-532/06"),
    }
)
"""Judgments whose text or summary was read."""


def act_of(number: str) -> Act | None:
    """The act with `number`; ``None`` when it was not read."""
    return next((act for act in ACTS if act.number == number), None)


_NUMBER = re.compile(r"(?<![\d/.:])(\d{1,4}/(?:19|20)\d{2})(?![\d/])")
_EUROPEAN = re.compile(r"\(EU\)[^;]*|C-\d+/\d+")


def links(basis: str) -> tuple[str, ...]:
    """Finlex addresses of the acts that `basis` names, each once, in its order.

    >>> links("HL 93.4, 115.1; KHO 2010:69; 380/2023 27 §")
    ('https://data.finlex.fi/eli/sd/2016/1397', 'https://data.finlex.fi/eli/sd/2023/380')
    """
    national = _EUROPEAN.sub("", basis)
    found = [(match.start(), match.group(1)) for match in _NUMBER.finditer(national)]
    for act in ACTS:
        if act.names:
            found += [(match.start(), act.number) for match in re.finditer(rf"\b(?:{act.names})\b", national)]
    return tuple(dict.fromkeys(eli_of(number) for _, number in sorted(found)))
