"""The server is killed while respondents send: every receipt that somebody saw is on the record, whole."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest

from tender.publishing.folder import record_state
from tender.record import Record
from tender.web.desk import desk_of
from tender.web.links import Made, make_link
from tests.market_dialogue.pages.conftest import ROOT, make_folder

KILLS, RESPONDENTS = 50, 4
_FORGE = """
import os, secrets, sys
from datetime import UTC, datetime
from pathlib import Path
import waitress
from market_dialogue.pages.officer import office
from market_dialogue.pages.supplier import pages
from tender.web import app as pages_of
from tender.web.app import create_app
from tender.web.server import serve

tender = pages_of.readable_tender(Path(sys.argv[1]))
pages_of.readable_tender = lambda _: tender

for port in sys.stdin:
    child = os.fork()
    if not child:
        app = create_app(Path(sys.argv[1]), lambda: datetime.now(UTC), secrets.token_bytes, houses=(pages, office))
        serve(app, "127.0.0.1", int(port))
    print(child, flush=True)
    os.waitpid(child, 0)
"""
pytestmark = pytest.mark.slow


class Sender:
    """A respondent who sends one answer after the other until nobody answers any more."""

    def __init__(self, port: int, made: Made) -> None:
        self.receipts: list[int] = []
        self.line = HTTPConnection("127.0.0.1", port, timeout=60)
        self._made, self._cookie = made, ""

    def run(self, turn: int) -> None:
        """Come in, then write and send."""
        with closing(self.line), suppress(OSError, HTTPException):
            self.enter()
            for number in range(10_000):
                self.write(f"kierros {turn} vastaus {number}")
                self.receipts += self.send(self.form("/answers/check"))

    def enter(self) -> None:
        """Type the code of the link."""
        door = f"/answer/{self._made.token}"
        self._ask("POST", door, {**self.form(door), "code": self._made.code})

    def write(self, text: str) -> None:
        """Save the reply to the first question."""
        page = "/answers/question/q1"
        self._ask("POST", page, {**self.form(page), "do": "save", "text": text})

    def send(self, form: dict[str, str]) -> list[int]:
        """Send what the check page showed; the number of the receipt, or nothing."""
        place = self._ask("POST", "/answers/check", {**form, "do": "send"})[1]
        return [int(one) for one in re.findall(r"/answers/receipt/(\d+)", place)]

    def form(self, path: str) -> dict[str, str]:
        """What the hidden boxes of a page hold."""
        html = self._ask("GET", path)[0]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
        return {name: unescape(value) for name, value in found}

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.line.request(method, path, urlencode(form) if form else None, headers)
        with self.line.getresponse() as answer:
            html = answer.read().decode()
        self._cookie = (answer.headers.get("Set-Cookie") or self._cookie).partition(";")[0]
        return html, answer.headers.get("Location", "")


def open_for_a_year(folder: Path) -> Path:
    """`folder` with answers open by today's clock."""
    file, year = folder / "tender.toml", datetime.now(UTC).year + 1
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^closes( *)= .*$", rf"closes\1= {year}-12-31T16:00:00", text), encoding="utf-8")
    return folder


class Forge:
    """A process that has loaded everything, and forks a server of its own process for every turn.

    Args:
        folder: The tender folder that is served.
    """

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", _FORGE, str(folder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, env=environment)

    def serve(self) -> tuple[int, int]:
        """Number and port of a new server, which answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{port}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        for _ in range(1_200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return child, port
        raise TimeoutError

    def close(self) -> None:
        """No more turns."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def turn(forge: Forge, links: list[Made], number: int) -> list[int]:
    """Receipts that respondents saw before the server was killed in full flight."""
    child, port = forge.serve()
    senders = [Sender(port, made) for made in links]
    threads = [Thread(target=sender.run, args=(number,)) for sender in senders]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 60
    while sum(len(sender.receipts) for sender in senders) <= number % 3 and time.monotonic() < until:
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    for thread in threads:
        thread.join()
    return [receipt for sender in senders for receipt in sender.receipts]


def test_no_receipt_is_ever_broken(tmp_path: Path) -> None:
    """Killed in full flight fifty times; no receipt is lost, no answer is half, and the chain holds."""
    folder = open_for_a_year(make_folder(tmp_path / "kunta"))
    desk = desk_of(folder)
    links = [make_link(desk, f"Tuottaja {n}", datetime.now(UTC), secrets.token_bytes) for n in range(RESPONDENTS)]
    desk.close()
    forge = Forge(folder)
    try:
        seen = [receipt for number in range(KILLS) for receipt in turn(forge, links, number)]
    finally:
        forge.close()
    with Record.read(folder / "record.db") as record:
        assert record.verify() == ()
    kept = {one.event.seq: one.said.answer for one in record_state(folder).dialogue.answers}
    print(len(seen), "receipts,", len(kept), "answers on the record")  # noqa: T201 - shown with -s
    assert len(seen) >= KILLS
    assert set(seen) <= set(kept)
    assert all(answer.replies["q1"].text.startswith("kierros") for answer in kept.values())
    assert len({answer.id for answer in kept.values()}) == len(kept)
