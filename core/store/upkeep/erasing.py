"""Reducing a case to statistics: what identifies is deleted or blanked, what counts stays.

The rule is turned round for safety: of everything that refers to a case, what is not named here as kept is deleted.
So a table that is added later is erased unless somebody says why it stays.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from piccolo.columns import Column, ForeignKey
from piccolo.table import Table

from core import tables as t
from core.model.clients.retention import FEW
from core.store.database import current
from core.store.engines.hiding import bound
from core.store.engines.sqlite import AmparoSQLite

KEPT: Final[Mapping[str, str]] = {
    "case_key": "the mark that the data key was shredded",
    "disclosure": "who was shown what and why, without what it was",
    "consent": "to which text the client had agreed, and when",
    "legal_hold": "who held the case and when; the reasons are sealed and gone with the key",
    "proposal": "how teams were found",
    "case_match": "who worked on the case",
    "barred_pair": "how often volunteers said no",
    "settled_pair": "what was settled about seats",
}
"""The tables whose rows stay when their case is reduced, and as what."""

_BLANKED: Final = (
    "UPDATE settled_pair SET reason = '' WHERE \"case\" = {}",
    "UPDATE proposal SET decision = '' WHERE \"case\" = {}",
    "UPDATE case_match SET ended_reason = '' WHERE \"case\" = {}",
    "UPDATE offer SET note = '' WHERE seat IN "
    '(SELECT s.id FROM seat s JOIN case_match m ON m.id = s.match WHERE m."case" = {})',
)
"""What people wrote in rows that stay."""
_ALERTS_SEEN_TO: Final = (
    "UPDATE alert SET text = '', closed_at = COALESCE(closed_at, {}) WHERE path LIKE {} OR match IN "
    '(SELECT m.id FROM case_match m WHERE m."case" = {})'
)
"""Those of its matches, and those that lead to a page of the case."""


def erased_tables() -> list[type[Table]]:
    """The tables whose rows are deleted with the client of their case."""
    return [table for table in t.TABLES if _references(table) and table._meta.tablename not in KEPT]


def _references(table: type[Table]) -> list[Column]:
    """The columns of a table that name a case."""
    return [
        one for one in table._meta.columns if isinstance(one, ForeignKey) and one._meta.params["references"] is t.Case
    ]


async def delete_what_identifies(case: UUID, *, now: datetime) -> int:
    """Delete and blank everything about a case but its own row; how many rows are gone."""
    gone = 0
    for table in reversed(erased_tables()):
        for column in _references(table):
            gone += len(await table.delete().where(column == case).returning(table._meta.primary_key))
    for statement in _BLANKED:
        await t.Case.raw(statement, case)
    await t.Case.raw(_ALERTS_SEEN_TO, now, f"/cases/{case}%", case)
    return gone


async def reduce_row(case: UUID, *, now: datetime) -> None:
    """Leave of the case's own row what counts; where it was, and how it ended, only if others share that."""
    c = t.Case
    (row,) = await c.select(c.county, c.region, c.outcome, c.received, c.waiting_since).where(c.id == case)
    waited = row["waiting_since"]
    columns: dict[Any, Any] = {
        c.summary: "",
        c.dated: "{}",
        c.answers: "{}",
        c.deadline: None,
        c.deadline_kind: "",
        c.deadline_by: "",
        c.deadline_why: "",
        c.interpreter_gender: None,
        c.interpreter_mode: None,
        c.ended_reason: "",
        c.held_by: None,
        c.received: row["received"].replace(day=1),
        c.waiting_since: waited and waited.replace(hour=0, minute=0, second=0, microsecond=0),
        c.county: row["county"] if await _are_many(case, "county") else "",
        c.region: row["region"] if await _are_many(case, "region") else "",
        c.outcome: row["outcome"] if await _is_common(row["outcome"]) else "",
        c.reduced_at: now,
        c.changed_at: now,
    }
    await c.update(columns).where(c.id == case)


async def _are_many(case: UUID, place: str) -> bool:
    """Whether enough cases share language and place with this one that none of them is a person."""
    rows = await t.Case.raw(
        "SELECT COUNT(*) AS n FROM legal_case a JOIN legal_case b ON a.us_state = b.us_state "  # noqa: S608 -- two names of columns
        f"AND a.{place} = b.{place} AND CAST(a.languages AS TEXT) = CAST(b.languages AS TEXT) WHERE b.id = {{}}",
        case,
    )
    return int(rows[0]["n"]) >= FEW


async def _is_common(outcome: str) -> bool:
    """Whether so many cases ended like this that it is a kind of outcome, and not what somebody told of one client."""
    return int(await t.Case.count().where(t.Case.outcome == outcome)) >= FEW


async def scrub() -> None:
    """See to it that what was overwritten or deleted does not lie on in the files of the database.

    On SQLite the write-ahead log is emptied, StoreBusy while somebody reads an old state of it; on PostgreSQL old rows
    are vacuumed away, while its own log and its archives last as long as its administrator lets them. Not within a
    transaction.
    """
    engine = current().engine
    if isinstance(engine, AmparoSQLite):
        await engine.empty_log()
        return
    for table in bound():
        await engine.run_ddl(f'VACUUM "{table}"')


async def is_reduced(case: UUID) -> bool:
    """Whether a case was reduced to statistics."""
    return bool(await t.Case.exists().where(t.Case.id == case, t.Case.reduced_at.is_not_null()))


async def reduced() -> frozenset[UUID]:
    """The cases that were reduced to statistics, as far as this database knows."""
    rows = await t.Case.select(t.Case.id).where(t.Case.reduced_at.is_not_null())
    return frozenset(row["id"] for row in rows)
