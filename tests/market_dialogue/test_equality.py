"""The equality log: nothing that one was told is forgotten, and every contact says what the law asks of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.acts.contacts import read_contacts, record_contact, share
from market_dialogue.cli.texts import texts_of
from market_dialogue.equality import contact_findings, equality_findings, equality_log
from tender.cli.main import main
from tender.errors import BlockedError, UsageError
from tender.language import Language
from tender.publishing.dialogue_facts import dialogue_facts
from tender.publishing.folder import RECORD_FILE
from tender.record import Event, Kind, Publicity, Record
from tender.record.dialogue import Contact, Sharing
from tender.record.state import DialogueState, Recorded
from tests.market_dialogue.test_receiving import SAVO
from tests.sample import HELSINKI, sample_tender

ALL = {"fi": "Alku voi siirtyä.", "sv": "Starten kan flyttas.", "en": "The start may move."}
MET = Contact(
    "c1", "2018-10-03T10:00:00+03:00", "Polku Oy", "meeting", "A. Aho, B. Berg", {"fi": "Aikataulu"}, ALL, "Inka Rinne"
)
BROKEN: tuple[dict[str, Any], ...] = (
    {},
    {"at": "eilen"},
    {"at": "2018-10-03T10:00:00"},
    {"organisation": " "},
    {"channel": "pigeon"},
    {"persons": ""},
    {"topics": {}},
    {"topics": {"fi": "\t"}},
)
"""What may be amiss with a contact; nothing with the first."""

LANGUAGES = (Language.FI, Language.SV, Language.EN)
NOW = datetime(2018, 10, 4, 9, tzinfo=HELSINKI)


def state(contacts: list[Contact], sharings: list[Sharing] | None = None) -> DialogueState:
    event = Event(1, NOW, Kind.NOTE, "", "", Publicity.PUBLIC, None, "", "")
    return DialogueState(
        contacts=tuple(Recorded(event, one) for one in contacts),
        sharings=tuple(Recorded(event, one) for one in sharings or ()),
    )


def rules(found: DialogueState) -> list[tuple[str, str]]:
    return [(one.rule, one.values["contact"]) for one in equality_findings(found, LANGUAGES)]


def test_what_one_was_told_is_owed_until_it_is_shared() -> None:
    """One finding that blocks, on the law's ground; it goes when a place is recorded, and only for that contact."""
    (owed,) = equality_findings(state([MET]), LANGUAGES)
    assert (owed.rule, owed.blocks, owed.basis) == ("dialogue.contact-unshared", True, "HL 3, 66")
    second = replace(MET, id="c2")
    sharing = Sharing("c1", "clause:call-for-tenders/timetable", "Inka Rinne")
    assert rules(state([MET, second], [sharing])) == [("dialogue.contact-unshared", "c2")]
    assert rules(state([MET, second], [sharing, replace(sharing, contact="c2", where="summary")])) == []


@pytest.mark.parametrize("told", [{}, {"fi": " "}], ids=str)
def test_a_contact_in_which_nothing_was_told_owes_nothing(told: dict[str, str]) -> None:
    """Blanks are nothing."""
    assert rules(state([replace(MET, told=told)])) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [(change, f"contact.{next(iter(change))}") for change in BROKEN if change],
)
def test_every_part_must_be_documented(change: dict[str, Any], part: str) -> None:
    """Date with its zone, organisation, channel, persons, topics (DIA-01); each lack is one finding that blocks."""
    (found,) = contact_findings(replace(MET, **change))
    assert (found.rule, found.blocks, found.basis) == ("dialogue.contact-part", True, "HL 62.4, 66")
    assert found.values["part"] == part


def test_what_was_told_must_be_readable_by_all() -> None:
    """A language of the tender that is missing is a warning, not more."""
    found = equality_findings(state([replace(MET, told={"fi": "x"})], [Sharing("c1", "summary", "I")]), LANGUAGES)
    assert [(one.rule, one.blocks, one.values["languages"]) for one in found] == [
        ("dialogue.contact-untranslated", False, "sv, en")
    ]


def test_a_sharing_of_nothing_known_is_said() -> None:
    """Such as after the contact was erased."""
    assert rules(state([], [Sharing("c9", "summary", "I")])) == [("dialogue.sharing-stray", "c9")]


def test_contacts_stand_in_the_order_of_their_moments() -> None:
    """Across zones: 10.00 in Helsinki is before 9.00 in London; one without a moment comes first."""
    london = replace(MET, id="c2", at="2018-10-03T09:00:00+01:00")
    nowhere = replace(MET, id="c3", at="eilen")
    log = equality_log(state([london, MET, nowhere], [Sharing("c1", "summary", "I"), Sharing("c1", "questions", "I")]))
    assert [entry.contact.id for entry in log] == ["c3", "c1", "c2"]
    assert log[1].shared == ("summary", "questions")
    assert [entry.owed for entry in log] == [True, False, True]


