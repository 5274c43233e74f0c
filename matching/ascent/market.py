"""The pairs of some cases laid out so that each case's best team is found by maxima over runs.

The pairs of a case fall into few groups that are alike to all other seats: attorneys by what they speak and whether
they need a mentor, first legs by where they lead, relay legs by where from and where to. A team is worth what the best
of each group are worth together, so no team is ever written down.

Cases are taken in blocks of some thousand, for working columns that fit into the processor's cache and so that memory
for many cases is needed once for their pairs and never for all their teams.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.model.plans.columns import Ints
from core.model.vocabulary import SeatRole
from matching.ascent.segments import Reals, Runs, joined_ranges
from matching.pairs import ATTORNEY, CO_COUNSEL, KINDS, LEG, MENTOR
from matching.problem import Problem
from matching.solving.reach import held, usable

BLOCK: Final = 2048
"""Cases in one block."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The pairs for one kind of seat in order of their groups: rows of the problem's table, and what they take.

    ``holder`` is who pays for the seat: ``person``, or nobody, the one after the last person, where it is pinned and
    paid already.
    """

    pair: NDArray[np.int32]
    person: NDArray[np.int32]
    holder: NDArray[np.int32]
    score: Reals
    hours: Reals
    groups: Runs


@dataclass(frozen=True, slots=True)
class Block:
    """The pairs of the cases ``first`` to before ``first + cases``, and how their groups make teams.

    ``x`` attorneys, ``y`` first legs, ``r`` relay legs, ``z`` mentors, ``w`` co-counsel. ``teams``: the runs of
    attorney groups by case. ``indirect`` are the attorney groups who need a chain: each has a run of ``heard``, whose
    rows name a hub in ``hub``, the languages of the case that they speak. Each hub has a run of ``arriving``, whose
    rows name in ``arrival`` a group of y, or the number of those plus a group of r. ``origin`` is the group of y that
    each group of r leads on from; ``doubled`` are all pairs of rows of r and y by which one person would relay herself.
    ``mentored`` are the attorney groups who need a mentor, ``guides`` the group of z for each; ``leading`` those whose
    case asks for two attorneys, ``beside`` the group of w for each.
    """

    first: int
    cases: int
    x: Seats
    y: Seats
    r: Seats
    z: Seats
    w: Seats
    teams: Runs
    indirect: Ints
    heard: Runs
    hub: Ints
    arriving: Runs
    arrival: Ints
    origin: Ints
    doubled: tuple[Ints, Ints]
    mentored: Ints
    guides: Ints
    leading: Ints
    beside: Ints


class Market:
    """All usable pairs of a problem in blocks; ``people`` is how many persons it has."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.people = problem, problem.people.n
        self._open = usable(problem)
        self._speaks, profile = np.unique(problem.people.speaks, axis=0, return_inverse=True)
        self._profile = profile.reshape(-1)
        self._order = [_order(table.case) for table in problem.tables]
        edges = np.arange(0, problem.cases.n + BLOCK, BLOCK)
        self._edges = [
            np.searchsorted(table.case if order is None else table.case[order], edges)
            for table, order in zip(problem.tables, self._order, strict=True)
        ]
        self.blocks = [self._block(number) for number in range(len(edges) - 1)]

    def _block(self, number: int) -> Block:
        first, (x, y, r, z, w) = number * BLOCK, self._seats(number)
        kinds = 2 * (len(self._speaks) + 1)
        case, profile = x.groups.key // kinds, x.groups.key % kinds // 2
        indirect, mentored = np.flatnonzero(profile), np.flatnonzero(x.groups.key % 2)
        leading = np.flatnonzero(self.problem.cases.with_two[first + case])
        arriving, arrival, origin = self._chains(y.groups, r.groups)
        heard, hub = self._heard(case[indirect], profile[indirect] - 1, arriving)
        return Block(
            first=first,
            cases=min(BLOCK, self.problem.cases.n - first),
            x=x,
            y=y,
            r=r,
            z=z,
            w=w,
            teams=Runs.of(case),
            indirect=indirect,
            heard=heard,
            hub=hub,
            arriving=arriving,
            arrival=arrival,
            origin=origin,
            doubled=_doubled(self.people, y, r, origin),
            mentored=mentored,
            guides=np.searchsorted(z.groups.key, case[mentored]),
            leading=leading,
            beside=np.searchsorted(w.groups.key, case[leading]),
        )

    def _seats(self, number: int) -> tuple[Seats, Seats, Seats, Seats, Seats]:
        """The seats of one block, x, y, r, z and w, their cases counted from the first of the block."""
        attorneys, legs, mentors, seconds = self.problem.tables
        rows = [self._rows(kind, number) for kind in range(len(KINDS))]
        languages, relay = self._speaks.shape[1], self.problem.legs.relay[rows[LEG]]
        x, y, r, z = rows[ATTORNEY], rows[LEG][~relay], rows[LEG][relay], rows[MENTOR]
        spoken = np.where(self.problem.attorneys.direct[x], 0, self._profile[attorneys.person[x]] + 1)
        alike = 2 * spoken + self.problem.attorneys.needs_mentor[x]
        arrives, onward = (self.problem.legs.target[one] for one in (y, r))
        first, w = number * BLOCK, rows[CO_COUNSEL]
        return (
            self._sorted(ATTORNEY, x, (attorneys.case[x] - first) * 2 * (len(self._speaks) + 1) + alike),
            self._sorted(LEG, y, (legs.case[y] - first) * languages + arrives),
            self._sorted(
                LEG, r, ((legs.case[r] - first) * languages + onward) * languages + self.problem.legs.source[r]
            ),
            self._sorted(MENTOR, z, mentors.case[z] - first),
            self._sorted(CO_COUNSEL, w, seconds.case[w] - first),
        )

    def _rows(self, kind: int, number: int) -> Ints:
        """The usable rows of a table in one block."""
        order, (begin, end) = self._order[kind], self._edges[kind][number : number + 2]
        rows = np.arange(begin, end) if order is None else order[begin:end]
        return rows[self._open[kind][rows]]

    def _sorted(self, kind: int, rows: Ints, group: Ints) -> Seats:
        problem, table, role = self.problem, self.problem.tables[kind], KINDS[kind]
        order = np.argsort(group, kind="stable")
        rows = rows[order]
        case, person = table.case[rows], table.person[rows].astype(np.int32)
        settled = held(problem, role, case, table.person[rows]) if problem.pins else None
        return Seats(
            rows.astype(np.int32),
            person,
            person if settled is None else np.where(settled, np.int32(self.people), person),
            table.score[rows].astype(np.float32),
            self._hours(role, case),
            Runs.of(group[order]),
        )

    def _hours(self, role: SeatRole, case: Ints) -> Reals:
        """What seats take of hours: nothing, in no memory, where nobody counts hours."""
        if not np.isfinite(self.problem.people.hours).any():
            return np.broadcast_to(np.float32(0.0), len(case))
        hours: Reals = self.problem.cases.taken(role)[case].astype(np.float32)
        return hours

    def _chains(self, y: Runs, r: Runs) -> tuple[Runs, Ints, Ints]:
        """The runs of groups that arrive at each hub (a case and a language), those groups, and each relay's origin."""
        languages = self._speaks.shape[1]
        hub = np.concatenate((y.key, r.key // languages))
        arrival = np.argsort(hub, kind="stable")
        before = r.key // languages**2 * languages + r.key % languages
        return Runs.of(hub[arrival]), arrival, np.searchsorted(y.key, before)

    def _heard(self, case: Ints, profile: Ints, hubs: Runs) -> tuple[Runs, Ints]:
        """For groups of attorneys who need a chain, the hubs of their case that they speak."""
        at_case, language = np.divmod(hubs.key, self._speaks.shape[1])
        group, hub = joined_ranges(*(np.searchsorted(at_case, case, side=side) for side in ("left", "right")))
        spoken = self._speaks[profile[group], language[hub]]
        return Runs.of(group[spoken]), hub[spoken]


def _order(case: Ints) -> Ints | None:
    """The order of cases; None where rows are in it already, as those of a search are."""
    return None if (case[1:] >= case[:-1]).all() else np.argsort(case, kind="stable")


def _doubled(people: int, y: Seats, r: Seats, origin: Ints) -> tuple[Ints, Ints]:
    """All pairs of rows of r and of y by which one person would relay herself."""
    straight = y.groups.spread(np.arange(len(y.groups))) * people + y.person
    order = np.argsort(straight, kind="stable")
    onward = r.groups.spread(origin) * people + r.person
    at, own = joined_ranges(*(np.searchsorted(straight[order], onward, side=side) for side in ("left", "right")))
    return at, order[own]
