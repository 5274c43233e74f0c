"""The best team of every case at given prices, and the bound that follows from it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.columns import Floats, Ints
from matching.ascent.market import Block, Market, Seats
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff, fits, left_over
from matching.pairs import ATTORNEY, LEG, MENTOR

NONE: Final = -1
TURNS: Final = 1e-3
"""By how much equals differ where they are to take turns."""


@dataclass(frozen=True, slots=True)
class Teams:
    """Teams by rows of the problem's tables: int[k] each, -1 where a team has no such seat.

    ``first`` and ``relay`` are legs; ``worth`` is what a team earns beyond its prices.
    """

    case: Ints
    worth: Floats
    attorney: Ints
    first: Ints
    relay: Ints
    mentor: Ints


@dataclass(frozen=True, slots=True)
class _Worths:
    """What pairs are worth in one block, relay legs with the best before them; and the best of every group."""

    x: Floats
    y: Floats
    r: Floats
    z: Floats
    arrival: Floats
    chain: Floats
    team: Floats


def bound(market: Market, tariff: Tariff, supply: Supply) -> tuple[float, Floats]:
    """An upper bound on every choice, and what the best team of each case is worth beyond its prices: float[m].

    By weak duality it holds at any prices that are not negative: no choice earns more than the price of everything
    that there is and, beyond that, of each case's best team (Fisher 1981). In double precision.
    """
    worth = np.zeros(market.problem.cases.n)
    raised = tariff.raised(market.problem)
    for block in market.blocks:
        case = block.first + block.teams.key
        worth[case] = np.maximum(0.0, block.teams.most(_worths(market, block, tariff).team) + raised[case])
    return supply.brings(tariff) + float(worth.sum()), worth


def best_teams(
    market: Market, tariff: Tariff, *, left: Tariff | None = None, random: np.random.Generator | None = None
) -> Teams:
    """For every case with any team, one that is worth most beyond its prices.

    With ``left``, only of people who have room in it. ``random`` lets equals take turns.
    """
    found = [_chosen(block, _worths(market, block, tariff, left, random)) for block in market.blocks]
    nothing = (np.empty(0, np.int64), np.empty(0), *(np.empty(0, np.int64) for _ in range(4)))
    case, worth, *rows = (np.concatenate(columns) for columns in zip(nothing, *found, strict=True))
    return Teams(case, worth + tariff.raised(market.problem)[case], *rows)


def _worths(
    market: Market,
    block: Block,
    tariff: Tariff,
    left: Tariff | None = None,
    random: np.random.Generator | None = None,
) -> _Worths:
    x, y, r, z = (
        _pair_worths(market, seats, kind, tariff, left, random)
        for seats, kind in ((block.x, ATTORNEY), (block.y, LEG), (block.r, LEG), (block.z, MENTOR))
    )
    r += _before(block, y)
    arrival = np.concatenate((block.y.groups.most(y), block.r.groups.most(r)))
    chain = block.arriving.most(arrival[block.arrival])
    team = block.x.groups.most(x)
    team[block.indirect] += block.heard.most(chain[block.hub])
    team[block.mentored] += block.z.groups.most(z)[block.guides]
    return _Worths(x, y, r, z, arrival, chain, team)


def _pair_worths(
    market: Market,
    seats: Seats,
    kind: int,
    tariff: Tariff,
    left: Tariff | None,
    random: np.random.Generator | None,
) -> Floats:
    score = market.problem.tables[kind].score[seats.pair]
    if random is not None:
        score += TURNS * random.random(len(score))
    worth = left_over(seats, score, tariff, mentors=kind == MENTOR)
    if left is not None:
        worth[~fits(seats, left, mentors=kind == MENTOR)] = -np.inf
    return worth


def _before(block: Block, y: Floats) -> Floats:
    """For each row of r, what the best first leg is worth that it leads on from and that somebody else takes."""
    before: Floats = block.r.groups.spread(block.y.groups.most(y)[block.origin])
    doubled = np.unique(block.doubled[0])
    if len(doubled):
        rows = _first_legs(block, y, doubled)
        before[doubled] = np.where(rows == NONE, -np.inf, y[rows])
    return before


def _first_legs(block: Block, y: Floats, relays: Ints) -> Ints:
    """For some rows of r, the best row of y before it that somebody else takes; -1 where nobody does."""
    groups, group = block.y.groups, block.r.groups.spread(block.origin)[relays]
    best = groups.first_of_most(y)
    others = np.where(block.y.person == groups.spread(block.y.person[best]), -np.inf, y)
    second = groups.first_of_most(others)
    oneself = block.y.person[best[group]] == block.r.person[relays]
    alone = oneself & (others[second[group]] == -np.inf)
    return np.where(alone, NONE, np.where(oneself, second[group], best[group]))


def _chosen(block: Block, worths: _Worths) -> tuple[Ints | Floats, ...]:
    group = block.teams.first_of_most(worths.team)
    attorney = block.x.groups.first_of_most(worths.x)[group]
    first, relay = _chains(block, worths, group)
    guide = np.full(len(block.x.groups), NONE)
    guide[block.mentored] = block.guides
    mentor = block.z.groups.first_of_most(worths.z)
    return (
        block.first + block.teams.key,
        worths.team[group],
        block.x.pair[attorney].astype(np.int64),
        _pairs(block.y, first),
        _pairs(block.r, relay),
        _pairs(block.z, np.where(guide[group] == NONE, NONE, np.append(mentor, NONE)[guide[group]])),
    )


def _chains(block: Block, worths: _Worths, group: Ints) -> tuple[Ints, Ints]:
    """For groups of attorneys, the rows of y and of r of the best chain; -1 for those who need none."""
    first, relay = np.full(len(group), NONE), np.full(len(group), NONE)
    needs = np.flatnonzero(np.isin(group, block.indirect))
    if not len(needs):
        return first, relay
    hub = block.hub[block.heard.first_of_most(worths.chain[block.hub])]
    arriving = block.arrival[block.arriving.first_of_most(worths.arrival[block.arrival])]
    arrival = arriving[hub[np.searchsorted(block.indirect, group[needs])]]
    straight = len(block.y.groups)
    direct, onward = arrival < straight, np.flatnonzero(arrival >= straight)
    first[needs[direct]] = block.y.groups.first_of_most(worths.y)[arrival[direct]]
    relay[needs[onward]] = block.r.groups.first_of_most(worths.r)[arrival[onward] - straight]
    first[needs[onward]] = _first_legs(block, worths.y, relay[needs[onward]])
    return first, relay


def _pairs(seats: Seats, rows: Ints) -> Ints:
    """The rows of the problem's table; -1 stays."""
    return np.append(seats.pair, NONE)[rows].astype(np.int64)
