"""What the processes of a measurement leave in a folder for each other: a problem, who its cases are for, an answer.

Solvers load this module, and their memory is measured: it needs nothing that draws worlds or asks plugins.
"""

import pickle
from collections import Counter
from pathlib import Path
from typing import Final

import msgspec

from core.model.plans.columns import Ints
from matching.problem import Problem

GROUPS: Final = ("English", "Spanish", "Indigenous", "Other")


def keep(path: Path, thing: object) -> None:
    """Write arrays for another process of the same run."""
    with path.open("wb") as file:
        pickle.dump(thing, file, protocol=5)


def kept(path: Path) -> object:
    """Read what ``keep`` wrote."""
    with path.open("rb") as file:
        return pickle.load(file)


def problem_in(folder: Path) -> Problem:
    """The problem of a prepared waitlist."""
    problem = kept(folder / "problem")
    assert isinstance(problem, Problem)
    return problem


def pairs_of(problem: Problem) -> list[int]:
    """How many pairs each table has."""
    return [len(table.case) for table in problem.tables]


def served(folder: Path, cases: Ints) -> dict[str, float]:
    """The share of cases served, in all and by language group, given the numbers of those that are."""
    groups = msgspec.json.decode((folder / "groups").read_bytes(), type=list[str])
    there, helped = Counter(groups), Counter(groups[case] for case in cases.tolist())
    shares = {group: helped[group] / there[group] for group in GROUPS if there[group]}
    return {"all": helped.total() / max(1, len(groups))} | shares
