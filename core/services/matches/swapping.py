"""Swapping a seat: a coordinator puts somebody else on a proposed team, asked by the rules like everybody."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.eligibility import Blocked, ask_rules
from core.errors import Contradicts, NotEligible, NotFound, TooLate
from core.model.cases.case import Case
from core.model.people import Actor, Volunteer
from core.model.plans.fit import seat_fact
from core.model.plans.snapshot import CaseFacts, VolunteerFacts
from core.model.plans.swaps import Around, around, swapped_team
from core.model.plans.teams import Proposal, Reserve, SeatPlan, TeamPlan
from core.model.states import ProposalState
from core.model.vocabulary import SeatRole
from core.scores import Scores, ask_scorers
from core.services.clinic import Clinic, require_staff
from core.services.matches.fitting import offers
from core.services.matches.pinning import FULL
from core.services.matches.promises import Promises, with_promises
from core.services.runs.snapshot import facts_of_case, facts_of_volunteers
from core.store.audit import record
from core.store.cases import cases
from core.store.database import slow_reads, transaction
from core.store.matches import teams
from core.store.volunteers import volunteers

SAYS = {
    "on_team": "Is on this team already.",
    "chain": "The others of this team would not understand one another with this person.",
    "needs_mentor": "Would need a mentor, and this team has none.",
}


class Choice(msgspec.Struct, frozen=True):
    """Somebody for a seat of a proposed team.

    ``against``: why not; empty where she may. ``behind``: by how much the team would score lower, where she may.
    ``holder``: what the one who has the seat scores in it. ``proposed``: the cases of other open proposals with her;
    ``left``: her free places, those not counted.
    """

    person: Volunteer
    facts: VolunteerFacts
    team: Around
    against: tuple[Blocked, ...] = ()
    behind: float = 0.0
    holder: float = 0.0
    scores: Scores = {}
    proposed: tuple[str, ...] = ()
    left: int = 0

    @property
    def allowed(self) -> bool:
        """Whether she may take the seat."""
        return not self.against

    @property
    def overbooked(self) -> bool:
        """Whether not all of the proposals with her can be approved once she has this seat, too."""
        return self.allowed and len(self.proposed) >= self.left


class _Swap(msgspec.Struct, frozen=True):
    """What a swap is about: the proposal, its case, the seat, and the facts that everything is judged by."""

    proposal: Proposal
    case: Case
    facts: CaseFacts
    seat: SeatPlan
    members: Mapping[str, VolunteerFacts]
    promises: Promises

    @classmethod
    async def read(cls, proposal: UUID, leaver: UUID, *, clinic: Clinic, today: date) -> "_Swap":
        """Raises TooLate where the proposal is decided, NotFound where she is not on its team."""
        found = await teams.find_proposal(proposal)
        if found.state is not ProposalState.OPEN:
            raise TooLate("This proposal is decided already. Nothing was changed.")
        seat = next((one for one in found.team.seats if one.volunteer == str(leaver)), None)
        if seat is None:
            raise NotFound("This person is not on the team any more. Look at it again.")
        case = await cases.find_case(found.case)
        people = await volunteers.volunteers_by_id(UUID(one.volunteer) for one in found.team.seats)
        if len(people) < len(found.team.seats):
            raise TooLate("Somebody of this team has left. Run the matcher for another team.")
        known = await facts_of_volunteers(list(people.values()), settings=clinic.settings, today=today)
        members = {one.ref: one for one in known}
        return cls(found, case, await facts_of_case(case), seat, members, await Promises.of_all())

    def require_free_seat(self) -> None:
        """Raises Contradicts where the seat is settled: by her own claim, or by a pin."""
        if str(self.proposal.claimed_by) == self.seat.volunteer:
            raise Contradicts("This volunteer has claimed the case. Decide on the claim: approve or reject it.")
        for pin in self.promises.pins:
            if pin.case == self.case.id and (str(pin.volunteer), pin.role) == (self.seat.volunteer, self.seat.role):
                raise Contradicts("This seat is pinned to the person who has it. Undo the pin first.")


async def choices_for(proposal: UUID, leaver: UUID, *, name: str, clinic: Clinic, now: datetime) -> tuple[Choice, ...]:
    """Who could take the seat of ``leaver`` and is called like this, the best first; then others, fewest reasons first.

    An empty name asks for everybody who offers it. Raises TooLate, NotFound. Reads all volunteers, away from the event
    loop.
    """
    async with slow_reads():
        swap = await _Swap.read(proposal, leaver, clinic=clinic, today=clinic.today(now))
        people = [
            one
            for one in await volunteers.all_volunteers()
            if offers(one, swap.seat.role) and one.id != leaver and name.casefold() in one.name.casefold()
        ]
        known = await _known(swap, people, clinic, clinic.today(now))
    found = await asyncio.to_thread(_judged, swap, people, known, clinic, clinic.today(now))
    return tuple(sorted(found, key=lambda one: (len(one.against), one.behind, one.person.name)))


async def _known(swap: _Swap, people: list[Volunteer], clinic: Clinic, today: date) -> tuple[VolunteerFacts, ...]:
    return await with_promises(people, swap.promises, but=swap.case.id, settings=clinic.settings, today=today)


def _judged(
    swap: _Swap, people: Iterable[Volunteer], known: tuple[VolunteerFacts, ...], clinic: Clinic, today: date
) -> list[Choice]:
    """The verdict on each; scores are asked of those who may, without the bonus for being proposed already."""
    role, host = swap.seat.role, clinic.host
    verdicts = ask_rules(host, swap.facts, known, role, today=today)
    proposed = swap.promises.proposed(swap.case.id)
    found = [_looked_at(swap, *one, proposed) for one in zip(people, known, (v.reasons for v in verdicts), strict=True)]
    fit = [one for one in found if one.allowed]
    asked = [swap.members[ref] for ref in swap.members] + [one.facts for one in fit]
    fresh = replace(swap.facts, proposed=())
    by_role = {seat.role: ask_scorers(host, fresh, asked, seat.role, today=today) for seat in swap.proposal.team.seats}
    points = {each: {one.ref: of[at] for at, one in enumerate(asked)} for each, of in by_role.items()}
    now = sum(_sum(points[seat.role][seat.volunteer]) for seat in swap.proposal.team.seats)
    scored = {
        one.person.id: replace(
            one,
            scores=points[role][one.facts.ref],
            holder=_sum(points[role][swap.seat.volunteer]),
            behind=now - sum(_sum(points[seat.role][seat.volunteer]) for seat in one.team.seats),
        )
        for one in fit
    }
    return [scored.get(one.person.id, one) for one in found]


def _sum(scores: Scores) -> float:
    return sum(scores.values())


def _looked_at(
    swap: _Swap,
    person: Volunteer,
    known: VolunteerFacts,
    reasons: tuple[Blocked, ...],
    proposed: Mapping[str, list[tuple[SeatRole, str]]],
) -> Choice:
    role = swap.seat.role
    mentors = role is SeatRole.MENTOR
    left = known.capacity_mentor if mentors else known.capacity_cases
    team = around(swap.facts, swap.proposal.team.seats, swap.seat.volunteer, known, swap.members)
    against = [] if left > 0 else [FULL, *(one for one in reasons if one.code != FULL.code)]
    against = against or list(reasons)
    if team.against:
        against.append(Blocked(team.against, team.against, SAYS[team.against]))
    elsewhere = tuple(case for held, case in proposed.get(known.ref, ()) if (held is SeatRole.MENTOR) == mentors)
    return Choice(person, known, team, tuple(against), proposed=elsewhere, left=left)


async def swap_seat(
    proposal: UUID, *, leaver: UUID, newcomer: UUID, clinic: Clinic, by: Actor, now: datetime
) -> Choice:
    """Put ``newcomer`` on an open proposal in the place of ``leaver``; returns what is known of her. Nobody is told.

    The rules are asked as they are for a claim, an approval and a pin; seats that she is pinned to or claims elsewhere
    take her places, other open proposals do not. People whom the team does not need with her are let go. ``leaver`` is
    the first reserve of the seat then. Raises NotEligible with the sentences, Contradicts where the seat is settled,
    TooLate where the proposal is decided. Side effects, in one transaction: the team of the proposal; audit event.
    """
    require_staff(by)
    async with transaction():
        before = await teams.find_proposal(proposal)
        await teams.lock_volunteers([newcomer, *(UUID(seat.volunteer) for seat in before.team.seats)])
        swap = await _Swap.read(proposal, leaver, clinic=clinic, today=clinic.today(now))
        swap.require_free_seat()
        person = await volunteers.find_volunteer(newcomer)
        known = await _known(swap, [person], clinic, clinic.today(now))
        (choice,) = await asyncio.to_thread(_judged, swap, [person], known, clinic, clinic.today(now))
        _require_fit(swap, choice)
        if not await teams.update_team(proposal, _team(swap, choice)):
            raise TooLate("This proposal was decided a moment ago. Nothing was changed.")
        await record(
            "seat_swapped",
            subject_kind="case",
            subject=swap.case.id,
            by=by,
            now=now,
            role=str(swap.seat.role),
            went=str(leaver),
            came=str(newcomer),
        )
    return choice


def _require_fit(swap: _Swap, choice: Choice) -> None:
    if choice.against:
        reasons = tuple(one.sentence for one in choice.against)
        said = (
            f"{choice.person.name} cannot take the {swap.seat.role.word} seat of {swap.case.ref}: {' '.join(reasons)}"
        )
        raise NotEligible(said, reasons=reasons)


def _team(swap: _Swap, choice: Choice) -> TeamPlan:
    fact = seat_fact(swap.facts, choice.facts, swap.seat.role, left=choice.facts.capacity_cases - 1)
    gone = Reserve(swap.seat.volunteer, choice.holder)
    return swapped_team(swap.proposal.team, choice.team, gone, choice.facts.ref, choice.scores, fact)
