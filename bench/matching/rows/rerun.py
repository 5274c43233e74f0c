"""Planning again after some attorneys have left: who must change does, and nearly nobody else."""

from collections.abc import Iterable
from typing import Final

import msgspec
import numpy as np
from msgspec.structs import replace

from bench.apart import apart
from bench.check import faults, teams, value
from bench.matching.goals import SMALL, Goal, Measured, Plan, Row
from bench.matching.lab import Lab
from bench.matching.trials import SEED
from bench.matching.waitlists import Waitlist, candidates_of
from core.model.plans.snapshot import Held, Snapshot
from core.model.vocabulary import SeatRole, VolunteerRole
from matching.candidates import Candidates
from matching.problem import KINDS, Chosen, Problem
from matching.solver import solve

LEAVING: Final = 0.01
Teams = dict[str, tuple[Held, ...]]


class Leaving(msgspec.Struct, frozen=True):
    """Which waitlist, and the seconds of each solve."""

    waitlist: Waitlist
    seconds: float


class Rerun(msgspec.Struct, frozen=True):
    """What became of the teams: how many there were, how many had to change, and how many changed beside those.

    ``loss``: how far the value, without the points for staying, lies below the bound of planning from nothing.
    """

    teams: int
    forced: int
    voluntary: int
    voluntary_without_bonus: int
    loss: float
    faults: list[str]


def measure(lab: Lab, plan: Plan) -> Measured:
    """One in a hundred of the attorneys leaves, each with a case; the proposals of the first run are out."""
    found = [apart(rerun, Leaving(one, lab.limits.ours)) for one in plan.waitlists(SMALL)]
    notes = [
        f"seed {seed}: {one.teams:,} teams, {one.forced} had to change, {one.voluntary} others did "
        f"({one.voluntary_without_bonus:,} without points for staying)"
        for seed, one in zip(plan.seeds, found, strict=True)
    ]
    return Measured(
        [
            Goal("voluntary changes / teams", [one.voluntary / max(1, one.teams) for one in found], 0.01, form=".2%"),
            Goal("loss of value", [one.loss for one in found], 0.0001, form=".4%"),
        ],
        notes=notes,
        faults=[fault for one in found for fault in one.faults],
    )


def rerun(order: Leaving) -> Rerun:
    """Plan, let some leave, plan again with the first plan's proposals out; and from nothing, to know the best."""
    before = order.waitlist.candidates()
    first = solve(before.problem, seed=SEED, time_limit=order.seconds)
    old = seats(before, first.chosen)
    left, gone = without_some(before.snapshot, old, order.waitlist.seed)
    calm, fresh = (candidates_of(one, order.waitlist.width) for one in (proposed(left, old), left))
    again, best = (solve(one.problem, seed=SEED, time_limit=order.seconds) for one in (calm, fresh))
    forced = {case for case, team in old.items() if any(held.volunteer in gone for held in team)}
    wrong = [*faults(before.problem, first.chosen), *faults(calm.problem, again.chosen)]
    return Rerun(
        teams=len(old),
        forced=len(forced),
        voluntary=_changed(old, seats(calm, again.chosen), forced),
        voluntary_without_bonus=_changed(old, seats(fresh, best.chosen), forced),
        loss=1 - value(fresh.problem, rows_in(fresh.problem, calm.problem, again.chosen)) / max(1.0, best.bound),
        faults=wrong,
    )


def rows_in(problem: Problem, other: Problem, chosen: Chosen) -> Chosen:
    """The rows that are the same pairs as the chosen rows of another problem; SystemExit where one is missing."""
    found = []
    for table, there, rows in zip(problem.tables, other.tables, chosen, strict=True):
        names = [name for name in table.__slots__ if name != "score"]
        wanted = list(zip(*(getattr(there, name)[rows].tolist() for name in names), strict=True))
        near = np.flatnonzero(np.isin(table.case, there.case[rows]))
        known = dict(zip(zip(*(getattr(table, name)[near].tolist() for name in names), strict=True), near, strict=True))
        if not known.keys() >= set(wanted):
            raise SystemExit("With proposals out, other pairs are candidates: measure where none are left out.")
        found.append(np.array([known[pair] for pair in wanted], dtype=np.int64))
    return tuple(found)


def seats(candidates: Candidates, chosen: Chosen) -> Teams:
    """The teams of an answer by the refs of their cases."""
    snapshot, tables = candidates.snapshot, dict(zip(KINDS, candidates.problem.tables, strict=True))
    return {
        snapshot.cases[case].ref: tuple(
            Held(role, snapshot.volunteers[person].ref)
            for role, rows in team.items()
            for person in sorted(tables[role].person[rows].tolist())
        )
        for case, team in teams(candidates.problem, chosen).items()
    }


def without_some(snapshot: Snapshot, old: Teams, seed: int) -> tuple[Snapshot, set[str]]:
    """The snapshot without one in a hundred of all attorneys, one at least, each of whom has a case; and who left."""
    every = sum(VolunteerRole.ATTORNEY in one.roles for one in snapshot.volunteers)
    busy = sorted({held.volunteer for team in old.values() for held in team if held.role is SeatRole.ATTORNEY})
    leaving = min(len(busy), max(1, round(LEAVING * every)))
    gone = set(np.random.default_rng(seed).choice(busy, leaving, replace=False).tolist())
    return replace(snapshot, volunteers=tuple(one for one in snapshot.volunteers if one.ref not in gone)), gone


def proposed(snapshot: Snapshot, old: Teams) -> Snapshot:
    """The snapshot with these teams proposed, as far as their members are still there."""
    there = {one.ref for one in snapshot.volunteers}
    cases = (
        replace(case, proposed=tuple(held for held in old.get(case.ref, ()) if held.volunteer in there))
        for case in snapshot.cases
    )
    return replace(snapshot, cases=tuple(cases))


def _changed(old: Teams, new: Teams, forced: Iterable[str]) -> int:
    """How many teams are not the same any more, beside those that could not stay."""
    return sum(new.get(case) != team for case, team in old.items() if case not in forced)


ROW = Row("rerun", f"{SMALL}, planned again after 1 % of attorneys left", measure)
