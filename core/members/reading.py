"""A roster's rows or records as entries, one after another; what is wrong is told by row and column."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any, Final

from core.errors import BadInput
from core.members import values
from core.members.columns import DECISIVE, MEMBER_COLUMNS
from core.members.mapping import AS_IT_IS, ColumnMapping, not_there, places_in, require_identity
from core.members.names import name_of
from core.members.spoken import languages_in
from core.model.rosters.entries import LONGEST, RosterEntry
from core.model.vocabulary import Standing
from core.spreadsheets import cells
from core.spreadsheets.cells import STANDING
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Problems, Severity, Unfit
from core.spreadsheets.roster_columns import NUMBER_LENGTHS
from core.spreadsheets.table import clean
from core.spreadsheets.workbook import EPOCH_1900, ERRORS

_TOLD_AT_MOST: Final = 5
_GIVEN_UP_AFTER: Final = 200
_NAME, _STATUS, _PHONE, _FIRM = (LONGEST[field] for field in ("name", "status", "phone", "firm"))
_COLUMNS: Final = tuple(column.name for column in MEMBER_COLUMNS)


class RosterUnfit(BadInput):
    """Rows of a roster do not tell who a member is. None of the roster is to be used."""

    logged = "rows of the roster do not tell who a member is; the run says which"


class RecordReader:
    """Makes entries of the rows or records of one roster of the bar ``bar``, and keeps account of what it met.

    ``source`` names the file or place in messages. ``unknown_statuses`` counts the bar's words that we do not know:
    who has one is of unknown standing, which makes nobody eligible. Call ``finish`` after the last one.
    """

    def __init__(self, *, bar: str, source: str, mapping: ColumnMapping = AS_IT_IS, epoch: date = EPOCH_1900) -> None:
        self.source, self.mapping, self.epoch = source, mapping, epoch
        self.problems = Problems(source)
        self.unknown_statuses: Counter[str] = Counter()
        self.notes: list[str] = []
        self._length = mapping.number_length or NUMBER_LENGTHS.get(bar, 0)
        self._latest = datetime.now(UTC).year
        self._settled = {key_of(word): standing for word, standing in mapping.statuses.items()}
        self._standings: dict[str, Standing] = {}
        self._header: tuple[str, ...] = ()
        self._pick = self._picker({})
        self._seen: dict[str, str] = {}
        self._picks: dict[tuple[str, ...], tuple[Any, dict[str, int]]] = {}
        self._places: dict[str, int] = {}

    def begin(self, header: Sequence[str]) -> None:
        """Settle which column is which. Raises Unreadable where the table does not tell who its members are."""
        self._places, notes = places_in(header, self.mapping, source=self.source)
        require_identity(self._places, header, self.source)
        self._header, self.notes = tuple(header), [*self.notes, *notes]
        self._pick = self._picker(self._places)

    def record(self, record: Mapping[str, Any], at: int) -> RosterEntry | None:
        """The entry of one record of named values, as JSON gives them; ``at`` counts the records from 1.

        Records may leave out what they do not tell, so each set of names is looked at once. What is nested has a
        name with dots, such as ``office.city``.
        """
        if any(isinstance(value, dict) for value in record.values()):
            record = dict(_flat(record))
        names = tuple(record)
        if names != self._header:
            if names not in self._picks:
                self._picks[names] = self._look_at(names)
            self._pick, self._places = self._picks[names]
            self._header = names
        return self.entry([_text(value) for value in record.values()], at)

    def _look_at(self, names: tuple[str, ...]) -> tuple[Any, dict[str, int]]:
        places, notes = places_in(names, self.mapping, source=self.source, may_lack=True)
        if not self._picks:
            require_identity(places, names, self.source)
        self.notes += [note for note in notes if note not in self.notes]
        self._seen.update({key_of(name): name for name in names})
        return self._picker(places), places

    def _picker(self, places: Mapping[str, int]) -> Any:
        return itemgetter(*(places.get(name, -1) for name in _COLUMNS))

    def fitting(self, row: tuple[str, ...], line: int, *, may_end_early: bool) -> tuple[str, ...] | None:
        """A row made as wide as the header; None, and an error noted, where its cells cannot be told apart.

        ``may_end_early``: as the rows of a workbook do, which leave out the empty cells at their end.
        """
        width = len(self._header)
        if len(row) == width:
            return row
        if any(cell.strip() for cell in row[width:]):
            self.problems.error(
                f"the row has {len(row)} cells and the header {width}. "
                "A cell that holds the separator must stand in quotation marks.",
                row=line,
            )
            return None
        lost = [name for name in DECISIVE if self._places.get(name, -1) >= len(row)]
        if lost and not may_end_early:
            self.problems.error(
                f"the row has {len(row)} of {width} cells and ends before {self._heading(lost[0])}. "
                "A cell that holds a line break must stand in quotation marks.",
                row=line,
            )
            return None
        return (*row, *("",) * width)[:width]

    def uncomputed(self, line: int, at: frozenset[tuple[int, int]]) -> bool:
        """Whether a cell that is needed holds a formula without a saved value, which is noted as an error."""
        found = [name for name, place in self._places.items() if (line, place) in at]
        for name in found:
            self._error(
                name, "the value of this formula is not saved in the file. Open and save it in Excel.", line, ""
            )
        return bool(found)

    def entry(self, row: Sequence[str], line: int) -> RosterEntry | None:
        """The entry of one row, as wide as the header; None, and an error noted, where it does not tell whose it is."""
        picked = self._pick((*row, ""))
        whole_row = "|".join(picked)
        picked = tuple(map(str.strip if whole_row.isascii() else clean, picked))
        if "#" in whole_row:
            picked = self._computed(picked, line)
        (
            number, first, middle, last, suffix, whole, email, county, state, country,
            admitted, status, languages, phone, firm, practice, pro_bono,
        ) = picked  # fmt: skip
        member = self._number(number, line)
        name = name_of(first, middle, last, suffix, whole)
        standing = self._standing(status)
        if "  " in whole_row or not whole_row.isprintable():
            name, status, phone, firm = map(values.line_of, (name, status, phone, firm))
        if not self._is_name(name, line) or not member:
            return None
        where, letters = self._home(county, state, country, line)
        return RosterEntry(
            number=member,
            name=name,
            standing=standing,
            status=status[:_STATUS],
            email=self._email(email, line) if email else "",
            phone=phone[:_PHONE],
            firm=firm[:_FIRM],
            county=where,
            us_state=letters,
            admitted=self._admitted(admitted, line) if admitted else 0,
            languages=languages_in(languages)[0] if languages else (),
            practice=values.areas_in(practice) if practice else (),
            pro_bono=values.interest_in(pro_bono) if pro_bono else None,
            origin=f"row {line}",
        )

    def _is_name(self, name: str, line: int) -> bool:
        if name and len(name) <= _NAME:
            return True
        right = (
            f"write at most {_NAME} characters." if name else "the row has no name. Fill it in, or take the row out."
        )
        self._error("name", right, line, name)
        return False

    def finish(self) -> None:
        """Raise RosterUnfit where rows had errors: a roster is used whole or not at all."""
        for name, heading in self.mapping.columns.items():
            if self._seen and heading and key_of(heading) not in self._seen:
                raise not_there(name, heading, tuple(self._seen.values()), self.source)
        count = self.problems.counts[Severity.ERROR]
        if not count:
            return
        errors = [each for each in self.problems.listed if each.severity is Severity.ERROR]
        told = " ".join(each.sentence() for each in errors[:_TOLD_AT_MOST])
        more = f" And {count - _TOLD_AT_MOST:,} more." if count > _TOLD_AT_MOST else ""
        raise RosterUnfit(f"{told}{more} Nothing was changed.")

    def give_up(self) -> bool:
        """Whether so many rows are wrong that reading on would tell nothing new."""
        return self.problems.counts[Severity.ERROR] >= _GIVEN_UP_AFTER

    def _error(self, column: str, right: str, line: int, value: str) -> None:
        self.problems.error(right, row=line, column=self._heading(column), value=value)

    def _heading(self, column: str) -> str:
        at = self._places.get(column)
        return column if at is None else self._header[at]

    def _computed(self, picked: Sequence[str], line: int) -> tuple[str, ...]:
        """The cells without those that Excel could not compute: an error where they decide, else not taken over."""
        for name, text in zip(_COLUMNS, picked, strict=True):
            if text in ERRORS:
                right = "Excel could not compute this cell. Write the value."
                note = self.problems.error if name in DECISIVE else self.problems.warning
                note(right, row=line, column=self._heading(name), value=text)
        return tuple("" if text in ERRORS else text for text in picked)

    def _number(self, text: str, line: int) -> str:
        if not text:
            self._error("number", "the cell is empty. Fill in the member's number, or take the row out.", line, "")
            return ""
        try:
            return values.number_in(text, self._length)
        except Unfit as problem:
            self._error("number", str(problem), line, text)
            return ""

    def _standing(self, word: str) -> Standing:
        standing = self._standings.get(word)
        if standing is None:
            standing = self._standings[word] = self._looked_up(word)
        if standing is Standing.UNKNOWN and word:
            self.unknown_statuses[word] += 1
        return standing

    def _looked_up(self, word: str) -> Standing:
        if settled := self._settled.get(key_of(word)):
            return settled
        try:
            return STANDING(word) if word else Standing.UNKNOWN
        except Unfit:
            return Standing.UNKNOWN

    def _email(self, text: str, line: int) -> str:
        try:
            return cells.email(text)
        except Unfit as problem:
            self.problems.warning(f"not taken over: {problem}", row=line, column=self._heading("email"), value=text)
            return ""

    def _admitted(self, text: str, line: int) -> int:
        try:
            return values.admitted_in(text, self.epoch, self._latest)
        except Unfit as problem:
            self.problems.warning(f"not taken over: {problem}", row=line, column=self._heading("admitted"), value=text)
            return 0

    def _home(self, county: str, state: str, country: str, line: int) -> tuple[str, str]:
        try:
            return values.home_in(county, state, country)
        except Unfit as problem:
            self.problems.warning(f"not taken over: {problem}", row=line, column=self._heading("state"), value=state)
            return "", ""


def _flat(record: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def _text(value: object) -> str:
    """A value of a record as a cell would hold it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case list() | tuple():
            return "; ".join(filter(None, map(_text, value)))
    return str(value)
