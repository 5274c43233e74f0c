"""What coordinators decided about the hits of conflict checks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from core import tables as t
from core.model.conflicts.hits import Decision, Verdict
from core.store.keys import new_id

Whose = tuple[UUID | None, UUID | None]
"""What the hits of a case are with: another case, or a volunteer."""


async def decisions_of(case: UUID) -> dict[Whose, Decision]:
    """What was decided for a case, the last word each, by whom the hits are with."""
    return (await decisions_by_case([case]))[case]


async def decisions_by_case(cases: Collection[UUID]) -> dict[UUID, dict[Whose, Decision]]:
    """The same for many cases; one of which nothing was decided is there too."""
    if not cases:
        return {}
    d, found = t.ConflictDecision, {case: dict[Whose, Decision]() for case in cases}
    query = d.select(d.case, d.other, d.volunteer, d.verdict, d.reason, d.mark).where(d.case.is_in(list(cases)))
    for row in await query.order_by(d.id):
        decision = Decision(Verdict(row["verdict"]), row["reason"], row["mark"])
        found[row["case"]][row["other"], row["volunteer"]] = decision
    return found


async def insert_decision(case: UUID, whose: Whose, decision: Decision, *, by: UUID | None, now: datetime) -> None:
    """Write what was decided; what was decided before stays in the table."""
    other, volunteer = whose
    row = t.ConflictDecision(
        id=new_id(),
        case=case,
        other=other,
        volunteer=volunteer,
        verdict=str(decision.verdict),
        reason=decision.reason,
        mark=decision.mark,
        decided_by=by,
        decided_at=now,
    )
    await t.ConflictDecision.insert(row)
