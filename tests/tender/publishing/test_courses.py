"""Whatever happens in whatever order: published bytes never change, and after the opening no version is ever added."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tender.errors import ValintaError
from tender.language import Text
from tender.model.corrections import ChangeClass
from tender.publishing.correcting import Wish
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.proof import verify
from tender.publishing.release import publish
from tender.record import Publicity, Record
from tender.record.payloads import Opening
from tender.starting import start_folder
from tests.conftest import PUBLISHED_ON, chance_at, lean, rest_press

REASON = Text("Syy", "Skäl", "Reason")
WAYS = st.sampled_from([None, *ChangeClass])


class Course(RuleBasedStateMachine):
    """A tender folder, the people who edit and publish it, and its clock."""

    def __init__(self) -> None:
        """An example in a folder of its own, whose documents are not pressed."""
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        rest_press(self.patch)
        self.place = Path(tempfile.mkdtemp())
        self.folder = lean(start_folder(self.place / "kunta", "pohjois-savo", None, synthetic=True))
        self.now = datetime(2018, 11, 5, 10, tzinfo=UTC)
        self.cap, self.day = 700, 11
        self.kept: dict[str, str] = {}
        self.most = 0

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.patch.undo()
        shutil.rmtree(self.place)

    @initialize()
    def first(self) -> None:
        """Version one."""
        publish(self.folder, PUBLISHED_ON, chance_at(self.now), "tests", lambda _: None)

    def _edit(self, old: str, new: str) -> None:
        path = self.folder / "tender.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    @rule()
    def change_the_method(self) -> None:
        """A higher cap."""
        self._edit(f"client_cap        = {self.cap}", f"client_cap        = {self.cap + 10}")
        self.cap += 10

    @rule()
    def change_a_word(self) -> None:
        """A sentence more."""
        path = self.folder / "texts" / "concept.fi.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nLisäys.\n", encoding="utf-8")

    @rule(days=st.integers(min_value=-2, max_value=3))
    def move_the_deadline(self, days: int) -> None:
        """Within December."""
        self._edit(f"2018-12-{self.day:02}T", f"2018-12-{self.day + days:02}T")
        self.day += days

    @rule(days=st.integers(min_value=1, max_value=12))
    def wait(self, days: int) -> None:
        """Time goes by."""
        self.now += timedelta(days=days)

    @rule(way=WAYS)
    def publish_again(self, way: ChangeClass | None) -> None:
        """Published or refused in our own words; never anything else."""
        before = len(record_state(self.folder).published)
        opened = record_state(self.folder).opening is not None
        try:
            wish = Wish(way, REASON)
            written = publish(self.folder, self.now.date(), chance_at(self.now), "tests", lambda _: None, wish)
        except ValintaError:
            assert len(record_state(self.folder).published) == before
            return
        assert written.unchanged or (way in {ChangeClass.CLARIFICATION, ChangeClass.CORRECTION} and not opened)

    @precondition(lambda self: self.now.month == 12)
    @rule()
    def open_the_tenders(self) -> None:
        """On the record; what the bids are does not matter here."""
        state = record_state(self.folder)
        said = Opening(len(state.published), {"a": "00"}, ("A", "B"))
        chance = chance_at(self.now)
        with Record.open(self.folder / RECORD_FILE, chance.clock, chance.salts) as record:
            record.append(said.kind, said.payload(), "tests", Publicity.AUTHORITY)
        self.most = len(state.published)

    @invariant()
    def published_bytes_never_change(self) -> None:
        """Every file of every version, from the moment it was published."""
        found = {
            path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (self.folder / "published").rglob("*")
            if path.is_file()
        }
        assert {name: found.get(name) for name in self.kept} == self.kept
        self.kept = found

    @invariant()
    def nothing_is_added_after_the_opening(self) -> None:
        """And every version proves itself."""
        state = record_state(self.folder)
        if state.opening is not None:
            assert len(state.published) == self.most
        for recorded in state.published:
            proof = verify(self.folder / "published" / str(recorded.said.version))
            assert (proof.findings, proof.manifest_hash) == ((), recorded.said.manifest)


Course.TestCase.settings = settings(
    max_examples=6, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
TestCourse = pytest.mark.slow(Course.TestCase)
