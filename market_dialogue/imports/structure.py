"""The structure of a LimeSurvey survey (``.lss``): its questions as a dialogue would ask them.

DBVersion 177–630: up to about 400 the words stand in the rows of questions, answers and groups, one row a language;
later in tables of their own (``question_l10ns`` …). Everything is read, and nothing in it is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from tender.errors import InputError, Place
from tender.guards import MIB, guard_size, read_xml
from tender.guards.markup import Deaf

Row = dict[str, str]

_MOST_BYTES = 20 * MIB
_TABLES = frozenset({"questions", "subquestions", "answers", "groups", "question_l10ns", "answer_l10ns", "group_l10ns"})
_KINDS = {
    **dict.fromkeys("!LOYGI5", "choice"),
    **dict.fromkeys("MPR", "choice"),
    **dict.fromkeys("N", "number"),
    **dict.fromkeys("ABCEFH1:;KQ", "table"),
    "|": "attachment",
}
_SEVERAL = frozenset("MPR")
_FIXED = {"Y": ("Y", "N"), "G": ("F", "M"), "5": ("1", "2", "3", "4", "5")}
_LEAST_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A question of a survey.

    Attributes:
        code: Its code.
        kind: The kind of question that it is for us.
        group: Name of its group by language.
        wording: Its words by language, without markup.
        help: Its help by language.
        several: Whether more than one choice may be taken.
        choices: Code and words by language of what it offers.
        scales: Code and words by language of the answers in the cells of an array, scale by scale.
    """

    code: str
    kind: str
    group: Mapping[str, str]
    wording: Mapping[str, str]
    help: Mapping[str, str]
    several: bool
    choices: tuple[tuple[str, Mapping[str, str]], ...]
    scales: tuple[tuple[tuple[str, Mapping[str, str]], ...], ...] = ()


def read_structure(data: bytes, file: str) -> tuple[Surveyed, ...]:
    """The questions of the survey in `data`, in its order.

    Raises:
        InputError: It is no structure of a survey, too large, or has a document type or entities.
    """
    guard_size(data, file, _MOST_BYTES)
    heard = _Tables()
    read_xml(data, Place(file), heard)
    if not heard.survey or not heard.tables.get("questions"):
        raise InputError("dialogue.no-structure", place=Place(file))
    tables = heard.tables
    groups = _worded(tables.get("groups", []), tables.get("group_l10ns", []), "gid", ("group_name",))
    order = {row["gid"]: _number(row.get("group_order", "")) for row in tables.get("groups", [])}
    questions = _worded(tables["questions"], tables.get("question_l10ns", []), "qid", ("question", "help"))
    subs = _worded(tables.get("subquestions", []), tables.get("question_l10ns", []), "qid", ("question",))
    offers, second = _offers(tables, "0"), _offers(tables, "1")
    firsts = {row["qid"]: row for row in reversed(tables["questions"]) if row.get("parent_qid", "0") in {"", "0"}}
    ordered = sorted(
        firsts.values(), key=lambda row: (order.get(row.get("gid", ""), 0), _number(row.get("question_order", "")))
    )
    children: dict[str, list[Row]] = {}
    for row in _firsts(tables.get("subquestions", []), "qid"):
        children.setdefault(row.get("parent_qid", ""), []).append(row)
    return tuple(
        _surveyed(
            row,
            groups.get(row.get("gid", ""), {}),
            questions.get(row["qid"], {}),
            [(one.get("title", ""), _wording(subs, one["qid"])) for one in children.get(row["qid"], [])],
            [scale for scale in (offers.get(row["qid"], []), second.get(row["qid"], [])) if scale],
        )
        for row in ordered
    )


def answer_labels(questions: Iterable[Surveyed], language: str = "") -> dict[str, dict[str, str]]:
    """Words of answer codes by question code, in `language` or the first that has them.

    The cells of an array stand under ``code[]``; of one with two scales under ``code[][1]`` and ``code[][2]``.
    """
    found: dict[str, dict[str, str]] = {}
    for one in questions:
        if one.kind == "choice":
            found[one.code] = _labels(one.choices, language)
        for number, scale in enumerate(one.scales, 1):
            place = f"[{number}]" if len(one.scales) > 1 else ""
            found[f"{one.code}[]{place}"] = _labels(scale, language)
    return found


