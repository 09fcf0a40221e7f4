"""What went wrong, as a page in the visitor's language that says what to do; never a traceback."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING

from flask import Response
from werkzeug.exceptions import HTTPException

from tender.errors import RecordError, ValintaError
from tender.web.layout import language_here, page
from tender.words import words

if TYPE_CHECKING:
    from flask import Flask

KNOWN = frozenset({400, 403, 404, 405, 413, 429, 431, 500, 503, 507})
"""Statuses that have words of their own."""

_LOG = logging.getLogger("valinta.web")


def watch_failures(app: Flask) -> None:
    """Let every failure of `app` end in a page."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(ValintaError, _explained)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: HTTPException) -> Response:
    return failure(error.code or 500)


def failure(status: int, detail: str = "") -> Response:
    """The page of `status`.

    Args:
        status: An HTTP status.
        detail: Ready words that say more.
    """
    shown = status if status in KNOWN else status // 100 * 100
    return page("failure", status, kind=shown, detail=detail)


def _explained(error: ValintaError) -> Response:
    """An error of ours, in its own words; a full disk and a busy record have their own statuses."""
    if isinstance(error, RecordError):
        _LOG.error("%s", error)
        return failure({"record.disk-full": 507, "record.busy": 503}.get(error.message, 500))
    return failure(400, str(words(language_here()).error(error)))


def _disk(error: OSError) -> Response:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return failure(507) if full else _unexpected(error)


def _unexpected(error: Exception) -> Response:
    _LOG.exception("a page failed", exc_info=error)
    return failure(500)
