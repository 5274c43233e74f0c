"""Values come back from both databases as they went in, whatever their column."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from piccolo import columns as c
from piccolo.table import Table

from core.store.database import Database
from core.store.engines.schema import creation

KEY = UUID("019a0000-0000-7000-8000-000000000001")
NOW = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)
MOUNTAIN = timezone(timedelta(hours=-7))


class Specimen(Table, tablename="specimen"):
    """One column of each type that the tables use."""

    id = c.UUID(primary_key=True, default=None)
    name = c.Varchar(length=80, null=True, default=None)
    story = c.Text(null=True, default=None)
    number = c.Integer(null=True, default=None)
    large = c.BigInt(null=True, default=None)
    share = c.DoublePrecision(null=True, default=None)
    yes = c.Boolean(null=True, default=None)
    day = c.Date(null=True, default=None)
    moment = c.Timestamptz(null=True, default=None)
    body = c.JSON(null=True, default=None)
    parent: Any = c.ForeignKey("self", null=True, default=None)


@pytest.fixture
async def specimens(database: Database) -> AsyncIterator[type[Specimen]]:
    """The table, made in a fresh database and taken away again: one with another schema serves no further test."""
    Specimen._meta.db = database.engine
    for statement in creation(Specimen, database.dialect):
        await database.engine.run_ddl(statement)
    yield Specimen
    await database.engine.run_ddl("DROP TABLE specimen")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *[("name", text) for text in ("", "O'Brien", 'Nuñez "Ñ"', "?, {} $1 %s", "مم 漢字 👩🏽‍⚖️", "null", "1")],
        *[("story", text) for text in ("two\nlines\tand a tab", "x" * 100_000, "  kept  ")],
        *[("number", number) for number in (0, -1, 2**31 - 1, -(2**31))],
        *[("large", number) for number in (2**62 + 1, -(2**63), 9_007_199_254_740_993)],
        *[("share", share) for share in (0.1 + 0.2, -0.0, 3.0, 1e-300, 1.7976931348623157e308, float("inf"))],
        *[("yes", yes) for yes in (True, False)],
        *[("day", day) for day in (date(1900, 1, 1), date(2028, 2, 29), date(9999, 12, 31))],
        *[
            ("moment", moment)
            for moment in (datetime(2026, 11, 24, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC))
        ],
        ("moment", datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
        *[("body", body) for body in ("[]", '{"b":1,"a":[true,null,"ñ"]}', "null", "1.0", "12345678901234567890")],
        ("parent", KEY),
        *[(column._meta.name, None) for column in Specimen._meta.columns if column._meta.name != "id"],
    ],
)
async def test_a_value_comes_back_as_it_went(specimens: type[Specimen], column: str, value: Any) -> None:
    await specimens.insert(specimens(**{"id": KEY, column: value}))
    row = await specimens.select().first()
    assert row is not None
    assert row == {**dict.fromkeys(row), "id": KEY, column: value}
    assert isinstance(row[column], type(value))


async def test_a_moment_of_another_time_zone_comes_back_in_utc(specimens: type[Specimen]) -> None:
    await specimens.insert(specimens(id=KEY, moment=datetime(2026, 3, 8, 1, 30, tzinfo=MOUNTAIN)))
    row = await specimens.select(specimens.moment).first()
    assert row is not None
    assert row["moment"].isoformat() == "2026-03-08T08:30:00+00:00"


async def test_moments_sort_and_compare_by_time(specimens: type[Specimen]) -> None:
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    steps = [timedelta(0), timedelta(microseconds=1), timedelta(seconds=1), timedelta(hours=15), timedelta(days=300)]
    moments = [start + step for step in steps]
    for number, moment in enumerate(reversed(moments)):
        await specimens.insert(specimens(id=UUID(int=number), moment=moment.astimezone(MOUNTAIN)))
    rows = await specimens.select(specimens.moment).order_by(specimens.moment)
    assert [row["moment"] for row in rows] == moments
    later = await specimens.count().where(specimens.moment > moments[1])
    assert later == 3


async def test_keys_sort_in_the_order_of_their_bytes(specimens: type[Specimen]) -> None:
    keys = [UUID(int=number) for number in (1, 2**64, 2**100, 2**127, 2**128 - 1)]
    for key in reversed(keys):
        await specimens.insert(specimens(id=key))
    assert [row["id"] for row in await specimens.select(specimens.id).order_by(specimens.id)] == keys


async def test_returning_gives_what_was_written(specimens: type[Specimen]) -> None:
    await specimens.insert(specimens(id=KEY, number=1, yes=False))
    changed = (
        await specimens.update({specimens.number: specimens.number + 1})
        .where(specimens.id == KEY)
        .returning(specimens.id, specimens.number, specimens.yes)
    )
    assert changed == [{"id": KEY, "number": 2, "yes": False}]
