"""How a proposed team fares in the demo: approved or not, answered or not, and what came of the work."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from core.demo.agenda import Act, Agenda
from core.demo.script import Turn
from core.demo.words import ENDED_BY_CLIENT, NOT_APPROVED, OUTCOMES, USUAL_OUTCOMES
from core.errors import NotEligible, NotFound
from core.model.cases.relief import reliefs
from core.model.people import Actor
from core.model.states import OfferState
from core.model.vocabulary import AccountRole, DeclineReason, SeatRole
from core.services.cases import intake
from core.services.clinic import Clinic
from core.services.matches import approval, engagement, responding
from core.store.cases import cases
from core.store.matches import teams
from core.store.volunteers import volunteers

T = Turn
ALL_ACCEPT: Final = (T.CONFLICTED, T.ACCEPTED, T.CLEARED, T.ENGAGED, T.TRANSFERRED, T.WITHDRAWN, T.CLOSED)
WORK_BEGINS: Final = (T.ENGAGED, T.TRANSFERRED, T.WITHDRAWN, T.CLOSED)
FIRST_ANSWER: Final = timedelta(hours=2)
BETWEEN_ANSWERS: Final = timedelta(hours=1)


class Faring:
    """Plays what becomes of proposals and matches."""

    def __init__(self, agenda: Agenda, clinic: Clinic, staff: tuple[Actor, ...], random: Random) -> None:
        self._agenda, self._clinic, self._staff, self._random = agenda, clinic, staff, random

    async def decide(self, case: UUID, turn: Turn, *, favoured: bool, now: datetime) -> None:
        """A coordinator decides about the open proposal of a case, and the rest goes on the agenda."""
        found = await teams.open_proposals(case=case)
        if not found or turn is T.LEFT:
            return
        by = self._random.choice(self._staff)
        if turn is T.REJECTED:
            reason = self._random.choice(NOT_APPROVED)
            await approval.reject_proposal(found[0].id, reason=reason, by=by, now=now)
            return
        try:
            match = await approval.approve_proposal(found[0].id, clinic=self._clinic, by=by, now=now)
        except NotEligible:
            return  # somebody filled her last place since the run: the case goes on waiting
        await self._answers(match, turn, favoured=favoured, now=now)
        self.work(match, case, turn, by=by, now=now)

    async def _answers(self, match: UUID, turn: Turn, *, favoured: bool, now: datetime) -> None:
        offers = await teams.offers_of_match(match)
        last = offers[-1]
        for place, offer in enumerate(offers):
            answered = now + FIRST_ANSWER + BETWEEN_ANSWERS * place
            if turn in ALL_ACCEPT or (offer is not last and not favoured):
                self._agenda.add(answered, self._accept(offer.id, offer.volunteer))
            elif turn is T.DECLINED:
                self._agenda.add(answered, self._decline(offer.id, offer.volunteer))

    def _accept(self, offer: UUID, volunteer: UUID) -> Act:
        async def accept(now: datetime) -> None:
            if (await teams.find_offer(offer)).state is OfferState.OPEN:
                await responding.accept_offer(offer, by=await herself(volunteer), now=now)

        return accept

    def _decline(self, offer: UUID, volunteer: UUID) -> Act:
        reason = self._random.choice(tuple(DeclineReason))

        async def decline(now: datetime) -> None:
            await responding.decline_offer(offer, reason=reason, by=await herself(volunteer), now=now)

        return decline

    def work(self, match: UUID, case: UUID, turn: Turn, *, by: Actor, now: datetime) -> None:
        """Put on the agenda what follows the answers."""
        if turn is T.UNDONE:
            self._later(now + timedelta(hours=1), approval.undo_approval, match, by)
        elif turn is T.CONFLICTED:
            self._agenda.add(now + timedelta(days=2), self._conflict(match, by))
        elif turn in (T.CLEARED, *WORK_BEGINS):
            self._later(now + timedelta(days=self._random.randint(2, 4)), engagement.clear_conflicts, match, by)
        if turn in WORK_BEGINS:
            self._later(now + timedelta(days=self._random.randint(5, 6)), engagement.engage_match, match, by)
            self._agenda.add(now + timedelta(days=self._random.randint(45, 140)), self._end(match, case, turn, by))

    def _later(self, at: datetime, verb: Callable[..., Awaitable[None]], match: UUID, by: Actor) -> None:
        async def act(now: datetime) -> None:
            await verb(match, by=by, now=now)

        self._agenda.add(at, act)

    def _conflict(self, match: UUID, by: Actor) -> Act:
        async def conflict(now: datetime) -> None:
            seat = (await teams.seats_of(match))[0]
            await engagement.report_conflict(seat.id, by=by, now=now)

        return conflict

    def _end(self, match: UUID, case: UUID, turn: Turn, by: Actor) -> Act:
        chance = self._random.random()

        async def end(now: datetime) -> None:
            if turn is T.TRANSFERRED:
                await engagement.end_engagement(match, reason="The attorney leaves practice", by=by, now=now)
            elif turn is T.WITHDRAWN:
                reason = ENDED_BY_CLIENT[int(chance * len(ENDED_BY_CLIENT))]
                await intake.withdraw_case(case, reason=reason, by=by, now=now)
            elif turn is T.CLOSED:
                hours = await _hours(match, case, chance)
                await engagement.close_case(case, outcome=await _outcome(case, chance), hours=hours, by=by, now=now)

        return end


async def _hours(match: UUID, case: UUID, chance: float) -> dict[UUID, float]:
    """What everybody on a team gave: about what the case was thought to need, mentors an eighth of it."""
    needs = await cases.find_case(case)
    usual = {SeatRole.INTERPRETER: needs.interpreter_hours or needs.hours / 2, SeatRole.MENTOR: needs.hours / 8}
    seats = await teams.seats_of(match)
    return {seat.id: round(usual.get(seat.role, needs.hours) * (0.7 + 0.6 * chance)) for seat in seats}


async def _outcome(case: UUID, chance: float) -> str:
    relief = (await cases.find_case(case)).relief
    code = next(one.code for one in reliefs().values() if one.name == relief)
    endings = OUTCOMES.get(code, USUAL_OUTCOMES)
    return endings[int(chance * len(endings))]


async def herself(volunteer: UUID) -> Actor:
    """A volunteer who acts for herself, signed in."""
    person = await volunteers.find_volunteer(volunteer)
    if person.account is None:
        raise NotFound("This volunteer has no account, and so cannot answer.")
    return Actor(label=person.name, account=person.account, roles=(AccountRole.VOLUNTEER,), volunteer=volunteer)
