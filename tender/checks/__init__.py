"""The checks: one small function per rule over a `Case`, a table of what each weighs, dated packs, and `check`."""

from __future__ import annotations

from tender.checks.case import Case, Check, PublishedMethods, flaw, plain
from tender.checks.checks import CHECKS, check
from tender.checks.packs import PACKS, Pack
from tender.checks.provisions import PROVISIONS, Provision

__all__ = [
    "CHECKS",
    "PACKS",
    "PROVISIONS",
    "Case",
    "Check",
    "Pack",
    "Provision",
    "PublishedMethods",
    "check",
    "flaw",
    "plain",
]
