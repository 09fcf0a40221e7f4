"""The whole loop on the pilot by commands: fourteen answers in, three changes made, who caused what, no secret out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from market_dialogue.acts.reading import read_dialogue
from tender.cli.main import main
from tender.reading.edit import set_value
from tender.record.hiding import hiding_grounds
from tests.tender.publishing.leaks import below, found

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"
NOW = ("--now", "2018-11-05T12:00")
DAY = ("--today", "2018-11-05")
BY = ("--by", "Inka Rinne")
PHONE, PERSON = "040 123 4567", "Maija Mallinen"
DECISIONS = """\
[[decisions]]
answers = ["kaari", "raitti"]
question = "q8"
result = "changed"
proposal = { fi = "Katto alemmaksi", sv = "Lägre tak", en = "A lower cap" }
reason = { fi = "Pienetkin tuottajat voivat varautua.", sv = "Också små kan delta.", en = "Small ones can join." }
targets = ["framework.client_cap", "framework.providers", "clause:framework-agreement/cap"]

[[decisions]]
answers = ["lumme", "vaisto"]
question = "q8"
result = "not-changed"
proposal = { fi = "Katto ylemmäksi", sv = "Högre tak", en = "A higher cap" }
reason = { fi = "Katto turvaa valinnan.", sv = "Taket tryggar valet.", en = "The cap secures the choice." }
"""


def run(*arguments: str, code: int = 0) -> dict[str, Any]:
    """What ``valinta`` says as JSON."""
    result = CliRunner().invoke(main, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def answered(tmp_path: Path) -> Path:
    """The pilot with its dialogue opened and fourteen answers on the record."""
    folder = Path(shutil.copytree(SAVO, tmp_path / "savo"))
    run("dialogue", "open", str(folder), *BY, "--now", "2018-09-28T09:00")
    files = sorted((folder / "synthetic" / "answers").glob("*.toml"))
    assert len(files) == 14
    for file in files:
        run("dialogue", "receive", str(folder), str(file), *NOW)
    for late in read_dialogue(folder).pending:
        for reason in late.reasons:
            run(
                "dialogue",
                "rule",
                str(folder),
                late.answer.id,
                "--counts",
                "--about",
                reason.value,
                "--reason",
                "x",
                *BY,
            )
    return folder


def change(folder: Path) -> None:
    """Three changes of the tender, of which two follow from answers."""
    set_value(folder, "framework.client_cap", 500)
    set_value(folder, "framework.providers", 4)
    set_value(folder, "timetable.option_months", 6)


@pytest.mark.slow
@pytest.mark.pressed
def test_the_loop_closes_and_no_secret_leaves(tmp_path: Path) -> None:
    """From the answers to the differences; the summary shows which led where, and holds no planted secret."""
    folder = answered(tmp_path)
    for answer in ("kaari", "raitti"):
        run("dialogue", "code", "give", str(folder), answer, "q8", "katto-alemmaksi", *BY, *NOW)
    hide = ("--ground", "personal-data", "--reason", "Henkilötieto", *BY, *NOW)
    for words in (PHONE, PERSON):
        run("dialogue", "mask", "hide", str(folder), "raitti", "q1", words, *hide)
    decisions = tmp_path / "decisions.toml"
    decisions.write_text(DECISIONS, encoding="utf-8")
    run("dialogue", "decide", str(folder), "--file", str(decisions), *BY, *NOW)
    assert run("dialogue", "follow-up", str(folder), *DAY, code=1)["findings"]
    change(folder)
    followed = run("dialogue", "follow-up", str(folder), *DAY)
    traces = {(one["answer"], one["question"]): one for one in followed["traces"]}
    cap = {target["name"]: target for target in traces["kaari", "q8"]["targets"]}
    assert traces["kaari", "q8"]["codes"] == ["katto-alemmaksi"]
    assert [one["after"][:3] for one in cap["framework.client_cap"]["changes"]] == ["500"]
    assert cap["clause:framework-agreement/cap"]["clause"] == {"fi": "changed", "sv": "changed", "en": "changed"}
    assert followed["unnamed"] == ["timetable.option_months"]
    run("dialogue", "summary", str(folder), "--publish", *BY, *DAY, *NOW)
    run("dialogue", "memo", str(folder), *DAY)
    file = read_dialogue(folder)
    secrets: list[str | int] = [PHONE, PERSON, *_hidden(folder)]
    assert len(secrets) >= 8, "nothing was planted, so nothing would be proven"
    public = below(folder / "dialogue")
    assert {name.rpartition(".")[2] for name in public} == {"pdf", "html", "docx"}
    assert found(public, secrets) == []
    assert "Katto alemmaksi" in (folder / "dialogue" / "dialogue-summary.fi.html").read_text(encoding="utf-8")
    kept = {what for _, what in found(below(folder / "private" / "dialogue"), secrets)}
    assert {PHONE, PERSON} <= kept, "a search that finds nothing in the memo proves nothing"
    assert len(file.state.summaries) == 1


def _hidden(folder: Path) -> list[str]:
    """Every hidden stretch of every reply."""
    file = read_dialogue(folder)
    words = []
    for answer in file.answers:
        for question, reply in answer.replies.items():
            why = hiding_grounds(answer, question, file.state)
            hidden = "".join(char if ground else "\n" for char, ground in zip(reply.text, why, strict=True))
            words += [part for part in hidden.split("\n") if len(part) > 5]
    return words
