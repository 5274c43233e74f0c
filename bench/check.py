"""An independent verdict on a choice of pairs: it shares no code with the engine that made it."""

from collections import Counter
from itertools import pairwise

import numpy as np

from bench.baselines import Choice
from matching.problem import Problem


def faults(problem: Problem, choice: Choice) -> list[str]:
    """What is wrong with a choice, one sentence each; nothing where it is feasible. Pins are not looked at."""
    return [*_team_faults(problem, choice), *_overloads(problem, choice)]


def value(problem: Problem, choice: Choice) -> float:
    """The sum of scores of a choice."""
    chosen = (choice.attorneys, choice.legs, choice.mentors)
    return float(sum(table.score[rows].sum() for table, rows in zip(problem.tables, chosen, strict=True)))


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
