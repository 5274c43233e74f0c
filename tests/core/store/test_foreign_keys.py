"""References between tables: what is their own, and what is a column of the table that they refer to."""

from typing import Any

import pytest
from piccolo.columns import Varchar
from piccolo.table import Table

from core import tables as t
from core.store.database import Database
from core.tables.foreign_keys import ForeignKey
from tests.core.store.rows import NOW, add_account


class Other(Table, tablename="other"):
    """A table with a column that is called like a method of every column."""

    like = Varchar()
    name = Varchar()


class One(Table, tablename="one"):
    """A table that refers to it."""

    other = ForeignKey(Other)


class Pair(Table, tablename="pair"):
    """A table that refers to another one twice."""

    left, right = ForeignKey(One), ForeignKey(One)


@pytest.fixture
def bound(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of this module belong to a database, in whose dialect their queries are written."""
    for table in (One, Other, Pair):
        monkeypatch.setattr(table._meta, "_db", database.engine)


@pytest.mark.usefixtures("bound")
async def test_a_column_of_the_other_table_is_joined_even_where_it_is_called_like_something_of_a_reference() -> None:
    for name in ("name", "like"):
        sql = str(One.select(getattr(One.other, name)))
        assert f'"{name}"' in sql
        assert "LEFT JOIN" in sql


@pytest.mark.usefixtures("bound")
async def test_a_reference_itself_needs_no_join() -> None:
    sql = str(One.select(One.other).where(One.other.is_null()))
    assert '"one"."other" IS NULL' in sql
    assert "JOIN" not in sql


@pytest.mark.usefixtures("bound")
async def test_each_way_to_a_table_has_its_own_join_however_often_it_is_gone() -> None:
    ways: Any = Pair
    for _ in range(2):
        left, right = ways.left.other.name, ways.right.other.name
        sql = str(Pair.select(left, right.as_alias("right")).where(left != right))
        joined = [part.partition(" ON ")[0] for part in sql.split("LEFT JOIN ")[1:]]
        assert joined == [
            '"one" "pair$left"',
            '"other" "pair$left$one$other"',
            '"one" "pair$right"',
            '"other" "pair$right$one$other"',
        ]


async def test_what_is_asked_through_a_reference_is_of_the_row_that_it_names(database: Database) -> None:
    for email in ("ana@example.org", "berta@example.org"):
        await t.Session.insert(t.Session(id=email, account=await add_account(email), created_at=NOW, seen_at=NOW))
    rows = await t.Session.select(t.Session.id, t.Session.account.email.as_alias("email")).order_by(t.Session.id)
    assert [row["id"] for row in rows] == [row["email"] for row in rows] == ["ana@example.org", "berta@example.org"]
