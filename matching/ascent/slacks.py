"""By how much the best team with a pair falls short of the best team of its case: the reduced cost of every pair.

A pair that falls short by more than bound and answer differ can be in no better answer (Dantzig, Fulkerson and Johnson
1954). Pairs that fall short by next to nothing are those among which the last exchanges are looked for.
"""

from collections.abc import Iterator

import numpy as np

from core.model.plans.columns import Floats, Ints
from matching.ascent.market import Block, Market, Seats
from matching.ascent.segments import Reals, Runs
from matching.ascent.tariff import Tariff
from matching.ascent.worths import Worths, worths
from matching.pairs import ATTORNEY, CO_COUNSEL, LEG, MENTOR

Slacks = tuple[Reals, ...]


def slacks(market: Market, tariff: Tariff) -> Slacks:
    """For every pair of each table, by how much it falls short; infinite for pairs that no team can have.

    That one person may hold one seat of a team only is left out of account, but for relays.
    """
    short = tuple(np.full(len(table.case), np.inf, dtype=np.float32) for table in market.problem.tables)
    raised = tariff.raised(market.problem)
    for block in market.blocks:
        for kind, seats, mine in _of_block(block, worths(market, block, tariff), raised):
            short[kind][seats.pair] = np.where(np.isnan(mine), np.inf, mine)
    return short


def _of_block(block: Block, priced: Worths, raised: Floats) -> Iterator[tuple[int, Seats, Floats]]:
    raised = raised[block.first + block.teams.key]
    best = np.maximum(0.0, block.teams.most(priced.team) + raised) - raised
    group = block.teams.spread(best) - priced.team
    yield ATTORNEY, block.x, _of_rows(block.x.groups, group, priced.x)
    first, relay = _of_legs(block, priced, group[block.indirect])
    yield LEG, block.y, _of_rows(block.y.groups, first, priced.y)
    yield LEG, block.r, _of_rows(block.r.groups, relay, priced.r)
    guided = _least(block.guides, group[block.mentored], len(block.z.groups))
    yield MENTOR, block.z, _of_rows(block.z.groups, guided, priced.z)
    accompanied = _least(block.beside, group[block.leading], len(block.w.groups))
    yield CO_COUNSEL, block.w, _of_rows(block.w.groups, accompanied, priced.w)


def _of_legs(block: Block, priced: Worths, group: Floats) -> tuple[Floats, Floats]:
    """How much the best team with any leg of each group of y and r falls short."""
    heard = priced.chain[block.hub]
    with np.errstate(invalid="ignore"):
        through = block.heard.spread(group + block.heard.most(heard)) - heard
        hub = _least(block.hub, through, len(block.arriving)) + priced.chain
        arrival = np.empty(len(block.arrival))
        arrival[block.arrival] = block.arriving.spread(hub) - priced.arrival[block.arrival]
    straight, onward = np.split(arrival, [len(block.y.groups)])
    return np.fmin(straight, _least(block.origin, onward, len(straight))), onward


def _of_rows(groups: Runs, group: Floats, worth: Floats) -> Floats:
    """The same for the rows of groups: what the best of its group is worth more comes on top."""
    with np.errstate(invalid="ignore"):
        short: Floats = groups.spread(group + groups.most(worth)) - worth
    return short


def _least(at: Ints, values: Floats, size: int) -> Floats:
    """The least of the values at each place; not a number is what no team can have, as is infinity."""
    least = np.full(size, np.inf)
    np.fmin.at(least, at, values)
    return least
