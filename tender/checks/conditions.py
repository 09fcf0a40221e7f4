"""When a clause is demanded: small questions to a tender, by name."""

from __future__ import annotations

from tender.model.tender import BuyerKind, Regime, Tender


def always(tender: Tender) -> bool:
    """In every tender."""
    del tender
    return True


def full_regime(tender: Tender) -> bool:
    """Under the full EU regime."""
    return tender.procedure.regime is Regime.EU


def ranked(tender: Tender) -> bool:
    """When tenders are ranked."""
    return not admits_all(tender)


def admits_all(tender: Tender) -> bool:
    """When every suitable provider is admitted."""
    return tender.framework.dynamic.admit_all_suitable


def has_bands(tender: Tender) -> bool:
    """When prices follow the volume."""
    return bool(tender.framework.dynamic.volume_bands)


def verifies_hours(tender: Tender) -> bool:
    """When hours are checked at random."""
    return tender.verification is not None


def has_bonus(tender: Tender) -> bool:
    """When there is a bonus and a sanction."""
    return tender.bonus_sanction is not None


def central_buyer(tender: Tender) -> bool:
    """When the buyer is an authority of central government."""
    return tender.buyer.kind is BuyerKind.CENTRAL


def several_languages(tender: Tender) -> bool:
    """When the tender is published in several languages."""
    return len(tender.languages) > 1
