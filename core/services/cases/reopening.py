"""Opening a case again that was closed, declined or withdrawn, with its history."""

from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import BadInput, TooLate
from core.model.cases.relating import Reopening
from core.model.people import Actor
from core.model.states import OPEN_CASE, CaseState
from core.services.cases.intake import begin_screening
from core.services.clinic import require_staff
from core.store import jobs
from core.store.audit import record
from core.store.cases import cases, relating
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches.settled import lock_case
from core.store.upkeep.erasing import is_reduced

REASON: Final = 200


async def reopen_case(case: UUID, *, reason: str, keep_waiting: bool = False, by: Actor, now: datetime) -> None:
    """Open a case again: it is screened anew, with everything that is known of it.

    The client waits from now on, or, with ``keep_waiting``, from where she waited before, as where the case was ended
    by mistake. How it had ended is kept beside it. Its earlier matches stay what they were. Raises BadInput without a
    reason, TooLate where it is open, or was reduced to statistics. Side effects, in one transaction: all of that, audit
    events, and the work of counting its deadlines.
    """
    require_staff(by)
    why = " ".join(reason.split())[:REASON]
    if not why:
        raise BadInput("Say in a few words why the case is opened again.")
    async with transaction():
        await lock_case(case)
        found = await cases.find_case(case)
        if found.state in OPEN_CASE:
            raise TooLate(f"{found.ref} is open already. Nothing was changed.")
        if await is_reduced(case):
            raise TooLate("Nothing is known of this client any more. Take the client in as a new case.")
        ended_at = await cases.when_ended(case)
        waited = keep_waiting and found.waiting_since is not None
        one = Reopening(
            new_id(), case, found.state, found.outcome, found.ended_reason, ended_at, why, waited, by.account, now
        )
        await relating.insert_reopening(one)
        await cases.move_case(case, CaseState.RECEIVED, now=now, outcome="", ended_reason="")
        await record("case_reopened", subject_kind="case", subject=case, by=by, now=now, was=str(found.state))
        await begin_screening(case, by=by, now=now, waiting_since=found.waiting_since if waited else now)
        await jobs.add_job("count_deadlines", due_at=now, case=str(case))
