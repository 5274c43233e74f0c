"""From first contact to the waitlist: receive, screen, waitlist, decline, withdraw."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, TooLate
from core.model.cases.case import Case
from core.model.cases.eligibility import Exemption
from core.model.cases.eligibility_checks import Check
from core.model.clients.client import Client
from core.model.clients.households import Household
from core.model.clients.parties import Party
from core.model.people import Actor
from core.model.states import CaseState, ProposalState, may_become
from core.services.cases.eligibility import check_eligibility, require_eligible
from core.services.clients.writing import keep_new_clients, keep_party
from core.services.clinic import require_staff
from core.services.conflicts.name_index import NAMED, look_for_new
from core.services.matches.ending import end_match, let_deadlines_rest
from core.store import jobs
from core.store.audit import Happened, record, record_all
from core.store.cases import cases, listings
from core.store.database import transaction
from core.store.days import day_of
from core.store.matches import teams
from core.store.matches.moves import move_proposal
from core.store.matches.settled import lock_case

S = CaseState
NOBODY: Final[Client] = {}
"""Nothing is known of the client yet."""


class Coming(msgspec.Struct, frozen=True):
    """A case that comes in, with what is known of its client and of the parties."""

    case: Case
    client: Client = NOBODY
    parties: tuple[Party, ...] = ()


async def receive_case(
    case: Case, *, client: Client = NOBODY, parties: Sequence[Party] = (), by: Actor, now: datetime
) -> Case:
    """Take in a new case, in state received, with what is known of the client and the parties.

    Side effects, in one transaction: the case, the client and the parties sealed, its audit event, and the work of
    counting its deadlines.
    """
    return (await receive_cases([Coming(case, client, tuple(parties))], by=by, now=now))[0]


async def receive_cases(coming: Sequence[Coming], *, by: Actor, now: datetime) -> list[Case]:
    """The same for many cases at once, such as a whole waitlist, as if they came one by one in this order."""
    require_staff(by)
    if any(not one.case.languages for one in coming):
        raise BadInput("A case needs at least one language of the client.")
    received = [msgspec.structs.replace(one.case, state=S.RECEIVED, waiting_since=None, held_by=None) for one in coming]
    async with transaction():
        await cases.insert_cases(received, now=now)
        await keep_new_clients({one.case.id: one.client for one in coming}, now=now)
        for one in coming:
            for party in one.parties:
                await keep_party(msgspec.structs.replace(party, case=one.case.id), by=by, now=now)
        await look_for_new([one.case.id for one in coming if one.parties or NAMED & one.client.keys()], now=now)
        await record_all(
            [Happened("case_received", "case", one.id, {"ref": one.ref}) for one in received], by=by, now=now
        )
        await jobs.add_job_for_each("count_deadlines", (one.id for one in received), due_at=now)
    return received


async def correct_case(case: Case, *, by: Actor, now: datetime) -> None:
    """Write corrected facts of a case. Its state, its hold and its waiting time are left as they are.

    A deadline that differs from the one that is known is given by hand, and stays whatever the rules say.
    """
    require_staff(by)
    async with transaction():
        known = await cases.find_case(case.id)
        if (case.deadline, case.deadline_kind) != (known.deadline, known.deadline_kind):
            case = msgspec.structs.replace(case, deadline_by="", deadline_why="")
        await cases.update_case(case, now=now)
        await record("case_corrected", subject_kind="case", subject=case.id, by=by, now=now)
        await jobs.add_job("count_deadlines", due_at=now, case=str(case.id))


async def check_where_she_lives(
    case: UUID,
    place: tuple[str, str],
    *,
    household: Household,
    exemptions: tuple[Exemption, ...],
    by: Actor,
    now: datetime,
) -> Check:
    """Ask the thresholds about the client of an open case, by the state and county where she lives.

    Side effects, in one transaction: those of ``correct_case`` where the place is another one, and of
    ``check_eligibility``.
    """
    require_staff(by)
    async with transaction():
        await lock_case(case)
        known = await cases.find_case(case)
        if (known.us_state, known.county) != place:
            await correct_case(msgspec.structs.replace(known, us_state=place[0], county=place[1]), by=by, now=now)
        return await check_eligibility(case, household=household, exemptions=exemptions, by=by, now=now)


async def begin_screening(case: UUID, *, by: Actor, now: datetime, waiting_since: datetime | None = None) -> None:
    """Start screening; the client's waiting time runs from here, or from where she waited before, on another list."""
    await begin_screenings({case: waiting_since or now}, by=by, now=now)


