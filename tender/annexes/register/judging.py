"""Judging rows: those that hold become the table ``spells``, the others findings by line, column and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from tender.annexes.register.columns import columns
from tender.annexes.register.engine import Engine
from tender.annexes.register.rules import Rule, meanings, rules
from tender.annexes.register.staging import MOST_LISTED, Staged
from tender.errors import Finding, Place, Severity
from tender.guards import excerpt
from tender.language import Language
from tender.model.tender import Tender

NOT_SHOWN = "register.not-shown"
"""Term that stands where a message would show what a personal column holds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the rows, in numbers.

    Attributes:
        rows: Rows of the file, those of other areas included.
        outside: Rows of areas that the tender does not serve.
        refused: Rows that break a rule.
        kept: Rows that count.
        marked: Rows kept that say that they are synthetic.
        findings: What was found, by line.
    """

    rows: int
    outside: int
    refused: int
    kept: int
    marked: int
    findings: tuple[Finding, ...]


def judge(engine: Engine, staged: Staged, tender: Tender, file: str) -> Judged:
    """Make the table ``spells`` of the rows of the tender's areas that break no rule."""
    _scope(engine, tender)
    bad = " OR ".join(f"COALESCE({rule.broken}, FALSE)" for rule in rules())
    engine.run(_PLACES)
    engine.run(_meant([str(word) for (word,) in engine.run("SELECT word FROM areas")]))
    engine.run(f"CREATE TABLE refused AS SELECT * FROM meant WHERE {_whole(bad)}")
    kept = ", ".join(f"{column.sql}_is AS {column.sql}" for column in columns().values())
    engine.run(f"CREATE TABLE spells AS SELECT line, {kept} FROM meant WHERE NOT {_whole(bad)}")
    engine.run(_TWICE)
    engine.run("DELETE FROM spells WHERE line IN (SELECT line FROM twice)")
    findings = (*_listed(engine, staged, tender, file), *_twice(engine, staged, file), *_outside(engine, file))
    rows, outside = _pair(
        engine, "SELECT COALESCE(sum(rows), 0), COALESCE(sum(rows) FILTER (NOT served), 0) FROM places"
    )
    kept_rows, marked = _pair(engine, "SELECT count(*), count(synthetic) FROM spells")
    refused, double = _pair(engine, "SELECT (SELECT count(*) FROM refused), (SELECT count(*) FROM twice)")
    return Judged(rows + staged.lost, outside, refused + double + staged.lost, kept_rows, marked,
                  (*staged.findings, *findings))  # fmt: skip


def _whole(condition: str) -> str:
    """`condition` in one piece: the engine may not judge parts of it on rows of other areas, before the join."""
    return f"CASE WHEN {condition} THEN TRUE ELSE FALSE END"


_PLACES = """
    CREATE TABLE places AS
    SELECT word, rows, word IS NULL OR word IN (SELECT areas.word FROM areas) AS served
    FROM (SELECT lower(municipality) AS word, count(*) AS rows FROM raw GROUP BY 1)
"""
"""Every municipality of the file with its rows: the one look at rows of other areas."""


def _meant(words: list[str]) -> str:
    """SQL for rows of the tender's areas with what they mean; `words` are written out, so that a reader can filter."""
    served = ", ".join("'{}'".format(word.replace("'", "''")) for word in words) or "NULL"
    return f"""
        CREATE VIEW meant AS SELECT scoped.*, {meanings()}
        FROM (SELECT * FROM raw WHERE municipality IS NULL OR lower(municipality) IN ({served})) AS scoped
        LEFT JOIN areas ON areas.word = lower(scoped.municipality)
        LEFT JOIN groups ON groups.word = lower(scoped.risk_group)
    """


_TWICE = """
    CREATE TABLE twice AS SELECT line FROM spells
    WHERE (client, started) IN (SELECT (client, started) FROM spells GROUP BY client, started HAVING count(*) > 1)
    QUALIFY row_number() OVER (PARTITION BY client, started ORDER BY line) > 1
"""


def _scope(engine: Engine, tender: Tender) -> None:
    """The words by which a row may name an area or a group, however its letters are composed."""
    words = {
        normalize(form, text).lower(): area.id
        for area in reversed(tender.areas)
        for text in (*(area.name.get(language) for language in Language), area.id)
        for form in _FORMS
        if text
    }
    engine.run("CREATE TABLE areas (word VARCHAR, id VARCHAR)")
    engine.run("CREATE TABLE groups (word VARCHAR, id VARCHAR)")
    for word, area in words.items():
        engine.run("INSERT INTO areas VALUES (?, ?)", (word, area))
    for group in tender.groups:
        engine.run("INSERT INTO groups VALUES (?, ?)", (group.id.lower(), group.id))


_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
"""How programs write ä: as one letter, or as a with its dots behind it."""


def _pair(engine: Engine, sql: str) -> tuple[int, int]:
    (first, second) = engine.run(sql)[0]
    return int(str(first)), int(str(second))


def _listed(engine: Engine, staged: Staged, tender: Tender, file: str) -> Iterator[Finding]:
    """The first rows that break each rule, and how many more there are."""
    bad, _ = _pair(engine, "SELECT count(*), 0 FROM refused")
    for rule in rules() if bad else ():
        broken = f"FROM refused WHERE COALESCE({rule.broken}, FALSE)"
        total, _ = _pair(engine, f"SELECT count(*), 0 {broken}")
        if not total:
            continue
        expected = ", ".join(group.id for group in tender.groups) if rule.id == "register.group" else rule.expected
        for line, found in engine.run(
            f"SELECT line, {columns()[rule.column].sql} {broken} ORDER BY line LIMIT {MOST_LISTED}"
        ):
            yield _broken(rule, staged, Place(file, int(str(line))), found, expected)
        if total > MOST_LISTED:
            yield _more(rule, file, total - MOST_LISTED)


def _broken(rule: Rule, staged: Staged, place: Place, found: object, expected: str) -> Finding:
    shown = NOT_SHOWN if columns()[rule.column].personal else excerpt(str(found))
    values = {"column": rule.column, "found": shown, "expected": expected}
    at = Place(place.file, place.line, staged.heads.get(rule.column))
    return Finding(rule.id, Severity.BLOCK, rule.column, values, place=at)


def _more(rule: Rule, file: str, count: int) -> Finding:
    values = {"column": rule.column, "count": str(count), "rule": rule.id}
    return Finding("register.more", Severity.BLOCK, rule.column, values, place=Place(file))


def _twice(engine: Engine, staged: Staged, file: str) -> Iterator[Finding]:
    """Spells that stand in the file once more."""
    total, _ = _pair(engine, "SELECT count(*), 0 FROM twice")
    rule = Rule("register.twice", "client", "")
    for (line,) in engine.run(f"SELECT line FROM twice ORDER BY line LIMIT {MOST_LISTED}"):
        yield _broken(rule, staged, Place(file, int(str(line))), "", "")
    if total > MOST_LISTED:
        yield _more(rule, file, total - MOST_LISTED)


def _outside(engine: Engine, file: str) -> Iterator[Finding]:
    """Areas that the tender does not serve: left out, and said."""
    found = engine.run("SELECT word, rows FROM places WHERE NOT served ORDER BY rows DESC, word")
    if found:
        total = sum(int(str(count)) for _, count in found)
        named = ", ".join(excerpt(str(word), 30) for word, _ in found[:_NAMED])
        values = {"count": str(total), "areas": str(len(found)), "found": named}
        yield Finding("register.outside", Severity.WARN, "municipality", values, place=Place(file))


_NAMED = 8
"""Most areas outside the tender that are named."""
