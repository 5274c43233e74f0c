"""How much everybody is wanted at given prices, when each case leans to its good teams as much as they are good.

Each team of a case is wanted in proportion to exp(worth / heat), and no team with the weight of a worth of 0 (the
multinomial logit; McFadden 1974). With that, what is wanted changes smoothly with prices, equals are wanted alike, and
the sum of softened maxima less the price of what there is, is a convex function of prices whose slope is what is
left. As the heat goes to zero it becomes the bound itself (Nesterov 2005).
"""

from typing import Final

import numpy as np

from core.model.plans.columns import Floats
from matching.ascent.market import Block, Market, Seats
from matching.ascent.segments import Reals
from matching.ascent.tariff import Tariff, left_over

_LEAST: Final = 1e-6


def demand(market: Market, tariff: Tariff, heat: float) -> Tariff:
    """What is wanted of everybody, as an amount for each person."""
    wanted, raised = Tariff.free(market.problem), tariff.raised(market.problem)
    served = np.zeros(market.problem.cases.n)
    for block in market.blocks:
        _add(wanted, served, block, tariff, raised, heat)
    if market.problem.floors.n:
        wanted.floors[:] = market.problem.floors.member @ served
    return wanted


def _add(wanted: Tariff, served: Floats, block: Block, tariff: Tariff, raised: Floats, heat: float) -> None:
    x, y, r, w = (left_over(seats, seats.score, tariff) for seats in (block.x, block.y, block.r, block.w))
    z = left_over(block.z, block.z.score, tariff, mentors=True)
    guide, of_z = block.z.groups.soft_most(z, heat)
    second, of_w = block.w.groups.soft_most(w, heat)
    straight, of_y = block.y.groups.soft_most(y, heat)
    r += block.r.groups.spread(straight[block.origin])
    _not_oneself(block, r, of_y, heat)
    onward, of_r = block.r.groups.soft_most(r, heat)
    chain, of_arrival = block.arriving.soft_most(np.concatenate((straight, onward))[block.arrival], heat)
    heard, of_hub = block.heard.soft_most(chain[block.hub], heat)
    team, of_x = block.x.groups.soft_most(x, heat)
    team[block.indirect] += heard
    team[block.mentored] += guide[block.guides]
    team[block.leading] += second[block.beside]
    best, of_team = block.teams.soft_most(team, heat)
    case = block.first + block.teams.key
    with np.errstate(over="ignore"):
        served[case] = 1.0 / (1.0 + np.exp(-(best + raised[case]) / heat))
    of_team = of_team * block.teams.spread(served[case])
    _take(wanted, block.x, of_x, of_team)
    first, relay = _legs_taken(block, of_arrival, of_hub * block.heard.spread(of_team[block.indirect]))
    _take(wanted, block.y, of_y, first)
    _take(wanted, block.r, of_r, relay)
    accompanied: Floats = np.bincount(block.beside, of_team[block.leading], len(block.w.groups)).astype(np.float64)
    _take(wanted, block.w, of_w, accompanied)
    guided = np.bincount(block.guides, of_team[block.mentored], len(block.z.groups))
    taken = of_z * block.z.groups.spread(guided)
    np.add(wanted.mentoring, np.bincount(block.z.holder, taken, len(wanted.mentoring)), out=wanted.mentoring)


def _legs_taken(block: Block, of_arrival: Reals, of_hub: Reals) -> tuple[Floats, Floats]:
    """How much each group of first legs and of relay legs is wanted."""
    arriving = np.bincount(block.hub, of_hub, len(block.arriving))
    taken = np.empty(len(block.arrival))
    taken[block.arrival] = of_arrival * block.arriving.spread(arriving)
    straight, onward = np.split(taken, [len(block.y.groups)])
    return straight + np.bincount(block.origin, onward, len(straight)), onward


def _not_oneself(block: Block, r: Reals, of_y: Reals, heat: float) -> None:
    """Nobody relays herself: the first leg before hers is worth what it is without her share."""
    relays, own = block.doubled
    if len(relays):
        share = np.bincount(relays, of_y[own], len(r))
        r += (heat * np.log(np.maximum(1.0 - share, _LEAST))).astype(r.dtype)


def _take(wanted: Tariff, seats: Seats, share: Reals, of_group: Floats) -> None:
    if not len(seats.holder):
        return
    taken = share * seats.groups.spread(of_group)
    people = len(wanted.places)
    np.add(wanted.places, np.bincount(seats.holder, taken, people), out=wanted.places)
    if seats.hours.any():
        np.add(wanted.hours, np.bincount(seats.holder, taken * seats.hours, people), out=wanted.hours)
