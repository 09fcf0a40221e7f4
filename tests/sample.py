"""A small tender in code, for tests of rooms that must not read files; it has the pilot's numbers (brief A6–A12)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tender.language import Language, Text
from tender.model.clauses import Condition, DivisionTask, Responsible, SuitabilityRequirement
from tender.model.criteria import (
    AwardBasis,
    AwardModel,
    Criterion,
    CriterionKind,
    FallsAway,
    Level,
    Rounding,
    RoundingPoint,
    SelectionMethod,
    SelectionRule,
    TieKey,
)
from tender.model.framework import (
    AllocationRule,
    CapCounts,
    ClientChoice,
    Dynamic,
    Framework,
    VolumeBand,
)
from tender.model.groups import Area, RiskGroup
from tender.model.indicators import BonusSanction, Direction, Indicator, Theme, Verification
from tender.model.prices import Billing, PriceForm, PriceModel, PricePart, PriceRange
from tender.model.questions import AskedNumber, Dialogue, Question, QuestionKind
from tender.model.tender import Buyer, BuyerKind, Object, Procedure, ProcedureKind, Regime, RulePack, Tender
from tender.model.timetable import Timetable

HELSINKI = ZoneInfo("Europe/Helsinki")


def fi(words: str) -> Text:
    """A text in Finnish only."""
    return Text(fi=words)


GROUPS = (
    RiskGroup(
        "easy", fi("Helposti työllistyvät"), fi("Pisteet 0–3"), {"siilinjarvi": 252, "lapinlahti": 108}, 4320, 1392000
    ),
    RiskGroup(
        "average",
        fi("Keskimääräisellä todennäköisyydellä työllistyvät"),
        fi("Pisteet 4–7"),
        {"siilinjarvi": 363, "lapinlahti": 155},
        6216,
        402500,
    ),
    RiskGroup(
        "hard", fi("Vaikeasti työllistyvät"), fi("Pisteet 8–"), {"siilinjarvi": 365, "lapinlahti": 157}, 6264, 51250
    ),
)

CAPITATION = PricePart(
    PriceForm.BASE_TIMES_WEIGHT,
    decimals=2,
    unit_decimals=2,
    base=PriceRange(Decimal("34.00"), Decimal("50.00"), Decimal("42.00")),
    weights={"easy": Decimal("0.9"), "average": Decimal(1), "hard": Decimal("1.2")},
    reason=fi("Alaraja turvaa velvoitteiden hoidon, yläraja pitää hankinnan määrärahassa."),
)
OUTCOME = PricePart(
    PriceForm.BASE_TIMES_WEIGHT,
    decimals=4,
    unit_decimals=4,
    base=PriceRange(Decimal("0.60"), Decimal("1.00"), Decimal("0.80")),
    weights={"easy": Decimal("0.4"), "average": Decimal("0.8"), "hard": Decimal("1.5")},
    reason=fi("Väli ympäröi vuoden 2017 kokeilun enimmäispalkkiota."),
)

LEVELS = tuple(
    Level(value, Decimal(share), fi(words))
    for value, share, words in (
        (0, 0, "ei kuvattu"),
        (1, 25, "niukka"),
        (2, 50, "tyydyttävä"),
        (3, 75, "hyvä"),
        (4, 100, "erinomainen"),
    )
)


def quality(criterion_id: str, name: str, weight: str) -> Criterion:
    """A quality criterion on the five-level scale."""
    return Criterion(
        criterion_id,
        fi(name),
        CriterionKind.QUALITY,
        Decimal(weight),
        fi("Arvioidaan suunnitelman perusteella."),
        fi("Enintään viisi sivua."),
        "scale@1",
        scale=LEVELS,
    )


AWARD = AwardModel(
    basis=AwardBasis.BEST_PRICE_QUALITY,
    criteria=(
        Criterion(
            "price",
            fi("Vertailuhinta"),
            CriterionKind.PRICE,
            Decimal(40),
            formula="announced-interval@1",
            parameters={},
        ),
        Criterion(
            "quality",
            fi("Laatu"),
            CriterionKind.BRANCH,
            Decimal(60),
            criteria=(
                quality("impact-plan", "Vaikuttavuuden johtamisen suunnitelma", "35"),
                quality("hours-tracking", "Työtuntien seurantamalli", "25"),
            ),
        ),
    ),
    rounding=Rounding(RoundingPoint.CRITERION, 2),
    tie_rule=(TieKey.QUALITY_POINTS, TieKey.COMPARISON_PRICE, TieKey.LOTS),
    selection=SelectionRule(SelectionMethod.BEST_SUM, Decimal(5), Decimal(2000000)),
    falls_away=FallsAway.KEEP,
)

INDICATORS = BonusSanction(
    bonus_cap=Decimal(10),
    sanction_cap=Decimal(8),
    indicators=(
        Indicator(
            "education",
            fi("Tutkintoon johtava koulutus"),
            Theme.EDUCATION,
            fi("Koulutuksen aloittaneet"),
            fi("Asiakkaat, joilla ei ole tutkintoa"),
            "%",
            Decimal(6),
            Decimal(1),
            Decimal(3),
            Decimal(100),
            Direction.HIGHER,
            100,
            fi("Opiskelurekisteri"),
            2,
            fi("Tilaaja"),
        ),
    ),
)

VERIFICATION = Verification(
    "monetary-unit",
    Decimal(90),
    Decimal(5),
    Decimal(1),
    66,
    120,
    fi("Seuraavan lauantain lottorivi"),
    fi("Löydetyt virheet oikaistaan."),
)

DIALOGUE = Dialogue(
    date(2018, 9, 28),
    fi("Luonnos 28.9.2018. Luonnokset eivät sido tilaajaa varsinaisessa hankintaprosessissa."),
    date(2018, 9, 28),
    datetime(2018, 10, 19, 16, 0, tzinfo=HELSINKI),
    "kirjaamo@example.invalid",
    fi("Vastaukset ovat julkisia, kun ne on saatu; merkitse liikesalaisuudet."),
    (
        Question(
            "q8",
            8,
            fi("Asiakkaan valinta"),
            fi("Asiakkaita voi olla esimerkiksi 1400."),
            fi("Pidättekö 700 asiakkaan kattoa hyvänä?"),
            QuestionKind.NUMBER,
            fi("Katon mitoitus"),
            ("framework.client_cap",),
            measure=AskedNumber(fi("asiakasta"), "framework.client_cap", least=Decimal(1)),
        ),
    ),
)


def sample_tender() -> Tender:
    """The small tender: two areas, three groups, three providers, a cap of 700."""
    return Tender(
        schema=1,
        id="sample",
        title=fi("Valinnanvapaus työllisyyspalveluissa"),
        languages=(Language.FI,),
        rule_pack=RulePack.SOURCE_2018,
        buyer=Buyer(
            fi("Esimerkkiostaja"),
            BuyerKind.OTHER,
            "kirjaamo@example.invalid",
            "Hankinta-asiantuntija",
            "https://portal.example.invalid",
        ),
        object=Object(fi("Työllisyyspalvelut."), "79611000", Decimal(3100000), lots_reason=fi("Asiakas valitsee.")),
        procedure=Procedure(
            ProcedureKind.LIGHT,
            Regime.ANNEX_E,
            (fi("Ilmoitus"), fi("Tarjoukset"), fi("Päätös")),
            fi("HL 80 ja 81 §:n perusteet."),
            fi("Tarjoukset ovat julkisia, kun sopimus on tehty."),
        ),
        timetable=Timetable(
            published=date(2018, 11, 5),
            questions_until=datetime(2018, 11, 23, 12, 0, tzinfo=HELSINKI),
            answers_by=date(2018, 11, 30),
            tenders_until=datetime(2018, 12, 11, 12, 0, tzinfo=HELSINKI),
            opening=datetime(2018, 12, 11, 13, 0, tzinfo=HELSINKI),
            decision=date(2018, 12, 21),
            tenders_valid_until=date(2019, 6, 30),
            production_start=date(2019, 3, 1),
            production_end=date(2020, 12, 31),
        ),
        areas=(Area("siilinjarvi", fi("Siilinjärvi")), Area("lapinlahti", fi("Lapinlahti"))),
        groups=GROUPS,
        prices=PriceModel(CAPITATION, OUTCOME, Decimal(24)),
        billing=Billing(1, 4, 30, hours_cap=700, minimum_contacts=1),
        framework=Framework(
            3,
            1400,
            700,
            Decimal(3100000),
            Dynamic((VolumeBand(Decimal(75), Decimal(125), Decimal(0)),), CapCounts.STOCK),
        ),
        choice=ClientChoice(
            AllocationRule.CLIENT_CHOICE, (fi("Asiakas valitsee."),), 12, fi("Arvonta."), fi("Toinen valinta.")
        ),
        award=AWARD,
        suitability=(
            SuitabilityRequirement("experience", fi("Kokemus"), fi("Laaja-alainen kokemus"), fi("Referenssit")),
        ),
        division=(
            DivisionTask("registration", fi("Työnhakijaksi rekisteröinti"), Responsible.AUTHORITY, fi("916/2012 2:1")),
            DivisionTask("interview", fi("Haastattelu"), Responsible.PROVIDER, fi("916/2012 2:4"), owed_to_all=True),
        ),
        documents=("call-for-tenders", "framework-agreement"),
        bonus_sanction=INDICATORS,
        verification=VERIFICATION,
        dialogue=DIALOGUE,
        conditions=(Condition("law", fi("Kokeilu toteutetaan, jos laki ja rahoitus toteutuvat.")),),
        synthetic=True,
    )
