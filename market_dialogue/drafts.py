"""What every paper of the market dialogue rests on: the tender's dialogue, and the notice that drafts do not bind."""

from __future__ import annotations

from tender.errors import UsageError
from tender.language import Text
from tender.model.publication import Publication
from tender.model.questions import Dialogue
from tender.model.tender import Tender


def dialogue_of(tender: Tender) -> Dialogue:
    """The market dialogue of `tender`.

    Raises:
        UsageError: The tender declares none.
    """
    if tender.dialogue is None:
        raise UsageError("invitation.no-dialogue", tender=tender.id)
    return tender.dialogue


def draft_notice(publication: Publication) -> Text:
    """The notice for the foot of every page: drafts do not bind the buyer (A2).

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    return dialogue_of(publication.tender).draft_notice
