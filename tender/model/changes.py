"""What changed between two states of a tender: field by field, items matched by their ids, no noise of the file.

Only values are compared: two files that say the same in another order or with other comments have no changes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from tender.language import NO_TEXT, Language, Text
from tender.model.tender import Tender

_ITEM = re.compile(r"\[[^\]]*\]")
_KEYS: Mapping[str, tuple[str, ...]] = {"Level": ("value",), "Budget": ("year", "source")}
"""By which fields the items of a list are told apart, where they have no ``id``."""


class ChangeKind(StrEnum):
    """What happened to a field or an item."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class DataChange:
    """One change of a tender.

    Attributes:
        path: Where, with the ids of items in brackets: ``award.criteria[price].weight``, ``buyer.name.sv``.
        label: Term id of the field's label: ``field.Criterion.weight``.
        kind: What happened.
        before: The old value; ``None`` when there was none.
        after: The new value; ``None`` when there is none.
        about: Names of the items on the way, the outermost first, such as the criterion's name.
        language: The language, where the wording of one language changed.
    """

    path: str
    label: str
    kind: ChangeKind
    before: object
    after: object
    about: tuple[Text, ...] = ()
    language: Language | None = None

    @property
    def field(self) -> str:
        """The path without the items' ids, for rules about a kind of field: ``award.criteria.weight``."""
        return _ITEM.sub("", self.path)


@dataclass(frozen=True, slots=True)
class _Here:
    """A spot in both tenders: its path, the label of its field and the names on the way to it."""

    names: Mapping[str, Text]
    path: str = ""
    label: str = ""
    about: tuple[Text, ...] = ()

    def step(self, noun: str, name: str) -> _Here:
        """The field `name` of a noun."""
        path = f"{self.path}.{name}" if self.path else name
        return dataclasses.replace(self, path=path, label=f"field.{noun}.{name}")

    def key(self, key: str) -> _Here:
        """The entry of a map."""
        about = (*self.about, self.names.get(key, Text(key, key, key)))
        return dataclasses.replace(self, path=f"{self.path}.{key}", about=about)

    def item(self, key: object, item: object) -> _Here:
        """The item of a list."""
        name = getattr(item, "name", NO_TEXT)
        about = (*self.about, name) if isinstance(name, Text) and name != NO_TEXT else self.about
        return dataclasses.replace(self, path=f"{self.path}[{key}]", about=about)

    def change(self, kind: ChangeKind, before: object, after: object) -> DataChange:
        """A change at this spot."""
        return DataChange(self.path, self.label, kind, before, after, self.about)


def data_changes(old: Tender, new: Tender) -> tuple[DataChange, ...]:
    """Every difference between two states of a tender, in the order of its fields."""
    groups = {group.id: group.name for tender in (old, new) for group in tender.groups}
    areas = {area.id: area.name for tender in (old, new) for area in tender.areas}
    return tuple(_noun(_Here({**areas, **groups}), old, new))


def _noun(here: _Here, old: Any, new: Any) -> Iterator[DataChange]:  # noqa: ANN401 - any two of one dataclass
    for field in dataclasses.fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield from _value(here.step(type(new).__name__, field.name), before, after)


def _value(here: _Here, before: object, after: object) -> Iterator[DataChange]:
    if isinstance(before, Text) and isinstance(after, Text):
        yield from _text(here, before, after)
    elif isinstance(before, Mapping) or isinstance(after, Mapping):
        yield from _map(here, before or {}, after or {})
    elif isinstance(before, tuple) and isinstance(after, tuple):
        yield from _list(here, before, after)
    elif dataclasses.is_dataclass(before) and type(before) is type(after):
        yield from _noun(here, before, after)
    else:
        yield here.change(_kind(before, after), _shown(before), _shown(after))


def _text(here: _Here, before: Text, after: Text) -> Iterator[DataChange]:
    for language in Language:
        old, new = before.get(language), after.get(language)
        if old != new:
            there = dataclasses.replace(here, path=f"{here.path}.{language.value}")
            yield dataclasses.replace(there.change(_kind(old, new), old, new), language=language)


def _map(here: _Here, before: object, after: object) -> Iterator[DataChange]:
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield from _value(here.key(key), old.get(key), new.get(key))


def _list(here: _Here, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[DataChange]:
    if any(isinstance(item, Text) for item in (*before, *after)):
        yield from _aligned(here, before, after)
    elif any(_key(item) is None for item in (*before, *after)):
        yield from _scalars(here, before, after)
    else:
        yield from _items(here, before, after)


def _scalars(here: _Here, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[DataChange]:
    """Lists of plain values, or of nouns without a key of their own, which are compared place by place."""
    if not any(dataclasses.is_dataclass(item) for item in (*before, *after)):
        same = sorted(map(str, before)) == sorted(map(str, after))
        yield here.change(ChangeKind.REORDERED if same else ChangeKind.CHANGED, before, after)
        return
    yield from _aligned(here, before, after)


def _aligned(here: _Here, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[DataChange]:
    """Items without ids: what stays equal in order is matched, the rest pairwise."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        old, new = before[i1:i2], after[j1:j2]
        for offset in range(max(len(old), len(new))):
            one = old[offset] if offset < len(old) else None
            other = new[offset] if offset < len(new) else None
            index = j1 + offset if other is not None else i1 + offset
            yield from _value(here.item(index, other if other is not None else one), one, other)


def _items(here: _Here, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[DataChange]:
    old = {_key(item): item for item in before}
    new = {_key(item): item for item in after}
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield from _value(here.item(key, new.get(key, old.get(key))), old.get(key), new.get(key))
    kept, stayed = [key for key in old if key in new], [key for key in new if key in old]
    if kept != stayed:
        yield here.change(ChangeKind.REORDERED, _names(old, kept), _names(new, stayed))


def _key(item: object) -> Hashable:
    """What tells `item` apart in its list; ``None`` when nothing does."""
    found = getattr(item, "id", None)
    if found is not None:
        return str(found)
    fields = _KEYS.get(type(item).__name__, ())
    return "-".join(str(getattr(item, name)) for name in fields) or None


def _names(items: Mapping[Hashable, object], keys: Sequence[Hashable]) -> tuple[object, ...]:
    return tuple(getattr(items[key], "name", str(key)) for key in keys)


def _kind(before: object, after: object) -> ChangeKind:
    if _nothing(before):
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if _nothing(after) else ChangeKind.CHANGED


def _nothing(value: object) -> bool:
    return value is None or value in (NO_TEXT, "")


def _shown(value: object) -> object:
    return None if _nothing(value) else value
