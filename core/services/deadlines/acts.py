"""What people do about single deadlines: take one in hand, say that it is done, set it aside, give it another day."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, NotFound, TooLate, WrongEntries
from core.model.cases.case import Case
from core.model.deadlines.acts import ALERT, BY_HAND, Act, Decision, KeptDeadline, decided, place_of
from core.model.deadlines.counting import Deadline, deadlines_of
from core.model.deadlines.rules import wrong_year
from core.model.people import Actor
from core.model.states import MatchState, SeatState
from core.services.clinic import Clinic, require_staff
from core.services.deadlines.dated_facts import open_case
from core.services.deadlines.following import Law, follow, kept_deadline, law_of
from core.store import alerts
from core.store.audit import record
from core.store.cases import case_records as records
from core.store.cases import deadlines as store
from core.store.database import transaction
from core.store.matches import teams

GONE: Final = "This case has no such deadline any more."


async def take_in_hand(case: UUID, *, rule: str, by: Actor, now: datetime) -> None:
    """Say that one sees to a deadline, so that nobody else is called for it.

    For staff, and for a volunteer who is engaged on the case; to others the case is not there. TooLate where somebody
    else was first. Side effects, in one transaction: the note, an audit event; its alert is closed.
    """
    async with transaction():
        found = await _kept(case, rule, by)
        if found.in_hand_at and found.in_hand_by != by.account:
            raise TooLate("Somebody else has it in hand already. Nothing was changed.")
        await record("deadline_in_hand", subject_kind="case", subject=case, by=by, now=now, rule=rule)
        await store.take_in_hand(found, by=by.account, now=now)
        await alerts.close_alerts(ALERT, path=place_of(case, rule), by=by.account, now=now)


async def give_back(case: UUID, *, rule: str, by: Actor, now: datetime) -> None:
    """Say that nobody sees to a deadline after all. For staff, whoever had it, and for the volunteer who had it."""
    async with transaction():
        found = await _kept(case, rule, by)
        if found.in_hand_at is None or (not by.is_staff() and found.in_hand_by != by.account):
            raise TooLate("It is in your hands no more. Nothing was changed.")
        await record("deadline_given_back", subject_kind="case", subject=case, by=by, now=now, rule=rule)
        await store.give_back(found)


async def _kept(case: UUID, rule: str, by: Actor) -> KeptDeadline:
    """A deadline of an open case, for whoever works on it."""
    await open_case(case)
    await _require_of_team(case, by)
    found = await kept_deadline(case, rule)
    if found is None:
        raise NotFound(GONE)
    return found


async def meet_deadline(case: UUID, *, rule: str, seen: date | None, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Say that what a deadline asks for is done. For staff, and for a volunteer who is engaged on the case.

    ``seen`` is its day as she has it before her, None where it is not known: TooLate where it is another one by now.
    """
    law = await law_of(clinic, now=now)
    async with transaction():
        found = await open_case(case)
        await _require_of_team(case, by)
        await _decide(found, law, Decision(rule, Act.MET, None, by=by.account), seen, by=by, now=now)


async def decide_deadline(
    case: UUID,
    *,
    rule: str,
    act: Act,
    seen: date | None,
    due: date | None = None,
    reason: str,
    clinic: Clinic,
    by: Actor,
    now: datetime,
) -> None:
    """Set a deadline aside, or give it another day, with a reason; it holds for the day that is counted now.

    Where facts or rules make another day of it later, the decision lapses, and the deadline counts again. ``seen`` as
    for ``meet_deadline``. Raises BadInput without a reason, or where another day is to hold and none that can be is
    given. Side effects, in one transaction: the decision with its audit event, the case's deadline with its urgency.
    """
    require_staff(by)
    if not reason.strip():
        raise BadInput("Say in a few words why.")
    if act is Act.GIVEN and due is None:
        raise BadInput("Give the day that holds instead.")
    law = await law_of(clinic, now=now)
    if due and (wrong := wrong_year(due, law.today)):
        raise WrongEntries({"due": wrong})
    said = Decision(rule, act, None, due if act is Act.GIVEN else None, reason.strip(), by.account)
    async with transaction():
        await _decide(await open_case(case), law, said, seen, by=by, now=now)


async def undo_decision(case: UUID, *, rule: str, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Take back what was decided about a deadline, so that it counts as the rules say."""
    require_staff(by)
    law = await law_of(clinic, now=now)
    async with transaction():
        found = await open_case(case)
        await record("deadline_reopened", subject_kind="case", subject=case, by=by, now=now, rule=rule)
        await store.lift_decision(case, rule, now=now)
        await follow(found, law=law, by=by, now=now)


async def _decide(case: Case, law: Law, said: Decision, seen: date | None, *, by: Actor, now: datetime) -> None:
    detail = {"rule": said.rule, "act": str(said.act)}
    await record("deadline_decided", subject_kind="case", subject=case.id, by=by, now=now, **detail)
    if said.rule == BY_HAND:
        case = await _end_given(case, law, said, seen, now)
    else:
        about = await _counted(case, law, said.rule, seen)
        await store.insert_decision(case.id, msgspec.structs.replace(said, about=about), now=now)
    await follow(case, law=law, by=by, now=now)


async def _end_given(case: Case, law: Law, said: Decision, seen: date | None, now: datetime) -> Case:
    """The case without the deadline that a person gave: where that is done, the rules make one again."""
    if case.follows_rules or case.deadline is None:
        raise TooLate("This case has no deadline by hand any more. Nothing was changed.")
    if said.act is Act.GIVEN:
        raise BadInput("Give the case another deadline instead.")
    _require_seen(seen, case.deadline)
    ended = msgspec.structs.replace(case, deadline=None, deadline_kind="", deadline_by="", deadline_why=said.reason)
    await records.keep_deadline(ended, today=law.today, now=now)
    return ended


async def _counted(case: Case, law: Law, code: str, seen: date | None) -> date | None:
    """The day of a deadline as the rules count it now; None where its date is not known."""
    found: tuple[Deadline, ...] = deadlines_of(case, await records.dates_of(case.id), law.rules, law.today)
    kept: KeptDeadline | None = await kept_deadline(case.id, code)
    decisions = (await store.decisions_of([case.id]))[case.id]
    for one, shown in zip(found, decided(found, decisions), strict=True):
        if one.rule.code == code and one.not_counted is None:
            if shown.not_counted is not None:
                raise TooLate("Somebody has decided about it already. Nothing was changed: take that back first.")
            _require_seen(seen, shown.due, *([kept.due] if kept else []))
            return one.due
    if kept is None or code in law.codes:
        raise NotFound(GONE)
    _require_seen(seen, kept.due)
    return kept.due


def _require_seen(seen: date | None, *days: date | None) -> None:
    """Refuse what is said of a day that a deadline has no more: a new hearing is not done because the last one was."""
    if seen not in days:
        raise TooLate("This deadline falls on another day by now. Nothing was changed: look at it, and say it again.")


async def _require_of_team(case: UUID, by: Actor) -> None:
    """Refuse whoever is neither of the staff nor engaged on the case."""
    if not by.is_staff() and by.volunteer not in await engaged_volunteers(case):
        raise NotFound("There is no such case, or it is not yours to see.")


async def engaged_volunteers(case: UUID) -> dict[UUID, UUID]:
    """The volunteers who work on a case now, each with the match."""
    match = await teams.live_match_of(case)
    if match is None or match.state is not MatchState.ENGAGED:
        return {}
    return {seat.volunteer: match.id for seat in await teams.seats_of(match.id) if seat.state is SeatState.ENGAGED}
