"""Does every citation point at something: a section that exists, in an act in force, in a source that was read.

What is positively wrong blocks: a section beyond the act's last one, or an act that is not yet in force when the
procedure begins. What merely was not read is told, for a person to look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache

from tender.checks.case import Case, flaw
from tender.checks.packs import pack_of, procedure_day
from tender.checks.statutes import ACTS, JUDGMENTS, UNREAD_NAMES, Act, act_of
from tender.errors import Finding, Place
from tender.language import Language, Text


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing that a text cites.

    Attributes:
        source: Number of an act, a judgment such as ``KHO 2014:55``, or the name of an act without a number.
        section: Number of the section; ``None`` for an act as a whole and for judgments.
    """

    source: str
    section: int | None = None

    def __str__(self) -> str:
        """As a basis writes it."""
        return self.source if self.section is None else f"{self.source} {self.section} §"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that may cite.

    Attributes:
        field: Path of the field, or of the clause.
        text: The words.
        basis: Whether it is a legal basis, where a number of an act is always a citation.
        place: Its file; ``None`` for the tender file.
        conditional: Whether it is printed under a condition only.
    """

    field: str
    text: str
    basis: bool = False
    place: Place | None = None
    conditional: bool = False


_ITEM = r"\d{1,3}(?:\.\d+(?:[–-]\d+)?)?(?:\s*p\.\s*\d+(?:[–-]\d+)?)?(?:\s*[–-]\s*\d{1,3})?\s?(?:§(?::\w+)?)?"
_LIST = rf"{_ITEM}(?:\s*(?:,|\bja\b|\bsekä\b|\boch\b|\bsamt\b|\band\b)\s*{_ITEM})*"
_MENTION = re.compile(
    "|".join(
        [
            *(rf"(?P<act{index}>\b(?:{act.names})\b)" for index, act in enumerate(ACTS) if act.names),
            r"(?P<number>(?<![\d/.:)])\b\d{1,4}/(?:19|20)\d{2}(?![\d/]))",
            rf"(?P<unread>\b(?:{UNREAD_NAMES}))",
        ]
    )
)
_FOLLOWS = re.compile(rf"[\s),*]*(?P<mark>(?:sections?|ss?\.|§+)\s*)?(?P<list>{_LIST})")
_ONE = re.compile(r"(\d{1,3})(?:\.\d+(?:[–-]\d+)?)?(?:\s*p\.\s*\d+(?:[–-]\d+)?)?(?:\s*[–-]\s*(\d{1,3}))?\s?(§)?")
_JUDGMENT = re.compile(r"\b(?:KHO|HFD)\s+(\d{4}:\d+)((?:\s*(?:,|ja|och|and)\s+\d{4}:\d+)*)|\b(C-\d+/\d+)\b")
_EUROPEAN = re.compile(r"\((?:EU|EC|EY|EG)\)\s*(?:N:o|nr|No\.?)?\s*\d+/\d+")
_TEMPLATE = re.compile(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", re.DOTALL)
_BRANCH = re.compile(r"\{%-?\s*(if|elif|else|endif)\b.*?%\}", re.DOTALL)
_CHAPTER = re.compile(r"\b\d+\s+(?:luku|luvu|kap|chapter)\w*")
_SHORT = re.compile(r"[A-ZÖ][A-Za-zö]*L$")


def citations(text: str, *, basis: bool = False) -> Iterator[Citation]:
    """Everything that `text` cites.

    Args:
        text: Running text, or a legal basis.
        basis: Whether it is a legal basis: section numbers then need no section sign.

    >>> [str(each) for each in citations("HL 93.4, 115–116; KHO 2010:69, 2016:97", basis=True)]
    ['1397/2016 93 §', '1397/2016 115 §', '1397/2016 116 §', 'KHO 2010:69', 'KHO 2016:97']
    """
    plain = _CHAPTER.sub(" ", _EUROPEAN.sub(" ", _TEMPLATE.sub(" ", text)))
    for mention in _MENTION.finditer(plain):
        source = _source(mention)
        listed = _FOLLOWS.match(plain, mention.end())
        bare = basis or bool(_SHORT.search(mention.group()))
        found = tuple(_sections(listed, bare=bare)) if listed else ()
        if found:
            yield from (Citation(source, section) for section in found)
        elif basis or act_of(source):
            yield Citation(source)
    for match in _JUDGMENT.finditer(plain):
        first, more, european = match.groups()
        yield from (Citation(f"KHO {case}") for case in re.findall(r"\d{4}:\d+", f"{first} {more}") if not european)
        if european:
            yield Citation(european)


def _source(mention: re.Match[str]) -> str:
    """Number of the act that was mentioned, or its name where it has none here."""
    if mention.lastgroup and mention.lastgroup.startswith("act"):
        return ACTS[int(mention.lastgroup.removeprefix("act"))].number
    return mention.group()


def _sections(listed: re.Match[str], *, bare: bool) -> Iterator[int]:
    """Sections of a list, ranges counted out; without `bare` only up to the last one that a section sign covers."""
    items = [match.groups() for match in _ONE.finditer(listed["list"])]
    signed = [index for index, (_, _, sign) in enumerate(items) if sign]
    last = len(items) - 1 if bare or listed["mark"] else max(signed, default=-1)
    for first, end, _ in items[: last + 1]:
        yield from range(int(first), int(end or first) + 1)


def passages(case: Case) -> Iterator[Passage]:
    """Every text of the tender and of its clauses."""
    for index, task in enumerate(case.tender.division):
        for basis in (task.basis.get(language) for language in Language):
            yield Passage(f"division[{index}].basis", basis or "", basis=True)
    yield from _texts("", case.tender)
    for document, languages in (case.clauses or {}).items():
        for clauses in languages.values():
            for clause, text in clauses.items():
                field, place = f"clauses.{document}.{clause}", Place(text.file, 1)
                yield Passage(field, text.basis, basis=True, place=place, conditional=text.conditional)
                for words, conditional in _branches(text.body):
                    yield Passage(field, words, place=place, conditional=conditional or text.conditional)


def _branches(body: str) -> Iterator[tuple[str, bool]]:
    """The parts of a template, each with whether it is printed under a condition only."""
    depth, start = 0, 0
    for tag in _BRANCH.finditer(body):
        yield body[start : tag.start()], depth > 0
        depth += {"if": 1, "endif": -1}.get(tag.group(1), 0)
        start = tag.end()
    yield body[start:], depth > 0


def _texts(path: str, value: object) -> Iterator[Passage]:
    """Every text below `value` with its path."""
    if isinstance(value, Text):
        yield from (Passage(path, words) for words in (value.get(language) for language in Language) if words)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(f"{path}.{field.name}".lstrip("."), getattr(value, field.name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(f"{path}[{index}]", item)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(f"{path}.{name}", item)


def citations_resolve(case: Case) -> Iterator[Finding]:
    """Every citation points at something; each wrong one is told once, where it stands first."""
    day, told = pack_of(case).nearest(procedure_day(case)), set[tuple[str, str]]()
    for passage in passages(case):
        for citation in _cited(passage.text, basis=passage.basis):
            rule = _fault(citation, day, conditional=passage.conditional)
            if rule and (rule, str(citation).casefold()) not in told:
                told.add((rule, str(citation).casefold()))
                act = act_of(citation.source)
                values = {"found": str(citation), "last": act.last_section if act else "-",
                          "from": act.valid_from if act else "-"}  # fmt: skip
                found = flaw(rule, passage.field, **values)
                yield Finding(found.rule, found.severity, found.field, found.values, place=passage.place)


@lru_cache(maxsize=8192)
def _cited(text: str, *, basis: bool) -> tuple[Citation, ...]:
    """What `text` cites, read once: clauses stay the same from case to case."""
    return tuple(citations(text, basis=basis))


def _fault(citation: Citation, day: date, *, conditional: bool) -> str:
    """The rule that `citation` breaks; empty when it resolves."""
    act: Act | None = act_of(citation.source)
    if act is None:
        return "" if citation.source in JUDGMENTS else "citations.not-read"
    if citation.section is not None and act.last_section is not None and citation.section > act.last_section:
        return "citations.unknown-section"
    return "citations.not-in-force" if day < act.valid_from and not conditional else ""


CITATIONS = (citations_resolve,)
"""The rules of this file."""
