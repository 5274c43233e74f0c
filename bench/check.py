"""An independent verdict on a choice of pairs: it shares no code with the engine that made it."""

from collections import Counter
from itertools import pairwise

import numpy as np

from bench.baselines import Choice
from matching.problem import Prices, Problem


def faults(problem: Problem, choice: Choice) -> list[str]:
    """What is wrong with a choice, one sentence each; nothing where it is feasible. Pins are not looked at."""
    return [*_team_faults(problem, choice), *_overloads(problem, choice)]


def value(problem: Problem, choice: Choice) -> float:
    """The sum of scores of a choice, less what it costs to give people several places and to miss floors."""
    chosen = (choice.attorneys, choice.legs, choice.mentors)
    scores = sum(table.score[rows].sum() for table, rows in zip(problem.tables, chosen, strict=True))
    served = set(problem.attorneys.case[choice.attorneys].tolist())
    floors = zip(problem.floors.member, problem.floors.wanted, problem.floors.points, strict=True)
    lacking = sum(
        points * max(0, wanted - len(served & set(np.flatnonzero(group).tolist()))) for group, wanted, points in floors
    )
    working = Counter([*problem.attorneys.person[choice.attorneys], *problem.legs.person[choice.legs]])
    guiding = Counter(problem.mentors.person[choice.mentors])
    costs = (_strain(problem.load.places, working), _strain(problem.load.mentoring, guiding))
    return float(scores - lacking - sum(costs))


def _strain(step: np.ndarray, seats: Counter[int]) -> float:
    """What it costs that people have several places: each one more than the one before, the first nothing."""
    return sum(float(step[one]) * earlier for one, n in seats.items() for earlier in range(n)) if len(step) else 0.0


def bound_from(problem: Problem, prices: Prices) -> float:
    """An upper bound on every choice, by weak duality: everybody's capacity at its price, and each case's best team.

    Valid for whatever prices. It may lie above what a search proves that splits the problem, or that has more rows.
    """
    people, hours = problem.people, np.where(np.isfinite(problem.people.hours), problem.people.hours, 0.0)
    places, mentoring, hourly = (np.maximum(one, 0.0) for one in (prices.places, prices.mentoring, prices.hours))
    capacity = _earned(people.places, places, problem.load.places) + hours @ hourly
    capacity += _earned(people.mentoring, mentoring, problem.load.mentoring)
    raised = np.minimum(prices.floors, problem.floors.points) if problem.floors.n else np.zeros(0)
    wanted = raised @ problem.floors.member if problem.floors.n else np.zeros(problem.cases.n)
    teams = np.maximum(0.0, _best_teams(problem, places, mentoring, hourly) + wanted)
    return float(capacity + teams.sum() - raised @ problem.floors.wanted)


def _earned(capacity: np.ndarray, price: np.ndarray, step: np.ndarray) -> float:
    """What everybody's places bring at their price, less what each place costs that comes after others."""
    rising = step if len(step) else np.zeros(len(price))
    earlier = np.arange(int(capacity.max(initial=0)))
    left = np.maximum(0.0, price[:, None] - rising[:, None] * earlier) * (earlier < capacity[:, None])
    return float(left.sum())


def _best_teams(problem: Problem, places: np.ndarray, mentoring: np.ndarray, hourly: np.ndarray) -> np.ndarray:
    """What each case's best team earns beyond the prices of its people: float[m]. Nobody relays herself."""
    x, y, z, cases = problem.attorneys, problem.legs, problem.mentors, problem.cases
    nobody, languages = -np.inf, problem.people.speaks.shape[1]
    lawyer = x.score - places[x.person] - hourly[x.person] * cases.hours[x.case]
    lawyer[~_has_room(problem, x.person, cases.hours[x.case])] = nobody
    leg = y.score - places[y.person] - hourly[y.person] * cases.interpreter_hours[y.case]
    leg[~_has_room(problem, y.person, cases.interpreter_hours[y.case])] = nobody
    chain = np.full((cases.n, languages), nobody)
    direct, relay = np.flatnonzero(~y.relay), np.flatnonzero(y.relay)
    np.maximum.at(chain, (y.case[direct], y.target[direct]), leg[direct])
    before = _first_by_another(y.case * languages + np.where(y.relay, y.source, y.target), y.person, leg, y.relay)
    np.maximum.at(chain, (y.case[relay], y.target[relay]), before[relay] + leg[relay])
    mentor, best = np.full(cases.n, nobody), np.full(cases.n, nobody)
    np.maximum.at(
        mentor, z.case, np.where(problem.people.mentoring[z.person] > 0, z.score - mentoring[z.person], nobody)
    )
    heard = np.where(problem.people.speaks[x.person], chain[x.case], nobody).max(axis=1, initial=nobody)
    team = lawyer + np.where(x.direct, 0.0, heard) + np.where(x.needs_mentor, mentor[x.case], 0.0)
    np.maximum.at(best, x.case, team)
    return best


