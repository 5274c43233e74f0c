"""Which cases belong together, such as those of a family."""

from datetime import datetime
from uuid import UUID

from core.errors import BadInput
from core.model.cases.relating import RelatedCases, Relation, reversed_relation
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases, relating
from core.store.database import transaction


async def relate_cases(case: UUID, ref: str, *, relation: Relation, by: Actor, now: datetime) -> UUID:
    """Note that the case with a reference belongs to this one; returns that case.

    ``relation`` is what its client is to the client of this one. Said again it is corrected. Raises NotFound where
    there is no such reference, BadInput where it is this case itself. Side effects, in one transaction: the note, an
    audit event for each of the two.
    """
    require_staff(by)
    async with transaction():
        other = (await cases.find_case_by_ref(ref.strip())).id
        if other == case:
            raise BadInput("This is the reference of the case itself. Write that of the other one.")
        await cases.find_case(case)
        await relating.keep_relation(RelatedCases.of(case, other, relation), by=by.account, now=now)
        for one, two, seen in ((case, other, relation), (other, case, reversed_relation(relation))):
            detail = {"other": str(two), "relation": str(seen)}
            await record("case_related", subject_kind="case", subject=one, by=by, now=now, **detail)
    return other


async def part_cases(case: UUID, other: UUID, *, by: Actor, now: datetime) -> None:
    """Take back that two cases belong together; TooLate where nobody says so any more."""
    require_staff(by)
    async with transaction():
        for one, two in ((case, other), (other, case)):
            await record("case_parted", subject_kind="case", subject=one, by=by, now=now, other=str(two))
        await relating.drop_relation(RelatedCases.of(case, other, Relation.OTHER))
