"""The best team of every case at given prices, and the bound that follows from it."""

from dataclasses import dataclass

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.ascent.market import Block, Market, Seats
from matching.ascent.supply import Supply
from matching.ascent.tariff import Tariff
from matching.ascent.worths import NONE, Worths, first_legs, worths


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
    second: Ints


def bound(market: Market, tariff: Tariff, supply: Supply) -> tuple[float, Floats]:
    """An upper bound on every choice, and what the best team of each case is worth beyond its prices: float[m].

    By weak duality it holds at any prices that are not negative: no choice earns more than the price of everything
    that there is and, beyond that, of each case's best team (Fisher 1981). In double precision.
    """
    worth = np.zeros(market.problem.cases.n)
    raised = tariff.raised(market.problem)
    for block in market.blocks:
        case = block.first + block.teams.key
        worth[case] = np.maximum(0.0, block.teams.most(worths(market, block, tariff).team) + raised[case])
    return supply.brings(tariff) + float(worth.sum()), worth


def best_teams(
    market: Market, tariff: Tariff, *, left: Tariff | None = None, random: np.random.Generator | None = None
) -> Teams:
    """For every case with any team, one that is worth most beyond its prices.

    With ``left``, only of people who have room in it. ``random`` lets equals take turns.
    """
    found = [_chosen(block, worths(market, block, tariff, left, random)) for block in market.blocks]
    nothing = (np.empty(0, np.int64), np.empty(0), *(np.empty(0, np.int64) for _ in range(5)))
    case, worth, *rows = (np.concatenate(columns) for columns in zip(nothing, *found, strict=True))
    return Teams(case, worth + tariff.raised(market.problem)[case], *rows)


def _chosen(block: Block, priced: Worths) -> tuple[Ints | Floats, ...]:
    group = block.teams.first_of_most(priced.team)
    attorney, second, less = _attorneys(block, priced, group)
    first, relay = _chains(block, priced, group)
    guide = np.full(len(block.x.groups), NONE)
    guide[block.mentored] = block.guides
    mentor = block.z.groups.first_of_most(priced.z)
    return (
        block.first + block.teams.key,
        priced.team[group] - less,
        block.x.pair[attorney].astype(np.int64),
        _pairs(block.y, first),
        _pairs(block.r, relay),
        _pairs(block.z, np.where(guide[group] == NONE, NONE, np.append(mentor, NONE)[guide[group]])),
        _pairs(block.w, second),
    )


def _attorneys(block: Block, priced: Worths, group: Ints) -> tuple[Ints, Ints, Floats]:
    """The rows of x and of w of the best two attorneys (-1 where one is enough), and what it costs that they are two.

    Where one person would be both, the next best of her group leads, or the next best of all is co-counsel.
    """
    x, w = (runs.first_of_most(worth) for runs, worth in ((block.x.groups, priced.x), (block.w.groups, priced.w)))
    attorney, second, less = x[group], np.full(len(group), NONE), np.zeros(len(group))
    two = np.flatnonzero(np.isin(group, block.leading))
    if not len(two):
        return attorney, second, less
    beside = block.beside[np.searchsorted(block.leading, group[two])]
    second[two] = w[beside]
    both = block.x.person[attorney[two]] == block.w.person[second[two]]
    two, beside = two[both], beside[both]
    leads, x_less = _next_best(block.x, priced.x, x, group[two])
    seconds, w_less = _next_best(block.w, priced.w, w, beside)
    other = x_less < w_less
    attorney[two] = np.where(other, leads, attorney[two])
    second[two] = np.where(other, second[two], seconds)
    less[two] = np.minimum(x_less, w_less)
    return attorney, second, less


def _next_best(seats: Seats, worth: Floats, best: Ints, group: Ints) -> tuple[Ints, Floats]:
    """The best rows of some groups but for the very best, and how much less they are worth: infinitely for none."""
    others = worth.copy()
    others[best] = -np.inf
    rows = seats.groups.first_of_most(others)[group]
    alone = ~(others[rows] > -np.inf)
    with np.errstate(invalid="ignore"):
        less = np.where(alone, np.inf, worth[best[group]] - others[rows])
    return rows, less


def _chains(block: Block, priced: Worths, group: Ints) -> tuple[Ints, Ints]:
    """For groups of attorneys, the rows of y and of r of the best chain; -1 for those who need none."""
    first, relay = np.full(len(group), NONE), np.full(len(group), NONE)
    needs = np.flatnonzero(np.isin(group, block.indirect))
    if not len(needs):
        return first, relay
    hub = block.hub[block.heard.first_of_most(priced.chain[block.hub])]
    arriving = block.arrival[block.arriving.first_of_most(priced.arrival[block.arrival])]
    arrival = arriving[hub[np.searchsorted(block.indirect, group[needs])]]
    straight = len(block.y.groups)
    direct, onward = arrival < straight, np.flatnonzero(arrival >= straight)
    first[needs[direct]] = block.y.groups.first_of_most(priced.y)[arrival[direct]]
    relay[needs[onward]] = block.r.groups.first_of_most(priced.r)[arrival[onward] - straight]
    first[needs[onward]] = first_legs(block, priced.y, relay[needs[onward]])
    return first, relay


def _pairs(seats: Seats, rows: Ints) -> Ints:
    """The rows of the problem's table; -1 stays."""
    return np.append(seats.pair, NONE)[rows].astype(np.int64)
