"""Rules of law for pages: where each stands, how many cases it is about, and what changes made of cases."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases.case import Case
from core.model.deadlines.law_changes import ChangeOfRule, KeptRule, RuleChange
from core.model.states import OPEN_CASE
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, loaded, marks, select, select_one


class Noticed(msgspec.Struct, frozen=True):
    """A change of a rule that was noticed, how many open cases were looked at, and of how many the deadline moved."""

    id: UUID
    change: RuleChange
    noticed_at: datetime
    finished_at: datetime | None
    looked_at: int
    moved: int


class Moved(msgspec.Struct, frozen=True):
    """A case that a change moved: the day by the rule, and the day that the case is worked by, before and after."""

    id: UUID
    case: Case
    before: date | None
    after: date | None
    worked_before: date | None
    worked_after: date | None


class Amended(msgspec.Struct, frozen=True):
    """Who says of a rule where it stands, when and why."""

    code: str
    reason: str
    who: str
    since: datetime


_NOTICED = (
    "SELECT r.id, r.code, r.kind, r.before, r.after, r.noticed_at, r.finished_at, r.looked_at, "
    "(SELECT COUNT(*) FROM rule_move m WHERE m.change = r.id) AS moved FROM rule_change r"
)


async def changes_noticed(*, after: UUID | None = None, code: str = "", limit: int = ROWS) -> Page[Noticed]:
    """One page of the changes of rules, the newest first; of one rule alone where ``code`` is given."""
    where = Where("1 = 1") if after is None else Where("r.id < {}", after)
    if code:
        where.also("r.code = {}", code)
    rows = await select(f"{_NOTICED} WHERE {where} ORDER BY r.id DESC LIMIT {{}}", *where.values, limit + 1)
    return page_of([_noticed(row) for row in rows], [str(row["id"]) for row in rows], limit)


async def change_noticed(key: UUID) -> Noticed:
    """One change; NotFound where there is none."""
    row = await select_one(f"{_NOTICED} WHERE r.id = {{}}", key)
    if row is None:
        raise NotFound("There is no such change of a rule.")
    return _noticed(row)


def _noticed(row: Row) -> Noticed:
    before, after = (loaded(row[name], KeptRule | None) for name in ("before", "after"))  # type: ignore[arg-type]  # -- a union
    change = RuleChange(row["code"], ChangeOfRule(row["kind"]), before, after)
    names = ("id", "noticed_at", "finished_at", "looked_at", "moved")
    return msgspec.convert({name: row[name] for name in names} | {"change": change}, Noticed)


async def cases_moved(change: UUID, *, after: UUID | None = None, limit: int = ROWS) -> Page[Moved]:
    """One page of the cases that a change moved, in the order in which they were counted anew."""
    where = Where("m.change = {}", change)
    if after is not None:
        where.also("m.id > {}", after)
    rows = await select(
        f"SELECT {COLUMNS}, m.id AS move, m.before, m.after, m.worked_before, m.worked_after FROM rule_move m "
        f'JOIN legal_case c ON c.id = m."case" WHERE {where} ORDER BY m.id LIMIT {{}}',
        *where.values,
        limit + 1,
    )
    return page_of([_moved(row) for row in rows], [str(row["move"]) for row in rows], limit)


def _moved(row: Row) -> Moved:
    names = ("before", "after", "worked_before", "worked_after")
    values: dict[str, Any] = {name: row[name] for name in names}
    return msgspec.convert(values | {"id": row["move"], "case": case_in(row)}, Moved)


async def cases_by_rule() -> dict[str, int]:
    """How many open cases have a deadline by each rule, or are asked for its date. One statement."""
    states = sorted(map(str, OPEN_CASE))
    rows = await select(
        'SELECT d.rule, COUNT(*) AS n FROM deadline d JOIN legal_case c ON c.id = d."case" '
        f"WHERE c.state IN ({marks(states)}) GROUP BY d.rule",
        *states,
    )
    return {row["rule"]: row["n"] for row in rows}


async def amended_by() -> dict[str, Amended]:
    """Which rules stand where a coordinator says, by their codes. One statement."""
    rows = await select(
        "SELECT r.code, r.reason, COALESCE(a.name, '') AS who, r.made_at AS since FROM rule_amendment r "
        "LEFT JOIN account a ON a.id = r.made_by WHERE r.lifted_at IS NULL"
    )
    return {row["code"]: msgspec.convert(row, Amended) for row in rows}
