"""Runs of text from inline HTML: emphasis, links, footnotes, fractions as text that reads well."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from tender.documents.blocks.nouns import Run
from tender.documents.blocks.tree import Element

ANCHOR = "#c-"
"""What a link to a clause begins with."""

SCHEMES = ("https://", "mailto:")
"""What an address begins with that a document may lead to."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNPRINTED = re.compile("[\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OPERATOR = re.compile(r"[\s+\-−·×/]")
_BARE = Run("")
_EMPHASIS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code", "kbd": "code"}
_SILENT = frozenset({"wbr", "style", "script", "template", "col", "colgroup"})


def inline_runs(children: Iterable[Element | str]) -> tuple[Run, ...]:
    """The runs of inline content, its spaces collapsed and cut at both ends, as a browser would show it."""
    return tidy(_runs(children, _BARE))


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """`runs` with single spaces, neighbours of one look joined, nothing empty, no space at the ends."""
    joined: list[Run] = []
    for run in runs:
        text = run.text
        if not joined or (not run.note and joined[-1].text.endswith((" ", "\n"))):
            text = text.lstrip(" ")
        if not text and not run.note:
            continue
        fresh = dataclasses.replace(run, text=text)
        if joined and same_look(joined[-1], fresh):
            joined[-1] = dataclasses.replace(fresh, text=joined[-1].text + text)
        else:
            joined.append(fresh)
    return _without_tail(joined)


def same_look(one: Run, other: Run) -> bool:
    """Whether two runs differ in nothing but their text, so that they can be one; footnotes never can."""
    if one.note or other.note:
        return False
    return dataclasses.replace(one, text="") == dataclasses.replace(other, text="")


def _without_tail(runs: Sequence[Run]) -> tuple[Run, ...]:
    kept = list(runs)
    while kept and not kept[-1].note:
        text = kept[-1].text.rstrip(" \n")
        if text:
            kept[-1] = dataclasses.replace(kept[-1], text=text)
            break
        kept.pop()
    return tuple(kept)


def _runs(children: Iterable[Element | str], look: Run) -> Iterator[Run]:
    for child in children:
        if isinstance(child, str):
            text = _SPACE.sub(" ", _UNPRINTED.sub("", child))
            if text:
                yield dataclasses.replace(look, text=text)
        else:
            yield from _element(child, look)


def _element(element: Element, look: Run) -> Iterator[Run]:
    tag, classes = element.tag, element.classes
    if tag in _SILENT or classes & {"clause-id", "page-number"}:
        return
    if tag == "br":
        yield dataclasses.replace(look, text="\n")
    elif "footnote" in classes:
        yield dataclasses.replace(_BARE, note=inline_runs(element.children) or (Run("–"),))
    elif "frac" in classes:
        yield from _fraction(element, look)
    elif tag == "svg":
        yield dataclasses.replace(look, text=drawing_text(element))
    else:
        yield from _lead(element, look)
        yield from _runs(element.children, _look(element, look))


def _lead(element: Element, look: Run) -> Iterator[Run]:
    """What parts an element from the text before it where a page parts them by place."""
    if "statement-id" in element.classes:
        yield dataclasses.replace(look, text=" · ")
    elif element.tag in {"p", "li", "div", "tr"}:
        yield dataclasses.replace(look, text="\n")


def _look(element: Element, look: Run) -> Run:
    tag = element.tag
    if tag in {"sub", "sup"}:
        return dataclasses.replace(look, script=tag)
    if tag == "a":
        return _leading(element.attributes.get("href", ""), look)
    if tag not in _EMPHASIS:
        return look
    return dataclasses.replace(look, **{_EMPHASIS[tag]: True})  # type: ignore[arg-type]  # only the looks named above


def _leading(target: str, look: Run) -> Run:
    """`look` as a link to a clause, or to an address that a reader can be sent to."""
    if target.startswith(ANCHOR):
        return dataclasses.replace(look, link=target.removeprefix(ANCHOR))
    return dataclasses.replace(look, address=target) if target.startswith(SCHEMES) else look


def _fraction(element: Element, look: Run) -> Iterator[Run]:
    """``(a − b) / c``: brackets only where a part has an operator in it."""
    parts = [part for part in element.elements() if part.classes & {"num", "den"}]
    for index, part in enumerate(parts):
        if index:
            yield dataclasses.replace(look, text=" / ")
        seen = [child for child in part.children if isinstance(child, str) or "unseen" not in child.classes]
        runs = inline_runs(seen)
        bracketed = _OPERATOR.search("".join(run.text for run in runs)) is not None
        yield from [dataclasses.replace(look, text="(")] if bracketed else []
        yield from (dataclasses.replace(run, bold=run.bold or look.bold) for run in runs)
        yield from [dataclasses.replace(look, text=")")] if bracketed else []


def drawing_text(svg: Element) -> str:
    """What a drawing shows, in words: its description, else its title, else its label."""
    said = {element.tag: _SPACE.sub(" ", element.text()).strip() for element in svg.walk()}
    return said.get("desc") or said.get("title") or svg.attributes.get("aria-label", "")
