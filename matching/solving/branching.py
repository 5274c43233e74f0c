"""Which total to branch on when the relaxation is not in whole numbers.

A single column says little: where it is forbidden, an equal one takes its place, and the bound stays. Totals that no
such exchange can change say more, above all how many chains are relayed through a language: of three interpreters
with a place each, pairs of whom relay, the relaxation makes one and a half relays (an odd cycle; Edmonds 1965).
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.pairs import ATTORNEY, CO_COUNSEL, LEG, MENTOR
from matching.problem import Problem
from matching.solving.linear import Relaxation
from matching.solving.program import Program

WHOLE: Final = 1e-6
"""How near to a whole number counts as one."""
WIDE: Final = 4
"""The first so many families have totals of many cases each."""
_NONE: Final = -1


def is_whole(numbers: Floats) -> bool:
    """Whether all numbers are whole."""
    return bool(np.abs(numbers - np.round(numbers)).max(initial=0.0) <= WHOLE)


class Totals:
    """The totals of one program, family by family: those first that exchanges change least, columns last."""

    def __init__(self, problem: Problem, program: Program) -> None:
        self._families = list(_families(problem, program))

    def fractional(self, relaxation: Relaxation) -> Iterator[tuple[Ints, float]]:
        """Of each family the total that is furthest from whole: its columns, and how much it is."""
        for keys in self._families:
            yield from islice(_in_part(keys, relaxation), 1)

    def wide(self, relaxation: Relaxation) -> Iterator[tuple[Ints, float]]:
        """The widest totals that are not whole, the one that is made of most columns first."""
        for keys in self._families[WIDE - 1 :: -1]:
            yield from _in_part(keys, relaxation)


def _in_part(keys: Ints, relaxation: Relaxation) -> Iterator[tuple[Ints, float]]:
    """The totals of a family that are not whole, those in the middle first: their columns, and how much they are."""
    found = keys[relaxation.columns]
    counted = found != _NONE
    totals = np.bincount(found[counted], weights=relaxation.values[counted])
    away = np.abs(totals - np.round(totals))
    for key in np.argsort(-away, kind="stable").tolist():
        if away[key] <= WHOLE:
            return
        yield np.flatnonzero(keys == key), float(totals[key])


def _families(problem: Problem, program: Program) -> Iterator[Ints]:
    """For each family, the key of every column's total (-1: counted in none)."""
    x, legs, z, w = (np.flatnonzero(program.kind == kind) for kind in (ATTORNEY, LEG, MENTOR, CO_COUNSEL))
    languages = problem.people.speaks.shape[1]
    source, target, relay = (getattr(problem.legs, name)[program.pair[legs]] for name in ("source", "target", "relay"))
    guided = problem.attorneys.needs_mentor[program.pair[x]]
    yield _keyed(program, legs[relay], source[relay])
    yield _keyed(program, legs[~relay], (source * languages + target)[~relay])
    yield _keyed(program, x[guided], np.zeros(np.count_nonzero(guided), dtype=np.int64))
    yield _keyed(program, x, np.zeros(len(x), dtype=np.int64))
    yield _keyed(program, z, program.person[z])
    yield _keyed(program, legs, program.person[legs])
    yield _keyed(program, x, program.person[x])
    yield _keyed(program, w, program.person[w])
    yield _keyed(program, x, program.case[x])
    yield np.arange(program.columns)


def _keyed(program: Program, columns: Ints, keys: Ints) -> Ints:
    """Keys for these columns and none for all others."""
    every = np.full(program.columns, _NONE)
    every[columns] = keys
    return every
