"""The proof of the chain: each kind of damage gets its own finding, with the event and the field named."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.record.chain import Chain, Row, chain_findings, changed_field, payload_findings
from tender.record.events import Kind, Publicity, commitment_of, event_hash, genesis_hash

TENDER = "t"
PAYLOADS = [b'{"n":%d}' % number for number in range(1, 6)]


def sealed(row: Row) -> Row:
    """`row` with the hash that its fields give: what a forger writes who knows the rule."""
    return dataclasses.replace(row, hash=row.computed())


def whole_chain() -> Chain:
    """Five events that hold."""
    rows: list[Row] = []
    for seq, payload in enumerate(PAYLOADS, 1):
        row = Row(
            seq,
            f"2019-03-0{seq}T10:00:00.000000Z",
            Kind.NOTE.value,
            "Äyräs" if seq % 2 else "kirjaamo",
            commitment_of(b"s" * 16, payload),
            Publicity.PUBLIC.value,
            "2029-12-31" if seq == 2 else None,
            rows[-1].hash if rows else genesis_hash(TENDER),
            "",
        )
        rows.append(sealed(row))
    return Chain(TENDER, rows, {row.seq: row.commitment for row in rows}, {})


def with_rows(chain: Chain, rows: Sequence[Row]) -> Chain:
    """`chain` with other rows."""
    return dataclasses.replace(chain, rows=tuple(rows))


def changed(chain: Chain, seq: int, **values: str | int | None) -> Chain:
    """`chain` with fields of event `seq` overwritten, its hash left alone."""
    rows = [dataclasses.replace(row, **values) if row.seq == seq else row for row in chain.rows]  # type: ignore[arg-type]
    return with_rows(chain, rows)


def found(chain: Chain, heads: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Rule and field of every finding."""
    findings = [*chain_findings(chain, heads), *payload_findings(chain)]
    return [(finding.rule, finding.field) for finding in findings]


def test_a_whole_chain_has_no_findings() -> None:
    """Nor has an empty one; known heads anywhere in it are fine."""
    chain = whole_chain()
    assert found(chain, [chain.rows[4].hash, chain.rows[1].hash, genesis_hash(TENDER)]) == []
    assert found(Chain(TENDER, (), {}, {}), [genesis_hash(TENDER)]) == []


def _recommitted(chain: Chain) -> Chain:
    return dataclasses.replace(chain, commitments={**chain.commitments, 3: "0" * 64})


@dataclass(frozen=True)
class Damage:
    """A damage and what must be found."""

    act: Callable[[Chain], Chain]
    rule: str
    field: str