def _labels(offers: Iterable[tuple[str, Mapping[str, str]]], language: str) -> dict[str, str]:
    return {code: words.get(language) or next(iter(words.values()), code) for code, words in offers}


def _wording(subs: Mapping[str, Words], qid: str) -> dict[str, str]:
    return subs.get(qid, {}).get("question", {})


Words = dict[str, dict[str, str]]


def _surveyed(
    row: Row,
    group: Words,
    words: Words,
    subs: list[tuple[str, dict[str, str]]],
    scales: list[list[tuple[str, dict[str, str]]]],
) -> Surveyed:
    kind = row.get("type", "")
    fixed = [(code, {"en": code}) for code in _FIXED.get(kind, ())]
    choices = subs if kind in "MP" else scales[0] if scales else fixed
    ours = _KINDS.get(kind, "open")
    if ours == "table":
        choices = subs
    if ours in {"choice", "table"} and not choices:
        ours = "open"
    return Surveyed(
        row.get("title", ""),
        ours,
        group.get("group_name", {}),
        words.get("question", {}),
        words.get("help", {}),
        kind in _SEVERAL,
        tuple(choices),
        tuple(map(tuple, scales)) if _KINDS.get(kind) == "table" else (),
    )


def _offers(tables: Mapping[str, list[Row]], scale: str) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Answer options by question, of the first scale (``0``) or of the second one of an array (``1``)."""
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    rows = [row for row in tables.get("answers", []) if (row.get("scale_id") or "0") == scale]
    key = "aid" if any("aid" in row for row in rows) else ""
    apart: dict[str, dict[str, str]] = {}
    for row in tables.get("answer_l10ns", []):
        apart.setdefault(row.get("aid", ""), {})[row.get("language", "")] = _plain(row.get("answer", ""))
    for row in sorted(rows, key=lambda row: _number(row.get("sortorder", ""))):
        offers = found.setdefault(row.get("qid", ""), [])
        code = row.get("code", "")
        words = apart.get(row.get(key, ""), {}) if key else {}
        if "answer" in row:
            words = {row.get("language", ""): _plain(row["answer"])}
        known = next((said for one, said in offers if one == code), None)
        if known is None:
            offers.append((code, dict(words)))
        else:
            known.update(words)
    return found


def _worded(rows: Iterable[Row], apart: Iterable[Row], key: str, names: tuple[str, ...]) -> dict[str, Words]:
    """By id: each text by language, whichever table it stands in."""
    found: dict[str, Words] = {}
    for row in (*rows, *apart):
        for name in names:
            text = _plain(row.get(name, ""))
            if text:
                found.setdefault(row.get(key, ""), {}).setdefault(name, {})[row.get("language", "")] = text
    return found


def _firsts(rows: Iterable[Row], key: str) -> list[Row]:
    """The first row of each id, in order: a row for each language is one thing."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), row)
    return sorted(found.values(), key=lambda row: _number(row.get("question_order", "")))


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _plain(text: str) -> str:
    """Words without markup: blocks end lines, everything else is dropped."""
    parser = _Words()
    parser.feed(text)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Hears the words of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's call
        """A block ends a line; what a script says is nobody's words."""
        self._silent += tag in {"script", "style"}
        if tag in _LEAST_BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a script or a block."""
        self._silent -= tag in {"script", "style"} and self._silent > 0
        if tag in _LEAST_BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self.parts.append(data)


class _Tables(Deaf):
    """Hears the tables that matter, as rows of text by column."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {}
        self.survey = False
        self._path: list[str] = []
        self._row: Row | None = None

    def open(self, tag: str, _attributes: dict[str, str], /) -> None:
        """An element begins."""
        self._path.append(tag)
        if tag == "row" and len(self._path) > 1 and self._path[1] in _TABLES:
            self._row = {}
            self.tables.setdefault(self._path[1], []).append(self._row)

    def text(self, words: str, /) -> None:
        """Character data."""
        if self._row is not None and self._path[-2:-1] == ["row"]:
            self._row[self._path[-1]] = self._row.get(self._path[-1], "") + words
        elif self._path[1:] == ["LimeSurveyDocType"]:
            self.survey = self.survey or words.strip() == "Survey"

    def close(self, tag: str, /) -> None:
        """An element ends."""
        self._path.pop()
        if tag == "row":
            self._row = None
