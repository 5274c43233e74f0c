"""Saving a plan: its teams become the board's proposals, in one transaction, and the run keeps what it planned."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from core.model.cases.case import Case
from core.model.people import SYSTEM
from core.model.plans.runs import KeptTeam, Shift, Since, kept_team, summary_of
from core.model.plans.settled import contradicts
from core.model.plans.teams import Plan, Proposal, TeamPlan
from core.model.states import CaseState, ProposalState
from core.model.volunteers.ties import names, with_instead
from core.services.conflicts import kept_off
from core.services.notifying import tell_account
from core.services.runs.snapshot import case_facts
from core.store.audit import record
from core.store.cases import cases
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import plans, runs, settled, teams
from core.store.matches.moves import supersede
from core.store.volunteers import volunteers


async def save_plan(
    run: UUID,
    plan: Plan,
    *,
    requested_by: UUID | None,
    now: datetime,
    since: Since | None = None,
    shifts: Sequence[Shift] = (),
) -> None:
    """Save the teams of a plan as proposals. Older open proposals are superseded; claims get their team completed.

    A case that left the waitlist while the matcher was thinking is passed over, and so is a team that contradicts
    what was settled meanwhile: a decline, a pin, a forbid, a claim. ``since`` and ``shifts`` tell what the plan
    changes of the one before, and are kept with it.
    """
    async with transaction():
        board = await _Board.read(run, now)
        for team in plan.teams:
            await board.put(team)
        await board.clear()
        late = len(plan.teams) - len(board.planned)
        summary = summary_of(board.planned, board.waiting.values(), passed_over=late, since=since, floors=plan.floors)
        summary = replace(summary, kept=plan.kept)
        await runs.finish_run(run, plan, changed=board.changed, summary=summary, now=now)
        await plans.insert_plan(run, board.planned, shifts)
        await record("run_done", subject_kind="run", subject=run, by=SYSTEM, now=now, proposed=len(board.planned))
        if requested_by is not None:
            await tell_account(requested_by, "run_done", path=f"/runs/{run}", now=now)


class _Board:
    """The open proposals while a plan takes their place. ``planned`` are the teams that were put up."""

    def __init__(
        self, run: UUID, now: datetime, before: list[Proposal], waiting: list[Case], barred: dict[UUID, set[UUID]]
    ) -> None:
        self._run, self._now, self._barred = run, now, barred
        self._before = {one.case: one for one in before}
        self._fresh: list[Proposal] = []
        self._pins: settled.Pins = {}
        self._merged: dict[UUID, UUID] = {}
        self.waiting = {case.ref: case for case in waiting}
        self.planned: list[KeptTeam] = []
        self.changed = 0

    @classmethod
    async def read(cls, run: UUID, now: datetime) -> "_Board":
        """The board as it is, and what is settled about the waiting cases."""
        waiting = await cases.cases_in(CaseState.WAITLISTED)
        board = cls(run, now, await teams.open_proposals(), waiting, await kept_off.barred_pairs())
        board._pins = await settled.pins()
        board._merged = await volunteers.merged_records()
        return board

    async def put(self, team: TeamPlan) -> None:
        """Put up a team where it still stands."""
        case = self.waiting.get(team.case)
        if case is None or not self._stands(team, case):
            return
        for went, came in self._merged.items():
            if names(team, str(went)):
                team = with_instead(team, came=str(came), went=str(went))
        old = self._before.pop(case.id, None)
        self.planned.append(kept_team(team))
        self.changed += old is None or _people(old.team) != _people(team)
        if old is not None and old.claimed_by is not None:
            await teams.update_team(old.id, team)
        elif old is None or await supersede(old.id, by=SYSTEM, now=self._now):
            self._fresh.append(_proposal(case.id, team, run=self._run, now=self._now))

    def _stands(self, team: TeamPlan, case: Case) -> bool:
        """Whether a team agrees with what is settled about its case now, a claimant's own seat included.

        A record that was merged into another while the matcher was thinking is nobody any more.
        """
        if any(UUID(seat.volunteer) in self._merged for seat in team.seats):
            return False
        old = self._before.get(case.id)
        barred, pins = self._barred.get(case.id, set()), self._pins.get(case.id, ())
        settled_now = case_facts(case, barred=barred, proposal=old, pins=pins)
        if contradicts(team, barred=settled_now.barred, pinned=settled_now.pinned):
            return False
        return old is None or old.claimed_by is None or keeps(team, old.claimed_by)

    async def clear(self) -> None:
        """Take down what the plan has no team for; claims stay. Then write what is new."""
        for left in self._before.values():
            if left.claimed_by is None:
                self.changed += await supersede(left.id, by=SYSTEM, now=self._now)
        await teams.insert_proposals(self._fresh)


def keeps(team: TeamPlan, volunteer: UUID) -> bool:
    """Whether somebody is on a team."""
    return str(volunteer) in {seat.volunteer for seat in team.seats}


def _proposal(case: UUID, team: TeamPlan, *, run: UUID, now: datetime) -> Proposal:
    return Proposal(id=new_id(), case=case, state=ProposalState.OPEN, team=team, created_at=now, run=run)


def _people(team: TeamPlan) -> set[tuple[str, str]]:
    return {(seat.role, seat.volunteer) for seat in team.seats}
