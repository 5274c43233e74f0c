"""Rows of a waitlist, read under a mapping: each becomes a case and what is known of its client, or says why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

import msgspec

from core.errors import BadInput
from core.model.cases.usual import usual_forum, usual_posture
from core.model.clients.client import ClientField
from core.model.clients.entries import read_entry
from core.model.clients.households import Household, read_money, read_persons
from core.model.clients.safe_contact import SafeContact
from core.spreadsheets import cells
from core.spreadsheets.case_rows import CaseRow, case_of
from core.spreadsheets.cells import AREA
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Problem, Problems, Severity, Unfit
from core.spreadsheets.row_reader import RowReader, note_doubles
from core.spreadsheets.separated import Row
from core.spreadsheets.table import Table
from core.waitlists.columns import CASES, NEEDED
from core.waitlists.days import written_out
from core.waitlists.mapping import CODED, WaitlistMapping
from core.waitlists.parts import joined, parts_of

Value = TypeVar("Value")
Other = TypeVar("Other")
DAYS: Final = ("received", "deadline", "birth_date")
NOTHING: Final = frozenset(
    (
        *("", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "?", "n/a", "na", "none", "unknown", "tbd", "pending"),
        *("n/d", "no tiene", "ninguno", "ninguna", "no sabe", "desconocido", "desconocida", "pendiente"),
    )
)
"""What people write into a cell that says nothing."""
BORN_FROM: Final = date(1900, 1, 1)
AHEAD: Final = {"deadline": 20}
"""How many years after today a day may lie whose year has two digits; other days are past."""
MOST_LISTED: Final = 20_000
"""How many problems of a file are listed: those that are alike are told as one."""
NAME_PART: Final = 4
"""From so many letters on, a part of the client's name in a reference is no chance."""
_A_NUMBER: Final = re.compile(r"a_?[0-9]{3}_?[0-9]{3}_?[0-9]{2,3}")
_FIELDS: Final[Mapping[str, str]] = {
    "level": "skill_level",
    "language": "languages",
    "state": "us_state",
    "needs_interpreter_gender": "interpreter_gender",
}
"""The fields of a case that are called otherwise than their columns."""
PLAIN: Final = (
    ClientField.OTHER_NAMES,
    ClientField.BIRTH_DATE,
    ClientField.A_NUMBER,
    ClientField.NATIONALITY,
    ClientField.PHONE,
    ClientField.EMAIL,
    ClientField.ADDRESS,
    ClientField.STORY,
)
"""Client fields that a column of the same name holds as text."""


class WaitlistRow(msgspec.Struct, frozen=True):
    """One row: the case, and the client in fields that get sealed. ``case.ref`` is empty where the file has none.

    ``stated`` are the fields of the case that the row itself tells; the others are what a new case begins with.
    """

    case: CaseRow
    client: dict[ClientField, str]
    stated: frozenset[str] = frozenset()


class Understood(msgspec.Struct, frozen=True):
    """What a file says under a mapping. ``rows`` are those without an error; ``faulty`` the lines of the others.

    ``missing``: our columns without which no row can be read; then nothing else is told. ``problems`` come in the order
    of the file; ``errors`` and ``warnings`` count those beyond the listed ones too.
    """

    rows: tuple[WaitlistRow, ...] = ()
    faulty: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    errors: int = 0
    warnings: int = 0
    missing: tuple[str, ...] = ()


class MappedReader(RowReader):
    """Reads a row's cells as the mapping tells: words explained, days turned, empty cells filled."""

    def __init__(
        self,
        table: Table,
        row: Row,
        places: dict[str, int],
        problems: Problems,
        *,
        mapping: WaitlistMapping,
        today: date,
    ) -> None:
        super().__init__(table, row, places, problems)
        self._mapping, self._today = mapping, today
        self._words = {
            column: {key_of(word): meant for word, meant in words.items()} for column, words in mapping.words.items()
        }

    def _usual(self, column: str) -> str:
        """Where nothing is said, a case is brought as is usual for its practice area."""
        if column not in ("forum", "posture"):
            return ""
        try:
            area = AREA(self.text("practice_area"))
        except Unfit:
            return ""
        return str(usual_forum(area) if column == "forum" else usual_posture(area))

    def needed(self, column: str, reader: Callable[[str], Value], default: Other) -> Value | Other:
        """A cell that must say something; but for a reference, which the next case here gets by itself."""
        return default if column == "ref" and not self.text("ref") else super().needed(column, reader, default)

    def written(self, column: str) -> str:
        """A cell as it stands; empty where it says nothing."""
        text = super().text(column)
        return "" if text.casefold() in NOTHING else text

    def text(self, column: str) -> str:
        """A cell as our readers understand it."""
        written = self.written(column) or self._mapping.otherwise.get(column, "") or self._usual(column)
        if column in CODED:
            explained = self._words.get(column, {})
            return joined([explained.get(key_of(part), part) for part in parts_of(column, written)])
        if column in DAYS:
            return written_out(written, self._mapping.days, last_year=self._today.year + AHEAD.get(column, 0))
        return written


