"""Rows of volunteers: from a file to checked rows, and from rows to what a matcher sees."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path

from core.model.languages import ENGLISH, INTERPRETING_ILR
from core.model.people import BarAdmission
from core.model.vocabulary import Gender, PracticeArea, Standing, VolunteerRole
from core.spreadsheets import cells
from core.spreadsheets.cells import AREA, GENDER, NATIVE_ENGLISH, ROLE, STANDING
from core.spreadsheets.columns import CASE_COLUMNS, VOLUNTEER_COLUMNS, key_of, keys_of
from core.spreadsheets.problems import Problems, Reading, Unfit, reading
from core.spreadsheets.roster_columns import ROSTER_COLUMNS, is_roster
from core.spreadsheets.roster_shape import roster_rows
from core.spreadsheets.row_reader import RowReader, note_doubles, places_of, refuse_other_kind
from core.spreadsheets.separated import Row
from core.spreadsheets.table import Table, read_table
from core.spreadsheets.volunteer import VolunteerRow

Pair = tuple[str, str]


def read_volunteers(path: Path, today: date, *, bar: str = "") -> Reading[VolunteerRow]:
    """Read a file of volunteers, or a bar's roster of the bar ``bar`` (two letters), which is never guessed.

    Raises Unreadable where it is no spreadsheet; all other problems are in the reading.
    """
    problems = Problems(str(path))
    known = keys_of((*ROSTER_COLUMNS, *VOLUNTEER_COLUMNS))
    table = read_table(path, problems, lambda heading: key_of(heading) in known)
    if is_roster(table.header):
        members, note = roster_rows(table, problems, bar, today)
        return reading(problems, members, (*table.notes, note))
    refuse_other_kind(table, VOLUNTEER_COLUMNS, "cases", CASE_COLUMNS)
    rows = _volunteers(table, problems)
    note_doubles(problems, ((row.line, row.ref) for row in rows))
    return reading(problems, rows, table.notes)


def read_one_volunteer(fields: Mapping[str, str], source: str) -> Reading[VolunteerRow]:
    """Read a volunteer who is described by columns and their texts, as a row of a file would be."""
    problems = Problems(source)
    table = Table(source, tuple(fields), 0, (Row(0, tuple(fields.values())),))
    return reading(problems, _volunteers(table, problems), ())


def _volunteers(table: Table, problems: Problems) -> tuple[VolunteerRow, ...]:
    places = places_of(table, VOLUNTEER_COLUMNS, problems)
    return tuple(_volunteer(RowReader(table, row, places, problems)) for row in table.rows)


def _volunteer(cell: RowReader) -> VolunteerRow:
    county, state = cell.place()
    roles = _roles(cell)
    languages = _languages(cell)
    standing = cell.read("standing", STANDING, Standing.UNKNOWN)
    places = cell.read("capacity_cases", cells.whole, 1)
    row = VolunteerRow(
        line=cell.line,
        ref=cell.needed("ref", cells.reference, ""),
        roles=roles,
        name=cell.read("name", partial(cells.prose, most=200), ""),
        email=cell.read("email", cells.email, ""),
        firm=cell.read("firm", partial(cells.prose, most=200), ""),
        practice=_practice(cell),
        languages=languages,
        interprets=_interprets(cell, roles, languages),
        bars=tuple(BarAdmission(bar, standing=standing) for bar in cell.each("bars", cells.state)),
        standing=standing,
        eoir_registered=cell.read("eoir_registered", cells.boolean, default=False),
        county=county,
        us_state=state,
        remote=cell.read("remote", cells.boolean, default=True),
        capacity_cases=places,
        capacity_mentor=cell.read("capacity_mentor", cells.whole, places),
        capacity_hours=cell.read("capacity_hours", cells.decimal, None),
        gender=cell.read("gender", GENDER, Gender.UNSTATED),
        interests=cell.each("interests", AREA),
        leave=cell.each("leave", partial(cells.period, epoch=cell.epoch)),
        conflicts=cell.each("conflicts", cells.reference),
    )
    _note_idle(cell, row)
    return row


def _roles(cell: RowReader) -> tuple[VolunteerRole, ...]:
    cell.needed("roles", str, "")
    return cell.each("roles", ROLE)


def _languages(cell: RowReader) -> dict[str, float]:
    given = cell.levels("languages", cell.each("languages", cells.language_level))
    return given if ENGLISH in given else {ENGLISH: NATIVE_ENGLISH, **given}


def _practice(cell: RowReader) -> dict[PracticeArea, int]:
    return cell.levels("practice", cell.each("practice", area_level))


def area_level(text: str) -> tuple[PracticeArea, int]:
    """A practice area with its level: asylum:3."""
    area, found, level = (part.strip() for part in text.partition(":"))
    if not found or not level:
        raise Unfit("write the area with its level from 1 to 4, such as asylum:3.")
    return AREA(area), cells.whole(level, least=1, most=4)


def _interprets(cell: RowReader, roles: tuple[VolunteerRole, ...], languages: dict[str, float]) -> tuple[Pair, ...]:
    """The pairs given; for an interpreter who gives none, all pairs of what she speaks at ILR 4 or above."""
    if cell.text("interprets") or VolunteerRole.INTERPRETER not in roles:
        return cell.each("interprets", cells.language_pair)
    strong = sorted(tag for tag, level in languages.items() if level >= INTERPRETING_ILR)
    return tuple(combinations(strong, 2))


def _note_idle(cell: RowReader, row: VolunteerRow) -> None:
    """Warn of what keeps a volunteer from ever being asked, which is seldom meant."""
    if VolunteerRole.ATTORNEY in row.roles and row.standing is Standing.UNKNOWN:
        cell.warning("standing", "nobody of unknown standing is eligible as an attorney: write active where it is so.")
    if VolunteerRole.ATTORNEY in row.roles and row.standing is not Standing.UNKNOWN and not row.bars:
        cell.warning("bars", "an attorney without a bar is not eligible: write the states, such as NM.")
    if set(row.roles) - {VolunteerRole.INTERPRETER} and not row.practice:
        cell.warning("practice", "without a practice area there is no case to take or to mentor.")
    if VolunteerRole.INTERPRETER in row.roles and not row.interprets:
        cell.warning("interprets", "an interpreter with no pair, and no two languages at ILR 4, is never asked.")
    if row.interprets and VolunteerRole.INTERPRETER not in row.roles:
        cell.warning("interprets", "without the role interpreter these pairs are not used.")
