"""The reference page and the schema on disk are the ones that the dictionary makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tender.language import Language
from tender.reading.dictionary import dictionary
from tender.reading.reference import PAGE, SCHEMA, reference_page, schema_text, write_reference

FOLDER = Path(__file__).parents[3] / "docs" / "reference"
HOW = (
    "write them anew: python -c 'from pathlib import Path; from tender.reading.reference import write_reference; "
    'write_reference(Path("docs/reference"))\''
)


def test_the_files_on_disk_are_current() -> None:
    """A changed dictionary changes its page and its schema in the same commit."""
    assert (FOLDER / PAGE).read_text(encoding="utf-8") == reference_page(Language.EN), HOW
    assert (FOLDER / SCHEMA).read_text(encoding="utf-8") == schema_text(), HOW


def test_writing_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Line ends are plain, and the folder is made."""
    written = write_reference(tmp_path / "a" / "b")
    assert [path.name for path in written] == [PAGE, SCHEMA]
    assert all(b"\r" not in path.read_bytes() for path in written)
    assert written[0].read_text(encoding="utf-8") == reference_page(Language.EN)


@pytest.mark.parametrize("language", Language)
def test_every_noun_field_and_choice_is_on_the_page(language: Language) -> None:
    """One table for each noun, one row for each field, one line for each choice."""
    page = reference_page(language)
    for noun in dictionary().nouns.values():
        start = page.index(f'<a id="{noun.name.lower()}"></a>')
        table = page[start:].split("<a id=", 2)[1]
        for field in noun.fields.values():
            (row,) = [line for line in table.splitlines() if line.startswith(f"| `{field.name}`<br>")]
            assert row.count(" | ") == 5
            assert (field.meaning.get(language) or "") in row
    for name, choice in dictionary().choices.items():
        assert f"### {name}\n" in page
        assert all(f"- `{one.value}`: " in page for one in choice)


@pytest.mark.parametrize("language", Language)
def test_links_lead_to_their_targets(language: Language) -> None:
    """Every link on the page has its anchor there."""
    page = reference_page(language)
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(re.findall(r'<a id="([^"]+)"', page))


def test_headers_show_how_a_table_is_written() -> None:
    """Lists have double brackets, maps an id, nested tables their whole path."""
    page = reference_page(Language.EN)
    for header in (
        "`[framework.dynamic]`",
        "`[[award.criteria]]`",
        "`[[dialogue.questions]]`",
        "`[prices.capitation.base]`",
    ):
        assert f"\n{header}\n" in page
