"""What is asked of our tables: as Piccolo would write it, whether it is put together anew or remembered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from piccolo.columns import JSON, Integer, Varchar, Where
from piccolo.query import Query, Select
from piccolo.query.functions import Count, Lower

from core import tables as t
from core.store.database import Database
from core.tables import selecting
from core.tables.foreign_keys import ForeignKey
from core.tables.selecting import Table


class Other(Table, tablename="other"):
    """A table with columns that are called like those of the next one."""

    name = Varchar()
    size = Integer(secret=True)


class Pair(Table, tablename="pair"):
    """A table that refers to it twice."""

    name = Varchar()
    size = Integer()
    told = JSON()
    left, right = ForeignKey(Other), ForeignKey(Other)


PAIR: Any = Pair
COLUMNS: tuple[Any, ...] = (
    *(Pair.name, Pair.size, Pair.told, Pair.left, Pair.right),
    *(PAIR.left.name, PAIR.left.size, PAIR.right.name, PAIR.right.id, PAIR.left.name.as_alias("name")),
)
VALUES = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(("it's", "{}", "$1", "?")))
SPECIAL: tuple[Callable[[Any], Any], ...] = (
    lambda query: query,
    lambda query: query.distinct(),
    lambda query: query.group_by(Pair.name).having(Count() > 1),
    lambda query: query.columns(Count(Pair.size), Pair.name.as_alias("called")),
    lambda query: query.where(Lower(Pair.name) == "a"),
    lambda query: query.where(Pair.name == PAIR.left.name),
    lambda query: query.where(Pair.left.is_in(Other.select(Other.size).where(Other.size == 1))),
    lambda query: query.order_by(Lower(Pair.name)),
)
"""Most queries are plain; the others have something that may be written otherwise although it looks the same."""


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> Callable[[Any], Any]:
    """A condition with all that it is made of, to be made again with other values."""
    if depth and draw(st.booleans()):
        one, other = draw(conditions(depth - 1)), draw(conditions(depth - 1))
        if draw(st.booleans()):
            return lambda values: one(values) & other(values)
        return lambda values: one(values) | other(values)
    column, many = draw(st.sampled_from(COLUMNS)), draw(st.integers(1, 3))
    kinds: tuple[Callable[[Any], Any], ...] = (
        lambda values: column == values(VALUES),
        lambda values: column != values(VALUES),
        lambda values: column > values(VALUES),
        lambda values: column.like(values(st.just("a%") | st.just("b"))),
        lambda values: column.is_in([values(VALUES) for _ in range(many)]),
        lambda values: column.not_in([values(VALUES) for _ in range(many)]),
    )
    return kinds[draw(st.integers(0, len(kinds) - 1))]


ALIKE: tuple[Callable[[Any], Any], ...] = (
    lambda ask: ask(Pair, Pair.name).where(Pair.size == 1).order_by(Pair.name),
    lambda ask: ask(Pair, Pair.name).where(Pair.size == 1).order_by(Pair.name, ascending=False),
    lambda ask: ask(Pair, Pair.name).where(Pair.size == 1).order_by(Pair.size),
    lambda ask: ask(Pair, Pair.name).where(Pair.size != 1).order_by(Pair.name),
    lambda ask: ask(Pair, Pair.name).where(Pair.left == 1).order_by(Pair.name),
    lambda ask: ask(Pair, PAIR.left.name).where(Pair.size == 1).order_by(Pair.name),
    lambda ask: ask(Pair, PAIR.right.name).where(Pair.size == 1).order_by(Pair.name),
    lambda ask: ask(Pair, Pair.name).where(Pair.size.is_in([1])),
    lambda ask: ask(Pair, Pair.name).where(Pair.size.is_in([1, 2])),
    lambda ask: ask(Pair, Pair.name).where(Pair.size.not_in([1, 2])),
    lambda ask: ask(Pair, Pair.name).where(Pair.size == 1, Pair.left == 1),
    lambda ask: ask(Pair, Pair.name).where((Pair.size == 1) | (Pair.left == 1)),
    lambda ask: ask(Pair, Pair.size).group_by(Pair.size),
    lambda ask: ask(Pair, Pair.size).group_by(Pair.size).having(Pair.size > 1),
    lambda ask: ask(Pair, Pair.size).having(Pair.size > 1),
    lambda ask: ask(Pair, Pair.size),
    lambda ask: ask(Other, Pair.size),
    lambda ask: ask(Other),
    lambda ask: ask(Other, exclude_secrets=True),
    lambda ask: ask(Other, Other.size.as_alias("one")),
    lambda ask: ask(Other, Other.size.as_alias("other")),
    lambda ask: ask(Other, Other.name.as_alias("other")),
    lambda ask: ask(Other, Pair.name.as_alias("other")),
    lambda ask: ask(Pair, Pair.name.as_alias("other")),
    lambda ask: ask(Pair, PAIR.left.name.as_alias("other")),
    lambda ask: ask(Pair, PAIR.right.name.as_alias("other")),
)
"""Each asks something else than the one before."""


@contextmanager
def spoken(dialect: str) -> Iterator[None]:
    """The tables of this module belong to a database of this kind."""
    for table in (Other, Pair):
        table._meta._db = SimpleNamespace(engine_type=dialect)  # type: ignore[assignment]  # -- no engine is asked
    yield


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
@pytest.mark.parametrize("remembered", [2, selecting.REMEMBERED])
@given(data=st.data())
def test_a_question_is_written_as_piccolo_writes_it(dialect: str, remembered: int, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(COLUMNS), max_size=3))
    where = data.draw(st.lists(conditions(), max_size=2))
    order = data.draw(st.lists(st.tuples(st.sampled_from(COLUMNS), st.booleans()), max_size=2))
    limit, offset = data.draw(st.none() | st.integers(0, 2)), data.draw(st.none() | st.integers(0, 2))
    special, secrets = data.draw(st.sampled_from((SPECIAL[0], *SPECIAL))), data.draw(st.booleans())

    def made(query: Any, met: list[Any]) -> Any:
        for column, ascending in order:
            query = query.order_by(column, ascending=ascending)
        query = query if limit is None else query.limit(limit)
        query = query if limit is None or offset is None else query.offset(offset)
        return special(query.where(*met) if met else query)

    with spoken(dialect), pytest.MonkeyPatch.context() as patch:
        patch.setattr(selecting, "REMEMBERED", remembered)
        for _ in range(2):  # anew, and with other values as it is remembered
            met = [condition(data.draw) for condition in where]
            ours = made(Pair.select(*chosen, exclude_secrets=secrets), met)
            theirs = made(Select(Pair, chosen, exclude_secrets=secrets), met)
            (one,), (other,) = ours.querystrings, theirs.querystrings
            assert one.compile_string(dialect) == other.compile_string(dialect)
            assert ours.columns_delegate == theirs.columns_delegate


def test_questions_that_look_alike_are_told_apart() -> None:
    def ours(table: type[Table], *columns: Any, **secrets: bool) -> Any:
        return table.select(*columns, **secrets)

    def theirs(table: type[Table], *columns: Any, **secrets: bool) -> Any:
        return Select(table, columns, **secrets)

    with spoken("sqlite"):
        for question in ALIKE:
            assert str(question(ours)) == str(question(theirs))
        assert len({str(question(ours)) for question in ALIKE}) == len(ALIKE)


def test_whatever_piccolo_can_be_asked_for_is_known_here() -> None:
    """What a newer one lets a query ask as well has to be part of the question, or to make it unfamiliar."""
    told = {"output_delegate", "callback_delegate"}  # of what comes of the rows, and not of the statement
    rare = {"exclude_secrets", "as_of_delegate", "distinct_delegate", "group_by_delegate", "having_delegate"}
    asked = {"columns_list", "columns_delegate", "limit_delegate", "offset_delegate", "order_by_delegate"}
    assert {*Select.__slots__} == told | rare | asked | {"lock_rows_delegate", "where_delegate"}
    assert {*Query.__slots__} == {"table", "_frozen_querystrings"}
    assert {*Where.__slots__} == {"column", "value", "values", "operator"}


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_what_only_one_kind_of_database_can_do_is_left_to_piccolo(dialect: str) -> None:
    with spoken(dialect):
        locked = Pair.select().where(Pair.size == 1).lock_rows("UPDATE")
        assert "FOR UPDATE" not in str(Pair.select().where(Pair.size == 1))
        if dialect == "postgres":
            assert str(locked).endswith(" FOR UPDATE")
        else:
            with pytest.raises(NotImplementedError):
                str(locked)


def test_a_question_is_put_together_once_and_answers_another_value(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(size: int) -> Any:
        return (
            Pair.select(Pair.told)
            .where(Pair.size == size, Pair.name == "once")
            .querystrings[0]
            .compile_string("sqlite")
        )

    with spoken("sqlite"):
        first = asked(1)
        monkeypatch.delattr(Select, "default_querystrings")
        assert asked(2) == (first[0], [2, "once"])


async def test_json_is_read_of_a_remembered_question_too(database: Database) -> None:
    await t.Setting.insert(t.Setting(key="one", value='{"is": 1}'), t.Setting(key="two", value='{"is": 2}'))
    for key, value in (("one", 1), ("two", 2)):
        row = await t.Setting.select().where(t.Setting.key == key).first().output(load_json=True)
        assert row == {"key": key, "value": {"is": value}}
