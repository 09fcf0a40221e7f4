"""``valinta dialogue link`` and ``valinta serve``: secrets are shown once, and nothing is served in the clear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tender.web import server
from tender.web.desk import desk_of
from tender.web.links import open_link
from tests.market_dialogue.pages.conftest import make_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tender folder."""
    return make_folder(tmp_path / "kunta")


def run(*arguments: str) -> Result:
    """Run ``valinta …``."""
    return CliRunner().invoke(main, [*arguments, "--language", "fi"], prog_name="valinta")


def test_a_link_is_made_listed_and_closed(folder: Path) -> None:
    """The secrets open it; the list does not show them."""
    made = json.loads(run("dialogue", "link", str(folder), "--for", " Tuottaja   Oy ", "--json").stdout)
    assert made["name"] == "Tuottaja Oy"
    token = made["address"].rpartition("/")[2]
    desk = desk_of(folder)
    assert open_link(desk, token, made["code"]) is not None
    desk.close()
    shown = run("dialogue", "link", str(folder)).output
    assert made["id"] in shown
    assert token not in shown
    assert made["code"] not in shown
    assert run("dialogue", "link", str(folder), "--revoke", made["id"]).exit_code == 0
    again = run("dialogue", "link", str(folder), "--revoke", made["id"])
    assert again.exit_code == 2
    assert made["id"] in again.output
    assert [one["revoked"] for one in json.loads(run("dialogue", "link", str(folder), "--json").stdout)["links"]] == [
        True
    ]


def test_people_read_link_and_code(folder: Path) -> None:
    """Each on its own line, and that they are shown once."""
    lines = run("dialogue", "link", str(folder), "--for", "Tuottaja Oy", "--base", "https://a.example/").output
    assert "https://a.example/answer/" in lines
    assert "Koodi: " in lines
    assert "vain kerran" in lines


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "kunta.example", "::"])
def test_nothing_is_served_in_the_clear(folder: Path, host: str) -> None:
    """Beyond the own machine only behind a named https proxy."""
    result = run("serve", str(folder), "--host", host)
    assert result.exit_code == 2
    assert host in result.output


def test_the_pages_are_served(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the own machine by default; behind a proxy under its name only."""
    served = []
    monkeypatch.setattr(server, "serve", lambda app, host, port: served.append((app, host, port)))
    assert run("serve", str(folder)).exit_code == 0
    assert run("serve", str(folder), "--host", "0.0.0.0", "--address", "kunta.example").exit_code == 0
    (own, *where), (proxied, *_) = served
    assert where == ["127.0.0.1", 8080]
    assert own.test_client().get("/documents/", base_url="http://127.0.0.1:8080").status_code == 200
    assert proxied.test_client().get("/documents/", base_url="https://kunta.example").status_code == 200
    assert proxied.test_client().get("/documents/", base_url="http://127.0.0.1:8080").status_code == 400
    for app in (own, proxied):
        app.extensions["valinta"].close()
