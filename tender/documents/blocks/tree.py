"""HTML as a tree of elements and texts; made for our own pages, mild towards others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(slots=True)
class Element:
    """An element of a page.

    Attributes:
        tag: Its name in small letters.
        attributes: Its attributes.
        children: Elements and texts inside it, in order.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    def elements(self) -> Iterator[Element]:
        """The elements directly inside it."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """It and every element below it, in order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def first(self, tag: str, class_name: str = "") -> Element | None:
        """The first element below it with `tag`, and with `class_name` when that is given; ``None`` without one."""
        for element in self.walk():
            if element.tag == tag and (not class_name or class_name in element.classes):
                return element
        return None

    def text(self) -> str:
        """All text below it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without an inside."""
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """An element ends; what was left open inside it ends too."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Text."""
        self._open[-1].children.append(data)


def read_html(html: str) -> Element:
    """The tree of `html`; its root is an element without a name."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