def understand(table: Table, mapping: WaitlistMapping, *, today: date, noted: Sequence[Problem] = ()) -> Understood:
    """Read every row of a table. A row with an error is left out and named; nothing is guessed.

    ``noted`` is what was wrong with the rows before anybody said what their columns are.
    """
    places = mapping.places_in(table.header)
    if missing := tuple(name for name in NEEDED if name not in places and not mapping.otherwise.get(name)):
        return Understood(missing=missing)
    problems, rows, faulty = Problems("", most=MOST_LISTED), list[WaitlistRow](), list[int]()
    broken = _broken(noted, table, places, problems)
    for row in table.rows:
        before = problems.counts[Severity.ERROR]
        reader = MappedReader(table, row, places, problems, mapping=mapping, today=today)
        stated = frozenset(_FIELDS.get(column.name, column.name) for column in CASES if reader.written(column.name))
        read = WaitlistRow(case_of(reader, today), _client(reader, mapping, today), stated)
        _note_telling_reference(reader, read)
        if row.line in broken or problems.counts[Severity.ERROR] > before:
            faulty.append(row.line)
        else:
            rows.append(read)
    before = problems.counts[Severity.ERROR]
    note_doubles(problems, ((one.case.line, one.case.ref) for one in rows))
    if problems.counts[Severity.ERROR] > before:
        rows, twice = _first_of_each(rows)
        faulty += twice
    return Understood(
        rows=tuple(rows),
        faulty=tuple(sorted(faulty)),
        problems=tuple(sorted(problems.listed, key=lambda one: one.row)),
        errors=problems.counts[Severity.ERROR],
        warnings=problems.counts[Severity.WARNING],
    )


def _broken(noted: Sequence[Problem], table: Table, places: Mapping[str, int], problems: Problems) -> set[int]:
    """The lines of rows that were broken before they were read; what is wrong in a column left out does not matter."""
    taken = {"", *(table.header[at] for at in places.values())}
    known = [one for one in noted if one.column in taken]
    for one in known:
        problems.note(one)
    return {one.row for one in known if one.severity is Severity.ERROR}


def _note_telling_reference(cell: MappedReader, read: WaitlistRow) -> None:
    """Refuse a reference that says who the client is: volunteers see references, and messages name them."""
    ref, number = key_of(read.case.ref), _digits(read.client.get(ClientField.A_NUMBER, ""))
    named = {*ref.split("_")} & {*key_of(read.client.get(ClientField.NAME, "")).split("_")} - {""}
    by_name = len(named) > 1 or any(len(part) >= NAME_PART for part in named)
    if by_name or (number and number in _digits(ref)) or _A_NUMBER.fullmatch(ref):
        cell.error("ref", "this reference tells who the client is, and volunteers see it: leave the column out.")


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _first_of_each(rows: list[WaitlistRow]) -> tuple[list[WaitlistRow], list[int]]:
    """The rows whose ref comes for the first time, and the lines of the others."""
    seen, kept, twice = set[str](), list[WaitlistRow](), list[int]()
    for one in rows:
        if one.case.ref and one.case.ref in seen:
            twice.append(one.case.line)
        else:
            seen.add(one.case.ref)
            kept.append(one)
    return kept, twice


def _client(cell: MappedReader, mapping: WaitlistMapping, today: date) -> dict[ClientField, str]:
    found = {ClientField.NAME: _entry(cell, "name", ClientField.NAME, today, _name_in(cell))}
    for field in PLAIN:
        found[field] = _entry(cell, str(field), field, today)
    found[ClientField.SAFE_CONTACT] = SafeContact(note=cell.read("safe_contact", cells.prose, "")).kept()
    persons, income = cell.read("household", _persons, None), cell.read("income", _money, None)
    found[ClientField.HOUSEHOLD] = Household(persons, income, mapping.income_period).kept()
    return {field: text for field, text in found.items() if text}


def _name_in(cell: MappedReader) -> str:
    """The whole name; one that begins with the surname and a comma is turned round, surnames beside it are added."""
    surnames = " ".join(filter(None, (cell.text("last_name"), cell.text("second_last_name"))))
    whole = cell.text("name") or cell.text("first_name")
    last, comma, first = whole.partition(",")
    turned = f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else whole
    known = set(key_of(turned).split("_"))
    return turned if set(key_of(surnames).split("_")) <= known else " ".join(filter(None, (turned, surnames)))


def _entry(cell: MappedReader, column: str, field: ClientField, today: date, text: str | None = None) -> str:
    """A client's field from its column; what does not fit is noted as an error of that cell."""
    written = cell.text(column) if text is None else text
    if not written:
        return ""
    try:
        if field is ClientField.BIRTH_DATE:
            written = cells.day(written, cell.epoch, earliest=BORN_FROM).isoformat()
        return read_entry(field, written, today=today)
    except BadInput as problem:
        cell.error(column, str(problem), written)
        return ""


def _money(text: str) -> Decimal | None:
    return _as_cell(read_money, text)


def _persons(text: str) -> int | None:
    return _as_cell(read_persons, text)


def _as_cell(read: Callable[[str], Value], text: str) -> Value:
    try:
        return read(text)
    except BadInput as problem:
        raise Unfit(str(problem)) from problem
