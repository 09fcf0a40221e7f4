"""Clarification questions during the tender: received, answered, approved, and published to all at once."""

from market_dialogue.clarifications.standing import Standing, clarifications, open_questions

__all__ = ["Standing", "clarifications", "open_questions"]
