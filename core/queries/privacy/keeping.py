"""How long clients are kept, for pages: one case, what is held, what was reduced, how the keys stand."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases.case import Case
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.reading import select, select_one


class Keeping(msgspec.Struct, frozen=True):
    """A case with when it ended and when it was reduced to statistics, if it was."""

    case: Case
    ended_at: datetime | None
    reduced_at: datetime | None


class Known(msgspec.Struct, frozen=True):
    """How much is known of a client: fields, other people, documents, and what was written down in casework."""

    fields: int
    people: int
    documents: int
    notes: int

    @property
    def anything(self) -> bool:
        """Whether anything is known."""
        return bool(self.fields or self.people or self.documents or self.notes)


class HeldCase(msgspec.Struct, frozen=True):
    """A case under a legal hold; why, its own page says."""

    id: UUID
    ref: str
    set_by: str
    set_at: datetime


class ReducedCase(msgspec.Struct, frozen=True):
    """A case that was reduced to statistics, when and how: ``reason`` is a code of ``ErasureReason``."""

    id: UUID
    ref: str
    at: datetime
    reason: str
    by: str


async def keeping_of(key: UUID) -> Keeping:
    """One case; NotFound where there is none."""
    row = await select_one(f"SELECT {COLUMNS}, c.ended_at, c.reduced_at FROM legal_case c WHERE c.id = {{}}", key)
    if row is None:
        raise NotFound("There is no such case.")
    return Keeping(case=case_in(row), ended_at=row["ended_at"], reduced_at=row["reduced_at"])


async def known_of(key: UUID) -> Known:
    """How much is known of the client of a case, counted without opening anything."""
    row = await select_one(
        'SELECT (SELECT COUNT(*) FROM client_record r WHERE r."case" = {}) AS fields, '
        '(SELECT COUNT(*) FROM party p WHERE p."case" = {}) AS people, '
        '(SELECT COUNT(*) FROM document d WHERE d."case" = {}) AS documents, '
        '(SELECT COUNT(*) FROM case_note n WHERE n."case" = {}) + '
        '(SELECT COUNT(*) FROM case_contact n WHERE n."case" = {}) AS notes',
        *(key,) * 5,
    )
    return msgspec.convert(row, Known)


async def held_cases(limit: int) -> list[HeldCase]:
    """The cases under a hold, the longest held first."""
    rows = await select(
        "SELECT c.id, c.reference AS ref, h.set_by_label AS set_by, h.set_at FROM legal_hold h "
        'JOIN legal_case c ON c.id = h."case" WHERE h.lifted_at IS NULL ORDER BY h.set_at, h.id LIMIT {}',
        limit,
    )
    return [msgspec.convert(row, HeldCase) for row in rows]


async def reduced_cases(limit: int) -> list[ReducedCase]:
    """The cases that were reduced to statistics, the last first, as the audit chain tells it."""
    rows = await select(
        "SELECT c.id, c.reference AS ref, e.at, e.detail, e.actor_label AS by FROM audit_event e "
        "JOIN legal_case c ON c.id = e.subject WHERE e.kind = 'client_erased' ORDER BY e.sequence DESC LIMIT {}",
        limit,
    )
    return [_reduced(row) for row in rows]


def _reduced(row: dict[str, object]) -> ReducedCase:
    detail = msgspec.json.decode(str(row["detail"]), type=dict[str, str | int])
    return msgspec.convert(row | {"reason": detail["reason"]}, ReducedCase)


async def how_many_held() -> int:
    """How many cases are under a hold."""
    row = await select_one("SELECT COUNT(*) AS n FROM legal_hold WHERE lifted_at IS NULL")
    return int(row["n"]) if row else 0


async def erased_since_rotation() -> int:
    """How many clients were erased since the clinic's key was last changed: backups of before still hold their keys."""
    row = await select_one(
        "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'client_erased' AND sequence > "
        "COALESCE((SELECT MAX(sequence) FROM audit_event WHERE kind = 'keys_rotated'), 0)"
    )
    return int(row["n"]) if row else 0


async def last_rotation() -> datetime | None:
    """When the clinic's key was last changed, as far as the audit chain goes."""
    row = await select_one("SELECT at FROM audit_event WHERE kind = 'keys_rotated' ORDER BY sequence DESC LIMIT 1")
    return row["at"] if row else None
