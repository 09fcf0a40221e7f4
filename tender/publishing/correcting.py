"""May this amendment become version n+1? A person decides how; the law and the record decide whether.

Every refusal says why and what can lawfully be done instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tender.checks.amendments import binding_topics, earliest_deadline, needs_time, too_late
from tender.errors import FrozenError, UsageError
from tender.language import NO_TEXT, Text
from tender.model.corrections import ChangeClass, Correction
from tender.model.tender import Tender
from tender.publishing.versions import Amendment, Base, change_rows
from tender.record import State


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants to publish.

    Attributes:
        made_as: How a change is made after publication; ``None`` while nobody has decided.
        reason: Why, in every language of the tender.
        trial: Whether it is a rehearsal.
        workers: How many processes make files at most.
    """

    made_as: ChangeClass | None = None
    reason: Text = NO_TEXT
    trial: bool = False
    workers: int = 1


def trial_stays(state: State, wish: Wish) -> None:
    """Refuse to make a real tender of a trial, or a trial of a real one: their records say which they are.

    Raises:
        FrozenError: The record says otherwise than the wish.
    """
    latest = state.in_force
    if latest is not None and latest.trial != wish.trial:
        raise FrozenError("review.trial-stays" if latest.trial else "review.real-stays", version=latest.version)


def still_open(base: Base, state: State, moment: datetime) -> None:
    """Refuse every change after the opening or the deadline: from then on tenders are known or could be.

    Raises:
        FrozenError: It is too late.
    """
    if state.decision is not None:
        raise FrozenError("versions.decided", version=base.publication.version)
    if state.opening is not None:
        raise FrozenError("versions.opened", version=base.publication.version)
    deadline = base.publication.tender.timetable.tenders_until
    if too_late(base.publication.tender, moment):
        raise FrozenError("versions.late", version=base.publication.version, deadline=f"{deadline:%Y-%m-%d %H:%M}")


def allowed(amendment: Amendment, after: Tender, wish: Wish, today: date) -> None:
    """Refuse what the chosen way does not allow.

    Raises:
        FrozenError: Nobody has decided, a restart is wanted, or the way does not fit the changes.
        UsageError: The reason is missing in a language of the tender.
    """
    before, version = amendment.base.publication.tender, amendment.base.publication.version
    if before.synthetic != after.synthetic:
        raise FrozenError("versions.synthetic", version=version)
    if wish.made_as is None:
        raise FrozenError("versions.undecided", version=version, proposed=f"change-class.{amendment.proposed.value}")
    if wish.made_as is ChangeClass.RESTART:
        raise FrozenError("versions.restart", version=version)
    missing = wish.reason.missing(after.languages)
    if missing:
        raise UsageError("versions.reason-missing", languages=", ".join(missing))
    if after.timetable.tenders_until < before.timetable.tenders_until:
        raise FrozenError("versions.shortened", before=before.timetable.tenders_until.date())
    if wish.made_as is ChangeClass.CLARIFICATION:
        _clarifies(amendment, after)
    else:
        _leaves_time(amendment, after, today)


def _clarifies(amendment: Amendment, after: Tender) -> None:
    """A clarification leaves the method and the form alone."""
    topics = binding_topics(amendment.base.publication.tender, after, amendment.changes)
    if topics:
        version = amendment.base.publication.version
        raise FrozenError("versions.method-needs-correction", version=version, topic=f"change-topic.{topics[0].value}")
    if amendment.form_changed:
        raise FrozenError("versions.form-needs-correction", version=amendment.base.publication.version)


def _leaves_time(amendment: Amendment, after: Tender, today: date) -> None:
    """A correction leaves enough time after it."""
    before, deadline = amendment.base.publication.tender, after.timetable.tenders_until.date()
    earliest = earliest_deadline(before, today)
    if needs_time(amendment.changes, amendment.clauses) and deadline < earliest:
        raise FrozenError("versions.extension", found=deadline, earliest=earliest)


def correction_of(amendment: Amendment, after: Tender, wish: Wish, decider: str) -> Correction:
    """What the new version says about the one before.

    Args:
        amendment: What changes.
        after: The tender as it is now.
        wish: What a person decided.
        decider: Who.
    """
    base = amendment.base.publication
    return Correction(
        previous=base.version,
        previous_day=base.today,
        made_as=wish.made_as or amendment.proposed,
        proposed=amendment.proposed,
        reason=wish.reason,
        decider=decider,
        changes=change_rows(amendment.changes),
        clauses=amendment.clauses,
        deadline_before=base.tender.timetable.tenders_until,
        deadline=after.timetable.tenders_until,
        form_changed=amendment.form_changed,
        old_versions=amendment.old_versions,
    )
