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

KILLS, RESPONDENTS = 4, 6
_START = "from tender.cli.main import main; main()"
pytestmark = pytest.mark.slow


class Sender:
    """A respondent who sends one answer after the other until nobody answers any more."""

    def __init__(self, port: int, made: Made) -> None:
        self.receipts: list[int] = []
        self._line = HTTPConnection("127.0.0.1", port, timeout=20)
        self._made, self._cookie = made, ""

    def run(self, turn: int) -> None:
        """Come in, then write and send."""
        with closing(self._line), suppress(OSError, HTTPException):
            door = f"/answer/{self._made.token}"
            self._ask("POST", door, {**self._form(door), "code": self._made.code})
            for number in range(10_000):
                page = "/answers/question/q1"
                self._ask("POST", page, {**self._form(page), "do": "save", "text": f"kierros {turn} vastaus {number}"})
                place = self._ask("POST", "/answers/check", {**self._form("/answers/check"), "do": "send"})[1]
                self.receipts += [int(one) for one in re.findall(r"/answers/receipt/(\d+)", place)]

    def _form(self, path: str) -> dict[str, str]:
        html = self._ask("GET", path)[0]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
        return {name: unescape(value) for name, value in found}

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, urlencode(form) if form else None, headers)
        with self._line.getresponse() as answer:
            html = answer.read().decode()
        self._cookie = (answer.headers.get("Set-Cookie") or self._cookie).partition(";")[0]
        return html, answer.headers.get("Location", "")


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server of its own process, ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _START, "serve", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server, port
    server.kill()
    raise TimeoutError


def test_no_receipt_is_ever_broken(tmp_path: Path) -> None:
    """Killed in full flight, again and again; the chain holds, and no answer is half."""
    folder = make_folder(tmp_path / "kunta")
    text = (folder / "tender.toml").read_text(encoding="utf-8")
    year = datetime.now(UTC).year + 1
    (folder / "tender.toml").write_text(re.sub(r"(?m)^closes( *)= .*$", rf"closes\1= {year}-12-31T16:00:00", text))
    desk = desk_of(folder)
    links = [make_link(desk, f"Tuottaja {n}", datetime.now(UTC), secrets.token_bytes) for n in range(RESPONDENTS)]
    desk.close()
    seen: list[int] = []
    for turn in range(KILLS):
        server, port = serve(folder)
        senders = [Sender(port, made) for made in links]
        threads = [Thread(target=sender.run, args=(turn,)) for sender in senders]
        for thread in threads:
            thread.start()
        time.sleep(3 + turn / 7)
        server.send_signal(signal.SIGKILL)
        server.wait()
        for thread in threads:
            thread.join()
        seen += [receipt for sender in senders for receipt in sender.receipts]
    with Record.read(folder / "record.db") as record:
        assert record.verify() == ()
    kept = {one.event.seq: one.said.answer for one in record_state(folder).dialogue.answers}
    print(len(seen), "receipts,", len(kept), "answers on the record")  # noqa: T201 - shown with -s
    assert len(seen) > KILLS * RESPONDENTS
    assert set(seen) <= set(kept)
    assert all(answer.replies["q1"].text.startswith("kierros") for answer in kept.values())
    assert len({answer.id for answer in kept.values()}) == len(kept)
