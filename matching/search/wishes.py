"""What a snapshot asks for beyond rules and scores: floors for its groups of cases, and work that is spread."""

import numpy as np

from core.model.plans.columns import VolunteerColumns
from core.model.plans.sharing import FloorReached
from core.model.plans.snapshot import Snapshot
from matching.problem import Problem, Solution
from matching.sharing import Floors, Load


def floors_of(snapshot: Snapshot) -> Floors:
    """The floors of a snapshot over its cases."""
    floors = snapshot.sharing.floors
    if not floors:
        return Floors()
    member = np.array([[floor.has(case) for case in snapshot.cases] for floor in floors], dtype=np.bool_)
    wanted = [floor.wanted(int(row.sum())) for floor, row in zip(floors, member, strict=True)]
    return Floors(member, np.array(wanted, dtype=np.int64), np.array([floor.points for floor in floors]))


def load_of(snapshot: Snapshot, volunteers: VolunteerColumns) -> Load:
    """By how much each place costs more than the one before: the spread over all that somebody has free.

    The scorer ``even_load`` counts what she carries already. From there the cost rises as far as a full load would take
    it, so at the same weight both are one slope.
    """
    spread = snapshot.sharing.spread
    if not spread:
        return Load()
    free = 1.0 - np.clip(volunteers.load, 0.0, 1.0)
    return Load(
        spread * free / np.maximum(1, volunteers.free_places), spread * free / np.maximum(1, volunteers.free_mentoring)
    )


def floors_reached(snapshot: Snapshot, problem: Problem, solution: Solution) -> tuple[FloorReached, ...]:
    """What became of the floors of a snapshot."""
    served = problem.served(solution.chosen)
    return tuple(
        FloorReached(
            kind=floor.kind,
            group=floor.group,
            share=floor.share,
            points=floor.points,
            waiting=int(member.sum()),
            wanted=int(wanted),
            served=int(member[served].sum()),
            price=round(min(float(price), floor.points), 3),
        )
        for floor, member, wanted, price in zip(
            snapshot.sharing.floors, problem.floors.member, problem.floors.wanted, solution.given_back, strict=True
        )
    )
