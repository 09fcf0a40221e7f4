"""The guard of a PDF from outside: nothing that runs, fetches, is locked or hides another file.

A real parser looks at every object, because active content may stand in compressed object streams under escaped names.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from tender.errors import InputError, Place
from tender.guards.archives import guard_size

if TYPE_CHECKING:
    from pikepdf import Object

MOST_OBJECTS = 200_000
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
_ACTIVE_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/RichMedia"}
)
_BEGINNING = b"%PDF-"


def guard_portable(data: bytes, file: str) -> None:
    """Refuse what is no PDF, or one that is not passive.

    Raises:
        InputError: It is too large, no PDF, damaged, locked, or something in it is active.
    """
    import pikepdf

    guard_size(data, file)
    if not data.startswith(_BEGINNING):
        raise InputError("guard.not-pdf", place=Place(file))
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise InputError("guard.encrypted", place=Place(file))
            if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
                raise InputError("guard.broken-pdf", place=Place(file))
            if any(_is_active(one) for one in pdf.objects):
                raise InputError("guard.active-part", place=Place(file))
    except pikepdf.PasswordError as error:
        raise InputError("guard.encrypted", place=Place(file)) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise InputError("guard.broken-pdf", place=Place(file)) from error


def _is_active(one: Object) -> bool:
    """Whether an object, or a dictionary or list that stands in it, runs or fetches something."""
    import pikepdf

    waiting, steps = [one], 0
    while waiting and steps < MOST_OBJECTS:
        steps += 1
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            items = dict(found.items()) if isinstance(found, pikepdf.Dictionary) else dict(found.stream_dict.items())
            if _ACTIVE_KEYS & set(items) or str(items.get("/S", "")) in _ACTIVE_KINDS:
                return True
            waiting += [value for value in items.values() if _is_inline(value)]
        elif isinstance(found, pikepdf.Array):
            waiting += [value for value in found if _is_inline(value)]
    return bool(waiting)


def _is_inline(value: object) -> bool:
    """Whether `value` stands inside another object; one that stands for itself is looked at in its own turn."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
