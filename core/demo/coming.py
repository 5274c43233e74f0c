"""How the demo's cases come in: received, screened, waiting; some declined, some withdrawn while they wait."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Final

import msgspec

from core.demo.agenda import Agenda
from core.demo.clients import came_by, client_of, parties_of
from core.demo.households import household_of
from core.demo.words import ENDED_BY_CLIENT, NOT_TAKEN
from core.model.cases.case import Case
from core.model.cases.eligibility import likely_exemptions
from core.model.people import Actor
from core.model.states import CaseState
from core.services.cases import intake
from core.services.cases.eligibility import check_eligibility
from core.store.cases import cases

DECLINED: Final = 0.06
WITHDRAWN: Final = 0.07
"""The shares of the cases that are declined at screening, and withdrawn if they wait long."""


class Coming:
    """Puts the way of each new case to the waitlist on the agenda."""

    def __init__(self, agenda: Agenda, staff: tuple[Actor, ...], random: Random) -> None:
        self._agenda, self._staff, self._random = agenda, staff, random

    def expect(self, case: Case) -> None:
        """Let a case come in on its day and be screened in the days after it."""
        arrives = datetime.combine(case.received, time(16), UTC) + timedelta(minutes=self._random.randint(0, 300))
        screened = arrives + timedelta(days=self._random.randint(1, 3))
        decided = screened + timedelta(days=self._random.randint(1, 5))
        by = self._random.choice(self._staff)

        async def receive(now: datetime) -> None:
            known = msgspec.structs.replace(case, came_by=came_by(case))
            await intake.receive_case(known, client=client_of(case), parties=parties_of(case), by=by, now=now)

        async def screen(now: datetime) -> None:
            await intake.begin_screening(case.id, by=by, now=now)

        self._agenda.add(arrives, receive)
        self._agenda.add(screened, screen)
        self._decide(case, by, decided)

    def _decide(self, case: Case, by: Actor, at: datetime) -> None:
        reason = self._random.choice(NOT_TAKEN)

        async def decline(now: datetime) -> None:
            await intake.decline_case(case.id, reason=reason, by=by, now=now)

        async def waitlist(now: datetime) -> None:
            household = None if client_of(case) else household_of(case)
            exempt = likely_exemptions(case)
            await check_eligibility(case.id, household=household, exemptions=exempt, by=by, now=now)
            await intake.waitlist_case(case.id, by=by, now=now)

        chance = self._random.random()
        self._agenda.add(at, decline if chance < DECLINED else waitlist)
        if DECLINED <= chance < DECLINED + WITHDRAWN:
            self._give_up(case, by, at + timedelta(days=self._random.randint(30, 150)))

    async def postpone_hearings(self, now: datetime) -> None:
        """Courts and agencies set new days: what is due within days, and waits still, is put off in the file."""
        for case in await cases.cases_in(CaseState.WAITLISTED):
            if case.deadline is not None and case.deadline <= now.date() + timedelta(days=4):
                later = case.deadline + timedelta(days=self._random.randint(25, 120))
                moved = msgspec.structs.replace(case, deadline=later)
                await intake.correct_case(moved, by=self._staff[0], now=now)

    def _give_up(self, case: Case, by: Actor, at: datetime) -> None:
        reason = self._random.choice(ENDED_BY_CLIENT)

        async def withdraw(now: datetime) -> None:
            known = await cases.find_case(case.id)
            if known.state is CaseState.WAITLISTED and known.held_by is None:
                await intake.withdraw_case(case.id, reason=reason, by=by, now=now)

        self._agenda.add(at, withdraw)
