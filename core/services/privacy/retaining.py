"""Deciding how long clients are kept after their cases have ended."""

from datetime import datetime, timedelta
from uuid import UUID

from core.errors import TooLate, WrongEntries
from core.model.clients.retention import REASON, RetentionRule, begins, in_force, to_come, years_before
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.clients import retention
from core.store.database import RETENTION_LOCK, queue_for, transaction
from core.store.days import day_of, end_of

PROGRAMME = UUID(int=0)
TAKEN_BACK = "Taken back before it began."


async def decide_retention(years: int | None, *, reason: str, by: Actor, now: datetime) -> RetentionRule:
    """Decide for how many years clients are kept; None: until they ask to be forgotten.

    What erases more than the rule in force begins a week later, so that it can be taken back; the rest begins at once.
    Raises WrongEntries without a reason, TooLate where nothing would change. Side effect: an audit event.
    """
    require_staff(by)
    said = " ".join(reason.split())
    if not said or len(said) > REASON:
        raise WrongEntries({"reason": f"Write in a few words why, at most {REASON} characters."})
    async with transaction():
        await queue_for(RETENTION_LOCK)
        known = await retention.rules()
        standing, waiting = in_force(known, now), to_come(known, now)
        newest = waiting or standing
        if (newest.years if newest else None) == years:
            raise TooLate("This is what holds already, or begins soon. Nothing was changed.")
        rule = await retention.insert_rule(years, said, begins_at=begins(years, standing, now), by=by, now=now)
        day = day_of(rule.begins_at).isoformat()
        await record(
            "retention_decided", subject_kind="programme", subject=PROGRAMME, by=by, now=now, years=years, begins=day
        )
    return rule


async def how_many_due(years: int, *, now: datetime, within: timedelta = timedelta(0)) -> int:
    """How many cases a rule of so many years would reduce by then, counted without changing anything."""
    day = years_before(day_of(now + within), years)
    return await retention.count_ended_before(end_of(day))


async def take_back(*, by: Actor, now: datetime) -> None:
    """Take back a decision that has not begun: what holds goes on to hold. TooLate where none waits to begin."""
    require_staff(by)
    async with transaction():
        await queue_for(RETENTION_LOCK)
        known = await retention.rules()
        if to_come(known, now) is None:
            raise TooLate("No decision waits to begin. Nothing was changed.")
        standing = in_force(known, now)
        years = standing.years if standing else None
        await retention.insert_rule(years, TAKEN_BACK, begins_at=now, by=by, now=now)
        await record("retention_taken_back", subject_kind="programme", subject=PROGRAMME, by=by, now=now, years=years)
