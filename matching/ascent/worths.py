"""What pairs are worth in a block at given prices, the best of each group of them, and of their combinations."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.ascent.market import Block, Market, Seats
from matching.ascent.tariff import Tariff, fits, left_over
from matching.pairs import ATTORNEY, CO_COUNSEL, LEG, MENTOR

NONE: Final = -1
TURNS: Final = 1e-3
"""By how much equals differ where they are to take turns."""


@dataclass(frozen=True, slots=True)
class Worths:
    """What pairs are worth in one block, relay legs with the best before them; and the best of every group."""

    x: Floats
    y: Floats
    r: Floats
    z: Floats
    w: Floats
    arrival: Floats
    chain: Floats
    team: Floats


def worths(
    market: Market,
    block: Block,
    tariff: Tariff,
    left: Tariff | None = None,
    random: np.random.Generator | None = None,
) -> Worths:
    """What pairs are worth at a tariff; with ``left``, -inf for those without room in it.

    With ``random``, equals differ by next to nothing.
    """
    kinds = ((block.x, ATTORNEY), (block.y, LEG), (block.r, LEG), (block.z, MENTOR), (block.w, CO_COUNSEL))
    x, y, r, z, w = (_pair_worths(market, seats, kind, tariff, left, random) for seats, kind in kinds)
    r += _before(block, y)
    arrival = np.concatenate((block.y.groups.most(y), block.r.groups.most(r)))
    chain = block.arriving.most(arrival[block.arrival])
    team = block.x.groups.most(x)
    team[block.indirect] += block.heard.most(chain[block.hub])
    team[block.mentored] += block.z.groups.most(z)[block.guides]
    team[block.leading] += block.w.groups.most(w)[block.beside]
    return Worths(x, y, r, z, w, arrival, chain, team)


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
        rows = first_legs(block, y, doubled)
        before[doubled] = np.where(rows == NONE, -np.inf, y[rows])
    return before


def first_legs(block: Block, y: Floats, relays: Ints) -> Ints:
    """For some rows of r, the best row of y before it that somebody else takes; -1 where nobody does."""
    groups, group = block.y.groups, block.r.groups.spread(block.origin)[relays]
    best = groups.first_of_most(y)
    others = np.where(block.y.person == groups.spread(block.y.person[best]), -np.inf, y)
    second = groups.first_of_most(others)
    oneself = block.y.person[best[group]] == block.r.person[relays]
    alone = oneself & (others[second[group]] == -np.inf)
    return np.where(alone, NONE, np.where(oneself, second[group], best[group]))
