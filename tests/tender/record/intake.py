"""A process that takes whole answers from many threads until it is killed, acknowledging each on its standard output.

Run as a script by `test_intake`: ``intake.py PATH THREADS RUN``; a line ``run-thread-number digest`` for each, only
after it is on the disk. First it sends again
what standard input names, as a respondent does who got no receipt.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Lock, Thread

from tender.model.answers import Answer, Channel, Mark, Reply
from tender.record import Publicity
from tender.record.answers import AnswerReceived
from tender.record.writer import Writer

QUESTIONS = tuple(f"q{number}" for number in range(1, 9))


def answer_of(key: str) -> Answer:
    """An answer of about four kilobytes that follows from its key alone."""
    text = f"Vastaaja {key} ehdottaa, että katto olisi korkeampi ja mittari laskettaisiin neljännesvuosittain. "
    replies = {
        question: Reply(f"{question}: {text * 4}", marks=(Mark(4, 12, "Hinnoittelu"),)) for question in QUESTIONS
    }
    return Answer(key, f"Esimerkki {key} Oy", datetime(2019, 3, 1, tzinfo=UTC), replies, channel=Channel.WEB)


def take(writer: Writer, key: str) -> str:
    """Send the answer of `key`; its digest, when it is on the disk."""
    received = AnswerReceived(answer_of(key), key)
    event = writer.submit(received.kind, received.payload(), "portaali", Publicity.AUTHORITY, key)
    return f"{key} {event.seq} {received.digest}"


def main(path: str, threads: str, run: str) -> None:
    """Send again what standard input names, then go on with new ones, from `threads` threads at once."""
    again = [line.strip() for line in sys.stdin]
    says = Lock()

    def send(keys: Iterator[str]) -> None:
        for key in keys:
            line = take(writer, key)
            with says:
                sys.stdout.write(line + "\n")
                sys.stdout.flush()

    with Writer(Path(path), lambda: datetime.now(UTC), lambda: secrets.token_bytes(32), "intake") as writer:
        for key in again:
            send(iter([key]))
        workers = [
            Thread(target=send, args=((f"{run}-{number}-{one}" for one in count()),)) for number in range(int(threads))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
