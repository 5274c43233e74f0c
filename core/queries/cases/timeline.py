"""Everything that happened to a case, page by page, the newest first: with no word of the client."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec

from core.model.events import AuditEvent
from core.queries.paging import Page, page_of
from core.queries.reading import Row, Where, select, select_one
from core.store.audit import with_words

EVENTS: Final = 50
_SUBJECTS: Final = (
    "SELECT id FROM legal_case WHERE id = {} "
    'UNION ALL SELECT id FROM proposal WHERE "case" = {} '
    'UNION ALL SELECT id FROM case_match WHERE "case" = {} '
    'UNION ALL SELECT o.id FROM offer o JOIN seat s ON s.id = o.seat JOIN case_match m ON m.id = s."match" '
    'WHERE m."case" = {}'
)


class About(StrEnum):
    """What of a case's history is looked at; DONE is all of it."""

    DONE = "done"
    STEPS = "steps"
    TALK = "talk"
    FILE = "file"
    TASKS = "tasks"
    DATES = "dates"


_KINDS: Final[Mapping[About, tuple[str, ...]]] = {
    About.TALK: ("note_%", "contact_%", "client_told", "client_wrote", "receipt_%", "check_question"),
    About.FILE: (
        "document_%",
        "client_corrected",
        "client_erased",
        "party_%",
        "conflict_decided",
        "opposing_%",
        "answers_%",
        "case_corrected",
        "consent_%",
        "eligibility_%",
        "hold_%",
        "disclosures_exported",
    ),
    About.TASKS: ("task_%",),
    About.DATES: ("dates_%", "deadline_%"),
}
"""The kinds of events by what they are about, as patterns; whatever is none of these is a step of the case."""
_LOOKS: Final = ("disclosed", "document_opened")
"""Looks have a list of their own, see ``core.queries.privacy.disclosures``: so many would hide what was done."""


def _where(case: UUID, about: About) -> Where:
    where = Where(f"e.subject IN ({_SUBJECTS})", case, case, case, case)
    if kinds := _KINDS.get(about):
        where.also("(" + " OR ".join("e.kind LIKE {}" for _ in kinds) + ")", *kinds)
    unwanted = [*_LOOKS, *(kind for kinds in _KINDS.values() for kind in kinds if about is About.STEPS)]
    return where.also(" AND ".join("e.kind NOT LIKE {}" for _ in unwanted), *unwanted)


async def timeline_of(
    case: UUID, about: About = About.DONE, *, before: int | None = None, limit: int = EVENTS
) -> Page[AuditEvent]:
    """One page of what happened to a case, its proposals, matches and offers, the newest first. Two statements.

    The mark of the next page is the number of the last event on this one.
    """
    where = _where(case, about)
    if before is not None:
        where.also("e.sequence < {}", before)
    rows = await select(
        f"SELECT e.* FROM audit_event e WHERE {where} ORDER BY e.sequence DESC LIMIT {{}}", *where.values, limit + 1
    )
    told = await with_words(case, [_event(row) for row in rows])
    return page_of(told, [str(row["sequence"]) for row in rows], limit)


def _event(row: Row) -> AuditEvent:
    detail: Any = row["detail"]
    read = msgspec.json.decode(detail) if isinstance(detail, str) else detail
    return msgspec.convert({**row, "detail": read}, AuditEvent)


async def last_reached(case: UUID) -> datetime | None:
    """When somebody spoke with the client or her family last; None where nobody has yet. One statement."""
    row = await select_one(
        "SELECT at FROM case_contact WHERE \"case\" = {} AND outcome = 'reached' "
        "AND counterpart IN ('client', 'family') ORDER BY at DESC LIMIT 1",
        case,
    )
    return row["at"] if row else None
