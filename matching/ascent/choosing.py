"""A feasible choice that follows prices: every case its best team, as far as people have room, and then the next best.

In each round every case that has no team yet asks for its best one among people who have room. Where more ask for a
person than fit, those whose teams are worth most come first; the others ask again. At least one team is made in each
round. At the end, prices are forgotten, so that no place stays empty for its price.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.model.columns import Bools, Floats, Ints
from matching.ascent.market import Market
from matching.ascent.parts import Part
from matching.ascent.tariff import HOURS, MENTORING, PLACES, SLACK, Tariff, free
from matching.ascent.teams import NONE, TURNS, Teams, best_teams
from matching.pairs import ATTORNEY, KINDS, LEG, MENTOR, Chosen
from matching.solving.reach import held


@dataclass(frozen=True, slots=True)
class _Members:
    """The people of some teams, one row a seat: which team, who pays (nobody for pins), and how much of what."""

    team: Ints
    person: Ints
    holder: Ints
    amount: Tariff


class Choosing:
    """Puts a choice together from the pairs of a market, within what is ``left``, which it uses up."""

    def __init__(self, market: Market, left: Tariff, seed: int) -> None:
        self._whole, self.left = market.problem, left
        self._market = market
        self._part: Part | None = None
        self._random = np.random.default_rng(seed)
        self._waiting = np.zeros(self._whole.cases.n, dtype=np.bool_)
        self._waiting[self._whole.attorneys.case] = True
        self._inside = int(self._waiting.sum())
        self._chosen: list[Chosen] = []

    def choose(self, tariff: Tariff, over: Callable[[], bool] = lambda: False) -> Chosen:
        """The choice, as rows of the problem's tables."""
        for prices in (tariff, free(self._whole.people.n)):
            while not over() and self._round(prices):
                pass
        nothing = tuple(np.empty(0, dtype=np.int64) for _ in KINDS)
        return tuple(np.sort(np.concatenate(rows)) for rows in zip(nothing, *self._chosen, strict=True))

    def _round(self, tariff: Tariff) -> bool:
        """Make some teams; False where there is none to make."""
        teams = best_teams(self._market, tariff, left=self.left, random=self._random)
        teams = _picked(teams, np.flatnonzero(self._waiting[teams.case] & (teams.worth > -TURNS)))
        teams = _picked(teams, np.argsort(-teams.worth, kind="stable"))
        teams = _picked(teams, np.flatnonzero(self._score(teams) > 0.0))
        members = self._members(teams)
        teams = _picked(teams, made := np.flatnonzero(self._fit(members, len(teams.case))))
        self._take(teams, members, made)
        return bool(len(made))

    def _score(self, teams: Teams) -> Floats:
        """What teams score, whatever the prices."""
        total = np.zeros(len(teams.case))
        for kind, rows in _seats(teams):
            there = rows != NONE
            total[there] += self._market.problem.tables[kind].score[rows[there]]
        return total

    def _members(self, teams: Teams) -> _Members:
        """Everybody in some teams, team by team."""
        found = [self._of_kind(kind, rows, teams.case) for kind, rows in _seats(teams)]
        team, person, holder, amount = (np.concatenate(columns, axis=-1) for columns in zip(*found, strict=True))
        order = np.argsort(team, kind="stable")
        return _Members(team[order], person[order], holder[order], amount[:, order])

    def _of_kind(self, kind: int, rows: Ints, case: Ints) -> tuple[Ints, Ints, Ints, Tariff]:
        problem = self._market.problem
        team = np.flatnonzero(rows != NONE)
        person = problem.tables[kind].person[rows[team]]
        paid = held(problem, KINDS[kind], case[team], person)
        amount = np.zeros((3, len(team)))
        amount[MENTORING if kind == MENTOR else PLACES] = 1.0
        amount[HOURS] = problem.cases.taken(KINDS[kind])[case[team]]
        return team, person, np.where(paid, problem.people.n, person), amount

    def _fit(self, members: _Members, teams: int) -> Bools:
        """Which teams fit one after another, the first ones first; none that has one person twice."""
        order = np.argsort(members.holder, kind="stable")
        holder, amount = members.holder[order], members.amount[:, order]
        begin = np.flatnonzero(np.diff(holder, prepend=-1))
        used = np.cumsum(amount, axis=1)
        before = np.repeat((used - amount)[:, begin], np.diff(np.append(begin, len(holder))), axis=1)
        over = (used - before > self.left[:, holder] + SLACK).any(axis=0)
        fit = np.ones(teams, dtype=np.bool_)
        fit[members.team[order[over]]] = False
        once = members.team * self._whole.people.n + members.person
        kinds, count = np.unique(once, return_counts=True)
        fit[kinds[count > 1] // self._whole.people.n] = False
        return fit

    def _take(self, teams: Teams, members: _Members, made: Ints) -> None:
        """Give teams their places, and leave served cases out where that makes the market much smaller."""
        mine = np.isin(members.team, made)
        for left, amount in zip(self.left, members.amount[:, mine], strict=True):
            left -= np.bincount(members.holder[mine], amount, len(left))
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


def _seats(teams: Teams) -> tuple[tuple[int, Ints], ...]:
    """The rows of teams with the number of the table that they are of."""
    return (ATTORNEY, teams.attorney), (LEG, teams.first), (LEG, teams.relay), (MENTOR, teams.mentor)


def _picked(teams: Teams, which: Ints) -> Teams:
    return Teams(*(getattr(teams, name)[which] for name in Teams.__slots__))
