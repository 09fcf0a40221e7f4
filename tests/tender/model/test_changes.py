"""What changed between two tenders: labels, values, ids of items, and no noise."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tender.documents.changes import change_words
from tender.language import Language, Text
from tender.model.changes import ChangeKind, data_changes
from tender.model.criteria import TieKey
from tender.model.tender import Tender
from tender.reading.dictionary import field_units
from tests.sample import quality, sample_tender

OLD = sample_tender()


def weighted(tender: Tender, criterion: str, weight: int) -> Tender:
    criteria = tuple(
        replace(one, weight=Decimal(weight)) if one.id == criterion else one for one in tender.award.criteria
    )
    return replace(tender, award=replace(tender.award, criteria=criteria))


def said(old: Tender, new: Tender, language: Language = Language.FI) -> list[str]:
    return [str(change_words(change, language, field_units())) for change in data_changes(old, new)]


def test_the_same_tender_has_no_changes() -> None:
    assert data_changes(OLD, sample_tender()) == ()


def test_a_weight_is_told_by_the_criterion_and_its_label() -> None:
    (change,) = data_changes(OLD, weighted(OLD, "price", 45))
    assert (change.path, change.field) == ("award.criteria[price].weight", "award.criteria.weight")
    assert (change.label, change.kind) == ("field.Criterion.weight", ChangeKind.CHANGED)
    assert (change.before, change.after) == (Decimal(40), Decimal(45))
    assert said(OLD, weighted(OLD, "price", 45)) == ["Vertailuhinta: enimmäispisteet: 40\xa0pistettä → 45\xa0pistettä"]


def test_one_language_of_a_text_is_one_change() -> None:
    new = replace(OLD, title=Text(OLD.title.fi, "Valfrihet i sysselsättningstjänsterna"))
    (change,) = data_changes(OLD, new)
    assert (change.path, change.language, change.kind) == ("title.sv", Language.SV, ChangeKind.ADDED)
    assert change.before is None
    assert said(OLD, new, Language.EN) == [
        "Name of the procurement (Swedish): – → Valfrihet i sysselsättningstjänsterna"
    ]


def test_items_are_matched_by_id_wherever_they_stand() -> None:
    turned = replace(OLD.award.criteria[1], criteria=OLD.award.criteria[1].criteria[::-1])
    new = replace(OLD, award=replace(OLD.award, criteria=(OLD.award.criteria[0], turned)))
    (change,) = data_changes(OLD, new)
    assert change.kind is ChangeKind.REORDERED
    assert change.path == "award.criteria[quality].criteria"


def test_a_new_item_and_a_lost_item_are_added_and_removed() -> None:
    branch = OLD.award.criteria[1]
    other = replace(branch, criteria=(branch.criteria[0], quality("staff", "Henkilöstö", "25")))
    new = replace(OLD, award=replace(OLD.award, criteria=(OLD.award.criteria[0], other)))
    found = {(change.kind, change.path) for change in data_changes(OLD, new)}
    assert found == {
        (ChangeKind.ADDED, "award.criteria[quality].criteria[staff]"),
        (ChangeKind.REMOVED, "award.criteria[quality].criteria[hours-tracking]"),
    }


def test_a_map_by_group_names_the_group() -> None:
    weights = {**(OLD.prices.capitation.weights or {}), "easy": Decimal("0.95")}
    new = replace(OLD, prices=replace(OLD.prices, capitation=replace(OLD.prices.capitation, weights=weights)))
    assert said(OLD, new) == ["Helposti työllistyvät: ryhmien painot: 0,9 → 0,95"]


def test_dates_choices_and_euros_are_written_as_the_language_writes_them() -> None:
    timetable = replace(OLD.timetable, tenders_until=OLD.timetable.tenders_until + timedelta(days=7))
    award = replace(OLD.award, tie_rule=(TieKey.COMPARISON_PRICE, TieKey.QUALITY_POINTS, TieKey.LOTS))
    new = replace(OLD, timetable=timetable, award=award, object=replace(OLD.object, estimated_value=Decimal(3200000)))
    lines = "\n".join(said(OLD, new))
    assert "11.12.2018 klo\xa012.00 → 18.12.2018 klo\xa012.00" in lines
    assert "3\xa0100\xa0000,00\xa0€ → 3\xa0200\xa0000,00\xa0€" in lines
    assert "(järjestys): " in lines


def test_a_whole_part_that_goes_is_one_change() -> None:
    (change,) = data_changes(OLD, replace(OLD, bonus_sanction=None))
    assert (change.path, change.kind, change.after) == ("bonus_sanction", ChangeKind.REMOVED, None)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Tender) if getattr(OLD, field.name)])
def test_every_field_that_is_emptied_is_seen_and_has_words(field: str) -> None:
    """A fault in any field would be silent otherwise."""
    value = getattr(OLD, field)
    empty: Any = Text() if isinstance(value, Text) else () if isinstance(value, tuple) else None
    new = replace(OLD, **{field: empty})
    assert all(change.path.split("[")[0].split(".")[0] == field for change in data_changes(OLD, new))
    assert len(said(OLD, new)) == len(data_changes(OLD, new)) > 0
    assert all(said(OLD, new, language) for language in Language)
