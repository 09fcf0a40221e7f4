"""The demo's story: which chapters other houses add to it."""

from __future__ import annotations

import pytest

from evaluation.acts import demo
from tender.plugins import Chapter, Group


def test_a_chapter_is_told_of_the_examples_that_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def plugged(group: Group) -> tuple[tuple[str, Chapter], ...]:
        asked.append(group)
        savo = Chapter("demo.new", lambda home: home.name == "pohjois-savo", lambda *_: ())
        return (("a", savo), ("b", Chapter("demo.check", lambda home: (home / "tender.toml").is_file(), lambda *_: ())))

    monkeypatch.setattr(demo, "plugins", plugged)
    assert [one.title for one in demo.chapters_of("pohjois-savo")] == ["demo.new", "demo.check"]
    assert [one.title for one in demo.chapters_of("pohjois-karjala")] == ["demo.check"]
    assert set(asked) == {Group.CHAPTERS}
