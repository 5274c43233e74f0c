"""Whom to recruit: kinds of volunteer ranked by what one more of each would add, the first ones verified.

Every kind is put into the day as a newcomer, all at once, and asked about by the very rules and scorers; the prices of
the run then say at most what each would add, in one look. The first ones are verified: the day is planned again with
one such volunteer more. Two estimates are told: what she adds in points, and how many cases that may free.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from core.model.cases.urgency import Tier
from core.model.plans.advice import Recruit, Verified
from core.model.plans.columns import Floats
from core.model.plans.comparing import served_by_tier
from core.model.plans.snapshot import Snapshot, VolunteerFacts
from core.model.plans.teams import Progress
from core.model.vocabulary import VolunteerRole
from matching.advice.following import following
from matching.advice.kinds import Kind, kinds_for
from matching.advice.present_worth import carried_over
from matching.advice.team_worth import Gains, TeamWorth
from matching.candidates import find_candidates
from matching.planning import Planner, Run, doubt, is_proved

SHOWN: Final = 12
"""How many kinds are told at most, unless more are verified."""
AS_GOOD: Final = 0.95
"""Who adds this share of what a kind adds that is harder to find, is told instead of her."""
EVERY_PAIR_UP_TO: Final = 4_000_000
"""Cases times volunteers up to which no pair is left out of the estimate. Beyond, it may be too low: a newcomer is not
looked at where many others fit a case better."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A kind with one volunteer of it, what she adds to each case at the run's prices, best first, and in all."""

    kind: Kind
    volunteer: VolunteerFacts
    cases: tuple[int, ...]
    gains: Floats

    @property
    def value(self) -> float:
        """What she adds at most with all her places."""
        return float(self.gains[: self._places].sum())

    def freed(self, least: float) -> int:
        """How many cases she may free with all her places: gains of at least this size."""
        return int((self.gains[: self._places] >= least).sum())

    def helps_like(self, other: "Estimate") -> bool:
        """Whether both are in the first place wanted for the very same case, and do about as well."""
        return self.cases[0] == other.cases[0] and self.value >= AS_GOOD * other.value

    @property
    def _places(self) -> int:
        return self.volunteer.capacity_cases + self.volunteer.capacity_mentor


def recruit(run: Run, planner: Planner, *, verify: int = 5) -> tuple[Recruit, ...]:
    """Rank the kinds of volunteer that are missing; ``verify`` so many by planning again with one more of each.

    Verified ones come first, by the cases they free; then the rest by estimate. Kinds that free no case are left out.
    """
    least = _least_of_a_case(run)
    helpful = (one for one in _estimates(run, planner) if one.freed(least))
    found = sorted(helpful, key=lambda one: (-one.freed(least), -one.value, one.kind.label))
    ranked = [_recruit(run, one, least) for one in _first_and_one_of_each_role(found, max(SHOWN, verify))]
    checked = []
    for number, one in enumerate(ranked[:verify], 1):
        planner.report(Progress(f"Planning again with one more: {one.kind}", number, len(ranked[:verify])))
        checked.append(_verified(run, planner, one))
    return (*sorted(checked, key=_by_what_is_verified), *ranked[verify:])


def _first_and_one_of_each_role(found: list[Estimate], most: int) -> list[Estimate]:
    """The first ones, and the best of a role that is not among them."""
    roles = {one.kind.role for one in found[:most]}
    best = {one.kind.role: one for one in reversed(found) if one.kind.role not in roles}
    return [*found[:most], *(one for one in found[most:] if best.get(one.kind.role) is one)]


def _by_what_is_verified(one: Recruit) -> tuple[int, float, str]:
    assert one.verified is not None
    return -one.verified.cases, -one.verified.value, one.kind


def _estimates(run: Run, planner: Planner) -> list[Estimate]:
    """What one more of each kind would add at most; of kinds that are as good, the one that is easiest to find."""
    snapshot = run.candidates.snapshot
    waiting = {left.case for left in run.plan.unmatched}
    kinds = kinds_for(snapshot, (case for case in snapshot.cases if case.ref in waiting))
    home, places = _home(snapshot), {role: _usual_places(snapshot, role) for role in VolunteerRole}
    people = [kind.volunteer(f"recruit:{n}", home=home, places=places[kind.role]) for n, kind in enumerate(kinds, 1)]
    gains = _gains(run, planner, msgspec.structs.replace(snapshot, volunteers=(*snapshot.volunteers, *people)))
    estimates = []
    for number, (kind, person) in enumerate(zip(kinds, people, strict=True), len(snapshot.volunteers)):
        mine = np.flatnonzero(gains.person == number)
        meant = [kind.is_meant_for(snapshot.cases[case]) for case in gains.case[mine]]
        mine = mine[np.array(meant, dtype=np.bool_)]
        mine = mine[np.argsort(-gains.gain[mine], kind="stable")]
        if len(mine):
            estimates.append(Estimate(kind, person, tuple(gains.case[mine].tolist()), gains.gain[mine]))
    return _easiest(estimates)


