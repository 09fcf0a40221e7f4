"""The tender as a whole: who buys what, by which procedure, and every part that the other modules describe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tender.language import NO_TEXT, Language, Text
from tender.model.clauses import Condition, DivisionTask, SuitabilityRequirement
from tender.model.criteria import AwardModel
from tender.model.framework import Budget, ClientChoice, Framework, Impact, OwnTeam, Round, Service
from tender.model.groups import Area, RiskGroup
from tender.model.indicators import BonusSanction, Verification
from tender.model.open_data import OpenData
from tender.model.prices import Billing, PriceModel
from tender.model.questions import Dialogue
from tender.model.timetable import Timetable


class BuyerKind(StrEnum):
    """Which thresholds bind the buyer (HL 25–26)."""

    CENTRAL = "central"
    OTHER = "other"


class ProcedureKind(StrEnum):
    """Procedures of the procurement act that Valinta prints (HL 32–39, 109)."""

    LIGHT = "light"
    OPEN = "open"
    RESTRICTED = "restricted"
    NEGOTIATED = "negotiated"


class Regime(StrEnum):
    """Which part of the procurement act applies: Annex E (chapter 12) or the full EU part."""

    ANNEX_E = "annex-e"
    EU = "eu"
    NATIONAL = "national"


class RulePack(StrEnum):
    """Which dated set of rules the tender is checked against."""

    SOURCE_2018 = "source-2018"
    FINLAND_2026 = "finland-2026"


@dataclass(frozen=True, slots=True)
class Buyer:
    """The contracting authority.

    Attributes:
        name: Official name.
        business_id: Finnish business id (y-tunnus); empty in the 2018 examples, which name none.
        kind: Which thresholds bind it.
        unit: The unit that runs the procurement.
        address: Postal address.
        email: Address for questions and notices of appeal.
        contact: Named contact person or role.
        bilingual: Whether the authority is bilingual (Kielilaki 32: notices in Finnish and Swedish).
        portal: Address of the portal where tenders are left; Valinta itself receives none.
    """

    name: Text
    kind: BuyerKind
    email: str
    contact: str
    portal: str
    business_id: str = ""
    unit: Text = NO_TEXT
    address: str = ""
    bilingual: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """What is bought (eForms: object of the procurement).

    Attributes:
        description: The service in a few sentences.
        cpv: Main CPV code, eight digits; it decides the regime (HL 107, Annex E).
        additional_cpv: Further CPV codes.
        estimated_value: Largest total payable without VAT, options and all outcome pay included, in euros (HL 27, 30).
        lots_reason: Why the procurement is not divided into lots (HL 75.1).
    """

    description: Text
    cpv: str
    estimated_value: Decimal
    additional_cpv: tuple[str, ...] = ()
    lots_reason: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Procedure:
    """How the procurement goes.

    Attributes:
        kind: The procedure.
        regime: The regime that the buyer declares; a check compares it with the CPV code and the value.
        steps: The procedure step by step (HL 109).
        exclusion: Which exclusion grounds are used (HL 80–81, 114.2).
        notice: Number of the published notice, empty before there is one.
        publicity: What becomes public and when, and how to mark trade secrets (JulkL 6, 7, 11, 24).
        urgent: Whether a state of urgency makes the ordinary times impossible; the notice says why (HL 56–57).
    """

    kind: ProcedureKind
    regime: Regime
    steps: tuple[Text, ...]
    exclusion: Text
    publicity: Text
    notice: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Tender:
    """One tender, as its `tender.toml` declares it; everything published, scored and paid is computed from this value.

    Attributes:
        schema: Version of the file format.
        id: Short id, used in forms, hashes and folder names.
        title: Name of the procurement.
        diary_number: Diary number of the case, empty before there is one.
        synthetic: Whether the tender is an example that nobody must take for a real one.
        languages: Languages in which every text is required; the first is the language that prevails.
        rule_pack: The dated rules that it is checked against.
        buyer: Who buys.
        object: What is bought.
        procedure: How.
        timetable: When.
        areas: The municipalities or districts served.
        groups: Risk groups of the clients (A6).
        prices: Capitation and outcome prices and their ranges (A7, A8).
        billing: Billing periods and what is billable.
        bonus_sanction: Complementary indicators (A11).
        verification: Random check of hours against registers (A8).
        open_data: Open data annex on the client groups (A9).
        framework: Number of providers, caps and dynamic elements (A4, A12).
        choice: How clients come to a provider (A3, A12, B3).
        service: Languages, distance and remote service (B7).
        award: Criteria, formulas, rounding, ties and selection.
        suitability: Demands on providers (A5).
        division: Division of labour between authority and provider (A10).
        dialogue: Market dialogue with its questions (A1, A2).
        conditions: What the whole depends on (A4: law and funding).
        documents: Ids of the documents wanted, from the catalogue.
        budget: Yearly money by source (B9).
        own_team: The buyer's own production beside the providers (B3, B5).
        impact: How results are measured and compared (A3 f, B4, B5, B8).
        round: Which round of the concept this is (A14).
        texts: Longer texts by id, from the folder `texts/`.
    """

    schema: int
    id: str
    title: Text
    languages: tuple[Language, ...]
    rule_pack: RulePack
    buyer: Buyer
    object: Object
    procedure: Procedure
    timetable: Timetable
    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    prices: PriceModel
    billing: Billing
    framework: Framework
    choice: ClientChoice
    award: AwardModel
    suitability: tuple[SuitabilityRequirement, ...]
    division: tuple[DivisionTask, ...]
    documents: tuple[str, ...]
    bonus_sanction: BonusSanction | None = None
    verification: Verification | None = None
    open_data: OpenData | None = None
    dialogue: Dialogue | None = None
    service: Service | None = None
    own_team: OwnTeam | None = None
    impact: Impact | None = None
    round: Round | None = None
    conditions: tuple[Condition, ...] = ()
    budget: tuple[Budget, ...] = ()
    texts: Mapping[str, Text] | None = None
    diary_number: str = ""
    synthetic: bool = False

    @property
    def prevailing_language(self) -> Language:
        """The language whose wording prevails: the first declared."""
        return self.languages[0]

    def group(self, group_id: str) -> RiskGroup:
        """The risk group with `group_id`.

        Raises:
            KeyError: There is none.
        """
        for group in self.groups:
            if group.id == group_id:
                return group
        raise KeyError(group_id)
