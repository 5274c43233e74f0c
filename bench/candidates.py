"""Candidates of large waitlists: the shared search against each case by itself in numpy, and how both grow.

Both ask the very same rules and scorers and keep the same pairs; the smallest size compares every single one, score by
score, nothing left out. The reference is as quick as numpy is: every rule and scorer answers about all volunteers at
once, once for each case.

Each figure is of a process of its own, so that its peak memory is its own; the ratios are of processor time, which the
other work of a machine does not change much.

At 100,000 cases only the search is measured. A last table gives every case a place of its own, as real addresses do:
then travel is asked about pair by pair.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Final

import msgspec
import numpy as np

from bench.apart import Spent, Watch, apart
from bench.builtin import the_plugins
from bench.dense import Dense
from bench.worlds import World
from core.protocols import Rule, Scorer
from matching.candidates import EVERY_PAIR, Coded, Width, candidates_among

SIZES: Final = (2_000, 10_000, 20_000)
LARGEST: Final = 100_000
SEEDS: Final = (11, 12, 13)
PRUNED: Final = Width(whole=0)
"""Whatever the size, the best are kept, so that both do the same work."""


Tables = tuple[Any, ...]


class Asking(msgspec.Struct, frozen=True):
    """Which way to find the candidates of which world; ``apart``: with a place of its own for every case."""

    way: str
    cases: int
    seed: int
    apart: bool = False


class Measured(msgspec.Struct, frozen=True):
    """What one process found: what it took, how many pairs by table, and their scores added up."""

    spent: Spent
    pairs: list[int]
    worth: list[float]


def main() -> None:
    """Print the tables."""
    print("search against each case by itself (seconds of processor, median of seeds)")
    check_every_pair(SIZES[0])
    for cases in SIZES:
        compare(cases, SEEDS if cases < SIZES[-1] else SEEDS[:1])
    print("growth of the search")
    grow(SIZES[1], LARGEST, SEEDS[0])
    print("a place of its own for every case")
    for cases in SIZES[:2]:
        compare(cases, SEEDS[:1], own_places=True)


def compare(cases: int, seeds: Sequence[int], *, own_places: bool = False) -> list[float]:
    """Both ways at one size: how many times as long the reference takes. SystemExit where they find different pairs."""
    mine, theirs = [], []
    for seed in seeds:
        mine.append(apart(measure, Asking("search", cases, seed, own_places)))
        theirs.append(apart(measure, Asking("dense", cases, seed, own_places)))
        if not alike(mine[-1], theirs[-1]):
            raise SystemExit(f"The two ways differ at {cases:,} cases: {mine[-1]} and {theirs[-1]}.")
    ratios = [other.spent.processor / one.spent.processor for one, other in zip(mine, theirs, strict=True)]
    seconds = [median(one.spent.processor for one in ways) for ways in (mine, theirs)]
    pairs, peaks = sum(mine[0].pairs), (mine[0].spent.mebibytes, theirs[0].spent.mebibytes)
    print(
        f"  {_size(cases)}: {seconds[0]:.2f} s and {seconds[1]:.2f} s, {median(ratios):.1f} times; {pairs:,} pairs;"
        f" peak {peaks[0]:,.0f} and {peaks[1]:,.0f} MiB",
        flush=True,
    )
    return ratios


def alike(one: Measured, other: Measured) -> bool:
    """Whether both kept the same: the very same legs, and attorneys but for which of equals are kept."""
    attorneys = np.allclose((one.pairs[0], one.worth[0]), (other.pairs[0], other.worth[0]), rtol=1e-4)
    return bool(attorneys and one.pairs[1] == other.pairs[1] and np.isclose(one.worth[1], other.worth[1], rtol=1e-9))


def check_every_pair(cases: int) -> None:
    """Compare all pairs and their scores, nothing left out; SystemExit where they differ."""
    host, coded = the_plugins(), the_world(cases, SEEDS[0])
    mine = candidates_among(coded, host.rules(), host.scorers(), width=EVERY_PAIR).problem.tables
    theirs = Dense(coded, host.rules(), host.scorers(), None).found()
    for one, other in zip(mine, theirs, strict=True):
        if not np.array_equal(rows := in_order(one), others := in_order(other)):
            raise SystemExit(f"The two ways find different pairs: {rows.shape} and {others.shape}.")
    print(f"  every pair of {_size(cases)}: {sum(len(one.case) for one in mine):,}, the same with the same scores")


def in_order(table: Any) -> np.ndarray:
    """The rows of a table, sorted, with scores to a millionth."""
    columns = [getattr(table, name) for name in table.__slots__ if name != "score"]
    rows = np.column_stack([*columns, np.round(table.score, 6) + 0.0])
    return rows[np.lexsort(rows.T)]


def grow(fewer: int, more: int, seed: int) -> float:
    """The search at two sizes, and the exponent between them."""
    small, large = (apart(measure, Asking("search", cases, seed)) for cases in (fewer, more))
    exponent = math.log(large.spent.processor / small.spent.processor) / math.log(more / fewer)
    print(
        f"  {_size(more)}: {large.spent.processor:.1f} s, {sum(large.pairs):,} pairs, peak"
        f" {large.spent.mebibytes:,.0f} MiB, the world included; exponent from {fewer:,}: {exponent:.2f}",
        flush=True,
    )
    return exponent


def measure(order: Asking) -> Measured:
    """Find the candidates of one world in one way, from its columns on."""
    host, coded = the_plugins(), the_world(order.cases, order.seed)
    coded = apart_from_each_other(coded, order.seed) if order.apart else coded
    watch = Watch()
    tables = FINDERS[order.way](coded, host.rules(), host.scorers())
    spent = watch.spent()
    return Measured(spent, [len(table.case) for table in tables], [float(table.score.sum()) for table in tables])


def the_world(cases: int, seed: int) -> Coded:
    """A drawn world with half as many attorneys as cases, and half as many interpreters as attorneys."""
    return Coded.of(World(seed).snapshot(cases, cases // 2, cases // 4, hours=False, mentors=True))


def searched(coded: Coded, rules: Sequence[Rule], scorers: Sequence[Scorer]) -> Tables:
    """The engine's way."""
    return candidates_among(coded, rules, scorers, width=PRUNED).problem.tables


def each_by_itself(coded: Coded, rules: Sequence[Rule], scorers: Sequence[Scorer]) -> Tables:
    """The reference."""
    return Dense(coded, rules, scorers, PRUNED).found()


def apart_from_each_other(coded: Coded, seed: int) -> Coded:
    """The same world with every case a few kilometres from the centre of its county, each somewhere else."""
    random = np.random.default_rng(seed)
    moved = [
        replace(view, latitude=view.latitude + north, longitude=view.longitude + east)
        for view, (north, east) in zip(coded.views, random.normal(0, 0.1, (len(coded.views), 2)), strict=True)
    ]
    return replace(coded, views=tuple(moved))


def _size(cases: int) -> str:
    return f"{cases:,} cases x {cases // 2:,} attorneys x {cases // 4:,} interpreters"


FINDERS: Final = {"search": searched, "dense": each_by_itself}
