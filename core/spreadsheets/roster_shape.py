"""A bar's roster (New York's open data set and its variations) as rows of volunteers.

The bar is never guessed. Whatever a roster says badly of a member is left out with a warning, so that one bad cell
does not keep a whole bar out; only a missing or doubtful number is an error, since it says who she is.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final, TypeVar

from core.model.languages import ENGLISH
from core.model.people import BarAdmission
from core.model.vocabulary import Standing, VolunteerRole
from core.spreadsheets import cells
from core.spreadsheets.cells import NATIVE_ENGLISH, STANDING
from core.spreadsheets.columns import key_of, keys_of
from core.spreadsheets.problems import Problems, Unfit
from core.spreadsheets.roster_columns import NUMBER_LENGTHS, ROSTER_COLUMNS
from core.spreadsheets.row_reader import RowReader, note_twice
from core.spreadsheets.table import Table
from core.spreadsheets.volunteer import VolunteerRow

HOME: Final = frozenset(("", "us", "usa", "u_s", "u_s_a", "united_states", "united_states_of_america"))
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|v|esq)\.?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")

Value = TypeVar("Value")


def roster_rows(table: Table, problems: Problems, bar: str, today: date) -> tuple[tuple[VolunteerRow, ...], str]:
    """Read a roster's members, each once, and a note on what was not taken over."""
    jurisdiction = _jurisdiction(table, problems, bar)
    places = _places(table, problems)
    members = (RowReader(table, row, places, problems) for row in table.rows)
    rows = tuple(_once((_member(cell, jurisdiction, today) for cell in members), problems))
    passed = ", ".join(heading for at, heading in enumerate(table.header) if heading and at not in places.values())
    return rows, f"A roster of the bar of {jurisdiction}. Not taken over: {passed or 'nothing'}."


def _jurisdiction(table: Table, problems: Problems, bar: str) -> str:
    try:
        return cells.state(bar)
    except Unfit:
        problems.error(
            "this is a bar's roster, and it does not say of which bar. Give its two letters to "
            "amparo import volunteers, such as --bar NY.",
            row=table.header_line,
            value=bar,
        )
        return "an unknown state"


def _places(table: Table, problems: Problems) -> dict[str, int]:
    known, places = keys_of(ROSTER_COLUMNS), dict[str, int]()
    for at, heading in enumerate(table.header):
        name = known.get(key_of(heading), "")
        if name in places:
            note_twice(table, problems, name, places[name], at)
        elif name:
            places[name] = at
    return places


def _member(cell: RowReader, bar: str, today: date) -> VolunteerRow:
    number = cell.needed("number", partial(member_number, bar=bar), "")
    standing = _softly(cell, "status", STANDING, Standing.UNKNOWN)
    year = _softly(cell, "admitted", partial(_year, epoch=cell.epoch, today=today), None)
    county, state = _home(cell)
    return VolunteerRow(
        line=cell.line,
        ref=f"{bar}-{number}",
        roles=(VolunteerRole.ATTORNEY,),
        languages={ENGLISH: NATIVE_ENGLISH} | dict(_languages(cell)),
        name=_name(cell),
        email=_softly(cell, "email", cells.email, ""),
        bars=(BarAdmission(bar, number=number, standing=standing, admitted_year=year),),
        standing=standing,
        county=county,
        us_state=state,
    )


def _softly(cell: RowReader, column: str, reader: Callable[[str], Value], default: Value) -> Value:
    """A cell's value; the default, with a warning, where it does not fit."""
    text = cell.text(column)
    try:
        return reader(text) if text else default
    except Unfit as problem:
        cell.warning(column, f"not taken over: {problem}")
        return default


def member_number(text: str, bar: str) -> str:
    """A member's number as the bar writes it: with the leading zeros that a spreadsheet took away."""
    length = NUMBER_LENGTHS.get(bar)
    if length is None:
        return cells.reference(text)
    if not re.fullmatch(rf"[0-9]{{1,{length}}}", text):
        raise Unfit(f"write the number's {length} digits.")
    return text.zfill(length)


def _year(text: str, epoch: date, today: date) -> int:
    year = int(text) if _YEAR.fullmatch(text) else cells.day(text, epoch).year
    if year > today.year:
        raise Unfit("the year lies in the future.")
    return year


def _home(cell: RowReader) -> tuple[str, str]:
    """County and state; neither for who lives outside the United States."""
    abroad = key_of(cell.text("country")) not in HOME or key_of(cell.text("county")) == "out_of_usa"
    if abroad:
        return "", ""
    state = _softly(cell, "state", cells.state, "")
    return cell.county_in(state) if state else "", state


def _languages(cell: RowReader) -> Iterator[tuple[str, float]]:
    for part in re.split(r"[;,|\r\n]+", cell.text("languages")):
        try:
            if part.strip():
                yield cells.language_level(part.strip())
        except Unfit:
            cell.warning("languages", f"“{part.strip()}” is not taken over: it has no ILR level, such as es:4.5.")


def _name(cell: RowReader) -> str:
    parts = [cell.text(column) for column in ("first_name", "middle_name", "last_name")]
    if any(parts):
        return joined_name(parts, cell.text("suffix"))
    return name_in_order(cell.text("name"))


def name_in_order(text: str) -> str:
    """A name written "Last, First M., Jr." in its spoken order: First M. Last, Jr."""
    last, *others = (part.strip() for part in text.split(","))
    suffix = next((part for part in others if _SUFFIX.fullmatch(part)), "")
    given = [part for part in others if part != suffix]
    return joined_name([*given, last], suffix)


def joined_name(parts: list[str], suffix: str) -> str:
    """The parts of a name in their order, with the suffix after a comma."""
    name = " ".join(" ".join(parts).split())
    return f"{name}, {suffix}" if name and suffix else name


def _once(rows: Iterator[VolunteerRow], problems: Problems) -> Iterator[VolunteerRow]:
    """One row a member: a second office is passed over with a warning, a second person is an error."""
    first: dict[str, VolunteerRow] = {}
    for row in rows:
        known = first.setdefault(row.ref, row)
        if known is row:
            yield row
        elif key_of(known.name) == key_of(row.name) and known.standing is row.standing:
            problems.warning(f"the same member is in row {known.line}: that row is kept.", row=row.line, value=row.ref)
        else:
            problems.error(
                f"row {known.line} has the same number with another name or status: keep the right one.",
                row=row.line,
                value=row.ref,
            )
