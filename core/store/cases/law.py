"""Rules of law in the database: as last counted by, what coordinators say of them, and how they changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import TooLate
from core.model.deadlines.counting import NotCounted
from core.model.deadlines.law_changes import Amendment, KeptRule, Move, RuleChange
from core.model.deadlines.rules import DeadlineRule
from core.store.database import LAW_LOCK, queue_for


async def kept_rules() -> dict[str, KeptRule]:
    """The rules by their codes as this clinic counted by them last, which nobody else changes until the end."""
    await queue_for(LAW_LOCK)
    rows = await t.LawRule.select().output(load_json=True)
    return {row["code"]: _kept(row) for row in rows}


def _kept(row: dict[str, Any]) -> KeptRule:
    rule = msgspec.convert(row["law"], DeadlineRule)
    return KeptRule(rule, NotCounted(row["not_counted"]) if row["not_counted"] else None)


async def keep_rules(rules: Iterable[KeptRule], *, now: datetime) -> None:
    """Keep rules in place of what was kept under their codes."""
    r = t.LawRule
    for one in rules:
        law = msgspec.json.encode(one.rule).decode()
        row = r(code=one.rule.code, law=law, not_counted=str(one.not_counted or ""), since=now)
        await r.insert(row).on_conflict(target=r.code, action="DO UPDATE", values=[r.law, r.not_counted, r.since])


async def drop_rule(code: str) -> None:
    """Keep nothing of a rule that went."""
    await t.LawRule.delete().where(t.LawRule.code == code)


async def amendments() -> dict[str, Amendment]:
    """What coordinators say of rules, by their codes."""
    a = t.LawAmendment
    return {row["code"]: _amendment(row) for row in await a.select().where(a.lifted_at.is_null())}


def _amendment(row: dict[str, Any]) -> Amendment:
    names = ("code", "status", "effective_from", "effective_until", "reviewed", "reason")
    values = {name: row[name] for name in names} | {"by": row["made_by"], "at": row["made_at"]}
    return msgspec.convert(values, Amendment)


async def insert_amendment(one: Amendment, *, now: datetime) -> UUID:
    """Write what a coordinator says of a rule, in place of what was said before."""
    a = t.LawAmendment
    await a.update({a.lifted_at: now}).where(a.code == one.code, a.lifted_at.is_null())
    row = a(
        code=one.code,
        status=str(one.status),
        effective_from=one.effective_from,
        effective_until=one.effective_until,
        reviewed=one.reviewed,
        reason=one.reason,
        made_by=one.by,
        made_at=now,
    )
    await a.insert(row)
    return row.id


async def lift_amendment(code: str, *, now: datetime) -> UUID:
    """Take back what was said of a rule; TooLate where nothing is."""
    a = t.LawAmendment
    rows = await a.update({a.lifted_at: now}).where(a.code == code, a.lifted_at.is_null()).returning(a.id)
    if not rows:
        raise TooLate("This was taken back already. Nothing was changed.")
    key: UUID = rows[0]["id"]
    return key


async def insert_change(key: UUID, one: RuleChange, *, now: datetime) -> None:
    """Write a change that was noticed."""
    before, after = (msgspec.json.encode(part).decode() for part in (one.before, one.after))
    row = t.LawChange(id=key, code=one.code, kind=str(one.kind), before=before, after=after, noticed_at=now)
    await t.LawChange.insert(row)


async def unfinished_changes() -> dict[str, UUID]:
    """The changes by which not all open cases have been counted anew yet, by the codes of rules; of two the last."""
    c = t.LawChange
    rows = await c.select(c.code, c.id).where(c.finished_at.is_null()).order_by(c.id)
    return {row["code"]: row["id"] for row in rows}


async def finish_changes(keys: Iterable[UUID], *, looked_at: int, now: datetime) -> None:
    """Note that all open cases have been counted anew by these changes."""
    c = t.LawChange
    await c.update({c.finished_at: now, c.looked_at: looked_at}).where(c.id.is_in(list(keys)))


async def insert_moves(change: UUID, moves: Iterable[Move]) -> None:
    """Write what a change made of cases."""
    rows = [
        t.LawMove(
            change=change,
            case=one.case,
            before=one.before,
            after=one.after,
            worked_before=one.worked_before,
            worked_after=one.worked_after,
        )
        for one in moves
    ]
    if rows:
        await t.LawMove.insert(*rows)
