"""The server: waitress with many threads, so that the last minute before a deadline is like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender.web.security import MOST_BYTES, MOST_HEADERS

if TYPE_CHECKING:
    from flask import Flask

THREADS = 32


def serve(app: Flask, host: str, port: int) -> None:
    """Answer on `host` and `port` until interrupted."""
    import waitress

    waitress.serve(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_BYTES,
        max_request_header_size=2 * MOST_HEADERS,
        connection_limit=500,
        channel_timeout=60,
        clear_untrusted_proxy_headers=True,
    )
