"""Related cases and referrals for pages."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.cases.relating import PlaceOfHelp, Relation, reversed_relation
from core.queries.cases.rows import COLUMNS, case_in
from core.queries.reading import Row, loaded, select


class RelatedLine(msgspec.Struct, frozen=True):
    """A related case, what its client is to the client of the one that is looked at, and who works on it."""

    case: Case
    relation: Relation
    attorney: str


class ReferredLine(msgspec.Struct, frozen=True):
    """A place that a client was told of, by whom and when."""

    place: PlaceOfHelp
    who: str
    since: datetime


async def related_to(case: UUID) -> tuple[RelatedLine, ...]:
    """The cases that belong to one, by their references. One statement."""
    rows = await select(
        f"SELECT {COLUMNS}, r.one, r.relation, v.name AS attorney FROM case_relation r "
        "JOIN legal_case c ON c.id = CASE WHEN r.one = {} THEN r.other ELSE r.one END "
        "LEFT JOIN case_match m ON m.\"case\" = c.id AND m.state = 'engaged' "
        "LEFT JOIN seat s ON s.\"match\" = m.id AND s.role = 'attorney' AND s.state = 'engaged' "
        "LEFT JOIN volunteer v ON v.id = s.volunteer WHERE r.one = {} OR r.other = {} ORDER BY c.reference",
        case,
        case,
        case,
    )
    return tuple(_related(row, case) for row in rows)


def _related(row: Row, case: UUID) -> RelatedLine:
    relation = Relation(row["relation"])
    seen = relation if row["one"] == case else reversed_relation(relation)
    return RelatedLine(case_in(row), seen, row["attorney"] or "")


async def referrals_of(case: UUID) -> tuple[ReferredLine, ...]:
    """The places that a client was told of, the last first. One statement."""
    rows = await select(
        "SELECT p.id, p.name, p.phone, p.website, p.address, p.languages, p.areas, p.note, p.retired, "
        "COALESCE(a.name, '') AS who, r.made_at AS since FROM referral r JOIN place_of_help p ON p.id = r.place "
        'LEFT JOIN account a ON a.id = r.made_by WHERE r."case" = {} ORDER BY r.id DESC',
        case,
    )
    return tuple(ReferredLine(place_in(row), row["who"], row["since"]) for row in rows)


def place_in(row: Row) -> PlaceOfHelp:
    """The place in a row."""
    values = {name: row[name] for name in PlaceOfHelp.__struct_fields__ if name != "areas"}
    return msgspec.convert(values | {"areas": loaded(row["areas"], list[str])}, PlaceOfHelp)
