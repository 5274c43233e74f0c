"""Solvers take turns at the same problems, and every answer is checked by code that shares nothing with them."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from bench.apart import Spent, apart
from bench.bound import bound_from
from bench.check import by_tier, faults, value
from bench.matching.folders import kept, problem_in, served
from bench.matching.trials import (
    ASSIGNING,
    CPSAT,
    CPSAT_FROM_GREEDY,
    OURS,
    Answer,
    Attempt,
    Found,
    attempt,
)
from bench.matching.waitlists import Prepared, Preparing, Waitlist, prepare
from bench.matching.whole import WholeRun, whole_run
from matching.problem import relative_gap

NEAR: Final = 1e-5
"""How far a stated value or bound may be off, relative to it: CP-SAT counts in hundredths of a point."""


class Limits(msgspec.Struct, frozen=True):
    """Seconds that the engine may take, and that CP-SAT may."""

    ours: float = 600.0
    rival: float = 60.0


class Trial(msgspec.Struct, frozen=True):
    """One checked answer.

    ``value`` is the checker's, and so is ``tiers``: how many cases of tier 1, 2 and so on are served. ``gap`` and
    ``bound`` are the solver's own; ``price_gap`` is how far the bound that the checker makes of the prices lies above
    the value. ``faults``: what is wrong; empty is the verdict "feasible".
    """

    solver: str
    waitlist: Waitlist
    status: str
    value: float
    tiers: list[int]
    bound: float | None
    gap: float | None
    price_gap: float | None
    spent: Spent
    served: dict[str, float]
    faults: list[str]

    @property
    def verdict(self) -> str:
        """The checker's verdict in words."""
        return f"WRONG: {self.faults[0]}" if self.faults else "feasible"


class Lab:
    """Prepares problems, lets solvers at them, keeps what it has: nothing is drawn or solved twice."""

    def __init__(self, limits: Limits = Limits(), tell: Callable[[str], None] = print) -> None:  # noqa: B008 -- frozen
        self.limits, self.tell = limits, tell
        self._room = tempfile.TemporaryDirectory(prefix="amparo-bench-")
        self._prepared: dict[Waitlist, tuple[Path, Prepared]] = {}
        self._trials: dict[tuple[Waitlist, str], Trial] = {}

    def __enter__(self) -> "Lab":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._room.cleanup()

    def compare(self, waitlists: Iterable[Waitlist], solvers: Iterable[str]) -> list[list[Trial]]:
        """The trials of each solver, in the order of the solvers; they take turns from one waitlist to the next."""
        names = list(solvers)
        rounds = [[self.trial(one, name) for name in names] for one in waitlists]
        return [list(column) for column in zip(*rounds, strict=True)]

    def trial(self, waitlist: Waitlist, solver: str) -> Trial:
        """One solver at one waitlist."""
        key = waitlist, solver
        if key not in self._trials:
            self._trials[key] = self._tried(waitlist, solver)
            self.tell(line_of(self._trials[key]))
        return self._trials[key]

    def prepared(self, waitlist: Waitlist, *, graph: bool = False) -> tuple[Path, Prepared]:
        """The folder of a waitlist's problem, and what asking took; ``graph``: with the attorney graph beside it."""
        known = self._prepared.get(waitlist)
        if known is None or (graph and known[1].graph is None):
            folder = self.folder()
            known = self._prepared[waitlist] = folder, apart(prepare, Preparing(waitlist, str(folder), graph))
        return known

    def whole(self, waitlist: Waitlist) -> tuple[Trial, Found]:
        """The engine from the first draw to the teams in one process."""
        folder = self.folder()
        order = WholeRun(waitlist, str(folder), self.limits.ours, str(folder / "answer"))
        found = apart(whole_run, order)
        trial = self._checked(waitlist, OURS, folder, found, folder / "answer")
        self.tell(line_of(trial))
        return trial, found

    def folder(self) -> Path:
        """A new empty folder, which goes when the lab closes."""
        return Path(tempfile.mkdtemp(dir=self._room.name))

    def _tried(self, waitlist: Waitlist, solver: str) -> Trial:
        folder, prepared = self.prepared(waitlist, graph=solver in ASSIGNING)
        answer = self.folder() / "answer"
        seconds = self.limits.rival if solver in (CPSAT, CPSAT_FROM_GREEDY) else self.limits.ours
        found = apart(attempt, Attempt(solver, str(folder), seconds, str(answer), prepared.graph))
        return self._checked(waitlist, solver, folder, found, answer)

    def _checked(self, waitlist: Waitlist, solver: str, folder: Path, found: Found, path: Path) -> Trial:
        answer, problem = kept(path), problem_in(folder)
        assert isinstance(answer, Answer)
        problem = answer.of or problem
        worth, tiers = value(problem, answer.chosen), by_tier(problem, answer.chosen)
        above = None if answer.prices is None else bound_from(problem, answer.prices, tiers)
        return Trial(
            solver=solver,
            waitlist=waitlist,
            status=found.status,
            value=worth,
            tiers=tiers,
            bound=found.bound,
            gap=None if found.bound is None else relative_gap(worth, found.bound),
            price_gap=None if above is None else relative_gap(worth, above),
            spent=found.spent,
            served=served(folder, problem.attorneys.case[answer.chosen[0]]),
            faults=[*faults(problem, answer.chosen), *misstated(answer, worth)],
        )


def misstated(answer: Answer, worth: float) -> list[str]:
    """What an answer says of itself that is not so."""
    slack = NEAR * max(1.0, abs(worth))
    found = []
    if answer.stated is not None and abs(answer.stated - worth) > slack:
        found.append(f"It states a value of {answer.stated:,.2f}; it is {worth:,.2f}.")
    if answer.bound is not None and answer.bound < worth - slack:
        found.append(f"It states a bound of {answer.bound:,.2f}, below its value of {worth:,.2f}.")
    return found


def contradictions(trials: Iterable[Trial]) -> list[str]:
    """Where one solver found more than another one proved possible among the same candidates.

    A bound holds for answers that serve the tiers at least as well, the more urgent one first; and what is called
    optimal where tiers are served in their order serves them best.
    """
    same: dict[Waitlist, list[Trial]] = {}
    for trial in trials:
        if trial.solver not in ASSIGNING:  # they choose among all attorneys
            same.setdefault(trial.waitlist, []).append(trial)
    return [
        f"{other.solver} found {other.value:,.2f} where {one.solver} proved no more than {one.bound:,.2f}."
        for group in same.values()
        for one in group
        for other in group
        if one.bound is not None
        and other.tiers >= one.tiers
        and other.value > one.bound + NEAR * max(1.0, abs(one.bound))
    ] + [
        f"{other.solver} serves {other.tiers} cases by tier where {one.solver} calls {one.tiers} the best."
        for group in same.values()
        for one in group
        for other in group
        if one.solver == OURS and one.status == "optimal" and other.tiers > one.tiers
    ]


def line_of(trial: Trial) -> str:
    """A trial in a line."""
    gap = "" if trial.gap is None else f", gap {trial.gap:.1e}"
    prices = "" if trial.price_gap is None else f" (from prices {trial.price_gap:.1e})"
    spent = trial.spent
    return (
        f"  {trial.waitlist.cases:,} cases, seed {trial.waitlist.seed}, {trial.solver}: {trial.value:,.0f}, "
        f"{trial.served['all']:.1%} served, {trial.status}{gap}{prices}; {spent.processor:.2f} s of processor, "
        f"{spent.clock:.2f} s, {spent.mebibytes:,.0f} MiB; {trial.verdict}"
    )