def _gains(run: Run, planner: Planner, snapshot: Snapshot) -> Gains:
    """What everybody who is new in a snapshot adds to each case at the run's prices.

    Above the best team of a case that has one; a case without one counts as worth nothing so far, whatever prices say.
    """
    planner.report(Progress("Looking for whom to recruit", 0, len(snapshot.cases)))
    every_pair = len(snapshot.cases) * len(snapshot.volunteers) <= EVERY_PAIR_UP_TO
    problem = find_candidates(snapshot, planner.rules, planner.scorers, every_pair=every_pair).problem
    newcomer = np.arange(len(snapshot.volunteers)) >= len(run.candidates.snapshot.volunteers)
    worth = TeamWorth(problem, carried_over(run, problem), newcomer)
    served = np.zeros(problem.cases.n, dtype=np.bool_)
    served[run.candidates.problem.attorneys.case[run.solution.attorneys]] = True
    return worth.gains(np.where(served, worth.best, 0.0))


def _easiest(estimates: Sequence[Estimate]) -> list[Estimate]:
    """For each subject the best kinds, instead of each the easiest to find that is nearly as good."""
    groups: dict[tuple[str, str], list[Estimate]] = defaultdict(list)
    for one in sorted(estimates, key=lambda one: -one.value):
        groups[one.kind.role, one.kind.subject].append(one)
    return [one for group in groups.values() for one in _worth_telling(group)]


def _worth_telling(group: list[Estimate]) -> Iterator[Estimate]:
    """Of kinds for one subject, best first: who demands no more than a better one, or is easier to find than she."""
    while group:
        best = group[0]
        easy = (one for one in group if one.value >= AS_GOOD * best.value and one.kind.is_as_easy_as(best.kind))
        told = min(easy, key=lambda one: (len(one.kind.demands), one.kind.level))
        yield told
        group = [one for one in group if not (one.helps_like(best) or one.kind.demands >= told.kind.demands)]


def _recruit(run: Run, one: Estimate, least: float) -> Recruit:
    unserved = {left.case for left in run.plan.unmatched}
    views, cases = run.candidates.views, run.candidates.snapshot.cases
    tiers = Counter(Tier(views[case].tier).word for case in one.cases if cases[case].ref in unserved)
    return Recruit(
        kind=one.kind.label,
        volunteer=one.volunteer,
        waiting={tier.word: tiers[tier.word] for tier in Tier},
        predicted_cases=one.freed(least),
        predicted_value=round(one.value, 3),
    )


def _verified(run: Run, planner: Planner, one: Recruit) -> Recruit:
    """The same day planned again with one such volunteer more; where that finds nothing better, nothing changes."""
    snapshot = run.candidates.snapshot
    more = msgspec.structs.replace(snapshot, volunteers=(*snapshot.volunteers, one.volunteer))
    candidates = planner.candidates(more)
    found = planner.solved(candidates, following(run, candidates))
    solution = found.solution
    before = {team.case for team in run.plan.teams}
    value = solution.objective - run.solution.objective
    numbers = found.candidates.problem.attorneys.case[solution.attorneys].tolist()
    better = not run.solution.is_as_good_as(solution)
    after = {snapshot.cases[number].ref for number in numbers} if better else before
    verified = Verified(
        tiers=served_by_tier(snapshot, before, after),
        cases=len(after) - len(before),
        value=max(0.0, value),
        freed=tuple(sorted(after - before)),
        lost=tuple(sorted(before - after)),
        proved=is_proved(run.solution) and is_proved(solution),
        doubt=doubt(run.solution, solution),
    )
    return msgspec.structs.replace(one, verified=verified)


def _least_of_a_case(run: Run) -> float:
    """Half of what the least valuable case brings: a gain of this size is a case more, a smaller one a better fit."""
    problem = run.candidates.problem
    best = np.zeros(problem.cases.n)
    np.maximum.at(best, problem.attorneys.case, problem.attorneys.score)
    served = best[best > 0]
    return float(served.min()) / 2 if len(served) else 0.0


def _home(snapshot: Snapshot) -> str:
    """The state of a newcomer: where most volunteers are admitted, else where most cases are."""
    bars = Counter(bar for person in snapshot.volunteers for bar in person.bars)
    states = bars or Counter(case.us_state for case in snapshot.cases if case.us_state)
    return min(states, key=lambda state: (-states[state], state), default="")


def _usual_places(snapshot: Snapshot, role: VolunteerRole) -> int:
    """How many places a newcomer brings: as many as those who do the same have free on average, at least one."""
    mentors = role is VolunteerRole.MENTOR
    places = [
        one.capacity_mentor if mentors else one.capacity_cases for one in snapshot.volunteers if role in one.roles
    ]
    free = [count for count in places if count > 0]
    return round(sum(free) / len(free)) if free else 1
