"""Volunteers who claim a case themselves, over the demo's year and at its end."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from core.demo.agenda import Act, Agenda
from core.demo.faring import Faring, herself
from core.demo.picking import Picker
from core.demo.script import Claim, Turn
from core.model.people import Actor
from core.model.plans.fit import needs_nobody_else
from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.vocabulary import SeatRole
from core.services.clinic import Clinic
from core.services.matches import approval, claiming
from core.services.runs.snapshot import take_snapshot
from core.store.cases import cases


class Claims:
    """Puts claims on the agenda, each with what a coordinator makes of it the next day."""

    def __init__(
        self, agenda: Agenda, clinic: Clinic, faring: Faring, staff: tuple[Actor, ...], random: Random
    ) -> None:
        self._agenda, self._clinic, self._faring, self._staff, self._random = agenda, clinic, faring, staff, random

    def expect(self, at: datetime, claim: Claim) -> None:
        """Let somebody claim a case at a moment, and a coordinator decide."""

        async def act(now: datetime) -> None:
            made = await self.claim(now)
            if made is not None:
                self._agenda.add(now + timedelta(hours=20), self._decide(*made, claim))

        self._agenda.add(at, act)

    async def claim(self, now: datetime, *, but: frozenset[str] = frozenset()) -> tuple[UUID, UUID, UUID] | None:
        """Somebody claims a case that she can take alone: the proposal, the case, the volunteer."""
        snapshot = await take_snapshot(settings=self._clinic.settings, today=self._clinic.today(now))
        picker = Picker(self._clinic.host, snapshot, self._random)
        free = [one for one in snapshot.cases if not one.pinned and not one.proposed and not one.detained]
        for facts in self._random.sample(free, len(free)):
            person = next((one for one in self._able(picker, facts) if one.ref not in but), None)
            if person is not None:
                case, volunteer = (await cases.cases_by_ref([facts.ref]))[facts.ref].id, UUID(person.ref)
                proposal = await claiming.claim_case(
                    case, role=SeatRole.ATTORNEY, clinic=self._clinic, by=await herself(volunteer), now=now
                )
                return proposal, case, volunteer
        return None

    @staticmethod
    def _able(picker: Picker, facts: CaseFacts) -> list[VolunteerFacts]:
        able = picker.allowed(facts, SeatRole.ATTORNEY)
        return [one for one in able if needs_nobody_else(facts, one)]

    def _decide(self, proposal: UUID, case: UUID, volunteer: UUID, claim: Claim) -> Act:
        by = self._random.choice(self._staff)

        async def decide(now: datetime) -> None:
            if claim is Claim.TAKEN_BACK:
                await claiming.withdraw_claim(proposal, by=await herself(volunteer), now=now)
            elif claim is Claim.REJECTED:
                await approval.reject_proposal(proposal, reason="Already promised to another", by=by, now=now)
            else:
                match = await approval.approve_proposal(proposal, clinic=self._clinic, by=by, now=now)
                self._faring.work(match, case, Turn.ENGAGED, by=by, now=now)

        return decide