DAMAGES = {
    "another kind": Damage(lambda c: changed(c, 3, kind="opened"), "record.field-changed", "events[3].kind"),
    "an unknown kind": Damage(lambda c: changed(c, 3, kind="xyz"), "record.field-changed", "events[3].kind"),
    "another class": Damage(
        lambda c: changed(c, 3, publicity="personal"), "record.field-changed", "events[3].publicity"
    ),
    "another known actor": Damage(
        lambda c: changed(c, 3, actor="kirjaamo"), "record.field-changed", "events[3].actor"
    ),
    "one letter of the actor": Damage(
        lambda c: changed(c, 4, actor="kirjaano"), "record.field-changed", "events[4].actor"
    ),
    "one byte of a letter": Damage(
        lambda c: changed(c, 3, actor="\udcc3\udca5yräs"), "record.field-changed", "events[3].actor"
    ),
    "one digit of the moment": Damage(
        lambda c: changed(c, 3, at="2019-03-03T10:00:00.000001Z"), "record.field-changed", "events[3].at"
    ),
    "one digit of the retention": Damage(
        lambda c: changed(c, 2, retain_until="2019-12-31"), "record.field-changed", "events[2].retain_until"
    ),
    "a retention added": Damage(
        lambda c: changed(c, 3, retain_until="2020-01-01"), "record.field-changed", "events[3].retain_until"
    ),
    "another commitment": Damage(
        lambda c: changed(c, 3, commitment="f" * 64), "record.field-changed", "events[3].commitment"
    ),
    "another link": Damage(lambda c: changed(c, 3, prev="f" * 64), "record.field-changed", "events[3].prev"),
    "another first link": Damage(lambda c: changed(c, 1, prev="f" * 64), "record.field-changed", "events[1].prev"),
    "another hash": Damage(lambda c: changed(c, 3, hash="f" * 64), "record.field-changed", "events[3].hash"),
    "a digit of the last hash": Damage(
        lambda c: changed(c, 5, hash=("1" if c.rows[4].hash[0] == "0" else "0") + c.rows[4].hash[1:]),
        "record.field-changed",
        "events[5].hash",
    ),
    "a wholly other moment": Damage(
        lambda c: changed(c, 3, at="2019-03-02T23:41:17.123456Z"), "record.event-changed", "events[3]"
    ),
    "two fields at once": Damage(
        lambda c: changed(c, 3, kind="opened", publicity="party"), "record.event-changed", "events[3]"
    ),
    "another payload": Damage(_recommitted, "record.payload-changed", "events[3].payload"),
    "a deleted payload": Damage(
        lambda c: dataclasses.replace(c, commitments={s: h for s, h in c.commitments.items() if s != 3}),
        "record.payload-missing",
        "events[3].payload",
    ),
    "a payload of nothing": Damage(
        lambda c: dataclasses.replace(c, commitments={**c.commitments, 9: "0" * 64}),
        "record.payload-stray",
        "events[9].payload",
    ),
    "an erased payload that stays": Damage(
        lambda c: dataclasses.replace(c, erasures={5: 3}), "record.payload-left", "events[3].payload"
    ),
    "a forged link": Damage(
        lambda c: with_rows(
            c, [sealed(dataclasses.replace(r, prev="f" * 64)) if r.seq == 5 else r for r in c.rows]
        ),
        "record.link",
        "events[5].prev",
    ),
    "a forged beginning": Damage(
        lambda c: dataclasses.replace(c, tender="other"), "record.genesis", "events[1].prev"
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_each_damage_is_named(damage: str) -> None:
    """One damage, one finding, at its event and field."""
    case = DAMAGES[damage]
    assert found(case.act(whole_chain())) == [(case.rule, case.field)]


def test_the_original_value_is_proven() -> None:
    """When one field's repair makes the hash fit, the finding says what stood there."""
    finding = next(chain_findings(changed(whole_chain(), 4, actor="kirjaano")))
    assert finding.values == {"seq": "4", "changed": "record-field.actor", "original": "kirjaamo"}


@pytest.mark.parametrize(("gone", "first", "last"), [({1}, 1, 1), ({3}, 3, 3), ({2, 3, 4}, 2, 4)])
def test_missing_events_are_counted(gone: set[int], first: int, last: int) -> None:
    """A gap is named by its first and last number, and the rest is not blamed for it."""
    chain = whole_chain()
    rows = [row for row in chain.rows if row.seq not in gone]
    kept = dataclasses.replace(
        chain, rows=rows, commitments={s: h for s, h in chain.commitments.items() if s not in gone}
    )
    findings = [*chain_findings(kept), *payload_findings(kept)]
    assert [finding.rule for finding in findings] == ["record.gap"]
    assert (findings[0].values["first"], findings[0].values["last"]) == (str(first), str(last))


def test_swapped_events_are_named_as_reordered() -> None:
    """Two rows that changed numbers: each is found, and the finding says where it stood."""
    chain = whole_chain()
    rows = list(chain.rows)
    rows[1], rows[2] = dataclasses.replace(rows[2], seq=2), dataclasses.replace(rows[1], seq=3)
    commitments = {**chain.commitments, 2: chain.commitments[3], 3: chain.commitments[2]}
    findings = list(chain_findings(dataclasses.replace(chain, rows=rows, commitments=commitments)))
    named = [(finding.rule, finding.field, finding.values.get("was")) for finding in findings]
    assert ("record.reordered", "events[2].seq", "3") in named
    assert ("record.reordered", "events[3].seq", "2") in named


def test_an_event_sealed_again_elsewhere_is_reordered() -> None:
    """A forger who renumbers and seals again is betrayed by the link."""
    chain = whole_chain()
    moved = sealed(dataclasses.replace(chain.rows[1], seq=5))
    findings = list(chain_findings(with_rows(chain, [*chain.rows[:4], moved])))
    assert [(finding.rule, finding.values["was"]) for finding in findings if finding.rule == "record.reordered"] == [
        ("record.reordered", "2")
    ]


def test_a_cut_tail_is_found_by_a_known_head() -> None:
    """Nothing inside a chain can betray a cut end; a printed head does."""
    chain = whole_chain()
    head = chain.rows[-1].hash
    cut = dataclasses.replace(chain, rows=chain.rows[:3], commitments={n: chain.commitments[n] for n in (1, 2, 3)})
    assert found(cut) == []
    assert found(cut, [head]) == [("record.head-missing", "head")]


def test_a_chain_written_anew_is_found_by_a_known_head() -> None:
    """A forger can seal every event again, but not the head that was printed."""
    chain = whole_chain()
    rows: list[Row] = []
    for row in chain.rows:
        prev = rows[-1].hash if rows else row.prev
        rows.append(sealed(dataclasses.replace(row, actor="väärentäjä", prev=prev)))
    anew = with_rows(chain, rows)
    assert found(anew) == []
    assert found(anew, [chain.rows[3].hash]) == [("record.head-missing", "head")]


@pytest.mark.parametrize("erased", [9, 5, 0, None])
def test_an_erasure_of_nothing_is_found(erased: int | None) -> None:
    """An erasure event must name an earlier event."""
    chain = dataclasses.replace(whole_chain(), erasures={5: erased})
    rules = {finding.rule for finding in payload_findings(chain)}
    assert "record.erasure-unknown" in rules


def test_a_clock_that_went_back_is_a_warning() -> None:
    """It happens to honest machines; the chain holds all the same."""
    chain = whole_chain()
    late = sealed(dataclasses.replace(chain.rows[4], at="2019-03-01T00:00:00.000000Z"))
    findings = list(chain_findings(with_rows(chain, [*chain.rows[:4], late])))
    assert [(finding.rule, finding.blocks) for finding in findings] == [("record.clock-back", False)]


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("kind", "telepathy", "record.kind-unknown"),
        ("publicity", "cosmic", "record.publicity-unknown"),
        ("at", "2019-03-05", "record.moment-unknown"),
    ],
)
def test_sealed_values_that_we_do_not_know_are_found(field: str, value: str, rule: str) -> None:
    """The chain holds, but this version cannot say what it means."""
    chain = whole_chain()
    strange = sealed(dataclasses.replace(chain.rows[4], **{field: value}))  # type: ignore[arg-type]
    rules = [finding.rule for finding in chain_findings(with_rows(chain, [*chain.rows[:4], strange]))]
    assert rule in rules


