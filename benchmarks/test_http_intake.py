"""Sending over HTTP: fifty respondents on one server, group commit beside a transaction for each answer in one session.

A respondent saves a reply, opens the check page and sends; the waiting is that of the sending alone. Clients share the
machine with the server, so the numbers are a floor.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tender.publishing.folder import RECORD_FILE
from tender.record import Record
from tender.web.desk import desk_of
from tender.web.links import Made, make_link
from tests.market_dialogue.pages.conftest import ROOT, make_folder
from tests.market_dialogue.pages.test_kill import Sender, open_for_a_year

CLIENTS, ANSWERS = 50, 4
SERVER = """
import secrets, sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from market_dialogue.pages.supplier import pages
from tender.record import Record
from tender.web import site
from tender.web.app import create_app
from tender.web.server import serve


class Alone:
    def __init__(self, path, clock, salts, tender):
        self.record, self.turn = Record.open(path, clock, salts, tender), Lock()

    def submit(self, kind, payload, actor, publicity, key=""):
        with self.turn:
            return self.record.append(kind, payload, actor, publicity, key=key)


if sys.argv[3] == "alone":
    site.Writer = Alone
app = create_app(Path(sys.argv[1]), lambda: datetime.now(UTC), secrets.token_bytes, houses=(pages,))
serve(app, "127.0.0.1", int(sys.argv[2]))
"""


def respondent(port: int, made: Made) -> list[float]:
    """How long each sending of one respondent waited for its receipt, in seconds."""
    sender, waits = Sender(port, made), []
    with closing(sender.line):
        sender.enter()
        for number in range(ANSWERS):
            sender.write(f"vastaus {number} " + "x" * 4_000)
            form = sender.form("/answers/check")
            began = time.perf_counter()
            assert sender.send(form), "no receipt"
            waits.append(time.perf_counter() - began)
    return waits


@pytest.mark.parametrize("way", ["together", "alone"])
def test_sending(benchmark: BenchmarkFixture, way: str, tmp_path: Path) -> None:
    """Whole rounds a second, and the median and 99th percentile of waiting for a receipt."""
    benchmark.group = f"sending over HTTP, {CLIENTS} respondents"
    folder = open_for_a_year(make_folder(tmp_path / "kunta"))
    desk = desk_of(folder)
    links = [make_link(desk, f"Tuottaja {n}", datetime.now(UTC), secrets.token_bytes) for n in range(CLIENTS)]
    desk.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVER, str(folder), str(port), way]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        _ready(port)
        with ThreadPoolExecutor(CLIENTS) as pool:
            waits = benchmark.pedantic(
                lambda: sorted(one for each in pool.map(lambda made: respondent(port, made), links) for one in each),
                rounds=1,
            )
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
    with Record.read(folder / RECORD_FILE) as record:
        assert len(record.events()) == CLIENTS * ANSWERS
        assert record.verify() == ()
    assert benchmark.stats is not None
    benchmark.extra_info["answers a second"] = round(len(waits) / benchmark.stats.stats.median, 1)
    benchmark.extra_info["p50 ms"] = round(1000 * waits[len(waits) // 2])
    benchmark.extra_info["p99 ms"] = round(1000 * waits[len(waits) * 99 // 100])


def _ready(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError
