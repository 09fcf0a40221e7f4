"""What providers answer in the market dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """One provider's answers to the dialogue's questions.

    Attributes:
        id: Short id of the answer.
        respondent: Name of the provider.
        received_at: When it came.
        replies: Reply by question id; a question without a reply is absent.
        attachments: Names of attached files.
        synthetic: Whether it is invented for an example.
    """

    id: str
    respondent: str
    received_at: datetime
    replies: Mapping[str, str]
    attachments: tuple[str, ...] = ()
    synthetic: bool = False
