"""Cuts for what one person can carry in whole cases, where her hours are limited and she has several places.

Her row of hours lets two halves of long cases take the place of one; no plan can. Of the cases that a relaxation gives
her in part, her possible loads are few. The inequality that holds for all of them and that the relaxation breaks most
is found exactly, as the optimum of a linear program with one row for each load (the polar of their hull); it is lifted
to her other cases by their lengths (Padberg 1975).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.solving.highs import most_broken
from matching.solving.linear import Relaxation
from matching.solving.program import Program

MOST_LOADS: Final = 2_000
"""People with more possible loads than this are left to the search in whole numbers."""
BROKEN: Final = 1e-5
"""By how much an inequality ``sum <= 1`` must be broken to be worth a row."""
_SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Cut:
    """A row that holds for every plan: the sum of some columns with these values is at most so much.

    ``personal`` where it is of what one person can carry.
    """

    columns: Ints
    values: Floats
    most: float = 1.0
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """A person with several places and limited hours: her columns, and the hours that each takes of her."""

    columns: Ints
    hours: Floats
    places: int
    limit: float


class Packing:
    """Finds the cuts that a relaxation of one program breaks."""

    def __init__(self, program: Program) -> None:
        self._columns = program.columns
        self._carriers = list(_carriers(program))

    @property
    def carriers(self) -> int:
        """How many persons could be given loads in parts."""
        return len(self._carriers)

    def broken(self, relaxation: Relaxation) -> list[Cut]:
        """One cut for each person whose load in the relaxation is no mixture of whole loads."""
        values = np.zeros(self._columns)
        values[relaxation.columns] = relaxation.values
        return [cut for carrier in self._carriers for cut in _cuts(carrier, values[carrier.columns])]


def _carriers(program: Program) -> Iterator[Carrier]:
    """Everybody with a row of hours and more than one place."""
    hours, places = program.rows["hours"], program.rows["places"]
    most = np.append(program.upper + program.leeway.room(len(program.upper)), np.inf)[places]
    some = np.flatnonzero((hours >= 0) & (most > 1))
    entries = np.flatnonzero(np.isin(program.row, hours[some]) & (program.value > 0))
    entries = entries[np.argsort(program.row[entries], kind="stable")]
    columns = np.searchsorted(program.start, entries, side="right") - 1
    begins = np.flatnonzero(np.diff(program.row[entries], prepend=-1))
    for own in np.split(np.arange(len(entries)), begins[1:]) if len(entries) else []:
        row = program.row[entries[own[0]]]
        person = program.person[columns[own[0]]]
        several = int(min(most[person], len(own)))
        yield Carrier(columns[own], program.value[entries[own]], several, float(program.upper[row]))


def _cuts(carrier: Carrier, values: Floats) -> Iterator[Cut]:
    if np.abs(values - np.round(values)).max(initial=0.0) <= BROKEN:
        return
    used = np.flatnonzero(values > _SLACK)
    loads = _loads(carrier.hours[used], carrier)
    if not 0 < len(loads) <= MOST_LOADS:
        return
    weights = most_broken(loads, values[used])
    weights = weights / (loads @ weights).max()
    if weights @ values[used] <= 1 + BROKEN:
        return
    lengths, length_of = np.unique(carrier.hours, return_inverse=True)
    every = _lifted(list(zip(carrier.hours[used].tolist(), weights.tolist(), strict=True)), lengths, carrier)[length_of]
    every[used] = weights
    yield Cut(carrier.columns[every > _SLACK], every[every > _SLACK], personal=True)


def _loads(hours: Floats, carrier: Carrier) -> Floats:
    """The loads of these cases that she can carry: which cases each has, float[loads, cases] of 0 and 1."""
    loads: list[tuple[int, ...]] = []

    def add(first: int, places: int, left: float, load: tuple[int, ...]) -> None:
        for case in range(first, len(hours) if places else first):
            if hours[case] <= left + _SLACK and len(loads) <= MOST_LOADS:
                loads.append((*load, case))
                add(case + 1, places - 1, left - hours[case], loads[-1])

    add(0, carrier.places, carrier.limit, ())
    whole = np.zeros((len(loads), len(hours)))
    for row, load in enumerate(loads):
        whole[row, list(load)] = 1.0
    return whole


def _lifted(used: list[tuple[float, float]], lengths: Floats, carrier: Carrier) -> Floats:
    """The weight of other cases of every length, the longest first: as much as still holds for all loads.

    ``used`` are length and weight of the cases that the relaxation uses.
    """
    lifted: dict[float, float] = {}
    for length in lengths[::-1].tolist():
        lifted[length] = _most(used, {one: weight for one, weight in lifted.items() if weight > 0}, length, carrier)
    return np.array([lifted[length] for length in lengths.tolist()])


def _most(used: list[tuple[float, float]], lifted: Mapping[float, float], length: float, carrier: Carrier) -> float:
    """The greatest weight of cases of one more length: what all loads with some of them leave for each."""

    @cache
    def heaviest(first: int, places: int, hours: float) -> float:
        if not places:
            return 0.0
        more = [(weight, first, one) for one, weight in lifted.items() if one <= hours + _SLACK]
        more += [(used[at][1], at + 1, used[at][0]) for at in range(first, len(used)) if used[at][0] <= hours + _SLACK]
        return max((weight + heaviest(at, places - 1, round(hours - one, 6)) for weight, at, one in more), default=0.0)

    times = range(1, 1 + min(carrier.places, int((carrier.limit + _SLACK) // length)))
    left_over = [(1 - heaviest(0, carrier.places - n, round(carrier.limit - n * length, 6))) / n for n in times]
    return max(0.0, min(left_over, default=0.0))
