"""Whether a plan makes sense: checked before anything of it is saved, whoever made it."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from core.model.plans.snapshot import Snapshot, VolunteerFacts
from core.model.plans.teams import Plan, TeamPlan
from core.model.vocabulary import SeatRole

STATUSES = ("optimal", "feasible", "empty")
ROUNDING = 1e-6


def faults(plan: Plan, snapshot: Snapshot) -> Iterator[str]:
    """Say, one sentence each, what is wrong with a plan: figures, unknown or doubled references, overload."""
    if plan.status not in STATUSES:
        yield f"The status is “{plan.status}”; it must be one of {', '.join(STATUSES)}."
    if not all(map(math.isfinite, _figures(plan))):
        yield "A score or figure is not a finite number."
    yield from _doubled(plan)
    yield from _unknown(plan, snapshot)
    attorneys = {case.ref: case.attorneys for case in snapshot.cases}
    for team in plan.teams:
        yield from _team_faults(team, attorneys.get(team.case, 1))
    yield from _overload(plan, snapshot)


def _figures(plan: Plan) -> Iterator[float]:
    yield from (plan.objective, plan.bound, plan.gap, plan.seconds)
    for team in plan.teams:
        yield team.score
        for seat in team.seats:
            yield from (seat.score, *seat.scores.values(), *(reserve.score for reserve in seat.reserves))
            yield seat.runner_up.score if seat.runner_up else 0.0


def _doubled(plan: Plan) -> Iterator[str]:
    counts = Counter([team.case for team in plan.teams] + [left.case for left in plan.unmatched])
    for case, times in sorted(counts.items()):
        if times > 1:
            yield f"Case {case} comes {times} times."


def _unknown(plan: Plan, snapshot: Snapshot) -> Iterator[str]:
    cases = {case.ref for case in snapshot.cases}
    people = {person.ref for person in snapshot.volunteers}
    seats = [seat for team in plan.teams for seat in team.seats]
    named = {seat.volunteer for seat in seats} | {one.volunteer for seat in seats for one in seat.reserves}
    named |= {seat.runner_up.volunteer for seat in seats if seat.runner_up}
    listed = {team.case for team in plan.teams} | {left.case for left in plan.unmatched}
    for ref in sorted(listed - cases):
        yield f"There is no case {ref}."
    for ref in sorted(named - people):
        yield f"There is no volunteer {ref}."


def _team_faults(team: TeamPlan, attorneys: int) -> Iterator[str]:
    roles = Counter(seat.role for seat in team.seats)
    if roles[SeatRole.ATTORNEY] != 1:
        yield f"Case {team.case} has {roles[SeatRole.ATTORNEY]} attorneys instead of one."
    if roles[SeatRole.CO_COUNSEL] != attorneys - 1:
        yield f"Case {team.case} has {roles[SeatRole.CO_COUNSEL]} co-counsel; it asks for {attorneys - 1}."
    if roles[SeatRole.INTERPRETER] > 2 or roles[SeatRole.MENTOR] > 1:
        yield f"Case {team.case} has more interpreters or mentors than a team may have."
    if len({seat.volunteer for seat in team.seats}) < len(team.seats):
        yield f"Case {team.case} has one person in two seats."


Load = dict[tuple[str, str], float]
"""How much each volunteer is given, by her reference and what is counted."""


def _overload(plan: Plan, snapshot: Snapshot) -> Iterator[str]:
    """A settled seat (a claim) may exceed what is free; nothing may come on top of it."""
    given = _load(snapshot, ((team.case, seat.role, seat.volunteer) for team in plan.teams for seat in team.seats))
    pinned = _load(snapshot, ((case.ref, pin.role, pin.volunteer) for case in snapshot.cases for pin in case.pinned))
    for person in snapshot.volunteers:
        for what, free in _free(person).items():
            load = given.get((person.ref, what), 0.0)
            if load > max(free, pinned.get((person.ref, what), 0.0)) + ROUNDING:
                yield f"Volunteer {person.ref} is given {load:g} {what} and is free for {free:g}."


def _free(person: VolunteerFacts) -> dict[str, float]:
    hours = math.inf if person.capacity_hours is None else person.capacity_hours
    return {"cases": person.capacity_cases, "cases to mentor": person.capacity_mentor, "hours": hours}


def _load(snapshot: Snapshot, seats: Iterable[tuple[str, SeatRole, str]]) -> Load:
    known = {case.ref: case for case in snapshot.cases}
    load: Load = defaultdict(float)
    for case, role, volunteer in seats:
        load[volunteer, "cases to mentor" if role is SeatRole.MENTOR else "cases"] += 1
        load[volunteer, "hours"] += known[case].hours_of(role) if case in known else 0.0
    return load
