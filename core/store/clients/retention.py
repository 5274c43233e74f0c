"""What was decided on how long clients are kept, and which cases are due."""

from datetime import datetime
from uuid import UUID

import msgspec

from core import tables as t
from core.model.clients.retention import RetentionRule
from core.model.people import Actor
from core.store.keys import new_id


async def insert_rule(
    years: int | None, reason: str, *, begins_at: datetime, by: Actor, now: datetime
) -> RetentionRule:
    """Write a decision."""
    rule = RetentionRule(id=new_id(), years=years, reason=reason, set_by=by.label, set_at=now, begins_at=begins_at)
    values = msgspec.structs.asdict(rule) | {"set_by": by.account, "set_by_label": by.label}
    await t.RetentionRule.insert(t.RetentionRule(**values))
    return rule


async def rules() -> tuple[RetentionRule, ...]:
    """All decisions, the newest first."""
    rows = await t.RetentionRule.select().order_by(t.RetentionRule.id, ascending=False)
    return tuple(msgspec.convert(row | {"set_by": row["set_by_label"]}, RetentionRule) for row in rows)


async def ended_before(moment: datetime, *, limit: int) -> list[UUID]:
    """Cases that ended before a moment, are not under a hold and not reduced yet, the oldest first."""
    rows = await t.Case.raw(
        'SELECT c.id FROM legal_case c LEFT JOIN legal_hold h ON h."case" = c.id AND h.lifted_at IS NULL '
        "WHERE c.ended_at < {} AND c.reduced_at IS NULL AND h.id IS NULL ORDER BY c.ended_at, c.id LIMIT {}",
        moment,
        limit,
    )
    return [row["id"] for row in rows]


async def count_ended_before(moment: datetime) -> int:
    """How many those are."""
    rows = await t.Case.raw(
        'SELECT COUNT(*) AS n FROM legal_case c LEFT JOIN legal_hold h ON h."case" = c.id AND h.lifted_at IS NULL '
        "WHERE c.ended_at < {} AND c.reduced_at IS NULL AND h.id IS NULL",
        moment,
    )
    return int(rows[0]["n"])