@given(st.lists(st.booleans(), max_size=6), st.sets(st.integers(0, 7)))
def test_the_log_is_complete_exactly_when_everything_told_is_shared(told: list[bool], shared: set[int]) -> None:
    """Whatever was told and shared in whatever order."""
    contacts = [replace(MET, id=f"c{n}", told=ALL if one else {}) for n, one in enumerate(told)]
    sharings = [Sharing(f"c{n}", "summary", "I") for n in sorted(shared)]
    owed = {f"c{n}" for n, one in enumerate(told) if one and n not in shared}
    found = rules(state(contacts, sharings))
    assert {contact for rule, contact in found if rule == "dialogue.contact-unshared"} == owed
    strays = {f"c{n}" for n in shared if n >= len(told)}
    assert {contact for rule, contact in found if rule == "dialogue.sharing-stray"} == strays


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(BROKEN), st.integers(0, 3)), max_size=5))
def test_the_log_and_the_check_of_the_tender_agree(contacts: list[tuple[bool, bool, dict[str, Any], int]]) -> None:
    """What `valinta check` says of DIA-01 and DIA-02 is what the log says, contact by contact, whatever is amiss."""
    met = [replace(MET, id=f"c{n}", told=ALL if told else {}, **broken) for told, _, broken, n in contacts]
    found = state(met, [Sharing(f"c{n}", "summary", "I") for _, shared, _, n in contacts if shared])
    facts = dialogue_facts(found, sample_tender())
    said = {rule: {contact for each, contact in rules(found) if each == rule} for rule, _ in rules(found)}
    assert set(facts.untold if facts else ()) == said.get("dialogue.contact-unshared", set())
    assert set(facts.undocumented if facts else ()) == said.get("dialogue.contact-part", set())


# ---- acts and commands ------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pilot's folder."""
    return Path(shutil.copytree(SAVO, tmp_path / "savo"))


def meet(folder: Path, **change: Any) -> Contact:
    return record_contact(folder, replace(MET, **change), lambda: NOW, lambda: b"s" * 32)


def give(folder: Path, where: str, contact: str = "c1", by: str = "Inka Rinne") -> Sharing:
    return share(folder, Sharing(contact, where, by), date(2018, 10, 4), lambda: NOW, lambda: b"s" * 32)


def test_contacts_are_numbered_and_kept_as_personal_data(folder: Path) -> None:
    """Whatever id comes in; names lie in the payload, which can be erased."""
    assert [meet(folder, id="x").id, meet(folder).id] == ["c1", "c2"]
    with Record.read(folder / RECORD_FILE) as record:
        assert [event.publicity for event in record.events()] == [Publicity.PERSONAL] * 2
        assert {event.actor for event in record.events()} == {"hankintayksikkö"}
        assert record.verify() == ()
    assert len(read_contacts(folder).findings) == 2


def test_a_contact_with_a_part_missing_is_not_recorded(folder: Path) -> None:
    """The refusal names every part."""
    with pytest.raises(BlockedError) as caught:
        meet(folder, persons="", topics={})
    assert [one.values["part"] for one in caught.value.findings] == ["contact.persons", "contact.topics"]
    with pytest.raises(UsageError):
        meet(folder, by=" ")
    assert not (folder / RECORD_FILE).exists()


@pytest.mark.parametrize(
    ("where", "contact", "message"),
    [
        ("board", "c1", "dialogue.no-such-place"),
        ("clause:call-for-tenders/nowhere", "c1", "dialogue.no-such-clause"),
        ("clause:nowhere/timetable", "c1", "dialogue.no-such-document"),
        ("summary", "c7", "dialogue.no-such-contact"),
        ("summary", "c2", "dialogue.nothing-told"),
    ],
)
def test_sharing_needs_a_contact_and_a_place(folder: Path, where: str, contact: str, message: str) -> None:
    """Nothing is recorded otherwise."""
    meet(folder)
    meet(folder, told={})
    with pytest.raises(UsageError) as caught:
        give(folder, where, contact)
    assert caught.value.message == message
    assert [entry.shared for entry in read_contacts(folder).entries] == [(), ()]


def test_a_clause_that_exists_will_do(folder: Path) -> None:
    """And the log is complete then."""
    meet(folder)
    give(folder, "clause:call-for-tenders/timetable")
    assert read_contacts(folder).findings == ()
    with pytest.raises(UsageError):
        give(folder, "summary", by="")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_commands(folder: Path, language: str) -> None:
    """Contact, list (exit 1 while something is owed), share, list (exit 0)."""

    def run(*words: str) -> tuple[int, Any]:
        result = CliRunner().invoke(main, ["dialogue", *words, "--json", "--language", language])
        return result.exit_code, json.loads(result.output)

    told = [word for key, text in ALL.items() for word in ("--told", f"{key}={text}")]
    parts = ["--organisation", "Polku Oy", "--channel", "call", "--persons", "A. Aho", "--topics", "Aikataulu"]
    code, made = run("contact", str(folder), "--at", "2018-10-03T10:00", *parts, *told, "--by", "Inka Rinne")
    assert (code, made["id"], made["topics"]) == (0, "c1", {language: "Aikataulu"})
    assert made["told"] == ALL
    code, listed = run("contacts", str(folder))
    assert (code, [one["rule"] for one in listed["findings"]]) == (1, ["dialogue.contact-unshared"])
    assert run("share", str(folder), "c1", "--where", "summary", "--by", "Inka Rinne")[0] == 0
    code, listed = run("contacts", str(folder))
    assert (code, listed["contacts"][0]["shared"], listed["findings"]) == (0, ["summary"], [])
    table = CliRunner().invoke(main, ["dialogue", "contacts", str(folder), "--language", language]).output
    assert "c1       2018-10-03 10:00" in table or "c1      2018-10-03 10:00" in table


def test_words_may_come_in_several_languages() -> None:
    """An equals sign inside the words is no language, and a language counts once."""
    assert texts_of(["a=b", "sv=c=d", "en= "], Language.FI) == {"fi": "a=b", "sv": "c=d"}
    with pytest.raises(UsageError):
        texts_of(["a", "fi=b"], Language.FI)
