"""From the tables of the file to the nouns of the model, by the field dictionary; nothing here ever raises.

Every field gives exactly one finding for one mistake, and a value in any case: the one that was meant where that is
certain, else a placeholder whose path is named as broken. So later rules always see a whole tender.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tender.language import Language, Text
from tender.reading.dictionary import Dictionary, Field, FieldType, Noun, Shape
from tender.reading.limits import FORMS
from tender.reading.names import match
from tender.reading.notes import Notes
from tender.reading.paths import child
from tender.reading.scalars import PLACEHOLDERS, kind_of, shown
from tender.reading.texts import TextLoader, TextReader, missing_files
from tender.reading.values import read_choice, read_scalar

_IDS_OF = {"group": "RiskGroup", "area": "Area"}
"""Whose ids the keys of a map are."""

_LANGUAGES, _ID = "languages", "id"

_IN_THEIR_LIST = frozenset({"Choice"})
"""Nouns whose ids differ within their own list only: every question may offer an ``a``."""


class NounReader:
    """Reads one tender file's tables.

    Args:
        dictionary: The field dictionary.
        notes: Where findings go.
        load: Gives the texts that lie beside the file.
    """

    def __init__(self, dictionary: Dictionary, notes: Notes, load: TextLoader) -> None:
        """Start with no ids known."""
        self._dictionary = dictionary
        self._notes = notes
        self._load = load
        self._texts = TextReader(notes)
        self._ids: dict[str, dict[str, str]] = {}
        self._doubtful: set[str] = set()

    def noun(self, noun: Noun, table: Mapping[str, object], path: str) -> Any:  # noqa: ANN401 - any dataclass
        """The noun that `table` at `path` describes."""
        keys = self._keys(noun, table, path)
        values = {}
        for field in noun.fields.values():
            here = child(path, field.name)
            if field.name in keys:
                values[field.name] = self._field(field, table[keys[field.name]], here)
            else:
                values[field.name] = self._absent(field, here, path)
            self._remember(noun, field, values[field.name], here)
        return noun.cls(**values)

    def _keys(self, noun: Noun, table: Mapping[str, object], path: str) -> dict[str, str]:
        """Key of the table by the field that it is for; keys that belong to none are findings."""
        matched = match(table, noun.fields)
        for stray in matched.strays:
            here = child(path, stray.key)
            if stray.taken:
                self._notes.aliases[child(path, stray.nearest)] = here
            if not stray.taken and stray.key in self._dictionary.root.fields:
                self._notes.add("field.misplaced", here, None, found=stray.key)
            elif stray.nearest:
                self._notes.add("field.unknown", here, None, found=shown(stray.key), nearest=stray.nearest)
            else:
                allowed = ", ".join(noun.fields)
                self._notes.add("field.unknown-here", here, None, found=shown(stray.key), allowed=allowed)
        return matched.keys

    def _remember(self, noun: Noun, field: Field, value: Any, path: str) -> None:  # noqa: ANN401 - any value
        """Languages for the texts that follow; ids for duplicates and references."""
        if path == _LANGUAGES:
            broken = self._notes.broken
            known = [one for index, one in enumerate(value) if child(path, index) not in broken]
            self._texts.languages = () if path in broken else tuple(dict.fromkeys(known))
        elif field.name == _ID:
            scope = f"{noun.name}@{path.rpartition('[')[0]}" if noun.name in _IN_THEIR_LIST else noun.name
            seen = self._ids.setdefault(scope, {})
            if path in self._notes.broken:
                self._doubtful.add(noun.name)
            elif value in seen:
                self._doubtful.add(noun.name)
                first = str(self._notes.source.place(seen[value]))
                self._notes.add("field.duplicate-id", path, field, found=value, first=first)
            else:
                seen[value] = path

    def _absent(self, field: Field, path: str, above: str) -> object:
        if not field.required:
            return field.default
        table = above or "field-type.file"
        self._notes.add("field.missing", path, field, name=field.name, table=table, expected=self._kind(field.type))
        return self._placeholder(field, path)

    def _field(self, field: Field, raw: object, path: str) -> object:
        shape = field.type.shape
        if shape is Shape.LIST:
            return self._list(field, raw, path)
        if shape is Shape.MAP:
            return self._map(field, raw, path)
        return self._files(field, raw, path) if shape is Shape.FILES else self._one(field, raw, path)

    def _one(self, field: Field, raw: object, path: str) -> object:
        """One value, whatever the shape of its field."""
        of = field.type.of
        if of in self._dictionary.nouns:
            noun = self._dictionary.nouns[of]
            if isinstance(raw, dict):
                return self.noun(noun, raw, path)
            self._wrong(field, raw, path, "field-type.table")
            return self._placeholder(field, path, one=True)
        if of == "text":
            return self._texts.read(field, raw, path)
        if of in self._dictionary.choices:
            return read_choice(self._notes, field, self._dictionary.choices[of], raw, path)
        return read_scalar(self._notes, field, raw, path)

    def _list(self, field: Field, raw: object, path: str) -> tuple[Any, ...]:
        items = raw if isinstance(raw, list) else [raw] if self._like_an_item(field, raw) else []
        if not isinstance(raw, list):
            self._wrong(field, raw, path, "field-type.list")
            self._notes.aliases[child(path, 0)] = path
            if not items:
                self._placeholder(field, path)
                return _no_items(field)
        found = tuple(self._one(field, item, child(path, index)) for index, item in enumerate(items))
        if len(items) < field.items:
            self._notes.add("field.few", path, field, found=str(len(items)), expected=str(field.items))
            self._notes.break_at(path)
            found = found or _no_items(field)
        if field.unique:
            self._repeated(field, found, path)
        return found

    def _like_an_item(self, field: Field, raw: object) -> bool:
        """Whether `raw` without a list around it can be taken for its only item."""
        if field.type.of in self._dictionary.nouns:
            return isinstance(raw, dict)
        return isinstance(raw, str) or (field.type.of == "text" and isinstance(raw, dict))

    def _repeated(self, field: Field, items: tuple[object, ...], path: str) -> None:
        seen: dict[object, str] = {}
        for index, item in enumerate(items):
            here = child(path, index)
            if item in seen and here not in self._notes.broken:
                first = str(self._notes.source.place(seen[item]))
                self._notes.add("field.duplicate", here, field, found=str(item), first=first)
            seen.setdefault(item, here)

    def _map(self, field: Field, raw: object, path: str) -> dict[str, object]:
        names = self._names(field)
        if not isinstance(raw, dict):
            self._wrong(field, raw, path, "field-type.table")
            self._notes.break_at(path)
            return {name: self._placeholder(field, path, one=True) for name in names or ()}
        keys = {key: key for key in raw} if names is None else self._referred(field, raw, names, path)
        found = {}
        for name in raw if names is None else names:
            here = child(path, name)
            if name in keys:
                found[name] = self._one(field, raw[keys[name]], here)
            else:
                self._notes.add("reference.missing", path, field, missing=name)
                found[name] = self._placeholder(field, here, one=True)
            if names is None:
                self._well_formed(field, name, here)
        return found

    def _names(self, field: Field) -> tuple[str, ...] | None:
        """The ids that a map must have; ``None`` when any will do, or when the ids themselves are doubtful."""
        noun = _IDS_OF.get(field.type.by, "")
        known = tuple(self._ids.get(noun, ()))
        return None if not known or noun in self._doubtful else known

    def _referred(self, field: Field, raw: Mapping[str, object], names: tuple[str, ...], path: str) -> dict[str, str]:
        """Key of the map by the id that it is for; keys that are no ids are findings."""
        matched = match(raw, names, pair_last=True)
        allowed = ", ".join(names)
        for stray in matched.strays:
            here = child(path, stray.key)
            if stray.taken:
                self._notes.aliases[child(path, stray.nearest)] = here
            self._notes.add(
                "reference.unknown", here, field, found=shown(stray.key), nearest=stray.nearest or "–", allowed=allowed
            )
        return matched.keys

    def _well_formed(self, field: Field, name: str, path: str) -> None:
        if FORMS["name"].fullmatch(name) is None:
            self._notes.add("field.format", path, field, found=shown(name), expected="field-form.name")
            self._notes.break_at(path)

    def _files(self, field: Field, raw: object, path: str) -> dict[str, Text]:
        """Texts of the folder ``texts`` by id, each in every declared language."""
        as_ids = Field(field.noun, field.name, FieldType(Shape.LIST, "id"), field.meaning, required=True, unique=True)
        texts: dict[str, Text] = {}
        for index, text_id in enumerate(self._list(as_ids, raw, path)):
            here = child(path, index)
            if here in self._notes.broken or str(text_id) in texts:
                continue
            loaded = self._load(str(text_id), here)
            for finding in loaded.findings:
                self._notes.keep(finding)
            missing = loaded.text.missing(self._texts.languages)
            if missing and not loaded.findings:
                files = missing_files(str(text_id), missing)
                self._notes.add("text.file-missing", here, field, found=str(text_id), files=files)
            texts[str(text_id)] = loaded.text
        return texts

    def _wrong(self, field: Field, raw: object, path: str, expected: str) -> None:
        self._notes.add("field.type", path, field, found=shown(raw), found_kind=kind_of(raw), expected=expected)

    def _kind(self, kind: FieldType) -> str:
        """Term id of the kind of a field's value."""
        if kind.shape is not Shape.ONE:
            return "field-type.table" if kind.shape is Shape.MAP else "field-type.list"
        if kind.of in self._dictionary.nouns:
            return "field-type.table"
        return "field-type.choice" if kind.of in self._dictionary.choices else f"field-type.{kind.of}"

    def _placeholder(self, field: Field, path: str, *, one: bool = False) -> object:
        """What stands in for a field, or for one value of it; its path is broken, and so are ids that it would have."""
        self._notes.break_at(path)
        self._doubtful.add(field.type.of)
        return empty(self._dictionary, field, one=one)


def empty(dictionary: Dictionary, field: Field, *, one: bool = False) -> object:
    """A neutral value of `field`, or of one of its items; a noun consists of those of its required fields."""
    of, shape = field.type.of, field.type.shape
    if shape is Shape.MAP and not one:
        return {}
    if shape is Shape.LIST and not one:
        return _no_items(field)
    if of in dictionary.nouns:
        noun = dictionary.nouns[of]
        return noun.cls(**{each.name: empty(dictionary, each) for each in noun.fields.values() if each.required})
    if of in dictionary.choices:
        return next(iter(dictionary.choices[of]))
    return Text() if of == "text" else _neutral(field)


def _no_items(field: Field) -> tuple[object, ...]:
    """An empty list; languages are never empty, for some wording always prevails."""
    return (Language.FI,) if field.type.of == Language.__name__ else ()


def _neutral(field: Field) -> object:
    """The placeholder of a scalar: the smallest allowed number, or what its kind has."""
    value = PLACEHOLDERS[field.type.of]
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool) and field.minimum is not None:
        return type(value)(field.minimum)
    return value
