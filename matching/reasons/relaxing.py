"""Which rules would have to give way so that a case could have a team: the smallest sets of them, found exactly.

Everybody who might fill a seat is kept from it by a set of rules. A team costs the union of the sets of its members;
the smallest unions are what is looked for. Teams are tried by the number of rules that they cost, so the search ends
at the first number that any team reaches, and all sets of that size are found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np

from core.model.plans.columns import CaseView, Ints
from core.model.vocabulary import SeatRole
from matching.reasons.seating import Kept, Seating

MOST: Final = 3
"""How many rules may have to give way together before the answer is only that several do."""
SEATS: Final = 5
"""How many people a team has at most: this many of each group suffice to tell whether all can be different people."""

Member = tuple[SeatRole, int, Ints]
"""A seat, the rules that keep a group of people from it, and the group."""


@dataclass(slots=True)
class Smallest:
    """The smallest sets of rules, as bits, each with the volunteers whom it keeps from which seat."""

    size: int
    sets: dict[int, dict[SeatRole, set[int]]] = field(default_factory=dict)

    def add(self, team: Sequence[Member]) -> None:
        """Note one possible team."""
        cost = union(team)
        kept = self.sets.setdefault(cost, {})
        for role, mask, persons in team:
            if mask:
                kept.setdefault(role, set()).update(persons.tolist())

    def best(self) -> tuple[int, dict[SeatRole, set[int]]]:
        """The set that keeps out most volunteers; of equals, the one with the first rules.

        One that keeps co-counsel out says more than one that keeps the same person from leading.
        """
        return max(self.sets.items(), key=_tells_most)


def _tells_most(item: tuple[int, dict[SeatRole, set[int]]]) -> tuple[bool, int, int]:
    mask, kept = item
    return SeatRole.CO_COUNSEL in kept, sum(map(len, kept.values())), -mask


def union(team: Sequence[Member]) -> int:
    """The rules that all members together cost."""
    cost = 0
    for _, mask, _ in team:
        cost |= mask
    return cost


def smallest_sets(seating: Seating, case: int) -> Smallest | None:
    """The smallest sets of rules whose giving way makes a team possible; None where no ``MOST`` rules would do.

    A team that is possible as things are gives the empty set.
    """
    search = _Search(seating, case)
    for size in range(MOST + 1):
        found = Smallest(size)
        for team in search.teams(size):
            if union(team).bit_count() == size and _all_different(team):
                found.add(team)
        if found.sets:
            return found
    return None


def is_possible(seating: Seating, case: int, *, lead_alone: bool = False) -> bool:
    """Whether the rules leave a team of different people for a case, found by trying; or one without co-counsel."""
    return any(_all_different(team) for team in _Search(seating, case, lead_alone=lead_alone).teams(0))


class _Search:
    """The possible teams of one case, by groups of people whom the same rules keep out."""

    def __init__(self, seating: Seating, case: int, *, lead_alone: bool = False) -> None:
        self._seating, self._view = seating, seating.found.views[case]
        beside = not lead_alone and self._view.attorneys > 1
        self._co_counsel = seating.kept(SeatRole.CO_COUNSEL, case) if beside else None
        self._attorneys = seating.kept(SeatRole.ATTORNEY, case)
        self._mentors = seating.kept(SeatRole.MENTOR, case)
        self._legs = _Legs(seating, self._view, seating.kept(SeatRole.INTERPRETER, case))

    def teams(self, most: int) -> Iterator[list[Member]]:
        """Teams that cost at most so many rules."""
        for team in self._led(most):
            if self._co_counsel is None:
                yield team
                continue
            cost = union(team)
            for mask, persons in self._co_counsel.groups(most):
                if (cost | mask).bit_count() <= most:
                    yield [*team, (SeatRole.CO_COUNSEL, mask, persons)]

    def _led(self, most: int) -> Iterator[list[Member]]:
        """Teams without co-counsel."""
        alone, short = self._seating.alone(self._view), self._seating.short(self._view)
        for mask, persons in self._attorneys.groups(most):
            for helped, direct in product((False, True), (True, False)):
                group = persons[(short[persons] == helped) & (alone[persons] == direct)]
                if len(group):
                    yield from self._around((SeatRole.ATTORNEY, mask, group), helped=helped, direct=direct, most=most)

    def _around(self, attorney: Member, *, helped: bool, direct: bool, most: int) -> Iterator[list[Member]]:
        for heard, chain in [(attorney, [])] if direct else self._chains(attorney, most):
            team = [heard, *chain]
            if not helped:
                yield team
                continue
            for mask, persons in self._mentors.groups(most):
                if (union(team) | mask).bit_count() <= most:
                    yield [*team, (SeatRole.MENTOR, mask, persons)]

    def _chains(self, attorney: Member, most: int) -> Iterator[tuple[Member, list[Member]]]:
        """The attorneys of a group who speak some language, with each chain that leads there."""
        role, mask, persons = attorney
        spoken = self._seating.speaks[persons]
        for hub in np.flatnonzero(spoken.any(axis=0) & self._legs.reached):
            heard = (role, mask, persons[spoken[:, hub]])
            for cost, chain in self._legs.chains(int(hub), most):
                if (cost | mask).bit_count() <= most:
                    yield heard, chain


class _Legs:
    """The legs of one case, by the languages that they join and by what keeps their interpreters out."""

    def __init__(self, seating: Seating, view: CaseView, kept: Kept) -> None:
        self._ways = seating.legs
        possible = np.zeros(seating.found.volunteers.n, dtype=np.bool_)
        possible[kept.persons] = True
        self._rules = np.zeros(seating.found.volunteers.n, dtype=kept.rules.dtype)
        self._rules[kept.persons] = kept.rules
        self._first = self._ways.first(view, possible)
        self._onward = self._ways.onward(view, possible, self._first)
        self.reached = np.zeros(seating.speaks.shape[1], dtype=np.bool_)
        self.reached[self._ways.target[np.concatenate((self._first, self._onward))]] = True
        self._known: dict[tuple[int, int], list[tuple[int, list[Member]]]] = {}

    def chains(self, hub: int, most: int) -> list[tuple[int, list[Member]]]:
        """Chains of one or two legs to a language that cost at most so many rules, each with what it costs."""
        if (hub, most) not in self._known:
            chains = [[leg] for leg in self._legs(self._first, None, hub, most)] + list(self._relays(hub, most))
            self._known[hub, most] = [(union(chain), chain) for chain in chains]
        return self._known[hub, most]

    def _relays(self, hub: int, most: int) -> Iterator[list[Member]]:
        arriving = self._onward[self._ways.target[self._onward] == hub]
        for between in np.unique(self._ways.source[arriving]):
            onward = self._legs(self._onward, int(between), hub, most)
            for chain in product(self._legs(self._first, None, int(between), most), onward):
                if union(chain).bit_count() <= most:
                    yield list(chain)

    def _legs(self, rows: Ints, source: int | None, target: int, most: int) -> list[Member]:
        """Those of some rows who interpret into a language (and out of one), by what keeps them out."""
        wanted = rows[self._ways.target[rows] == target]
        if source is not None:
            wanted = wanted[self._ways.source[wanted] == source]
        persons = np.unique(self._ways.person[wanted])
        return [(SeatRole.INTERPRETER, mask, group) for mask, group in Kept(persons, self._rules[persons]).groups(most)]


def _all_different(team: Sequence[Member]) -> bool:
    """Whether each seat can be given to another person."""
    few = [persons[:SEATS].tolist() for _, _, persons in team]
    return any(len(set(chosen)) == len(chosen) for chosen in product(*few))