@pytest.mark.slow
def test_many_damaged_events_are_all_found() -> None:
    """Only the search for the field stops after twenty; the findings do not."""
    rows: list[Row] = []
    for seq in range(1, 41):
        prev = rows[-1].hash if rows else genesis_hash(TENDER)
        row = Row(seq, "2019-03-01T10:00:00.000000Z", "note", "a", "c" * 64, "public", None, prev, "")
        rows.append(sealed(row))
    damaged = [dataclasses.replace(row, kind="opened", actor="b") for row in rows]
    findings = list(chain_findings(Chain(TENDER, damaged, {}, {})))
    assert len(findings) == 40


@settings(max_examples=80, deadline=None)
@given(
    seq=st.integers(1, 5),
    field=st.sampled_from(["at", "kind", "actor", "commitment", "publicity", "prev", "hash"]),
    data=st.data(),
)
def test_any_changed_letter_is_named(seq: int, field: str, data: st.DataObject) -> None:
    """Whatever single letter of whatever field: the finding names that event and that field."""
    chain = whole_chain()
    value = str(getattr(chain.rows[seq - 1], field))
    position = data.draw(st.integers(0, len(value) - 1))
    letter = data.draw(st.characters(codec="ascii", exclude_characters=value[position]))
    damaged = changed(chain, seq, **{field: value[:position] + letter + value[position + 1 :]})
    assert changed_field(damaged, seq - 1)[0] == field
    assert (f"events[{seq}].{field}") in [finding.field for finding in chain_findings(damaged)]


def test_the_row_hash_is_the_event_hash() -> None:
    """Proof and writer use one rule."""
    row = whole_chain().rows[1]
    fields = dataclasses.asdict(row)
    del fields["hash"]
    assert row.hash == event_hash(fields)
