"""From first contact to the waitlist: receive, screen, waitlist, decline, withdraw."""

from collections.abc import Sequence
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
from core.services.clients.writing import keep_client, keep_party
from core.services.clinic import require_staff
from core.services.conflicts.name_index import NAMED, look_again
from core.services.matches.ending import end_match, let_deadlines_rest
from core.store import jobs
from core.store.audit import record
from core.store.cases import cases, listings
from core.store.database import transaction
from core.store.days import day_of
from core.store.matches import teams
from core.store.matches.moves import move_proposal
from core.store.matches.settled import lock_case

S = CaseState
NOBODY: Final[Client] = {}
"""Nothing is known of the client yet."""


async def receive_case(
    case: Case, *, client: Client = NOBODY, parties: Sequence[Party] = (), by: Actor, now: datetime
) -> Case:
    """Take in a new case, in state received, with what is known of the client and the parties.

    Side effects, in one transaction: the case, the client and the parties sealed, its audit event, and the work of
    counting its deadlines.
    """
    require_staff(by)
    if not case.languages:
        raise BadInput("A case needs at least one language of the client.")
    received = msgspec.structs.replace(case, state=S.RECEIVED, waiting_since=None, held_by=None)
    async with transaction():
        await cases.insert_case(received, now=now)
        await keep_client(case.id, client, now=now)
        for party in parties:
            await keep_party(msgspec.structs.replace(party, case=case.id), by=by, now=now)
        if parties or NAMED & client.keys():
            await look_again(case.id, now=now)
        await record("case_received", subject_kind="case", subject=case.id, by=by, now=now, ref=case.ref)
        await jobs.add_job("count_deadlines", due_at=now, case=str(case.id))
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
    require_staff(by)
    async with transaction():
        await _move(case, S.SCREENING, now=now, waiting_since=waiting_since or now)
        await record("screening_begun", subject_kind="case", subject=case, by=by, now=now)


async def waitlist_case(case: UUID, *, by: Actor, now: datetime) -> None:
    """Put a screened case on the waitlist. Raises NotEligible unless it is recorded that its client may be served."""
    require_staff(by)
    async with transaction():
        found = await cases.find_case(case)
        if found.state is S.SCREENING:
            await require_eligible(found)
        await _move(case, S.WAITLISTED, now=now)
        await record("case_waitlisted", subject_kind="case", subject=case, by=by, now=now)


async def decline_case(case: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Decline a case at screening, with the reason that the client is given."""
    require_staff(by)
    async with transaction():
        await _move(case, S.DECLINED, now=now, ended_reason=reason)
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
        await _move(case, S.WITHDRAWN, now=now, ended_reason=reason, held_by=None)
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


async def _move(case: UUID, to: CaseState, *, now: datetime, **changes: object) -> None:
    if await cases.move_case(case, to, now=now, **changes):
        return
    current = (await cases.find_case(case)).state
    if may_become(current, to):
        raise TooLate("This case was just changed by somebody else. Load the page again and look.")
    raise TooLate(f"This case is {current} and cannot become {to}. Nothing was changed.")
