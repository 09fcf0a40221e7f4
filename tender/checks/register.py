"""The register of rules: all 117 rows of the catalogue of checks, each with the one way in which it is decided.

A lawyer reviews this table together with its words (terms ``rule.*`` and ``question.*``) on
``docs/reference/rules.md``. A row is decided by a *machine* (the provisions that carry its id), by a person through a
*review* question, or it is *waiting* for the work that brings its inputs. `Row.basis` holds only what was read in a
source; what is known from memory only stands in `Row.unread` and is never printed as law, and a row known from memory
only never blocks.

HL is act 1397/2016, JulkL 621/1999, HallL 434/2003, Kielilaki 423/2003, KHO the Supreme Administrative Court.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tender.checks.provisions import ACT_380, HL, JULKL_604, PROVISIONS
from tender.errors import Severity
from tender.model.tender import Regime

READ_ON = date(2026, 11, 22)
"""The day on which the catalogue and its sources were read."""


class Way(StrEnum):
    """How a row is decided."""

    MACHINE = "machine"
    REVIEW = "review"
    WAITING = "waiting"


class Awaited(StrEnum):
    """The work that brings the inputs of a waiting row, and closes it."""

    DIALOGUE = "dialogue"
    EVALUATION = "evaluation"
    CONTRACT = "contract"
    NOTICES = "notices"
    DATA = "data"


class Source(StrEnum):
    """Whether a row was read in a source."""

    READ = "read"
    PARTLY = "partly"
    MEMORY = "memory"


DOCUMENTS: Mapping[str, str] = {
    "PMC": "market-consultation-notice",
    "DIA": "dialogue-summary",
    "CFT": "call-for-tenders",
    "PRI": "bid-form",
    "CON": "framework-agreement",
    "DAT": "open-data",
    "DIV": "division-of-labour",
    "DEC": "award-decision",
    "CMP": "comparison-memo",
    "NOT": "notification-letter",
    "APP": "appeal-instructions",
    "INT": "interruption-decision",
    "CAN": "contract-award-notice",
    "X": "all",
}
"""The document that a row is about, by the letters of its id."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the catalogue of checks.

    Attributes:
        id: Its id, such as ``CFT-15``.
        way: How it is decided.
        severity: What a breach weighs.
        basis: Legal basis as it is printed; only what was read in a source.
        irregularity: Code of eForms' list of irregularities, as reviewers of EU funding use it; empty without one.
        waits_for: The work that a waiting row waits for; ``None`` otherwise.
        full_regime: Whether the row binds full-regime EU procurements only.
        source: Whether it was read in a source.
        unread: Basis that is known from memory only; never printed as law.
        valid_from: First day on which it holds; ``None`` where the day was not read or no law is behind it.
        valid_to: Last such day; ``None`` while it holds.
        read_on: The day on which it was read.
    """

    id: str
    way: Way
    severity: Severity
    basis: str = ""
    irregularity: str = ""
    waits_for: Awaited | None = None
    full_regime: bool = False
    source: Source = Source.READ
    unread: str = ""
    valid_from: date | None = HL
    valid_to: date | None = None
    read_on: date = READ_ON

    @property
    def document(self) -> str:
        """The document that the row is about."""
        return DOCUMENTS[self.id.partition("-")[0]]

    def holds_on(self, day: date) -> bool:
        """Whether the row holds on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def binds(self, regime: Regime) -> bool:
        """Whether the row binds a procurement under `regime`."""
        return not self.full_regime or regime is Regime.EU

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that look at this row, in the order of the table of provisions."""
        return tuple(dict.fromkeys(each.rule for each in PROVISIONS if each.catalogue == self.id))


_MACHINE, _REVIEW = Way.MACHINE, Way.REVIEW
_BLOCK, _WARN, _INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
_PARTLY, _MEMORY = Source.PARTLY, Source.MEMORY


def _waits(
    row_id: str, awaited: Awaited, severity: Severity, basis: str = "", irregularity: str = "", unread: str = ""
) -> Row:
    """A row that waits for `awaited`; from memory only when it has nothing but `unread`."""
    source = _MEMORY if unread and not basis else Source.READ
    return Row(row_id, Way.WAITING, severity, basis, irregularity, awaited, source=source, unread=unread)


_EVALUATION, _NOTICES, _DATA = Awaited.EVALUATION, Awaited.NOTICES, Awaited.DATA

MARKET: tuple[Row, ...] = (
    Row("PMC-01", _MACHINE, _WARN, "HL 65"),
    Row("PMC-02", _MACHINE, _WARN, "HL 3, 65", "irr-involv"),
    Row("PMC-03", _MACHINE, _BLOCK, "HL 3", "irr-involv"),
    Row("PMC-04", _MACHINE, _INFO, source=_MEMORY, unread="HL 65"),
    Row("PMC-05", _MACHINE, _BLOCK, "JulkL 7.1, 10, 24.1 p. 20", valid_from=None),
    Row("PMC-06", _MACHINE, _WARN, "HL 66, 81.1 p. 8", "irr-involv", unread="2014/24/EU 41"),
    Row("PMC-07", _MACHINE, _WARN, source=_MEMORY, unread="GDPR 13", valid_from=None),
    Row("DIA-01", _MACHINE, _BLOCK, "HL 62.4, 66", "irr-involv", unread="2014/24/EU 41"),
    Row("DIA-02", _MACHINE, _BLOCK, "HL 3, 66", "irr-involv", unread="2014/24/EU 41"),
    Row("DIA-03", _MACHINE, _BLOCK, "JulkL 10, 24.1 p. 20"),
    Row("DIA-04", _MACHINE, _WARN, "HL 124.4", "ins-audit"),
    Row("DIA-05", _MACHINE, _WARN, irregularity="irr-involv", source=_MEMORY, unread="HL 3, 66"),
)

CALL: tuple[Row, ...] = (
    Row("CFT-01", _MACHINE, _BLOCK, "HL 67, 113", "ncompl-sub"),
    Row("CFT-02", _MACHINE, _BLOCK, "HL 68 p. 1, 113; KHO 2019:109, 2016:182", "ncompl-sub"),
    Row("CFT-03", _MACHINE, _BLOCK, "HL 32–39, 109"),
    Row("CFT-04", _MACHINE, _BLOCK, "HL 7, 25–27, 107", "unj-na-ppr"),
    Row("CFT-05", _MACHINE, _WARN, "HL 68 p. 2", full_regime=True),
    Row("CFT-06", _MACHINE, _BLOCK, "HL 68 p. 3–4", "nc-timl"),
    Row("CFT-07", _MACHINE, _BLOCK, "HL 3, 56, 57, 109", "nc-timl"),
    Row("CFT-08", _MACHINE, _WARN, "HL 68 p. 5; Kielilaki 32"),
    Row("CFT-09", _REVIEW, _BLOCK, "HL 68 p. 8, 83–86, 114", "unj-nrl-other"),
    Row("CFT-10", Way.WAITING, _BLOCK, "HL 83", "ncompl-cn", _NOTICES, full_regime=True),
    Row("CFT-11", _MACHINE, _BLOCK, "HL 87, 114.1"),
    Row("CFT-12", _MACHINE, _BLOCK, "HL 80–82, 114.2", "unj-excl"),
    Row("CFT-13", _MACHINE, _BLOCK, "HL 93, 115", "ncompl-awcrit"),
    Row("CFT-14", _MACHINE, _BLOCK, "HL 93.4, 115; KHO 2010:69", "ncompl-awcrit"),
    Row("CFT-15", _MACHINE, _BLOCK, "HL 93.4", "ncompl-awcrit", unread="2014/24/EU 67(5)"),
    Row("CFT-16", _REVIEW, _BLOCK, "HL 93.5, 94; C-532/06", "eva-diff-crit"),
    Row("CFT-17", _MACHINE, _BLOCK, "HL 93.1, 115.2"),
    Row("CFT-18", _REVIEW, _BLOCK, "HL 75.2–3", full_regime=True, unread="2014/24/EU 46"),
    Row("CFT-19", _MACHINE, _BLOCK, "HL 75.1, 124 p. 5", "nojust-nolots", full_regime=True),
    Row("CFT-20", _MACHINE, _BLOCK, "HL 42–43", "ncompl-sub", unread="C-23/20"),
    Row("CFT-21", _MACHINE, _BLOCK, "HL 3, 43.2", "ncompl-sub"),
    Row("CFT-22", _MACHINE, _BLOCK, "HL 68 p. 11"),
    Row("CFT-23", _MACHINE, _WARN, "HL 68 p. 10"),
    Row("CFT-24", _MACHINE, _WARN, "HL 56.5, 69.4", "noex-addinfo"),
    _waits("CFT-25", _NOTICES, _BLOCK, "HL 67.2", "ncompl-cn"),
    Row("CFT-26", _MACHINE, _BLOCK, "HL 74.1, 93.3, 113.2"),
    Row("CFT-27", _MACHINE, _WARN, "HL 71.1; 306/2019 7 §", full_regime=True),
    Row("CFT-28", _MACHINE, _WARN, "JulkL 11.2 p. 6", valid_from=JULKL_604),
    Row("CFT-29", _MACHINE, _WARN, "1233/2006 5 §", source=_PARTLY, unread="(EU) 833/2014 5 k", valid_from=None),
    Row("CFT-30", _MACHINE, _BLOCK, "HL 69.1, 112", "restr-not-tlim"),
    Row("CFT-31", _REVIEW, _BLOCK, "HL 93.4", "ncompl-awcrit", source=_PARTLY,
        unread="2014/24/EU 67(5); C-331/04; C-470/99"),
)  # fmt: skip

PRICES: tuple[Row, ...] = (
    Row("PRI-01", _MACHINE, _BLOCK, "HL 67, 113; KHO 2016:97", "ncompl-sub"),
    Row("PRI-02", _MACHINE, _BLOCK, "KHO 2015:17, 2016:97", "ncompl-sub"),
    Row("PRI-03", _MACHINE, _WARN, "HL 113.2"),
    Row("PRI-04", _MACHINE, _BLOCK, "KHO 2010:69", "eva-diff-crit"),
    Row("PRI-05", _MACHINE, _WARN, "KHO 2015:17"),
    Row("PRI-06", _MACHINE, _INFO, "", "ins-audit", source=_MEMORY, valid_from=None),
)

AGREEMENT: tuple[Row, ...] = (
    Row("CON-01", _MACHINE, _BLOCK, source=_MEMORY, unread="JYSE 2025 Palvelut", valid_from=None),
    Row("CON-02", _MACHINE, _BLOCK, "HL 27, 42, 136.2 p. 1", "elem-mod"),
    Row("CON-03", _MACHINE, _BLOCK, "HL 136.2 p. 1", "elem-mod"),
    Row("CON-04", _MACHINE, _BLOCK, "KHO 2014:55"),
    Row("CON-05", _MACHINE, _BLOCK, "KHO 2014:55", "elem-mod"),
    Row("CON-06", _MACHINE, _BLOCK, "GDPR 28; 380/2023 116.4 §", valid_from=ACT_380),
    Row("CON-07", _MACHINE, _BLOCK, "HL 98.2"),
    Row("CON-08", _MACHINE, _WARN, "HL 77–78", "unj-lim-subc"),
    Row("CON-09", _MACHINE, _WARN, "HL 137"),
    Row("CON-10", _MACHINE, _BLOCK, source=_MEMORY, unread="731/1999 124 §; 380/2023", valid_from=None),
    Row("CON-11", _MACHINE, _WARN, "HL 128"),
    Row("CON-12", _MACHINE, _WARN, "HL 124.4; 380/2023 112–116 §", valid_from=ACT_380),
)

DATA_AND_DIVISION: tuple[Row, ...] = (
    _waits("DAT-01", _DATA, _BLOCK, "GDPR 4(1); JulkL 24.1; 280/2004 12–13 §"),
    _waits("DAT-02", _DATA, _WARN, "HL 3; KHO 2019:109"),
    Row("DAT-03", _REVIEW, _BLOCK, "KHO 2019:109", "ncompl-sub"),
    _waits("DAT-04", _DATA, _BLOCK, "HL 56.5 p. 2, 69.4", "noex-timl"),
    Row("DAT-05", _REVIEW, _BLOCK, "280/2004 13 §", valid_from=None),
    _waits("DAT-06", _DATA, _BLOCK, unread="-"),
    Row("DIV-01", _MACHINE, _BLOCK, "380/2023 27–41 §", source=_PARTLY, unread="731/1999 124 §", valid_from=ACT_380),
    Row("DIV-02", _MACHINE, _BLOCK, "380/2023 27, 31, 37–38, 41 §", valid_from=ACT_380),
    Row("DIV-03", _MACHINE, _BLOCK, "380/2023 112, 114, 116, 124–125 §", valid_from=ACT_380),
    Row("DIV-04", _MACHINE, _BLOCK, "380/2023 19 §", valid_from=ACT_380),
    Row("DIV-05", _MACHINE, _BLOCK, "380/2023 144 §", valid_from=ACT_380),
)

DECISION: tuple[Row, ...] = (
    _waits("DEC-01", _EVALUATION, _BLOCK, "HallL 44"),
    _waits("DEC-02", _EVALUATION, _BLOCK, "HL 123; HallL 44"),
    _waits("DEC-03", _EVALUATION, _BLOCK, "HL 123.2", "unj-excl"),
    _waits("DEC-04", _EVALUATION, _BLOCK, "HL 123.2; KHO 2013:108; JulkL 11.2 p. 6", "ins-audit"),
    _waits("DEC-05", _EVALUATION, _BLOCK, "HallL 45"),
    _waits("DEC-06", _EVALUATION, _BLOCK, "HL 123.2, 129"),
    _waits("DEC-07", _EVALUATION, _BLOCK, "HL 126"),
    _waits("DEC-08", _EVALUATION, _BLOCK, "KHO 2021:40", "eva-add-crit"),
    _waits("DEC-09", _EVALUATION, _WARN, "HL 124", "ins-audit"),
    _waits("DEC-10", _EVALUATION, _BLOCK, "HL 96, 124 p. 3", "ab-low"),
    _waits("DEC-11", _EVALUATION, _BLOCK, "HL 124", "ins-audit"),
    _waits("DEC-12", _EVALUATION, _BLOCK, "HL 3.2, 97; KHO 2012:32"),
    _waits("CMP-01", _EVALUATION, _BLOCK, "HL 93, 115; KHO 2010:19, 2010:69", "eva-diff-crit"),
    _waits("CMP-02", _EVALUATION, _BLOCK, irregularity="conf-int", unread="HL 124 p. 11; HallL 27–30"),
    _waits("CMP-03", _EVALUATION, _BLOCK, "HL 74.2, 113.2", "change-eval"),
    _waits("CMP-04", _EVALUATION, _BLOCK, "HL 124.4", "ins-audit"),
    _waits("CMP-05", _EVALUATION, _BLOCK, irregularity="mod-inco", unread="-"),
    _waits("CMP-06", _EVALUATION, _BLOCK, "JulkL 6.1 p. 3, 7.2, 11"),
    _waits("NOT-01", _EVALUATION, _BLOCK, "HL 127.1; KHO 2020:142"),
    _waits("NOT-02", _EVALUATION, _BLOCK, "HL 127.1"),
    _waits("NOT-03", _EVALUATION, _BLOCK, "HL 127.1"),
    _waits("NOT-04", _EVALUATION, _BLOCK, "HL 127.2"),
    _waits("NOT-05", _EVALUATION, _WARN, "Kielilaki 19–20"),
    Row("APP-01", _MACHINE, _BLOCK, "HallL 47; 808/2019 15–16 §", valid_from=None),
    Row("APP-02", _MACHINE, _BLOCK, "HL 147"),
    Row("APP-03", _MACHINE, _BLOCK, "150/1930 6 §; KHO 2024:118", valid_from=None),
    Row("APP-04", _MACHINE, _BLOCK, "HL 126.1, 148"),
    Row("APP-05", _MACHINE, _BLOCK, "HL 132–134"),
    Row("APP-06", _MACHINE, _WARN, "HL 146"),
    Row("APP-07", _MACHINE, _WARN, "HL 163", source=_PARTLY, unread="1455/2015"),
    Row("INT-01", _MACHINE, _BLOCK, "HL 125.1"),
    Row("INT-02", _MACHINE, _BLOCK, "HL 123, 125.2, 126–127"),
    _waits("INT-03", _NOTICES, _BLOCK, "HL 58.5"),
    _waits("INT-04", _EVALUATION, _WARN, unread="HL 3, 125"),
    _waits("CAN-01", _NOTICES, _BLOCK, "HL 58.5"),
    _waits("CAN-02", _NOTICES, _BLOCK, "HL 59"),
    _waits("CAN-03", _NOTICES, _BLOCK, unread="-"),
    _waits("CAN-04", _NOTICES, _WARN, "eForms BT-195–198"),
)

EVERYWHERE: tuple[Row, ...] = (
    Row("X-01", _MACHINE, _BLOCK, "HL 67.2"),
    Row("X-02", _MACHINE, _WARN, "Kielilaki 19.2", valid_from=None),
    Row("X-03", _REVIEW, _WARN, "306/2019 7 §", valid_from=None),
    Row("X-04", _MACHINE, _WARN, "Kielilaki 32", valid_from=None),
    Row("X-05", _MACHINE, _BLOCK, "HL 174"),
    Row("X-06", _REVIEW, _BLOCK, "HL 124.4", "ins-audit"),
    Row("X-07", _MACHINE, _BLOCK, "HL 56.5, 58.1 p. 8; KHO 2017:139", "noex-timl"),
)

ROWS: tuple[Row, ...] = (*MARKET, *CALL, *PRICES, *AGREEMENT, *DATA_AND_DIVISION, *DECISION, *EVERYWHERE)
"""Every row of the catalogue, in its order."""

GAPS = (
    "employment-services-act",
    "procurement-act",
    "eu-thresholds",
    "annex-e-pointer",
    "standstill-gap",
    "letter-weekend",
)
"""Known gaps of the law room, said on every listing; their words are the terms ``gap.*``."""


def row_of(row_id: str) -> Row:
    """The row with `row_id`.

    Raises:
        KeyError: There is none.
    """
    for row in ROWS:
        if row.id == row_id:
            return row
    raise KeyError(row_id)
