"""Where pages become files: in as many processes as there are, and never again what was made from the same before.

The order and the bytes are the same however many work at it. Only drafts may take from the store; what is published is
always made anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from tender.documents.docx import write_docx
from tender.documents.pdf import write_pdf
from tender.publishing.orders import Format, Order
from tender.publishing.store import Store, order_key

Progress = Callable[[str], None]
"""Told the name of each file when it is ready."""


def made(order: Order) -> bytes:
    """The file that `order` asks for; runs in processes of its own too."""
    if order.format is Format.HTML:
        return order.html.encode()
    if order.format is Format.DOCX:
        return write_docx(order.html, created=order.created)
    return write_pdf(order.html, created=order.created, attachments=order.attachments)


def _nobody(_: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """How files are made.

    Attributes:
        workers: How many processes work at it at most; with one, this process does.
        store: Where earlier work is kept; ``None`` makes everything anew.
        reused: Told the name of each file that the store had.
    """

    workers: int = 1
    store: Store | None = None
    reused: Progress = _nobody

    def make(self, orders: Iterable[Order], progress: Progress) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each order, in their order.

        Raises:
            InputError: A page cannot be made into a file.
        """
        waiting = [(order, order_key(order) if self.store else "") for order in orders]
        kept = {key: data for _, key in waiting if self.store and (data := self.store.get(key)) is not None}
        fresh = self._fresh([order for order, key in waiting if key not in kept])
        for order, key in waiting:
            if key in kept:
                self.reused(order.name)
                yield order.name, kept[key]
                continue
            data = next(fresh)
            progress(order.name)
            if self.store:
                self.store.put(key, data)
            yield order.name, data
        if self.store:
            self.store.trim()

    def _fresh(self, orders: list[Order]) -> Iterator[bytes]:
        workers = min(self.workers, len(orders))
        if workers <= 1:
            yield from map(made, orders)
            return
        # Fresh processes: a copy of this one could hold a lock of a library's thread for ever.
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            yield from pool.map(made, orders)


def every_core() -> int:
    """How many processes this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
