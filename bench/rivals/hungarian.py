"""The assignment that a textbook proposes: one dense matrix of cases and attorney places, solved to its optimum.

It is blind to interpreters and mentors, and it knows all attorneys, not only the candidates. SciPy's solver is the one
that people take (Crouse 2016, a shortest augmenting path as in Jonker and Volgenant 1987); it is called as its
documentation shows. The attorney graph is read block by block, so that only the matrix takes memory.
"""

from pathlib import Path
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.rivals.graph import FLAGS, Graph
from core.model.plans.columns import Floats, Ints
from matching.problem import AttorneyPairs

BLOCK: Final = 256
"""Cases read at once."""


def best_attorneys(graph: Graph, places: Ints, by: str = "score") -> AttorneyPairs:
    """The assignment with the greatest sum of scores (``SCORES``); ``places`` int[n] are those of all people."""
    people = np.array(graph.people)
    column = np.repeat(np.arange(len(people)), places[people])
    cases, slots = linear_sum_assignment(_matrix(graph, column, by), maximize=True)
    score = graph.read("score")[cases, column[slots]]
    cases, at, score = (one[score > 0] for one in (cases, column[slots], score))
    direct, short = (np.array(graph.read(name)[cases, at]) for name in FLAGS)
    return AttorneyPairs(cases.astype(np.int64), people[at], np.array(score), direct, short)


def _matrix(graph: Graph, column: Ints, by: str) -> Floats:
    matrix = np.empty((graph.cases, len(column)))
    width = len(graph.people)
    with (Path(graph.folder) / by).open("rb") as file:
        for begin in range(0, graph.cases, BLOCK):
            block = np.fromfile(file, np.float64, BLOCK * width).reshape(-1, width)
            matrix[begin : begin + len(block)] = block[:, column]
    return matrix
