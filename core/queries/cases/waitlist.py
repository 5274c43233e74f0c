"""The waitlist as a coordinator works it: most urgent first, each case with what has happened to it so far."""

from datetime import date
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.model.cases.case import Case
from core.model.cases.urgency import Tier
from core.model.deadlines.rules import DatedFact
from core.model.plans.teams import Unmatched
from core.model.plugins.intake_fields import Answer
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea
from core.queries.cases.rows import COLUMNS, case_in, speaking
from core.queries.paging import ROWS, URGENT_FIRST, Page, behind_case, page_of
from core.queries.reading import Row, Where, loaded, marks, select, select_one
from core.store.cases.case_records import with_birth
from core.store.clients.clients import births_of


class Sieve(msgspec.Struct, frozen=True):
    """Which waiting cases to show; empty values ask for nothing.

    ``proposed``: with or without an open proposal. ``refs``: these cases alone, where it is not None.
    """

    area: PracticeArea | None = None
    language: str = ""
    tier: Tier | None = None
    proposed: bool | None = None
    county: str = ""
    refs: tuple[str, ...] | None = None


class Waiting(msgspec.Struct, frozen=True):
    """A waiting case, its open proposal if any, who claims it, and how many volunteers said no."""

    case: Case
    proposal: UUID | None = None
    claimed_by: str = ""
    declines: int = 0


class Tally(msgspec.Struct, frozen=True):
    """How many cases wait, by urgency."""

    now: int = 0
    soon: int = 0
    none: int = 0

    @property
    def all(self) -> int:
        """All waiting cases."""
        return self.now + self.soon + self.none


async def waiting_cases(sieve: Sieve, *, after: str = "", limit: int = ROWS) -> Page[Waiting]:
    """One page of the waitlist."""
    where = behind_case(_sieved(sieve), after)
    rows = await select(
        f"SELECT {COLUMNS}, p.id AS proposal, v.name AS claimed_by, "
        '(SELECT COUNT(*) FROM barred_pair b WHERE b."case" = c.id) AS declines FROM legal_case c '
        "LEFT JOIN proposal p ON p.\"case\" = c.id AND p.state = 'open' LEFT JOIN volunteer v ON v.id = p.claimed_by "
        f"WHERE {where} ORDER BY {URGENT_FIRST} LIMIT {{}}",
        *where.values,
        limit + 1,
    )
    return page_of([_waiting(row) for row in rows], [row["reference"] for row in rows], limit)


def _sieved(sieve: Sieve) -> Where:
    where = Where("c.state = {}", str(CaseState.WAITLISTED))
    if sieve.area is not None:
        where.also("c.practice_area = {}", str(sieve.area))
    if sieve.language:
        where.also(*speaking(sieve.language))
    if sieve.tier is not None:
        where.also("c.tier = {}", int(sieve.tier))
    if sieve.county:
        where.also("c.county = {}", sieve.county)
    if sieve.refs is not None:
        where.also(f"c.reference IN ({marks(sieve.refs) or 'NULL'})", *sieve.refs)
    if sieve.proposed is not None:
        where.also(f"p.id IS {'NOT ' if sieve.proposed else ''}NULL")
    return where


def _waiting(row: Row) -> Waiting:
    return Waiting(
        case=case_in(row),
        proposal=row["proposal"],
        claimed_by=row["claimed_by"] or "",
        declines=row["declines"],
    )


async def tally() -> Tally:
    """Count the waiting cases by urgency."""
    rows = await select("SELECT tier, COUNT(*) AS n FROM legal_case WHERE state = 'waitlisted' GROUP BY tier")
    return Tally(**{Tier(row["tier"]).word: row["n"] for row in rows})


async def counties_waiting() -> tuple[str, ...]:
    """The counties of all waiting cases, for a filter."""
    rows = await select(
        "SELECT DISTINCT county FROM legal_case WHERE state = 'waitlisted' AND county <> '' ORDER BY county"
    )
    return tuple(row["county"] for row in rows)


async def reasons_unmatched() -> dict[str, Unmatched]:
    """Why cases got no team in the last run that ended, by case reference."""
    row = await select_one("SELECT unmatched FROM matching_run WHERE state = 'done' ORDER BY id DESC LIMIT 1")
    return {one.case: one for one in loaded(row["unmatched"], list[Unmatched])} if row else {}


class Barred(msgspec.Struct, frozen=True):
    """A volunteer who is not proposed for a case again, and why."""

    id: UUID
    name: str
    reason: str


class CaseFile(msgspec.Struct, frozen=True):
    """A case with what a coordinator asks about it first, its dated facts and its answers to plugins' questions."""

    case: Case
    proposal: UUID | None
    match: UUID | None
    claimed_by: str
    barred: tuple[Barred, ...]
    dates: dict[DatedFact, date]
    answers: dict[str, Answer]


async def case_file(key: UUID) -> CaseFile:
    """One case in any state; NotFound when there is none. Three statements."""
    row = await select_one(
        f"SELECT {COLUMNS}, c.dated, c.answers, p.id AS proposal, v.name AS claimed_by, m.id AS match "
        "FROM legal_case c LEFT JOIN proposal p ON p.\"case\" = c.id AND p.state = 'open' "
        "LEFT JOIN volunteer v ON v.id = p.claimed_by "
        "LEFT JOIN case_match m ON m.\"case\" = c.id AND m.state IN ('offered', 'accepted', 'cleared', 'engaged') "
        "WHERE c.id = {}",
        key,
    )
    if row is None:
        raise NotFound("There is no such case.")
    barred = await select(
        "SELECT v.id, v.name, b.reason FROM barred_pair b JOIN volunteer v ON v.id = b.volunteer "
        'WHERE b."case" = {} AND v.merged_into IS NULL ORDER BY b.since, v.name',
        key,
    )
    return CaseFile(
        case=case_in(row),
        proposal=row["proposal"],
        match=row["match"],
        claimed_by=row["claimed_by"] or "",
        barred=tuple(msgspec.convert(one, Barred) for one in barred),
        dates=with_birth(key, loaded(row["dated"], dict[DatedFact, date]), await births_of([key])),
        answers=loaded(row["answers"], dict[str, Answer]),
    )
