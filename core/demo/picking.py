"""How the demo's coordinators found teams in the past: case by case, with the same rules as the matcher.

Simple and fast, since a whole year of weeks is played. Today's proposals are the matcher's own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from core.eligibility import ask_rules
from core.host import PluginHost
from core.model.cases.urgency import Tier
from core.model.languages import language_name
from core.model.plans.fit import Leg, chain_of, could_mentor, needs_mentor, speaks_directly
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.plans.teams import Reserve, SeatPlan, TeamPlan
from core.model.vocabulary import REPRESENTING, SeatRole, VolunteerRole

WEIGHTS = {Tier.NOW: 9000.0, Tier.SOON: 3000.0, Tier.NONE: 1000.0}
LEG_COST = 40.0
SEATED = {
    SeatRole.ATTORNEY: frozenset(REPRESENTING),
    SeatRole.CO_COUNSEL: frozenset(REPRESENTING),
    SeatRole.INTERPRETER: frozenset({VolunteerRole.INTERPRETER}),
    SeatRole.MENTOR: frozenset({VolunteerRole.MENTOR}),
}
TRIED = 20
"""How many attorneys are tried before a case goes on waiting."""


class Picker:
    """Makes teams over one snapshot and gives nobody more than she has room for."""

    def __init__(self, host: PluginHost, snapshot: Snapshot, random: Random, *, favour: tuple[str, ...] = ()) -> None:
        """``favour`` names volunteers who come first until each has one seat."""
        self._host, self._today, self._favour, self._random = host, snapshot.today, favour, random
        self._people = random.sample(snapshot.volunteers, len(snapshot.volunteers))
        self._offering = {role: [one for one in self._people if fits & set(one.roles)] for role, fits in SEATED.items()}
        self._given: dict[str, int] = defaultdict(int)
        self._may: dict[tuple[str, SeatRole], list[VolunteerFacts]] = {}

    def team(self, case: CaseFacts, *, having: str = "") -> TeamPlan | None:
        """A team for a case, with a certain volunteer if wanted; None where nobody is free who may and can."""
        made = (team for team in self._teams(case) if not having or having in {one.volunteer for one in team.seats})
        team = next(made, None)
        for seat in team.seats if team else ():
            self._given[seat.volunteer] += 1
        return team

    def _teams(self, case: CaseFacts) -> Iterator[TeamPlan]:
        """The teams that come to mind, the best first."""
        able = self.allowed(case, SeatRole.ATTORNEY)
        able.sort(key=lambda one: (not speaks_directly(case, one), needs_mentor(case, one), self._load(one)))
        able.sort(key=lambda one: not self._comes_first(one))
        for attorney in able[:TRIED]:
            others = self._others(case, attorney)
            if others is not None:
                yield self._plan(case, (self._attorney(case, attorney, able), *others))

    def _plan(self, case: CaseFacts, seats: tuple[SeatPlan, ...]) -> TeamPlan:
        return TeamPlan(
            case=case.ref,
            seats=seats,
            score=sum(seat.score for seat in seats),
            why=_why(case, seats),
            reasons=(case.urgency(self._today).reasons[0],),
        )

    def favoured_teams(self, waiting: Sequence[CaseFacts]) -> Iterator[TeamPlan]:
        """One team with each of the favoured, where a case fits her."""
        taken: set[str] = set()
        for ref in self._favour:
            person = next(one for one in self._people if one.ref == ref)
            fitting = (one for one in waiting if one.ref not in taken and _is_for(one, person))
            team = next(filter(None, (self.team(case, having=ref) for case in fitting)), None)
            if team is not None:
                taken.add(team.case)
                yield team

    def allowed(self, case: CaseFacts, role: SeatRole) -> list[VolunteerFacts]:
        """Who may fill a seat by all rules and still has room."""
        free = [person for person in self._allowed_by_rules(case, role) if self._has_room(person, role)]
        return sorted(free, key=lambda one: not self._comes_first(one))

    def _allowed_by_rules(self, case: CaseFacts, role: SeatRole) -> list[VolunteerFacts]:
        """Asked once, for all attorneys with whom a team is tried."""
        if (case.ref, role) not in self._may:
            asked = self._offering[role]
            verdicts = ask_rules(self._host, case, asked, role, today=self._today)
            self._may[case.ref, role] = [one for one, verdict in zip(asked, verdicts, strict=True) if verdict.allowed]
        return self._may[case.ref, role]

    def _load(self, person: VolunteerFacts) -> float:
        """How much she carries, roughly: the same few are not asked each week."""
        return person.load + self._random.random()

    def _comes_first(self, person: VolunteerFacts) -> bool:
        return person.ref in self._favour and not self._given[person.ref]

    def _has_room(self, person: VolunteerFacts, role: SeatRole) -> bool:
        places = person.capacity_mentor if role is SeatRole.MENTOR else person.capacity_cases
        return places > self._given[person.ref]

    def _others(self, case: CaseFacts, attorney: VolunteerFacts) -> list[SeatPlan] | None:
        """The seats beside the attorney's; None where one cannot be filled."""
        chain: tuple[Leg, ...] | None = ()
        if not speaks_directly(case, attorney):
            chain = chain_of(case, attorney, self.allowed(case, SeatRole.INTERPRETER))
        if chain is None:
            return None
        seats = [_interpreter(leg) for leg in chain]
        if needs_mentor(case, attorney):
            taken = {attorney.ref, *(leg.volunteer for leg in chain)}
            guides = (one for one in self.allowed(case, SeatRole.MENTOR) if one.ref not in taken)
            mentor = next((one for one in guides if could_mentor(case, one)), None)
            if mentor is None:
                return None
            seats.append(SeatPlan(role=SeatRole.MENTOR, volunteer=mentor.ref, score=0.0, fact="guides at this level"))
        return self._with_co_counsel(case, attorney, seats)

    def _with_co_counsel(
        self, case: CaseFacts, attorney: VolunteerFacts, seats: list[SeatPlan]
    ) -> list[SeatPlan] | None:
        """These seats, and before them co-counsel's where the case asks for two attorneys."""
        if case.attorneys == 1:
            return seats
        taken = {attorney.ref, *(seat.volunteer for seat in seats)}
        second = next((one for one in self.allowed(case, SeatRole.CO_COUNSEL) if one.ref not in taken), None)
        if second is None:
            return None
        return [
            SeatPlan(role=SeatRole.CO_COUNSEL, volunteer=second.ref, score=0.0, fact="works beside the lead"),
            *seats,
        ]

    def _attorney(self, case: CaseFacts, attorney: VolunteerFacts, able: Sequence[VolunteerFacts]) -> SeatPlan:
        weight = _weight(case, self._today)
        reserves = [Reserve(one.ref, weight) for one in able if one.ref != attorney.ref][:2]
        return SeatPlan(
            role=SeatRole.ATTORNEY,
            volunteer=attorney.ref,
            score=weight,
            scores={"urgency": weight},
            fact=f"{attorney.capacity_cases} free place{'s' * (attorney.capacity_cases != 1)}",
            reserves=tuple(reserves),
        )


