"""The columns of the joint program: one for each pair that may occur in some team, by the seat that it fills."""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.pairs import ATTORNEY, CO_COUNSEL, KINDS, LEG, MENTOR
from matching.problem import Problem
from matching.solving.reach import held, usable


@dataclass(frozen=True, slots=True)
class Seats:
    """Columns by kind, and the groups of them that the rows speak of.

    ``x`` lead attorneys, of them ``indirect`` those who need legs, ``mentored`` those who need a mentor and
    ``leading`` those beside co-counsel; ``y`` first legs; ``r`` relay legs; ``z`` mentors; ``w`` co-counsel: positions
    of columns. ``pair`` leads to the row of the problem's table.
    """

    problem: Problem
    kind: Ints
    pair: Ints
    case: Ints
    person: Ints
    score: Floats
    x: Ints
    indirect: Ints
    mentored: Ints
    leading: Ints
    y: Ints
    r: Ints
    z: Ints
    w: Ints

    @classmethod
    def of(cls, problem: Problem) -> "Seats":
        """The columns of a problem, without the pairs that no team can use."""
        chosen = [np.flatnonzero(ok) for ok in usable(problem)]
        tables = list(zip(problem.tables, chosen, strict=True))
        pair, kind = np.concatenate(chosen), np.repeat(np.arange(len(KINDS)), [len(rows) for rows in chosen])
        x, legs, z, w = (np.flatnonzero(kind == one) for one in (ATTORNEY, LEG, MENTOR, CO_COUNSEL))
        relay = problem.legs.relay[pair[legs]]
        return cls(
            problem=problem,
            kind=kind,
            pair=pair,
            case=np.concatenate([table.case[rows] for table, rows in tables]),
            person=np.concatenate([table.person[rows] for table, rows in tables]),
            score=np.concatenate([table.score[rows] for table, rows in tables]),
            x=x,
            indirect=x[~problem.attorneys.direct[pair[x]]],
            mentored=x[problem.attorneys.needs_mentor[pair[x]]],
            leading=x[problem.cases.with_two[problem.attorneys.case[pair[x]]]],
            y=legs[~relay],
            r=legs[relay],
            z=z,
            w=w,
        )

    def hours(self, columns: Ints) -> Floats:
        """What some columns take of their persons' hours."""
        taken = np.stack([self.problem.cases.taken(role) for role in KINDS])
        hours: Floats = taken[self.kind[columns], self.case[columns]]
        return hours

    def held(self) -> Bools:
        """Which columns are pins."""
        roles = enumerate(KINDS)
        pairs = [held(self.problem, role, self.case, self.person) & (self.kind == kind) for kind, role in roles]
        settled: Bools = np.logical_or.reduce(pairs)
        return settled
