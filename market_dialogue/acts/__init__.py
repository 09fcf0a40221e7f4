"""What the commands and pages of the market dialogue do: receive answers, read those that count, sum them up."""

from market_dialogue.acts.reading import DialogueFile, Pending, Reason, read_dialogue
from market_dialogue.acts.receiving import Receipt, receive, receive_through
from market_dialogue.acts.ruling import rule
from market_dialogue.acts.summary import DialogueSummary, summarise, write_summary

__all__ = [
    "DialogueFile",
    "DialogueSummary",
    "Pending",
    "Reason",
    "Receipt",
    "read_dialogue",
    "receive",
    "receive_through",
    "rule",
    "summarise",
    "write_summary",
]
