"""Paths that a market-dialogue question names: do they lead to a field of the tender."""

from __future__ import annotations

from tender.model.tender import Tender
from tender.reading.dictionary import Dictionary, Field, Noun, Shape
from tender.reading.names import nearest
from tender.reading.notes import Notes
from tender.reading.paths import Step, child, joined, steps

_AFFECTS = "affects"


def check_affects(dictionary: Dictionary, notes: Notes, tender: Tender) -> None:
    """One finding for each path in ``dialogue.questions[].affects`` that leads nowhere.

    A list may be named as a whole (``groups``), by index (``groups[0]``) or through all its items (``groups.clients``).
    """
    field = dictionary.nouns["Question"].fields[_AFFECTS]
    questions = tender.dialogue.questions if tender.dialogue is not None else ()
    for number, question in enumerate(questions):
        above = child(child("dialogue.questions", number), _AFFECTS)
        for index, path in enumerate(question.affects):
            here = child(above, index)
            if here in notes.broken or leads_somewhere(dictionary, tender, path):
                continue
            near = nearest(path, _all_paths(dictionary)) or "–"
            notes.add("reference.unknown-field", here, field, found=path, nearest=near)
            notes.break_at(here)


def leads_somewhere(dictionary: Dictionary, tender: Tender, path: str) -> bool:
    """Whether `path` names a field of the dictionary; an index or an id in it must exist in `tender`."""
    try:
        way = steps(path)
    except ValueError:
        return False
    return bool(way) and _in_noun(dictionary, dictionary.root, tender, way)


def _in_noun(dictionary: Dictionary, noun: Noun, value: object, way: tuple[Step, ...]) -> bool:
    """Whether `way` leads on from a noun; `value` is the noun itself, or `None` when it stands for all of a list."""
    if not way:
        return True
    name, *rest = way
    field = noun.fields.get(name) if isinstance(name, str) else None
    return field is not None and _in_field(dictionary, field, getattr(value, field.name, None), tuple(rest))


def _in_field(dictionary: Dictionary, field: Field, value: object, way: tuple[Step, ...]) -> bool:
    if not way:
        return True
    shape, step = field.type.shape, way[0]
    if shape is Shape.LIST and isinstance(step, int):
        items = value if isinstance(value, tuple) else ()
        return step < len(items) and _in_value(dictionary, field, items[step], way[1:])
    if shape in {Shape.MAP, Shape.FILES}:
        table = value if isinstance(value, dict) else {}
        return step in table and _in_value(dictionary, field, table[step], way[1:])
    return _in_value(dictionary, field, None if shape is Shape.LIST else value, way)


def _in_value(dictionary: Dictionary, field: Field, value: object, way: tuple[Step, ...]) -> bool:
    noun = dictionary.nouns.get(field.type.of)
    return not way if noun is None else _in_noun(dictionary, noun, value, way)


def _all_paths(dictionary: Dictionary) -> tuple[str, ...]:
    """The path of every field, lists without indexes; nouns inside themselves only once."""
    found: list[str] = []

    def walk(noun: Noun, way: tuple[str, ...], inside: tuple[str, ...]) -> None:
        for field in noun.fields.values():
            found.append(joined((*way, field.name)))
            below = dictionary.nouns.get(field.type.of)
            if below is not None and below.name not in inside:
                walk(below, (*way, field.name), (*inside, below.name))

    walk(dictionary.root, (), ())
    return tuple(found)
