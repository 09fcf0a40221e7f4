"""Where each answer to clarification questions stands, derived from the record: the last step of each counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tender.record.dialogue import Asked, Clarification
from tender.record.state import DialogueState, Recorded


class Step(StrEnum):
    """How far an answer has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer with its history.

    Attributes:
        last: Its last step.
        drafted: The draft that the last step rests on.
        published: The step that published it; ``None`` while it is not.
    """

    last: Recorded[Clarification]
    drafted: Recorded[Clarification]
    published: Recorded[Clarification] | None = None

    @property
    def said(self) -> Clarification:
        """What it says now."""
        return self.last.said

    @property
    def step(self) -> Step:
        """How far it has come."""
        return Step(self.last.said.step)


def clarifications(state: DialogueState) -> tuple[Standing, ...]:
    """Every answer in the order of its first draft."""
    found: dict[str, Standing] = {}
    for one in state.clarifications:
        before = found.get(one.said.id)
        drafted = one if one.said.step == Step.DRAFT or before is None else before.drafted
        published = one if one.said.step == Step.PUBLISHED else before.published if before else None
        found[one.said.id] = Standing(one, drafted, published)
    return tuple(found.values())


def open_questions(state: DialogueState) -> tuple[Asked, ...]:
    """Questions that no published answer covers, in order of arrival."""
    covered = {asked for one in clarifications(state) if one.published for asked in one.published.said.questions}
    return tuple(one.said for one in state.asked if one.said.id not in covered)
