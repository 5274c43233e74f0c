"""Queries as the databases take them: as Piccolo would write them down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from piccolo.querystring import QueryString

from core.store.engines.statements import numbered, unnumbered

WORDS = st.text(st.sampled_from("ab ,()="), max_size=4)
VALUES = st.one_of(st.none(), st.integers(), st.sampled_from(("it's", "{}", "$1", "?")))


@st.composite
def queries(draw: st.DrawFn, depth: int = 3) -> QueryString:
    """Templates within templates."""
    within = VALUES | queries(depth - 1) if depth else VALUES
    args = draw(st.lists(within, max_size=4))
    between = [draw(WORDS) for _ in range(len(args) + 1)]
    return QueryString("{}".join(between), *args)


@given(queries())
def test_a_query_is_written_as_piccolo_writes_it(query: QueryString) -> None:
    for _ in range(2):  # anew, and as it is remembered
        assert numbered(query) == query.compile_string("postgres")
        assert unnumbered(query) == query.compile_string("sqlite")


@pytest.mark.parametrize("text", ["{}", "$1", "?", "'; DROP TABLE account; --"])
def test_a_value_never_becomes_part_of_the_statement(text: str) -> None:
    query = QueryString("SELECT {} WHERE {} = 1", text, QueryString("f({})", text))
    assert numbered(query) == ("SELECT $1 WHERE f($2) = 1", [text, text])
    assert unnumbered(query) == ("SELECT ? WHERE f(?) = 1", [text, text])
