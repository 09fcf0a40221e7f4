"""The tuple of lint rules, and the one function that runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tender.errors import Finding
from tender.wording.page import Wording
from tender.wording.parity import PARITY
from tender.wording.terms import TERMS

LINTS: tuple[Callable[[Wording], Iterable[Finding]], ...] = (*PARITY, *TERMS)
"""Every rule, in the order in which findings are shown."""


def lint(wording: Wording) -> tuple[Finding, ...]:
    """What the rules find in `wording`."""
    return tuple(finding for rule in LINTS for finding in rule(wording))