def _first_by_another(hub: np.ndarray, person: np.ndarray, worth: np.ndarray, relay: np.ndarray) -> np.ndarray:
    """For each relay leg, what the best first leg to its hub earns that somebody else takes; -inf for none."""
    nobody, size = -np.inf, int(hub.max(initial=-1)) + 1
    best, holder, second = np.full(size, nobody), np.full(size, -1), np.full(size, nobody)
    first = np.flatnonzero(~relay)
    np.maximum.at(best, hub[first], worth[first])
    holds = first[worth[first] == best[hub[first]]]
    holder[hub[holds]] = person[holds]
    others = first[person[first] != holder[hub[first]]]
    np.maximum.at(second, hub[others], worth[others])
    others_best: np.ndarray = np.where(person == holder[hub], second[hub], best[hub])
    return others_best


def _has_room(problem: Problem, person: np.ndarray, hours: np.ndarray) -> np.ndarray:
    """Who could take one case of so many hours at all: bool, one a pair."""
    room: np.ndarray = (problem.people.places[person] > 0) & (hours <= problem.people.hours[person])
    return room


def _team_faults(problem: Problem, choice: Choice) -> list[str]:
    x, y, z = problem.attorneys, problem.legs, problem.mentors
    found = []
    cases = set(x.case[choice.attorneys].tolist()) | set(y.case[choice.legs].tolist())
    for case in sorted(cases | set(z.case[choice.mentors].tolist())):
        lawyers = choice.attorneys[x.case[choice.attorneys] == case]
        legs = choice.legs[y.case[choice.legs] == case]
        mentors = choice.mentors[z.case[choice.mentors] == case]
        people = [*x.person[lawyers], *y.person[legs], *z.person[mentors]]
        if len(lawyers) != 1 or len(set(people)) < len(people):
            found.append(f"Case {case} has {len(lawyers)} attorneys, or one person twice.")
        elif len(mentors) != int(x.needs_mentor[lawyers[0]]):
            found.append(f"Case {case} has {len(mentors)} mentors.")
        elif not _understood(problem, int(lawyers[0]), legs.tolist()):
            found.append(f"The client of case {case} cannot be understood.")
    return found


def _understood(problem: Problem, lawyer: int, legs: list[int]) -> bool:
    y, hears = problem.legs, problem.people.speaks[problem.attorneys.person[lawyer]]
    if problem.attorneys.direct[lawyer]:
        return not legs
    chain = sorted(legs, key=lambda leg: bool(y.relay[leg]))
    if [bool(y.relay[leg]) for leg in chain] not in ([False], [False, True]):
        return False
    linked = all(y.target[one] == y.source[other] for one, other in pairwise(chain))
    return linked and bool(hears[y.target[chain[-1]]])


def _overloads(problem: Problem, choice: Choice) -> list[str]:
    people, cases = problem.people, problem.cases
    x, y, z = problem.attorneys, problem.legs, problem.mentors
    seats = Counter([*x.person[choice.attorneys].tolist(), *y.person[choice.legs].tolist()])
    hours = np.zeros(people.n)
    np.add.at(hours, x.person[choice.attorneys], cases.hours[x.case[choice.attorneys]])
    np.add.at(hours, y.person[choice.legs], cases.interpreter_hours[y.case[choice.legs]])
    guided = Counter(z.person[choice.mentors].tolist())
    found = [f"Person {one} has {n} seats." for one, n in seats.items() if n > people.places[one]]
    found += [f"Person {one} mentors {n} cases." for one, n in guided.items() if n > people.mentoring[one]]
    found += [f"Person {one} has {hours[one]:g} hours." for one in np.flatnonzero(hours > people.hours + 1e-6)]
    return found
