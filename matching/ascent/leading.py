"""Prices and teams as a lead for the proof: what the program of a problem begins with."""

from matching.ascent.ascending import Ascent
from matching.problem import Problem
from matching.solving.duals import at_rows
from matching.solving.effort import Effort
from matching.solving.lead import Lead
from matching.solving.program import Program


def lead(problem: Problem, program: Program, effort: Effort) -> Lead:
    """Climb to good prices, choose teams by them, and make the prices exact as far as prices of persons can be."""
    ascent = Ascent(problem, effort.seed)
    found = ascent.polished(ascent.ascended(effort), effort)
    chosen = program.columns_of(found.chosen)
    settled = problem.objective(found.chosen) - program.objective(chosen)
    return Lead(chosen, program.columns_of(found.near), at_rows(program, found.prices), found.bound - settled)
