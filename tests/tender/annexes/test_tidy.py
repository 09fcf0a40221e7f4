"""Tidy tables and hierarchies as files bring them."""

from __future__ import annotations

import pytest

from tender.annexes.disclosure.building import build, dimension_of
from tender.annexes.disclosure.tables import broken_relations
from tender.annexes.disclosure.tidy import marked, read_hierarchy, read_published, read_table
from tender.errors import InputError


def test_a_table_is_read_whatever_separates_it() -> None:
    """Comma, semicolon, tab, a byte order mark, Windows line ends, blank lines."""
    for separator in ",;\t":
        text = f"\ufeffarea{separator}n\r\na{separator}1\r\n\r\nb{separator}0\r\n"
        table = read_table(text.encode(), "t.csv")
        assert dict(table.counts) == {("a",): 1, ("b",): 0}
        assert table.dimensions == ("area",)
        assert table.frequency == "n"


def test_the_status_is_no_coordinate() -> None:
    """A status column is left out of the coordinates, and read as marks of a published table."""
    data = b"area,count,status\na,,hidden\nb,7,shown\nc,..,primary\n"
    table = read_published(data, "p.csv")
    assert table.dimensions == ("area",)
    assert dict(table.counts) == {("a",): None, ("b",): 7, ("c",): None}
    assert table.marks[("c",)] == "primary"


def test_marks_say_yes_or_no() -> None:
    """In three languages; anything else is refused with its line."""
    table = read_table(b"area,n,p\na,1,kyll\xc3\xa4\nb,2,0\nc,3,ja\nd,4,\n", "t.csv", None, "p")
    assert marked(table) == (("a",), ("c",))
    with pytest.raises(InputError) as caught:
        marked(read_table(b"area,n,p\na,1,0\nb,1,maybe\n", "t.csv", None, "p"))
    assert str(caught.value.place) == "t.csv:3"


def test_a_hierarchy_has_schemes_and_no_rings() -> None:
    """Two groupings of the same codes; a code under itself is refused."""
    data = b"dimension,code,parent,scheme\nr,a,x,one\nr,b,x,one\nr,c,y,one\nr,a,p,two\nr,b,q,two\nr,c,q,two\n"
    found = read_hierarchy(data, "h.csv")
    axis = dimension_of("r", ["a", "b", "c"], found["r"])
    sums = {(branch.parent, branch.parts) for branch in axis.branches}
    assert sums == {
        ("x", ("a", "b")), ("y", ("c",)), ("p", ("a",)), ("q", ("b", "c")),
        ("Total", ("x", "y")), ("Total", ("p", "q")),
    }  # fmt: skip
    with pytest.raises(InputError):
        read_hierarchy(b"dimension,code,parent\nr,a,b\nr,b,c\nr,c,a\n", "h.csv")
    with pytest.raises(InputError):
        read_hierarchy(b"dimension,code\nr,a\n", "h.csv")


def test_the_hierarchys_own_top_is_the_total() -> None:
    """One top that everything hangs from is the total, under its own name."""
    axis = dimension_of("r", ["a", "b", "c"], [("a", "x", ""), ("b", "x", ""), ("x", "land", ""), ("c", "land", "")])
    assert axis.root == "land"
    assert {(branch.parent, branch.parts) for branch in axis.branches} == {("x", ("a", "b")), ("land", ("x", "c"))}
    assert axis.above("a") == ("x",)
    assert not axis.listed


def test_a_hierarchy_of_another_table_is_refused() -> None:
    """It names a dimension that the table has not."""
    table = read_table(b"area,n\na,1\n", "t.csv")
    with pytest.raises(InputError):
        table.axes({"region": [("a", "b", "")]})


@pytest.mark.parametrize("word", ["Total", "yhteensä", "TOTALT", "SSS", "_T"])
def test_totals_are_known_by_their_names(word: str) -> None:
    """In three languages and in the codes of statistics."""
    axis = dimension_of("r", ["a", word, "b"])
    assert axis.root == word
    assert axis.listed


def test_a_lone_parent_is_no_total_while_others_stand_outside() -> None:
    """Two areas make the mainland, an island is none of it: the total is a code of its own, and all sums hold."""
    axis = dimension_of("area", ["n", "s", "i"], [("n", "main", ""), ("s", "main", "")])
    assert axis.root == "Total"
    assert {(branch.parent, branch.parts) for branch in axis.branches} == {
        ("main", ("n", "s")),
        ("Total", ("i", "main")),
    }
    table = build([axis], {("n",): 10, ("s",): 20, ("i",): 5})
    assert {cell.at: cell.value for cell in table.cells}[("Total",)] == 35
    assert broken_relations(table) == ()
