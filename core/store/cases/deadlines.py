"""Deadlines of cases in the database: as last counted, and what people decided about them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import TooLate
from core.model.deadlines.acts import Decision, KeptDeadline

Kept = dict[str, KeptDeadline]


async def kept_deadlines(cases: Iterable[UUID]) -> dict[UUID, Kept]:
    """The deadlines of these cases as last counted, by the codes of rules; a case without any is there too."""
    keys = list(cases)
    found: dict[UUID, Kept] = {key: {} for key in keys}
    for row in await t.CaseDeadline.select().where(t.CaseDeadline.case.is_in(keys)) if keys else []:
        one = _kept(row)
        found[one.case][one.rule] = one
    return found


def _kept(row: dict[str, Any]) -> KeptDeadline:
    return msgspec.convert({name: row[name] for name in KeptDeadline.__struct_fields__}, KeptDeadline)


async def write_deadlines(case: UUID, now: Mapping[str, KeptDeadline], before: Kept, *, staying: Iterable[str]) -> None:
    """Make the kept deadlines of a case those of ``now``; those of ``staying`` codes are left although they are not.

    Reminders begin anew where the day is another one.
    """
    d, stays = t.CaseDeadline, set(staying)
    fresh = [one for code, one in now.items() if code not in before]
    if fresh:
        await d.insert(*[d(**_columns(one), case=case) for one in fresh])
    for code, one in now.items():
        if (known := before.get(code)) is not None and known.says() != one.says():
            columns: dict[Any, Any] = _columns(one) | (_ANEW if known.due != one.due else {})
            await d.update(columns).where(d.id == known.id)
    if gone := [one.id for code, one in before.items() if code not in now and code not in stays]:
        await d.delete().where(d.id.is_in(gone))


_NOBODYS: dict[Any, None] = dict.fromkeys(("in_hand_at", "in_hand_by", "escalated_at"))
_ANEW: dict[str, None] = dict.fromkeys(("reminded", "reminded_at", "in_hand_at", "in_hand_by", "escalated_at"))


def _columns(one: KeptDeadline) -> dict[str, Any]:
    return {"rule": one.rule, "title": one.title, "fact": one.fact, "due": one.due, "opens": one.opens}


async def drop_deadlines(case: UUID) -> None:
    """Keep no deadlines of a case that has ended: they are counted again if it is opened again."""
    await t.CaseDeadline.delete().where(t.CaseDeadline.case == case)


async def take_in_hand(one: KeptDeadline, *, by: UUID | None, now: datetime) -> None:
    """Note that somebody sees to a deadline."""
    d = t.CaseDeadline
    await d.update({d.in_hand_at: now, d.in_hand_by: by}).where(d.id == one.id)


async def give_back(one: KeptDeadline) -> None:
    """Note that nobody sees to a deadline any more, so that people are called for it again."""
    await t.CaseDeadline.update(_NOBODYS).where(t.CaseDeadline.id == one.id)


async def give_back_all_of(volunteers: Iterable[UUID], *, case: UUID) -> None:
    """Note the same of the deadlines of a case that these volunteers saw to."""
    d, v = t.CaseDeadline, t.Volunteer
    rows = await v.select(v.account).where(v.id.is_in(list(volunteers)), v.account.is_not_null())
    if accounts := [row["account"] for row in rows]:
        await d.update(_NOBODYS).where(d.case == case, d.in_hand_by.is_in(accounts))


async def note_reminded(deadline: UUID, *, days: int, now: datetime) -> None:
    """Note for how many days before a deadline people were reminded of it."""
    d = t.CaseDeadline
    await d.update({d.reminded: days, d.reminded_at: now}).where(d.id == deadline)


async def note_escalated(deadline: UUID, *, now: datetime) -> None:
    """Note that a deadline was put before more people, since nobody acted."""
    d = t.CaseDeadline
    await d.update({d.escalated_at: now}).where(d.id == deadline)


async def decisions_of(cases: Iterable[UUID]) -> dict[UUID, dict[str, Decision]]:
    """What people decided about deadlines of these cases and did not take back, by the codes of rules."""
    keys, d = list(cases), t.DeadlineDecision
    found: dict[UUID, dict[str, Decision]] = {key: {} for key in keys}
    for row in await d.select().where(d.case.is_in(keys), d.lifted_at.is_null()) if keys else []:
        found[row["case"]][row["rule"]] = _decision(row)
    return found


def _decision(row: dict[str, Any]) -> Decision:
    values = {name: row[name] for name in ("rule", "act", "about", "due", "reason")}
    return msgspec.convert(values | {"by": row["made_by"], "at": row["made_at"]}, Decision)


async def insert_decision(case: UUID, one: Decision, *, now: datetime) -> None:
    """Write a decision, in place of the one that was in force about this deadline."""
    await _lift(case, one.rule, now)
    await t.DeadlineDecision.insert(
        t.DeadlineDecision(
            case=case,
            rule=one.rule,
            act=str(one.act),
            about=one.about,
            due=one.due,
            reason=one.reason,
            made_by=one.by,
            made_at=now,
        )
    )


async def lift_decision(case: UUID, rule: str, *, now: datetime) -> None:
    """Take a decision back; TooLate where there is none."""
    if not await _lift(case, rule, now):
        raise TooLate("This was taken back already. Nothing was changed.")


async def _lift(case: UUID, rule: str, now: datetime) -> bool:
    d = t.DeadlineDecision
    query = d.update({d.lifted_at: now}).where(d.case == case, d.rule == rule, d.lifted_at.is_null())
    return bool(await query.returning(d.id))


async def due_deadlines(until: date, states: Iterable[str]) -> list[KeptDeadline]:
    """The deadlines of cases in these states that fall until a day, the earliest first."""
    d = t.CaseDeadline
    query = d.select().where(d.due <= until, d.case.state.is_in(list(states))).order_by(d.due, d.case.reference, d.rule)
    return [_kept(row) for row in await query]
