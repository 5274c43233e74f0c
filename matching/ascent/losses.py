"""Where a choice loses against the bound: people who are left with something of a price, and cases below their best.

The bound less the value of a choice is the sum of these losses exactly (complementary slackness), so whatever betters
the choice makes some of them smaller.
"""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Floats
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff
from matching.pairs import KINDS, MENTOR, Chosen
from matching.problem import Problem
from matching.solving.reach import held


@dataclass(frozen=True, slots=True)
class Losses:
    """What a choice loses, in points: float[n] by person for what she is left with, float[m] by case.

    ``room`` bool[2, n]: who has a place left, for cases and for mentoring.
    """

    person: Floats
    case: Floats
    room: Bools

    @classmethod
    def of(cls, problem: Problem, supply: Supply, tariff: Tariff, worth: Floats, chosen: Chosen) -> "Losses":
        """The losses of a choice; ``worth`` float[m] is what each case's best team earns beyond its prices."""
        used = used_by(problem, chosen)
        everything = supply.left()
        offered = supply.whole(tariff)
        idle = np.maximum(offered.amounts - used.amounts, 0.0)
        lost = tariff.with_amounts(np.where(tariff.amounts > 0, idle * tariff.amounts, 0.0))
        person = lost.places[:-1] + lost.mentoring[:-1] + lost.hours[:-1]
        left = everything.with_amounts(everything.amounts - used.amounts)
        room = np.stack((left.places[:-1] >= 1.0, left.mentoring[:-1] >= 1.0))
        return cls(person, worth - _earned(problem, tariff, chosen), room)


def used_by(problem: Problem, chosen: Chosen) -> Tariff:
    """What a choice takes of everybody beyond the pins."""
    used = Tariff.free(problem)
    for kind, (table, rows) in enumerate(zip(problem.tables, chosen, strict=True)):
        case, person = table.case[rows], table.person[rows]
        pays = ~held(problem, KINDS[kind], case, person)
        case, person = case[pays], person[pays]
        seats = used.mentoring if kind == MENTOR else used.places
        np.add(seats, np.bincount(person, minlength=len(seats)), out=seats)
        hours = problem.cases.taken(KINDS[kind])[case]
        np.add(used.hours, np.bincount(person, hours, len(used.hours)), out=used.hours)
    return used


def _earned(problem: Problem, tariff: Tariff, chosen: Chosen) -> Floats:
    """What each case's chosen team earns beyond its prices: float[m]; 0 for cases without one."""
    earned = np.zeros(problem.cases.n)
    for kind, (table, rows) in enumerate(zip(problem.tables, chosen, strict=True)):
        case, person = table.case[rows], table.person[rows]
        price = tariff.mentoring[person] if kind == MENTOR else tariff.places[person]
        price = price + problem.cases.taken(KINDS[kind])[case] * tariff.hours[person]
        price[held(problem, KINDS[kind], case, person)] = 0.0
        earned += np.bincount(case, table.score[rows] - price, problem.cases.n)
    served = problem.served(chosen)
    earned[served] += tariff.raised(problem)[served]
    return earned
