"""Floors that lift cases above others which score more: where that is why one is served and another is not."""

from typing import Final, NamedTuple

from core.model.plans.sharing import GroupKind
from matching.candidates import Candidates
from matching.problem import Solution

LITTLE: Final = 0.5
"""Points below which a floor changes nothing worth telling."""
OF_CASES: Final = {
    GroupKind.LANGUAGE: "cases in {group}",
    GroupKind.LANGUAGE_GROUP: "cases in {group} languages",
    GroupKind.COUNTY: "cases of {group} county",
    GroupKind.AREA: "{group} cases",
}


class Lift(NamedTuple):
    """A floor's cases in words, and how many points each of them counts more for it."""

    cases: str
    points: float


class Lifting:
    """Says of the cases of one run which floor lifts each of them most."""

    def __init__(self, candidates: Candidates, solution: Solution) -> None:
        floors = candidates.snapshot.sharing.floors
        missing = solution.missing.tolist() if floors else []
        self._member = candidates.problem.floors.member
        self._lifts = [
            Lift(
                OF_CASES[floor.kind].format(group=floor.group),
                floor.points if lacking else min(floor.points, float(price)),
            )
            for floor, lacking, price in zip(floors, missing, solution.given_back, strict=True)
        ]

    def of(self, case: int) -> Lift | None:
        """The floor that counts most for a case; None where none counts more than next to nothing."""
        lifts = [lift for lift, member in zip(self._lifts, self._member, strict=True) if member[case]]
        best = max(lifts, key=lambda lift: lift.points, default=None)
        return best if best is not None and best.points > LITTLE else None
