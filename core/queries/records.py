"""Anonymous records for reports and panels. No statement here selects a name, an address or a word of a story."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final
from uuid import UUID

import msgspec

from core.errors import BadInput, NotFound
from core.model.people import BarAdmission, good_bars, standing_of
from core.model.plugins.records import CaseRecord, MatchRecord, RosterRecord, SeatRecord, VolunteerRecord
from core.model.states import CaseState
from core.model.vocabulary import Standing, VolunteerRole
from core.queries.reading import Row, Where, loaded, select
from core.queries.rosters.lists import roster_standing

MOST_CASES: Final = 50_000
MOST_VOLUNTEERS: Final = 50_000
"""Of how many cases and volunteers a report is made at most, so that memory has an end: some 300 MiB at worst."""
OVER: Final = (CaseState.CLOSED, CaseState.DECLINED, CaseState.WITHDRAWN)
_OF_CASE: Final = ", ".join(
    f"c.{name}" for name in ("id", "changed_at", *CaseRecord.__struct_fields__) if name not in ("ref", "ended")
)
_OF_VOLUNTEER: Final = (
    "v.id, v.roles, v.created_at, v.county, v.us_state, v.remote, v.capacity_cases, v.capacity_mentor, v.hours_a_month"
)


@dataclass(frozen=True, slots=True)
class Rows:
    """What the database says of a period, before it is made into records: rows by what they are about."""

    cases: list[Row]
    matches: list[Row]
    seats: list[Row]
    people: "People"


@dataclass(frozen=True, slots=True)
class People:
    """Volunteers with the rows of their parts."""

    volunteers: list[Row]
    practice: list[Row]
    languages: list[Row]
    bars: list[Row]


async def rows_between(first: datetime, after: datetime, last_day: date) -> Rows:
    """Everything that was under way from one instant until another. Seven statements.

    ``last_day`` is the day that ends at ``after``. Raises BadInput where it is more than a report is made of.
    """
    over = ", ".join(f"'{state}'" for state in OVER)
    under_way = f"c.received <= {{}} AND (c.state NOT IN ({over}) OR c.changed_at >= {{}})"
    approved = f"m.approved_at < {{}} AND {under_way}"
    joined = 'JOIN legal_case c ON c.id = m."case"'
    cases = await select(
        f"SELECT {_OF_CASE} FROM legal_case c WHERE {under_way} ORDER BY c.id LIMIT {{}}",
        last_day,
        first,
        MOST_CASES + 1,
    )
    _require_room(cases, MOST_CASES)
    given = (after, last_day, first, 2 * MOST_CASES)
    matches = await select(
        'SELECT m.id, m."case", m.state, m.approved_at, m.engaged_at, m.ended_at FROM case_match m '
        f"{joined} WHERE {approved} ORDER BY m.id LIMIT {{}}",
        *given,
    )
    seats = await select(
        'SELECT s."match", s.role, s.volunteer, s.state, s.hours FROM seat s JOIN case_match m ON m.id = s."match" '
        f'{joined} WHERE {approved} ORDER BY s."match", s.position, s.id LIMIT {{}}',
        *given,
    )
    return Rows(cases, matches, seats, await _people(Where("v.created_at < {} AND v.merged_into IS NULL", after)))


def _require_room(rows: Sequence[Row], most: int) -> None:
    if len(rows) > most:
        raise BadInput(f"More than {most:,} cases or volunteers belong to this period. Choose a shorter one.")


async def _people(where: Where) -> People:
    volunteers = await select(
        f"SELECT {_OF_VOLUNTEER} FROM volunteer v WHERE {where} ORDER BY v.id LIMIT {{}}",
        *where.values,
        MOST_VOLUNTEERS + 1,
    )
    _require_room(volunteers, MOST_VOLUNTEERS)
    parts = [
        await select(
            f"SELECT p.volunteer, {columns} FROM {table} p JOIN volunteer v ON v.id = p.volunteer "
            f"WHERE {where} ORDER BY p.id",
            *where.values,
        )
        for table, columns in (
            ("practice_ability", "p.practice_area, p.level"),
            ("language_ability", "p.language, p.ilr"),
            ("bar_admission", "p.jurisdiction, p.standing"),
        )
    ]
    return People(volunteers, *parts)


async def record_of_case(key: UUID, place: tzinfo) -> CaseRecord:
    """The record of one case; NotFound otherwise. One statement."""
    rows = await select(f"SELECT {_OF_CASE} FROM legal_case c WHERE c.id = {{}}", key)
    if not rows:
        raise NotFound("There is no such case.")
    return case_record(rows[0], "C-1", place)


async def record_of_volunteer(key: UUID, place: tzinfo) -> VolunteerRecord:
    """The record of one volunteer; NotFound otherwise. Four statements."""
    people = await _people(Where("v.id = {}", key))
    if not people.volunteers:
        raise NotFound("There is no such volunteer.")
    return volunteer_records(people, place)[key]


async def record_of_roster(name: str) -> RosterRecord:
    """The record of a roster that is known here; NotFound otherwise. Three statements."""
    found = await roster_standing(name)
    if found is None:
        raise NotFound("There is no such roster.")
    return RosterRecord(name=name, title=found.title, bar=found.bar, members=found.standings)


Cases = dict[UUID, CaseRecord]
Volunteers = dict[UUID, VolunteerRecord]


def case_records(rows: Iterable[Row], place: tzinfo) -> Cases:
    """Records of cases, by the id that none of them holds. Days are those of ``place``."""
    return {row["id"]: case_record(row, f"C-{number}", place) for number, row in enumerate(rows, 1)}


def case_record(row: Row, ref: str, place: tzinfo) -> CaseRecord:
    """One record of a case."""
    over = row["state"] in OVER
    made = {
        "ref": ref,
        "languages": loaded(row["languages"], tuple[str, ...]),
        "waiting_since": _day(row["waiting_since"], place),
        "ended": _day(row["changed_at"], place) if over else None,
    }
    return msgspec.convert({**row, **made}, CaseRecord)


def _day(when: datetime | None, place: tzinfo) -> date | None:
    return when.astimezone(place).date() if when else None


def volunteer_records(people: People, place: tzinfo) -> Volunteers:
    """Records of volunteers, by the id that none of them holds."""
    practice, languages, bars = (_grouped(rows) for rows in (people.practice, people.languages, people.bars))
    return {
        row["id"]: _volunteer_record(
            row, f"V-{number}", practice[row["id"]], languages[row["id"]], bars[row["id"]], place
        )
        for number, row in enumerate(people.volunteers, 1)
    }


def _grouped(rows: Iterable[Row]) -> dict[Any, list[Row]]:
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["volunteer"]].append(row)
    return grouped


def _volunteer_record(
    row: Row, ref: str, practice: list[Row], languages: list[Row], bars: list[Row], place: tzinfo
) -> VolunteerRecord:
    admissions = tuple(BarAdmission(bar["jurisdiction"], standing=Standing(bar["standing"])) for bar in bars)
    made = {
        "ref": ref,
        "roles": loaded(row["roles"], tuple[VolunteerRole, ...]),
        "joined": _day(row["created_at"], place),
        "practice": {one["practice_area"]: one["level"] for one in practice},
        "languages": {one["language"]: one["ilr"] for one in languages},
        "bars": good_bars(admissions),
        "standing": standing_of(admissions),
    }
    return msgspec.convert({**row, **made}, VolunteerRecord)


def match_records(rows: Rows, cases: Cases, volunteers: Volunteers, place: tzinfo) -> tuple[MatchRecord, ...]:
    """Records of the matches of these cases."""
    seats: dict[UUID, list[SeatRecord]] = defaultdict(list)
    for row in rows.seats:
        person = volunteers.get(row["volunteer"])
        made = {"volunteer": person.ref if person else ""}
        seats[row["match"]].append(msgspec.convert({**row, **made}, SeatRecord))
    return tuple(
        msgspec.convert(
            {
                "case": cases[row["case"]].ref,
                "state": row["state"],
                "approved": _day(row["approved_at"], place),
                "engaged": _day(row["engaged_at"], place),
                "ended": _day(row["ended_at"], place),
                "seats": tuple(seats[row["id"]]),
            },
            MatchRecord,
        )
        for row in rows.matches
        if row["case"] in cases
    )
