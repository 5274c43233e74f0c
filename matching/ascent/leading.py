"""Prices and teams as a lead for the proof: what the program of a problem begins with."""

import time

import numpy as np

from core.model.columns import Floats
from matching.ascent.choosing import Choosing
from matching.ascent.climbing import Climb
from matching.ascent.market import Market
from matching.ascent.polishing import Polish, Polished
from matching.ascent.supply import Supply
from matching.problem import Problem
from matching.solving.lead import Lead
from matching.solving.program import Program
from matching.solving.tiers import Search

STEPS = 100
"""What a climb is told in hundredths of."""


def lead(problem: Problem, program: Program, search: Search) -> Lead:
    """Climb to good prices, choose teams by them, and make the prices exact as far as prices of persons can be."""
    market, supply = Market(problem), Supply(problem)
    climbed = Climb(market, supply).climb(
        over=lambda: search.stop() or time.monotonic() >= search.deadline,
        watch=lambda share, bound: search.report("Finding prices", round(STEPS * share), STEPS, None),
    )
    chosen = Choosing(market, supply, search.seed).choose(climbed.tariff)
    polish = Polish(market, supply, climbed, chosen, seed=search.seed)
    polished = polish.polish(deadline=search.deadline, report=search.report, stop=search.stop)
    return _of(problem, program, polished)


def _of(problem: Problem, program: Program, polished: Polished) -> Lead:
    """The same in the columns and rows of a program."""
    chosen = program.columns_of(polished.chosen)
    settled = problem.objective(polished.chosen) - program.objective(chosen)
    return Lead(chosen, program.columns_of(polished.near), _prices(program, polished), polished.bound - settled)


def _prices(program: Program, polished: Polished) -> Floats:
    """The prices of cases, persons and floors at their rows; none of chains."""
    tariff, prices = polished.tariff, np.zeros(len(program.upper))
    for family, mine in (
        ("case", polished.case),
        ("places", tariff.places[:-1]),
        ("mentoring", tariff.mentoring[:-1]),
        ("hours", tariff.hours[:-1]),
        ("floors", -tariff.floors),
    ):
        rows = program.rows[family]
        prices[rows[rows >= 0]] = mine[rows >= 0]
    return prices
