"""What came in and is not on the waitlist yet, as a coordinator works it: the longest waiting first."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.cases.eligibility import Verdict
from core.model.states import CaseState
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.paging import ROWS, Page, page_of
from core.queries.reading import Row, Where, select

INCOMING = (CaseState.RECEIVED, CaseState.SCREENING)
"""The states of a case on its way to the waitlist."""


class Incoming(msgspec.Struct, frozen=True):
    """A case on its way to the waitlist, and whether its client may be served; None: nobody has checked."""

    case: Case
    decided: Verdict | None = None
    changed_at: datetime | None = None


async def incoming_cases(state: CaseState, *, after: UUID | None = None, limit: int = ROWS) -> Page[Incoming]:
    """One page of the cases in a state, the first that came first. One statement."""
    where = Where("c.state = {}", str(state))
    if after:
        where.also("(c.received, c.id) > (SELECT m.received, m.id FROM legal_case m WHERE m.id = {})", after)
    rows = await select(
        f"SELECT {COLUMNS}, c.changed_at, "
        '(SELECT e.decided FROM eligibility_check e WHERE e."case" = c.id ORDER BY e.made_at DESC, e.id DESC LIMIT 1) '
        f"AS decided FROM legal_case c WHERE {where} ORDER BY c.received, c.id LIMIT {{}}",
        *where.values,
        limit + 1,
    )
    return page_of([_incoming(row) for row in rows], [str(row["id"]) for row in rows], limit)


def _incoming(row: Row) -> Incoming:
    return Incoming(
        case=case_in(row),
        decided=Verdict(row["decided"]) if row["decided"] else None,
        changed_at=row["changed_at"],
    )


async def incoming_tally() -> dict[CaseState, int]:
    """How many cases are in each state before the waitlist. One statement."""
    rows = await select(
        "SELECT state, COUNT(*) AS n FROM legal_case WHERE state IN ({}, {}) GROUP BY state", *map(str, INCOMING)
    )
    counted = {CaseState(row["state"]): row["n"] for row in rows}
    return {state: counted.get(state, 0) for state in INCOMING}
