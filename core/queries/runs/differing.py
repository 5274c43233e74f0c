"""Two runs compared, with the names of the people and where the cases are now."""

from typing import Final
from uuid import UUID

import msgspec

from core.model.plans.diffing import Difference, difference
from core.model.plans.runs import KeptTeam, Shift
from core.model.plans.teams import Unmatched
from core.model.states import CaseState
from core.queries.matches.seats import names_of
from core.queries.reading import loaded, marks, select
from core.queries.runs.results import Run, find_run, runs_before

MOST: Final = 500
"""How many cases of a kind are named at most; the numbers count all."""


class CaseNow(msgspec.Struct, frozen=True):
    """A case by its reference, and where it stands today."""

    id: UUID
    ref: str
    state: CaseState


class Compared(msgspec.Struct, frozen=True):
    """Two runs and their difference; ``names`` by volunteer's id, ``cases`` and ``why_lost`` by reference.

    ``said_no`` tells by (reference, id) why somebody must not be proposed any more: a decline, a conflict, a forbid.
    """

    older: Run
    newer: Run
    difference: Difference
    names: dict[str, str]
    cases: dict[str, CaseNow]
    why_lost: dict[str, Unmatched]
    said_no: dict[tuple[str, str], str]


async def compared(newer: UUID, older: UUID | None = None) -> Compared | None:
    """Compare a run with an earlier one, by default the one before; None where there is none. Seven statements."""
    run = await find_run(newer)
    earlier = await runs_before(newer, limit=1) if older is None else (await find_run(older),)
    if not earlier:
        return None
    before = await find_run(earlier[0].id)
    plans = await _plans(before.id, run.id)
    shifts = [shift for key, (_teams, made) in plans.items() if key != before.id for shift in made]
    found = difference(
        plans.get(before.id, ((), ()))[0],
        plans.get(run.id, ((), ()))[0],
        waited=_looked_at(before, plans),
        waits=_looked_at(run, plans),
        shifts=shifts,
    )
    return await _named(before, run, found)


Plans = dict[UUID, tuple[tuple[KeptTeam, ...], tuple[Shift, ...]]]


async def _plans(older: UUID, newer: UUID) -> Plans:
    """The plans of two runs and of those between them, of which only the shifts matter."""
    rows = await select(
        "SELECT run, CASE WHEN run IN ({}, {}) THEN CAST(teams AS TEXT) ELSE '[]' END AS teams, shifts FROM run_plan "
        "WHERE run >= {} AND run <= {} ORDER BY run",
        older,
        newer,
        older,
        newer,
    )
    return {
        row["run"]: (loaded(row["teams"], tuple[KeptTeam, ...]), loaded(row["shifts"], tuple[Shift, ...]))
        for row in rows
    }


def _looked_at(run: Run, plans: Plans) -> set[str]:
    teams, _shifts = plans.get(run.id, ((), ()))
    return {team.case for team in teams} | {left.case for left in run.unmatched}


async def _named(older: Run, newer: Run, found: Difference) -> Compared:
    teams = [*found.gained, *found.arrived, *found.lost, *found.left]
    people = {seat.volunteer for team in teams for seat in team.seats}
    shifts = [shift for team in found.changed for shift in team.seats]
    people |= {seat.volunteer for shift in shifts for seat in (shift.went, shift.came) if seat}
    refs = {team.case for team in teams} | {team.case for team in found.changed}
    refs |= {shift.instead for shift in shifts if shift.instead}
    lost = {team.case for team in found.lost}
    return Compared(
        older=older,
        newer=newer,
        difference=found,
        names=await names_of(people),
        cases=await _cases(sorted(refs)),
        why_lost={left.case: left for left in newer.unmatched if left.case in lost},
        said_no=await _said_no([team.case for team in found.changed][:MOST]),
    )


async def _said_no(refs: list[str]) -> dict[tuple[str, str], str]:
    if not refs:
        return {}
    of_these = f'JOIN legal_case c ON c.id = b."case" WHERE c.reference IN ({marks(refs)})'
    rows = await select(
        f"SELECT c.reference, b.volunteer, b.reason FROM barred_pair b {of_these} UNION ALL "
        f"SELECT c.reference, b.volunteer, 'forbidden' FROM settled_pair b {of_these} "
        "AND b.kind = 'forbid' AND b.lifted_at IS NULL",
        *refs,
        *refs,
    )
    return {(row["reference"], str(row["volunteer"])): row["reason"] for row in rows}


async def _cases(refs: list[str]) -> dict[str, CaseNow]:
    found: dict[str, CaseNow] = {}
    for start in range(0, len(refs), MOST):
        some = refs[start : start + MOST]
        rows = await select(
            f"SELECT id, reference AS ref, state FROM legal_case WHERE reference IN ({marks(some)})", *some
        )
        found |= {row["ref"]: msgspec.convert(row, CaseNow) for row in rows}
    return found
