"""A feasible choice that follows prices: every case its best team, as far as people have room, and then the next best.

In each round every case that has no team yet asks for its best one among people who have room. Where more ask for a
person than fit, those whose teams are worth most come first; the others ask again. At least one team is made in each
round. At the end everything has the price of its next place, so that nothing stays empty for what it was thought worth.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Bools, Floats, Ints
from matching.ascent.market import Market
from matching.ascent.parts import Part
from matching.ascent.supply import Supply
from matching.ascent.tariff import SLACK, Tariff
from matching.ascent.teams import Teams, best_teams
from matching.ascent.worths import NONE, TURNS
from matching.pairs import ATTORNEY, CO_COUNSEL, KINDS, LEG, MENTOR, Chosen
from matching.solving.reach import held


@dataclass(frozen=True, slots=True)
class _Members:
    """The people of some teams, one row a seat: which team, who pays (nobody for pins), and how much of what."""

    team: Ints
    person: Ints
    holder: Ints
    places: Floats
    mentoring: Floats
    hours: Floats


class Choosing:
    """Puts a choice together from the pairs of a market, within a supply."""

    def __init__(self, market: Market, supply: Supply, seed: int) -> None:
        self._whole, self._supply = market.problem, supply
        self._used = Tariff.free(market.problem)
        self._market = market
        self._part: Part | None = None
        self._random = np.random.default_rng(seed)
        self._waiting = np.zeros(self._whole.cases.n, dtype=np.bool_)
        self._waiting[self._whole.attorneys.case] = True
        self._inside = int(self._waiting.sum())
        self._chosen: list[Chosen] = []

    def choose(self, tariff: Tariff, stop: Callable[[], bool]) -> Chosen:
        """The choice, as rows of the problem's tables; where it is stopped before all have asked, what there is."""
        offered = self._supply.whole(tariff)
        while self._round(tariff, offered, -TURNS) and not stop():
            pass
        while not stop() and self._round(*self._next_places(), TURNS):
            pass
        nothing = tuple(np.empty(0, dtype=np.int64) for _ in KINDS)
        return tuple(np.sort(np.concatenate(rows)) for rows in zip(nothing, *self._chosen, strict=True))

    def _next_places(self) -> tuple[Tariff, Tariff]:
        """What the next place of everybody costs and floors still pay; of places at a rising cost, just that one."""
        everything = self._supply.left()
        left = everything.with_amounts(everything.amounts - self._used.amounts)
        cost = self._supply.next_cost(left)
        short = self._whole.floors.wanted > self._used.floors
        cost.floors[:] = np.where(short, self._whole.floors.points, 0.0)
        return cost, everything.with_amounts(self._used.amounts + self._supply.one_of_rising(left))

    def _round(self, tariff: Tariff, offered: Tariff, least: float) -> bool:
        """Make some teams out of what is offered and not used yet; False where there is none worth more than this."""
        left = offered.with_amounts(offered.amounts - self._used.amounts)
        teams = best_teams(self._market, tariff, left=left, random=self._random)
        teams = _picked(teams, np.flatnonzero(self._waiting[teams.case] & (teams.worth > least)))
        teams = _picked(teams, np.argsort(-teams.worth, kind="stable"))
        members = self._members(teams)
        made = np.flatnonzero(self._fit(members, left, len(teams.case)))
        self._take(_picked(teams, made), members, made)
        return bool(len(made))

    def _members(self, teams: Teams) -> _Members:
        """Everybody in some teams, team by team."""
        found = [self._of_kind(kind, rows, teams.case) for kind, rows in _seats(teams)]
        columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        return _Members(*(column[order] for column in columns))

    def _of_kind(self, kind: int, rows: Ints, case: Ints) -> tuple[Ints | Floats, ...]:
        problem = self._market.problem
        team = np.flatnonzero(rows != NONE)
        person = problem.tables[kind].person[rows[team]]
        paid = held(problem, KINDS[kind], case[team], person)
        guiding = np.full(len(team), float(kind == MENTOR))
        hours = problem.cases.taken(KINDS[kind])[case[team]]
        return team, person, np.where(paid, problem.people.n, person), 1.0 - guiding, guiding, hours

    def _fit(self, members: _Members, left: Tariff, teams: int) -> Bools:
        """Which teams fit one after another, the first ones first; none that has one person twice."""
        fit = np.ones(teams, dtype=np.bool_)
        order = np.argsort(members.holder, kind="stable")
        holder = members.holder[order]
        begin = np.flatnonzero(np.diff(holder, prepend=-1))
        size = np.diff(np.append(begin, len(holder)))
        for amount, there in _resources(members, left):
            used = np.cumsum(amount[order])
            before = np.repeat((used - amount[order])[begin], size)
            fit[members.team[order[used - before > there[holder] + SLACK]]] = False
        once, count = np.unique(members.team * self._whole.people.n + members.person, return_counts=True)
        fit[once[count > 1] // self._whole.people.n] = False
        return fit

    def _take(self, teams: Teams, members: _Members, made: Ints) -> None:
        """Give teams their places, and leave served cases out where that makes the market much smaller."""
        mine = np.isin(members.team, made)
        for amount, used in _resources(members, self._used):
            np.add(used, np.bincount(members.holder[mine], amount[mine], len(used)), out=used)
        if self._whole.floors.n:
            self._used.floors[:] += self._whole.floors.member[:, teams.case].sum(axis=1)
        self._waiting[teams.case] = False
        rows = tuple(
            np.concatenate([rows[rows != NONE] for kind, rows in _seats(teams) if kind == number])
            for number in range(len(KINDS))
        )
        self._chosen.append(rows if self._part is None else self._part.rows_of(rows))
        if 2 * self._waiting.sum() < self._inside:
            self._inside = int(self._waiting.sum())
            self._part = Part.of_cases(self._whole, self._waiting)
            self._market = Market(self._part.problem)


def _resources(members: _Members, amounts: Tariff) -> tuple[tuple[Floats, Floats], ...]:
    """What members take of each resource, with the amounts of it."""
    return (
        (members.places, amounts.places),
        (members.mentoring, amounts.mentoring),
        (members.hours, amounts.hours),
    )


def _seats(teams: Teams) -> tuple[tuple[int, Ints], ...]:
    """The rows of teams with the number of the table that they are of."""
    legs = (LEG, teams.first), (LEG, teams.relay)
    return (ATTORNEY, teams.attorney), *legs, (MENTOR, teams.mentor), (CO_COUNSEL, teams.second)


def _picked(teams: Teams, which: Ints) -> Teams:
    return Teams(*(getattr(teams, name)[which] for name in Teams.__slots__))
