"""The best exchange among some cases while everybody else keeps what she has: a binary program, solved to its end."""

from dataclasses import replace

import numpy as np

from core.model.plans.columns import Bools
from matching.ascent.parts import Part
from matching.pairs import KINDS, Chosen
from matching.problem import Pin, Problem
from matching.solving.effort import Effort
from matching.solving.formulation import formulate
from matching.solving.highs import choose
from matching.solving.reach import held


def exchanged(problem: Problem, chosen: Chosen, cases: Bools, pairs: Chosen, effort: Effort) -> Chosen:
    """The choice after the best exchange among ``cases`` (bool[m]) with these pairs; the same where none is better.

    ``pairs`` are rows of pairs of these cases, by table and rising, those chosen now among them.
    """
    inside = [cases[table.case[rows]] for table, rows in zip(problem.tables, chosen, strict=True)]
    moves, stays = (
        tuple(rows[mine if moving else ~mine] for rows, mine in zip(chosen, inside, strict=True))
        for moving in (True, False)
    )
    part = Part.of(problem, pairs)
    program = formulate(_with_all_settled(part.problem, problem, stays))
    if not program.columns:
        return chosen
    start = program.columns_of(part.rows_in(moves))
    found = choose(
        program,
        np.arange(program.columns),
        effort,
        start=start,
        improved=lambda value, bound: None,
    )
    if found.chosen is None or not program.feasible(found.chosen):
        return chosen
    moved = part.rows_of(tuple(program.pairs_of(found.chosen, kind) for kind in range(len(KINDS))))
    after = tuple(np.sort(np.concatenate(both)) for both in zip(stays, moved, strict=True))
    return after if problem.objective(after) > problem.objective(chosen) else chosen


def _with_all_settled(part: Problem, whole: Problem, stays: Chosen) -> Problem:
    """A part with a pin for all that stays with its people, and with floors that know of the cases that stay."""
    takes_part = np.zeros(whole.people.n, dtype=np.bool_)
    for table in part.tables:
        takes_part[table.person] = True
    pins = list(whole.pins)
    for role, table, rows in zip(KINDS, whole.tables, stays, strict=True):
        mine = rows[takes_part[table.person[rows]]]
        mine = mine[~held(whole, role, table.case[mine], table.person[mine])]
        pairs = zip(table.case[mine].tolist(), table.person[mine].tolist(), strict=True)
        pins += [Pin(case, role, person) for case, person in pairs]
    wanted = whole.floors.missing(whole.served(stays))
    return replace(part, pins=tuple(pins), floors=replace(whole.floors, wanted=wanted))
