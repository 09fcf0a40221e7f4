"""Small boxes beside replies: reasons, proposals, names. Replies themselves are judged by `market_dialogue.intake`."""

from __future__ import annotations

import re

from flask import request

from market_dialogue.intake.fitting import plain_lines

LONGEST = 4_000
"""Most characters of a reason or a proposal."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def typed(name: str, most: int = LONGEST) -> str:
    """What was typed into the box `name`, at most `most` characters, without those that no document can carry."""
    return _CONTROL.sub("", plain_lines(request.form.get(name, ""))).strip()[:most]
