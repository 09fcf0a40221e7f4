"""Officers' accounts: both secrets are needed, a code is good once, and neither secret is told again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from tender.cli.main import main
from tender.errors import UsageError
from tender.web.accounts import add_account, all_accounts, is_open, knows, revoke_account
from tender.web.desk import Desk, desk_of
from tests.tender.web.conftest import NOW, Counter

PASSWORD = "pitkä ja helppo muistaa"
HOME = "https://localhost"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without accounts."""
    made = Desk(tmp_path / "web.db")
    yield made
    made.close()


def codes(address: str) -> pyotp.TOTP:
    """The telephone that took `address`."""
    telephone = pyotp.parse_uri(address)
    assert isinstance(telephone, pyotp.TOTP)
    return telephone


def at(telephone: pyotp.TOTP, moment: datetime) -> str:
    """What the telephone shows at `moment`."""
    return telephone.at(int(moment.timestamp()))


@pytest.mark.slow
def test_both_secrets_are_needed(desk: Desk) -> None:
    """And the name; any other mixture is refused."""
    telephone = codes(add_account(desk, "Maija", PASSWORD, Counter().bytes))
    code = at(telephone, NOW)
    for name, password, typed in (("Maija", "väärä sala sana", code), ("Maija", PASSWORD, "000000"),
                                  ("Matti", PASSWORD, code), ("", "", ""), ("Maija", PASSWORD, "\ud800")):  # fmt: skip
        assert not knows(desk, name, password, typed, NOW)
    assert knows(desk, "Maija", PASSWORD, code, NOW)


def test_a_code_is_good_once(desk: Desk) -> None:
    """Seen over a shoulder it opens nothing; an older one neither; the next one does."""
    telephone = codes(add_account(desk, "Maija", PASSWORD, Counter().bytes))
    assert knows(desk, "Maija", PASSWORD, at(telephone, NOW), NOW)
    assert not knows(desk, "Maija", PASSWORD, at(telephone, NOW), NOW)
    assert not knows(desk, "Maija", PASSWORD, at(telephone, NOW - timedelta(seconds=30)), NOW)
    later = NOW + timedelta(seconds=30)
    assert knows(desk, "Maija", PASSWORD, at(telephone, later), later)


@pytest.mark.slow
def test_a_code_is_good_once_at_once_too(desk: Desk) -> None:
    """Eight doors at the same moment open one."""
    telephone = codes(add_account(desk, "Maija", PASSWORD, Counter().bytes))
    code = at(telephone, NOW)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: knows(desk, "Maija", PASSWORD, code, NOW), range(8)))
    assert opened.count(True) == 1


@pytest.mark.parametrize(("seconds", "taken"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_telephone_may_be_half_a_minute_wrong(desk: Desk, seconds: int, *, taken: bool) -> None:
    """And no more."""
    telephone = codes(add_account(desk, "Maija", PASSWORD, Counter().bytes))
    assert knows(desk, "Maija", PASSWORD, at(telephone, NOW + timedelta(seconds=seconds)), NOW) is taken


def test_bad_accounts_are_not_made(desk: Desk) -> None:
    """Short or endless passwords, no name, a name in use, also by a closed account."""
    add_account(desk, "Maija", PASSWORD, Counter().bytes)
    revoke_account(desk, "Maija", NOW)
    for name, password in (("A", "lyhyt"), ("A", "x" * 201), (" ", PASSWORD), ("Maija", PASSWORD)):
        with pytest.raises(UsageError):
            add_account(desk, name, password, Counter().bytes)
    assert [one.name for one in all_accounts(desk)] == ["Maija"]
    assert not is_open(desk, "Maija")


def test_the_desk_does_not_hold_the_password(desk: Desk, tmp_path: Path) -> None:
    """In no byte; what it holds is argon2id's."""
    add_account(desk, "Maija", PASSWORD, Counter().bytes)
    desk.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert PASSWORD.encode() not in stored
    assert b"$argon2id$" in stored


@pytest.mark.slow
def test_the_entrance(app: Flask, client: FlaskClient, folder: Path) -> None:
    """Wrong ones are refused alike, five close it for a while, and leaving ends the session."""
    desk = app.extensions["valinta"].desk
    telephone = codes(add_account(desk, "Maija", PASSWORD, Counter().bytes))
    app.config["WTF_CSRF_ENABLED"] = False

    def enter(name: str, password: str, code: str) -> int:
        data = {"name": name, "password": password, "code": code}
        return client.post("/office/door", data=data, base_url=HOME).status_code

    assert enter("Maija", PASSWORD, at(telephone, NOW)) == 303
    assert enter("Maija", "väärä sala sana", at(telephone, NOW)) == 403
    assert enter("<b>Matti", "x", "1") == 403
    for _ in range(4):
        enter("Maija", "väärä sala sana", "123456")
    assert enter("Maija", PASSWORD, at(telephone, NOW + timedelta(seconds=30))) == 429


def test_accounts_by_command(folder: Path) -> None:
    """The password is asked for, the secret of the codes told once."""
    runner = CliRunner()
    arguments = ["accounts", "add", str(folder), "--name", "Maija", "--json"]
    made = runner.invoke(main, arguments, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    address = json.loads(made.stdout[made.stdout.index("{") :])["totp"]
    desk = desk_of(folder)
    assert knows(desk, "Maija", PASSWORD, at(codes(address), NOW), NOW)
    desk.close()
    shown = runner.invoke(main, ["accounts", "show", str(folder), "--json"])
    assert json.loads(shown.stdout) == {"accounts": [{"name": "Maija", "revoked": False}]}
    assert runner.invoke(main, ["accounts", "revoke", str(folder), "--name", "Maija"]).exit_code == 0
    assert runner.invoke(main, ["accounts", "revoke", str(folder), "--name", "Maija"]).exit_code == 2
