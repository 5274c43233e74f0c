"""Which total to branch on when the relaxation is not in whole numbers.

A single column says little: where it is forbidden, an equal one takes its place, and the bound stays. Totals that no
such exchange can change say more, above all how many chains are relayed through a language: of three interpreters
with a place each, pairs of whom relay, the relaxation makes one and a half relays (an odd cycle; Edmonds 1965).
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from core.model.columns import Floats, Ints
from matching.problem import Problem
from matching.solving.pricing import Priced
from matching.solving.program import ATTORNEY, LEG, MENTOR, Program

WHOLE: Final = 1e-6
"""How near to a whole number counts as one."""
_NONE: Final = -1


def is_whole(numbers: Floats) -> bool:
    """Whether all numbers are whole."""
    return bool(np.abs(numbers - np.round(numbers)).max(initial=0.0) <= WHOLE)


class Totals:
    """The totals of one program, family by family: those first that exchanges change least, columns last."""

    def __init__(self, problem: Problem, program: Program) -> None:
        self._families = [np.concatenate(keys) for keys in _families(problem, program)]

    def fractional(self, priced: Priced) -> tuple[Ints, float] | None:
        """The columns of the total to branch on, and how much it is; None where all is whole."""
        relaxation = priced.relaxation
        if relaxation is None:
            return None
        for keys in self._families:
            found = keys[relaxation.columns]
            counted = found != _NONE
            totals = np.bincount(found[counted], weights=relaxation.values[counted])
            away = np.abs(totals - np.round(totals))
            if away.max(initial=0.0) > WHOLE:
                key = int(np.argmax(away))
                return np.flatnonzero(keys == key), float(totals[key])
        return None


def _families(problem: Problem, program: Program) -> Iterator[tuple[Ints, Ints, Ints]]:
    """For each family, the key of every column's total (-1: counted in none): of attorneys, legs, mentors."""
    counts = [int((program.kind == kind).sum()) for kind in (ATTORNEY, LEG, MENTOR)]
    x, legs, z = (slice(begin, begin + count) for begin, count in zip(np.cumsum([0, *counts]), counts, strict=False))
    pair, languages = program.pair, problem.people.speaks.shape[1]
    source, target, relay = (getattr(problem.legs, name)[pair[legs]] for name in ("source", "target", "relay"))
    no_x, no_legs, no_z = (np.full(count, _NONE) for count in counts)
    mentored = problem.attorneys.needs_mentor[pair[x]]
    yield no_x, np.where(relay, source, _NONE), no_z
    yield no_x, np.where(relay, _NONE, source * languages + target), no_z
    yield np.where(mentored, 0, _NONE), no_legs, no_z
    yield np.zeros(counts[0], dtype=np.int64), no_legs, no_z
    yield no_x, no_legs, program.person[z]
    yield no_x, program.person[legs], no_z
    yield program.person[x], no_legs, no_z
    yield program.case[x], no_legs, no_z
    every = np.arange(program.columns)
    yield every[x], every[legs], every[z]
