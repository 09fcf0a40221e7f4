"""What is proposed for a change after publication, and how much time a correction needs (HL 56.5; KHO 2017:139)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.checks.amendments import (
    METHOD,
    RULINGS,
    binding_topics,
    classified,
    earliest_deadline,
    needs_time,
    proposal,
    ruling_on,
    too_late,
)
from tender.language import Text
from tender.model.changes import data_changes
from tender.model.corrections import Change, ChangeClass, ClauseChange, ClauseFate, Topic
from tender.model.tender import ProcedureKind, Regime, Tender
from tests.sample import sample_tender
from tests.tender.checks.change import changed

OLD = sample_tender()
CLARIFICATION, CORRECTION, RESTART = ChangeClass.CLARIFICATION, ChangeClass.CORRECTION, ChangeClass.RESTART


def _changes(new: Tender) -> tuple[Change, ...]:
    return classified(data_changes(OLD, new), OLD.procedure.regime)


@pytest.mark.parametrize(
    ("path", "raw", "topic", "way"),
    [
        ("award.criteria[0].weight", Decimal(45), Topic.WEIGHTS, CORRECTION),
        ("award.criteria[1].criteria[0].weight", Decimal(30), Topic.WEIGHTS, CORRECTION),
        ("award.criteria[0].formula", "ratio-to-lowest@1", Topic.FORMULAS, CORRECTION),
        ("award.criteria[1].criteria[0].description", {"fi": "Muuta"}, Topic.CRITERIA, CORRECTION),
        ("award.rounding.decimals", 3, Topic.ROUNDING, CORRECTION),
        ("award.tie_rule", ["lots"], Topic.TIES, CORRECTION),
        ("award.selection.near_tie", Decimal(4), Topic.SELECTION, CORRECTION),
        ("framework.client_cap", 800, Topic.VOLUMES, CORRECTION),
        ("groups[0].clients.siilinjarvi", 300, Topic.VOLUMES, CORRECTION),
        ("prices.capitation.base.lowest", Decimal(33), Topic.PAYMENT, CORRECTION),
        ("billing.payment_days", 21, Topic.PAYMENT, CORRECTION),
        ("suitability[0].requirement", {"fi": "Muuta"}, Topic.SUITABILITY, CORRECTION),
        ("object.cpv", "79600000", Topic.OBJECT, RESTART),
        ("procedure.kind", "open", Topic.PROCEDURE, RESTART),
        ("timetable.decision", date(2018, 12, 22), Topic.TIMETABLE, CLARIFICATION),
        ("timetable.production_end", date(2021, 1, 31), Topic.CONTRACT, CORRECTION),
        ("buyer.email", "toinen@example.invalid", Topic.CONTACTS, CLARIFICATION),
        ("buyer.portal", "https://toinen.example.invalid", Topic.CONTACTS, CORRECTION),
        ("title", {"fi": "Toinen nimi"}, Topic.WORDING, CLARIFICATION),
    ],
)
def test_each_change_has_its_topic_and_its_proposal(path: str, raw: object, topic: Topic, way: ChangeClass) -> None:
    """Object, criteria, weights, formulas, volumes, payment, suitability, timetable, contacts, wording."""
    [change] = _changes(changed(OLD, path, raw))
    assert (change.topic, change.proposed) == (topic, way)
    assert change.basis.startswith("HL 3")
    assert ("KHO 2017:139" in change.basis) == (topic in METHOD or way is RESTART)


def test_the_full_regime_rests_on_its_own_sections() -> None:
    """HL 56 and 67 do not bind annex E, so they are not printed there."""
    new = changed(OLD, "award.criteria[0].weight", Decimal(45))
    [light] = classified(data_changes(OLD, new), Regime.ANNEX_E)
    [full] = classified(data_changes(OLD, new), Regime.EU)
    assert "56.5" not in light.basis
    assert full.basis.startswith("HL 56.5")


@pytest.mark.parametrize("name", [field.name for field in fields(Tender)])
def test_every_part_of_a_tender_has_a_ruling(name: str) -> None:
    """Nothing falls through to the last resort unseen."""
    assert any(ruling.holds(name) or ruling.pattern.startswith(name) for ruling in RULINGS), name


def test_an_unknown_field_is_taken_seriously() -> None:
    """A field that nobody has thought of is contract content until somebody does."""
    assert ruling_on("novelty.of.tomorrow").proposed is CORRECTION


def test_a_longer_name_is_not_taken_for_a_shorter_one() -> None:
    """``titles`` is not ``title``; ``budget`` in the middle of alternatives is itself."""
    assert ruling_on("titles").topic is Topic.CONTRACT
    assert ruling_on("budgets").topic is Topic.CONTRACT
    assert ruling_on("budget.amount").topic is Topic.VOLUMES


def test_the_proposal_is_the_heaviest() -> None:
    """A correction among clarifications makes it a correction; a restart beats both."""
    light = changed(OLD, "buyer.email", "toinen@example.invalid")
    assert proposal(_changes(light), ()) is CLARIFICATION
    weighty = changed(light, "framework.client_cap", 800)
    assert proposal(_changes(weighty), ()) is CORRECTION
    assert proposal(_changes(changed(weighty, "object.cpv", "79600000")), ()) is RESTART
    assert proposal((), ()) is CLARIFICATION


@pytest.mark.parametrize(
    ("document", "own", "way"),
    [
        ("framework-agreement", True, CORRECTION),
        ("framework-agreement", False, CLARIFICATION),
        ("call-for-tenders", True, CLARIFICATION),
    ],
)
def test_own_wording_of_the_contract_is_contract_content(document: str, *, own: bool, way: ChangeClass) -> None:
    """A clause that only prints a changed value says nothing new by itself."""
    clause = ClauseChange(document, Text(), "cap", "5.1", Text(), ClauseFate.CHANGED, own)
    assert proposal((), (clause,)) is way


def test_a_clarification_never_touches_the_method() -> None:
    """Criteria, weights, formulas, rounding, ties, selection, and whatever moves a method hash."""
    weights = changed(OLD, "award.criteria[0].weight", Decimal(45))
    assert binding_topics(OLD, weights, _changes(weights)) == (Topic.WEIGHTS,)
    cap = changed(OLD, "framework.client_cap", 800)
    assert binding_topics(OLD, cap, _changes(cap)) == (Topic.VOLUMES,)
    words = changed(OLD, "award.criteria[1].criteria[0].evidence", {"fi": "Muuta"})
    assert binding_topics(OLD, words, _changes(words)) == (Topic.CRITERIA,)
    email = changed(OLD, "buyer.email", "toinen@example.invalid")
    assert binding_topics(OLD, email, _changes(email)) == ()


def test_a_later_deadline_alone_needs_no_further_time() -> None:
    """More time is what it gives."""
    later = changed(OLD, "timetable.tenders_until", OLD.timetable.tenders_until + timedelta(days=1))
    assert not needs_time(_changes(later), ())
    assert needs_time(_changes(changed(later, "framework.client_cap", 800)), ())


def _eu(kind: ProcedureKind, days: int) -> Tender:
    times = replace(OLD.timetable, published=OLD.timetable.tenders_until.date() - timedelta(days=days))
    return replace(OLD, procedure=replace(OLD.procedure, regime=Regime.EU, kind=kind), timetable=times)


@pytest.mark.parametrize(
    ("tender", "least"),
    [
        (OLD, 10),
        (_eu(ProcedureKind.OPEN, 36), 6),
        (_eu(ProcedureKind.OPEN, 16), 4),
        (_eu(ProcedureKind.RESTRICTED, 26), 6),
        (_eu(ProcedureKind.NEGOTIATED, 12), 4),
    ],
)
def test_the_days_left_after_a_correction(tender: Tender, least: int) -> None:
    """Six days, four when shortened for urgency (HL 56.5); ten where the law sets none."""
    last = tender.timetable.tenders_until.date()
    assert earliest_deadline(tender, last) == last + timedelta(days=least)
    assert earliest_deadline(tender, last - timedelta(days=40)) == last + timedelta(days=1)


@given(st.integers(min_value=0, max_value=400))
def test_a_correction_always_gives_more_time(before: int) -> None:
    """Never the old deadline, never an earlier one, never less than the least days."""
    last = OLD.timetable.tenders_until.date()
    day = last - timedelta(days=before)
    earliest = earliest_deadline(OLD, day)
    assert earliest > last
    assert earliest >= day + timedelta(days=10)


def test_the_deadline_itself_is_too_late() -> None:
    """At twelve o'clock it is over; a second earlier it is not."""
    deadline = OLD.timetable.tenders_until
    assert too_late(OLD, deadline)
    assert not too_late(OLD, deadline - timedelta(seconds=1))
