"""Pins and forbids as coordinators read them: who is meant, why, who decided and when."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from core.model.plans.settled import Settling
from core.model.vocabulary import SeatRole
from core.queries.reading import marks, select

Pinned = frozenset[tuple[UUID, str, str]]
"""Pinned seats as (case, role, volunteer)."""


class SettledLine(msgspec.Struct, frozen=True):
    """One pin or forbid in force."""

    id: UUID
    kind: Settling
    volunteer: UUID
    name: str
    reason: str
    made_at: datetime
    role: SeatRole | None = None
    made_by: str | None = None


async def settled_lines(case: UUID) -> tuple[SettledLine, ...]:
    """What is settled about a case, oldest first. One statement."""
    rows = await select(
        "SELECT s.id, s.kind, s.role, s.volunteer, v.name, s.reason, s.made_at, a.name AS made_by FROM settled_pair s "
        "JOIN volunteer v ON v.id = s.volunteer LEFT JOIN account a ON a.id = s.made_by "
        'WHERE s."case" = {} AND s.lifted_at IS NULL ORDER BY s.id',
        case,
    )
    return tuple(msgspec.convert(row, SettledLine) for row in rows)


async def pinned_seats(cases: Iterable[UUID]) -> Pinned:
    """The pinned seats of these cases. One statement, or none where there is no case."""
    keys = list(cases)
    if not keys:
        return frozenset()
    rows = await select(
        'SELECT "case", role, volunteer FROM settled_pair '
        f"WHERE kind = 'pin' AND lifted_at IS NULL AND \"case\" IN ({marks(keys)})",
        *keys,
    )
    return frozenset((row["case"], row["role"], str(row["volunteer"])) for row in rows)