def _is_for(case: CaseFacts, person: VolunteerFacts) -> bool:
    """Whether a case is of her kind: one she speaks with and knows, or one whose language she interprets."""
    if person.interprets:
        return case.languages[0] in {tag for pair in person.interprets for tag in pair} - {"es", "en"}
    return speaks_directly(case, person) and not needs_mentor(case, person) and case.practice_area in person.practice


def _weight(case: CaseFacts, today: date) -> float:
    return WEIGHTS[case.urgency(today).tier]


def _interpreter(leg: Leg) -> SeatPlan:
    return SeatPlan(
        role=SeatRole.INTERPRETER,
        volunteer=leg.volunteer,
        score=-LEG_COST,
        from_language=leg.from_language,
        to_language=leg.to_language,
        fact=f"{language_name(leg.from_language)} to {language_name(leg.to_language)}",
    )


def _why(case: CaseFacts, seats: Sequence[SeatPlan]) -> str:
    legs = [seat for seat in seats if seat.role is SeatRole.INTERPRETER]
    spoken = language_name(case.languages[0])
    told = f"The attorney speaks {spoken} with the client" if not legs else f"{spoken} is interpreted"
    if len(legs) == 2:
        told = f"{spoken} is interpreted by way of {language_name(legs[0].to_language)}"
    return told + (", and a mentor guides them." if seats[-1].role is SeatRole.MENTOR else ".")
