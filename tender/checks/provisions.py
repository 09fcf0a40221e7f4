"""The table of rules: what each weighs, on which law it rests, since when, and its row in the catalogue of 117 checks.

A lawyer reviews this file. Three habits keep it honest:

- A basis that was not read in a source stands nowhere in this table, and such a rule never blocks.
- A rule whose law changed has one row for each wording, with the days between which it holds.
- A rule of arithmetic has no basis of its own unless a law or a judgment asks for the sum.

HL is act 1397/2016, JulkL 621/1999, Kielilaki 423/2003, KHO the Supreme Administrative Court.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.errors import Severity

_BLOCK, _WARN, _INFO = Severity.BLOCK, Severity.WARN, Severity.INFO

HL = date(2017, 1, 1)
"""The procurement act 1397/2016 came into force."""

HL_499 = date(2021, 7, 1)
"""Its amendment 499/2021: a framework names its largest quantity or value."""

JULKL_604 = date(2018, 8, 15)
"""Amendment 604/2018 of the publicity act: the total price that was compared is always given to a party."""

ACT_380 = date(2025, 1, 1)
"""The act 380/2023: employment services are the duty of municipalities."""

ACT_808 = date(2020, 1, 1)
"""The act 808/2019 on administrative court procedure is of the last months of 2019; no earlier day is judged by it."""

GDPR = date(2018, 5, 25)
"""The general data protection regulation (EU) 2016/679 applies."""

AI_ACT = date(2024, 8, 1)
"""The AI Act (EU) 2024/1689 is of the summer of 2024; no earlier day is asked about. When it applies was not read."""

EQUALITY = date(2015, 1, 1)
"""The act 1325/2014 on equal treatment is of the last days of 2014; no earlier day is judged by it."""

SANCTIONS = date(2022, 4, 9)
"""From this day on our own clause on sanctions is used."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule as it holds between two days.

    Attributes:
        rule: Id of the rule.
        severity: Whether it blocks.
        basis: Legal basis as it is printed; empty where the rule is arithmetic or good practice.
        catalogue: Id of the check in the catalogue of checks, such as ``CFT-15``; empty where it has no row.
        valid_from: First day; ``None`` for a rule that rests on no law.
        valid_to: Last day; ``None`` while it holds.
    """

    rule: str
    severity: Severity
    basis: str = ""
    catalogue: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


_WEIGHTS = "HL 93.4, 115.1"
_SCALES = "HL 93.4, 115.1; KHO 2010:69"
_OBJECT = "HL 68 p. 1, 113.1"

PROVISIONS: tuple[Provision, ...] = (
    Provision("number.odd", _BLOCK),
    # The pack itself, and what was published.
    Provision("pack.not-in-force", _BLOCK, catalogue="X-05"),
    Provision("pack.reduced", _INFO),
    Provision("pack.read-on", _INFO),
    Provision("published.method-changed", _WARN, "HL 56.5; KHO 2017:139", "X-07", HL),
    Provision("published.method-changed-late", _BLOCK, "HL 3; KHO 2017:139", "X-07", HL),
    # Award criteria.
    Provision("award.weight-positive", _BLOCK, _WEIGHTS, "CFT-15", HL),
    Provision("award.weights-sum", _BLOCK, _WEIGHTS, "CFT-15", HL),
    Provision("award.sub-weights-sum", _BLOCK, _WEIGHTS, "CFT-15", HL),
    Provision("award.branch-empty", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.leaf-with-criteria", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.scale-values", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.scale-share", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.scale-order", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.scale-top", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.scale-missing", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.description-missing", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.evidence-missing", _BLOCK, "HL 93.5, 115.1", "CFT-16", HL),
    Provision("award.minimum-level", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.minimum-quality", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.near-tie", _BLOCK),
    Provision("award.rounding-decimals", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.formula-missing", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.formula-unknown", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.tie-rule", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("award.price-criterion", _BLOCK, "HL 93, 115.1", "CFT-13", HL),
    Provision("award.quality-criterion", _BLOCK, "HL 93, 115.1", "CFT-13", HL),
    Provision("award.quality-under-price", _BLOCK, "HL 93, 115.1", "CFT-13", HL),
    Provision("award.price-only-reason", _BLOCK, "HL 93.1, 115.2", "CFT-17", HL),
    Provision("award.criterion-suitability", _BLOCK, "HL 93.5, 94", "CFT-16", HL),
    Provision("award.ceiling-below-lowest", _BLOCK),
    # Bonus, sanction, verification: lawful when announced, measured and computed as stated.
    Provision("indicators.none", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("indicators.weight-positive", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("indicators.weights-sum", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("indicators.tolerance", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("indicators.full-scale", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("indicators.minimum-n", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("indicators.cap", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("verification.method", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("verification.confidence", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("verification.tolerable-error", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("verification.expected-error", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("verification.sample-size", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("verification.extended-sample", _BLOCK, "KHO 2014:55", "CON-04"),
    # Prices.
    Provision("prices.part-missing", _BLOCK, "HL 67.1, 113.1", "PRI-01", HL),
    Provision("prices.part-unused", _BLOCK, "HL 67.1, 113.1", "PRI-01", HL),
    Provision("prices.decimals-range", _BLOCK, "HL 67.1, 113.1", "PRI-01", HL),
    Provision("prices.range-order", _BLOCK, "HL 67.1, 113.1", "CFT-26", HL),
    Provision("prices.range-positive", _BLOCK, "KHO 2015:17, 2016:97", "PRI-02"),
    Provision("prices.reference", _BLOCK, "HL 67.1, 113.1", "CFT-26", HL),
    Provision("prices.end-decimals", _BLOCK, "HL 67.1, 113.1", "CFT-26", HL),
    Provision("prices.group-missing", _BLOCK, "HL 67.1, 113.1", "CFT-26", HL),
    Provision("prices.group-unknown", _BLOCK, "HL 67.1, 113.1", "CFT-26", HL),
    Provision("prices.weight-positive", _BLOCK, "HL 67.1, 113.1", "CFT-26", HL),
    Provision("prices.weights-order", _WARN),
    Provision("prices.unit-decimals", _WARN),
    Provision("prices.vat-rate", _BLOCK, "HL 67.1, 113.1; KHO 2016:97", "PRI-01", HL),
    Provision("prices.range-reason", _WARN, "HL 93.3", "CFT-26", HL),
    Provision("prices.zero-unused", _WARN, "KHO 2016:97", "PRI-02"),
    Provision("prices.sanction-at-zero", _WARN, "KHO 2015:17", "PRI-05"),
    Provision("prices.no-spread", _WARN, "HL 93.3", "CFT-13", HL),
    # Money.
    Provision("object.value-positive", _BLOCK, "HL 27", "CFT-04", HL),
    Provision("object.value-below-maximum", _BLOCK, "HL 27.1, 30.4", "CFT-04", HL),
    Provision("framework.maximum-value", _BLOCK, "", "CFT-20", valid_to=date(2021, 6, 30)),
    Provision("framework.maximum-value", _BLOCK, "HL 3, 42.4", "CFT-20", HL_499),
    Provision("framework.maximum-below-lowest", _BLOCK, "", "CFT-20", valid_to=date(2021, 6, 30)),
    Provision("framework.maximum-below-lowest", _BLOCK, "HL 3, 42.4", "CFT-20", HL_499),
    Provision("framework.maximum-below-highest", _WARN, "HL 27.1", "CFT-20", HL),
    Provision("framework.duration", _BLOCK, "HL 42.5; KHO 2014:55", "CFT-20", HL),
    Provision("budget.amount", _BLOCK),
    Provision("budget.year-missing", _WARN),
    Provision("budget.below-lowest", _WARN),
    # Clients.
    Provision("areas.none", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("groups.none", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("groups.area-missing", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("groups.area-unknown", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("groups.clients-negative", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("groups.volume-positive", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("groups.client-months", _WARN, _OBJECT, "CFT-02", HL),
    # The open data: what is ordered must be countable, and nobody may be recognised in it.
    Provision("open-data.period", _BLOCK),
    Provision("open-data.not-past", _WARN),
    Provision("open-data.months", _WARN),
    Provision("open-data.limits", _BLOCK),
    Provision("open-data.breakdown", _BLOCK),
    Provision("open-data.table-twice", _WARN),
    Provision("open-data.rounding-base", _BLOCK),
    Provision("open-data.entry-shares", _WARN),
    Provision("open-data.anchor-stock", _WARN),
    # The grouping of clients: arithmetic, and what may decide a person's group.
    Provision("grouping.points-whole", _BLOCK),
    Provision("grouping.category-empty", _BLOCK),
    Provision("grouping.category-twice", _BLOCK),
    Provision("grouping.scale-order", _BLOCK),
    Provision("grouping.scale-falls", _BLOCK),
    Provision("grouping.scale-reach", _BLOCK),
    Provision("grouping.limits-order", _BLOCK),
    Provision("grouping.limit-last", _BLOCK),
    Provision("grouping.group-unreached", _WARN),
    Provision("grouping.special", _BLOCK, "GDPR 9(1); 1325/2014 8 §", valid_from=GDPR),
    Provision("grouping.personal", _WARN, "1325/2014 8 §", valid_from=EQUALITY),
    Provision("grouping.sex", _WARN),
    Provision("grouping.opinion", _BLOCK, "GDPR 35(2)", valid_from=GDPR),
    Provision("framework.count-positive", _BLOCK, "HL 3, 42.3", "CFT-20", HL),
    Provision("framework.client-total", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("framework.capacity", _BLOCK, "HL 3, 43.2", "CFT-21", HL),
    Provision("framework.capacity-without-one", _INFO),
    Provision("own-team.share-range", _BLOCK),
    Provision("own-team.clients-positive", _BLOCK),
    Provision("own-team.share", _WARN),
    Provision("choice.industries-missing", _BLOCK, "HL 3, 43.2", "CFT-21", HL),
    Provision("choice.industries-unused", _WARN, "HL 3, 43.2", "CFT-21", HL),
    Provision("choice.industry-clients", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("choice.industries-sum", _BLOCK, _OBJECT, "CFT-02", HL),
    Provision("choice.period", _BLOCK, "HL 3, 43.2", "CFT-21", HL),
    Provision("choice.steps", _BLOCK, "HL 3, 43.2", "CFT-21", HL),
    Provision("choice.rule-missing", _BLOCK, "HL 3, 43.2", "CFT-21", HL),
    Provision("bands.none", _INFO),
    Provision("bands.order", _BLOCK, "HL 136.2 p. 1", "CON-03", HL),
    Provision("bands.gap", _BLOCK, "HL 136.2 p. 1", "CON-03", HL),
    Provision("bands.forecast", _BLOCK, "HL 136.2 p. 1", "CON-03", HL),
    Provision("billing.period", _BLOCK),
    Provision("billing.hours-cap", _BLOCK),
    # Days.
    Provision("dialogue.period", _BLOCK, "HL 3", "PMC-03", HL),
    Provision("dialogue.after-publication", _BLOCK, "HL 65", "", HL),
    Provision("dialogue.deadline-zone", _BLOCK, "HL 3", "PMC-03", HL),
    Provision("timetable.questions", _BLOCK, "HL 3, 69.4", "CFT-24", HL),
    Provision("timetable.answers", _BLOCK, "HL 3, 69.4", "CFT-24", HL),
    Provision("timetable.tenders", _BLOCK, "HL 68 p. 3, 113.1", "CFT-06", HL),
    Provision("timetable.opening", _BLOCK, "HL 68 p. 3, 113.1", "CFT-06", HL),
    Provision("timetable.decision", _BLOCK, "HL 123", "", HL),
    Provision("timetable.validity", _BLOCK, "HL 68 p. 10", "CFT-23", HL),
    Provision("timetable.validity-margin", _WARN, "HL 68 p. 10, 129, 147", "CFT-23", HL),
    Provision("timetable.production-start", _BLOCK),
    Provision("timetable.start-before-contract", _WARN, "HL 129, 147", "", HL),
    Provision("timetable.production-end", _BLOCK),
    Provision("timetable.option-months", _BLOCK),
    Provision("timetable.deadline-zone", _BLOCK, "HL 68 p. 3, 113.1", "CFT-06", HL),
    Provision("timetable.deadline-holiday", _BLOCK, "HL 68 p. 3, 113.1", "CFT-06", HL),
    Provision("timetable.past", _WARN),
    Provision("timetable.tender-period", _BLOCK, "HL 56", "CFT-07", HL),
    Provision("timetable.tender-period-tight", _WARN, "HL 56", "CFT-07", HL),
    Provision("timetable.tender-period-light", _WARN, "HL 3, 109", "CFT-07", HL),
    Provision("timetable.answers-late", _WARN, "HL 3, 56.5, 69.4", "CFT-24", HL),
    # Regime and procedure.
    Provision("regime.cpv", _BLOCK, "HL 107", "CFT-04", HL),
    Provision("regime.declared", _BLOCK, "HL 25, 26, 107", "CFT-04", HL),
    Provision("regime.below-threshold", _WARN, "HL 25", "CFT-04", HL),
    Provision("regime.mixed", _WARN, "HL 7.1", "CFT-04", HL),
    Provision("procedure.kind", _BLOCK, "HL 32–39, 109", "CFT-03", HL),
    Provision("procedure.steps", _BLOCK, "HL 32–39, 109", "CFT-03", HL),
    Provision("procedure.exclusion", _BLOCK, "HL 80, 81, 114.2", "CFT-12", HL),
    Provision("procedure.notice", _WARN, "HL 68 p. 2", "CFT-05", HL),
    Provision("procedure.publicity", _WARN, "JulkL 11.2 p. 6", "CFT-28", JULKL_604),
    Provision("object.lots-reason", _BLOCK, "HL 75.1", "CFT-19", HL),
    Provision("object.lots-reason-light", _WARN, "HL 3", "CFT-19", HL),
    Provision("suitability.none", _WARN, "HL 83, 114.1", "CFT-09", HL),
    Provision("suitability.evidence", _BLOCK, "HL 68 p. 8, 114.1", "CFT-09", HL),
    Provision("suitability.turnover", _WARN, "HL 83–86", "CFT-09", HL),
    Provision("division.none", _BLOCK, "", "DIV-01", valid_to=date(2024, 12, 31)),
    Provision("division.none", _BLOCK, "380/2023 27–41 §", "DIV-01", ACT_380),
    Provision("division.basis", _BLOCK, "", "DIV-01", valid_to=date(2024, 12, 31)),
    Provision("division.basis", _BLOCK, "380/2023 27–41 §", "DIV-01", ACT_380),
    Provision("division.step-missing", _BLOCK, "380/2023 27, 31, 37, 38, 41 §", "DIV-02", ACT_380),
    Provision("division.step-provider", _BLOCK, "380/2023 27, 31, 37, 38, 41 §", "DIV-02", ACT_380),
    Provision("division.data", _BLOCK, "380/2023 112, 114, 116, 124–125 §", "DIV-03", ACT_380),
    Provision("division.language", _BLOCK, "380/2023 19 §", "DIV-04", ACT_380),
    Provision("division.fees", _BLOCK, "380/2023 144 §", "DIV-05", ACT_380),
    # Dynamic elements.
    Provision("dynamic.admit-all", _WARN, "KHO 2018:91; C-9/17"),
    Provision("dynamic.admit-all-ranking", _BLOCK, "KHO 2018:91; C-9/17"),
    Provision("dynamic.mini-competition", _BLOCK, "HL 43.3–5", "CFT-20", HL),
    Provision("dynamic.reopening-period", _BLOCK),
    Provision("dynamic.reopening-closed", _BLOCK, "HL 42.3, 49–52", "CFT-20", HL),
    Provision("dynamic.reopening-light", _WARN, "HL 3, 109", "CFT-20", HL),
    Provision("dynamic.reserve-ranking", _INFO, "HL 68 p. 10", "CFT-23", HL),
    Provision("dynamic.cap-entrants", _WARN, "HL 3, 43.2", "CFT-21", HL),
    # Dialogue and publicity.
    Provision("dialogue.draft-notice", _WARN, "HL 65", "PMC-01", HL),
    Provision("dialogue.publicity", _BLOCK, "JulkL 7.1, 10, 24.1 p. 20", "PMC-05"),
    Provision("dialogue.questions-none", _BLOCK),
    Provision("dialogue.question-numbers", _BLOCK),
    Provision("dialogue.contact-undocumented", _BLOCK, "HL 62.4, 66", "DIA-01", HL),
    Provision("dialogue.told-to-one", _BLOCK, "HL 3, 66", "DIA-02", HL),
    Provision("dialogue.secret-told", _BLOCK, "JulkL 10, 24.1 p. 20", "DIA-03"),
    Provision("dialogue.undecided", _WARN, "HL 124.4", "DIA-04", HL),
    Provision("dialogue.undecided-required", _BLOCK),
    Provision("dialogue.unreasoned", _WARN, "HL 124.4", "DIA-04", HL),
    Provision("dialogue.summary-unpublished", _WARN, "", "DIA-05"),
    Provision("dialogue.question-purpose", _INFO, catalogue="PMC-04"),
    Provision("dialogue.question-affects", _INFO, catalogue="PMC-04"),
    Provision("dialogue.question-twice", _WARN),
    Provision("dialogue.question-choices", _BLOCK),
    Provision("dialogue.question-measure", _BLOCK),
    Provision("dialogue.question-columns", _BLOCK),
    Provision("dialogue.measure-field", _BLOCK),
    Provision("dialogue.measure-affects", _WARN),
    Provision("buyer.languages", _WARN, "Kielilaki 32", "X-04"),
    Provision("buyer.portal", _BLOCK, "HL 68 p. 4, 113.1", "CFT-06", HL),
    Provision("buyer.portal-address", _BLOCK, "HL 69.1, 112", "CFT-30", HL),
    Provision("buyer.email", _BLOCK, "HL 126.1, 148", "APP-04", HL),
    # Documents.
    Provision("documents.unknown", _BLOCK),
    Provision("documents.call-missing", _BLOCK, "HL 67.1, 113.1", "CFT-01", HL),
    Provision("documents.contract-missing", _BLOCK, "HL 68 p. 11, 113.1", "CFT-22", HL),
    Provision("tender.synthetic", _INFO),
    # Clauses; what JYSE or the constitution asks for was not read, and neither blocks nor prints as law.
    Provision("clauses.consultation", _WARN, "HL 65", "PMC-01", HL),
    Provision("clauses.consultation-hilma", _WARN, "HL 3, 65", "PMC-02", HL),
    Provision("clauses.consultation-publicity", _BLOCK, "JulkL 7.1, 10, 24.1 p. 20", "PMC-05"),
    Provision("clauses.consultation-equality", _WARN, "HL 66, 81.1 p. 8", "PMC-06", HL),
    Provision("clauses.consultation-privacy", _WARN, "", "PMC-07"),
    Provision("clauses.tender-language", _WARN, "HL 68 p. 5", "CFT-08", HL),
    Provision("clauses.espd", _BLOCK, "HL 87", "CFT-11", HL),
    Provision("clauses.exclusion", _BLOCK, "HL 80–82, 114.2", "CFT-12", HL),
    Provision("clauses.scoring", _BLOCK, _SCALES, "CFT-14", HL),
    Provision("clauses.admission", _BLOCK, "HL 3, 113.1; KHO 2018:91", "CFT-14", HL),
    Provision("clauses.questions", _WARN, "HL 69.4", "CFT-24", HL),
    Provision("clauses.accessibility", _WARN, "HL 71.1; 306/2019 7 §", "CFT-27", HL),
    Provision("clauses.trade-secrets", _WARN, "JulkL 11.2 p. 6", "CFT-28", JULKL_604),
    Provision("clauses.contractor-liability", _WARN, "1233/2006 5 §", "CFT-29"),
    Provision("clauses.sanctions", _WARN, "", "CFT-29", SANCTIONS),
    Provision("clauses.documents-open", _BLOCK, "HL 69.1, 112", "CFT-30", HL),
    Provision("clauses.vat", _BLOCK, "HL 67.1, 113.1; KHO 2016:97", "PRI-01", HL),
    Provision("clauses.zero-blank", _BLOCK, "KHO 2015:17, 2016:97", "PRI-02"),
    Provision("clauses.price-ranges", _WARN, "HL 113.2", "PRI-03", HL),
    Provision("clauses.comparison-price", _BLOCK, "KHO 2010:69", "PRI-04"),
    Provision("clauses.method", _INFO, "", "PRI-06"),
    Provision("clauses.parties", _WARN, "", "CON-01"),
    Provision("clauses.duration", _BLOCK, "HL 27, 42, 136.2 p. 1", "CON-02", HL),
    Provision("clauses.changes", _BLOCK, "HL 136.2 p. 1", "CON-03", HL),
    Provision("clauses.repricing", _BLOCK, "HL 136.2 p. 1", "CON-03", HL),
    Provision("clauses.outcome", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("clauses.verification", _BLOCK, "KHO 2014:55", "CON-04"),
    Provision("clauses.bonus", _BLOCK, "KHO 2014:55", "CON-05"),
    Provision("clauses.personal-data", _BLOCK, "GDPR 28", "CON-06", GDPR),
    Provision("clauses.health-data", _BLOCK, "380/2023 116.4 §", "CON-06", ACT_380),
    Provision("clauses.minimum-terms", _BLOCK, "HL 98.2", "CON-07", HL),
    Provision("clauses.subcontracts", _WARN, "HL 77–78", "CON-08", HL),
    Provision("clauses.termination", _WARN, "HL 137", "CON-09", HL),
    Provision("clauses.public-power", _WARN, "", "CON-10"),
    Provision("clauses.formation", _WARN, "HL 128", "CON-11", HL),
    Provision("clauses.audit", _WARN, "HL 124.4", "CON-12", HL),
    Provision("clauses.appeal-authority", _BLOCK, "HallL 47; 808/2019 15–16 §", "APP-01", ACT_808),
    Provision("clauses.appeal-periods", _BLOCK, "HL 147", "APP-02", HL),
    Provision("clauses.appeal-hour", _BLOCK, "150/1930 6 §; KHO 2024:118", "APP-03"),
    Provision("clauses.appeal-buyer", _BLOCK, "HL 126.1, 148", "APP-04", HL),
    Provision("clauses.correction-guidance", _BLOCK, "HL 132–134", "APP-05", HL),
    Provision("clauses.appeal-limits", _WARN, "HL 146", "APP-06", HL),
    Provision("clauses.appeal-fee", _WARN, "HL 163", "APP-07", HL),
    Provision("clauses.interruption-reason", _BLOCK, "HL 125.1", "INT-01", HL),
    Provision("clauses.interruption-instructions", _BLOCK, "HL 125.2, 126–127", "INT-02", HL),
    Provision("clauses.languages", _BLOCK, "HL 67.2", "X-01", HL),
    Provision("clauses.prevailing-language", _WARN, "Kielilaki 19.2", "X-02"),
    # Citations.
    Provision("citations.unknown-section", _BLOCK, catalogue="X-05"),
    Provision("citations.not-in-force", _BLOCK, catalogue="X-05"),
    Provision("citations.not-read", _WARN, catalogue="X-05"),
)
"""Every rule that this room can find, in the order of the law room."""