async def begin_screenings(since: Mapping[UUID, datetime], *, by: Actor, now: datetime) -> None:
    """The same for many cases, each with the moment from which its client waits."""
    require_staff(by)
    async with transaction():
        first = min(since.values(), default=now)
        await _move(list(since), S.SCREENING, now=now, waiting_since=first)
        await cases.keep_waiting({case: at for case, at in since.items() if at != first})
        await record_all([Happened("screening_begun", "case", case) for case in since], by=by, now=now)


async def waitlist_case(case: UUID, *, by: Actor, now: datetime) -> None:
    """Put a screened case on the waitlist. Raises NotEligible unless it is recorded that its client may be served."""
    await waitlist_cases([case], by=by, now=now)


async def waitlist_cases(keys: Sequence[UUID], *, by: Actor, now: datetime) -> None:
    """The same for many cases: all of them, or none where one may not."""
    require_staff(by)
    async with transaction():
        found = await cases.find_cases(keys)
        await require_eligible([case for case in found if case.state is S.SCREENING])
        await _move(keys, S.WAITLISTED, now=now)
        await record_all([Happened("case_waitlisted", "case", case) for case in keys], by=by, now=now)


async def decline_case(case: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Decline a case at screening, with the reason that the client is given."""
    require_staff(by)
    async with transaction():
        await _move([case], S.DECLINED, now=now, ended_reason=reason)
        await let_deadlines_rest(case, by=by, now=now)
        await record("case_declined", subject_kind="case", subject=case, by=by, now=now)


async def withdraw_case(case: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """End an open case at the client's or the coordinator's wish; its team is released and told."""
    require_staff(by)
    async with transaction():
        match = await teams.live_match_of(case)
        if match is not None:
            await end_match(match, reason="case withdrawn", withdrawn=True, by=by, now=now)
        for proposal in await teams.open_proposals(case=case):
            await move_proposal(proposal.id, ProposalState.WITHDRAWN, by=by, now=now, decision="case withdrawn")
        await _move([case], S.WITHDRAWN, now=now, ended_reason=reason, held_by=None)
        await let_deadlines_rest(case, by=by, now=now)
        await record("case_withdrawn", subject_kind="case", subject=case, by=by, now=now)


async def refresh_tiers(*, now: datetime) -> int:
    """Derive the urgency of every waiting case anew, as time alone makes cases urgent; return how many changed.

    The list that volunteers see is worked out anew with it, since weeks go by there, too.
    """
    changed = 0
    async with transaction():
        for case, known in await cases.waiting_with_tier():
            tier = case.urgency(day_of(now)).tier
            if tier != known:
                await cases.set_tier(case.id, tier)
                changed += 1
        listings.relist(now=now)
    return changed


async def _move(keys: Sequence[UUID], to: CaseState, *, now: datetime, **changes: object) -> None:
    """Move all of these cases, or say what keeps the first of them that cannot."""
    moved = await cases.move_cases(keys, to, now=now, **changes)
    stayed = [case for case in keys if case not in moved]
    if not stayed:
        return
    current = (await cases.find_case(stayed[0])).state
    if may_become(current, to):
        raise TooLate("This case was just changed by somebody else. Load the page again and look.")
    raise TooLate(f"This case is {current} and cannot become {to}. Nothing was changed.")
