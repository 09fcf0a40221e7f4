"""Places are tokens that editors and people can use; only blocking findings block."""

from __future__ import annotations

import pytest

from tender.errors import Finding, Place, Severity, UsageError, ValintaError, blocking


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("tender.toml"), "tender.toml"),
        (Place("tender.toml", 12, 5), "tender.toml:12:5"),
        (Place("bid.xlsx", sheet="Tarjous", cell="C7"), "bid.xlsx!Tarjous!C7"),
    ],
)
def test_a_place_is_one_token(place: Place, shown: str) -> None:
    """``file:line:column`` for texts, ``file!sheet!cell`` for workbooks."""
    assert str(place) == shown


def test_only_blocking_findings_block() -> None:
    """Warnings and notes pass."""
    findings = tuple(Finding(f"r.{severity}", severity) for severity in Severity)
    assert blocking(findings) == (findings[0],)


def test_wrong_use_has_its_own_exit_code() -> None:
    """2 for wrong use, 1 for everything else that stops."""
    assert (UsageError("x").exit_code, ValintaError("x").exit_code) == (2, 1)
    assert str(ValintaError("x.y", found=3)) == "x.y(found=3)"
