"""Which column of a waitlist is which, and what its words mean: by our synonyms, and by what a person has settled."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from core.model.clients.households import Period
from core.spreadsheets import cells
from core.spreadsheets.case_rows import wanted_gender
from core.spreadsheets.cells import AREA, FORUM, POSTURE
from core.spreadsheets.columns import key_of, keys_of
from core.spreadsheets.problems import Unfit
from core.spreadsheets.table import Table
from core.waitlists.columns import WAITLIST_COLUMNS
from core.waitlists.days import NUMBERS, DayOrder
from core.waitlists.parts import parts_of

_KNOWN: Final = keys_of(WAITLIST_COLUMNS)
NAMES: Final = tuple(column.name for column in WAITLIST_COLUMNS)
MONTHS: Final = 12
MOST_WORDS: Final = 60
"""A column with more different words than this is not asked about word by word."""

CODED: Final[Mapping[str, Callable[[str], Any]]] = {
    "practice_area": AREA,
    "language": cells.language,
    "forum": FORUM,
    "posture": POSTURE,
    "detained": cells.boolean,
    "remote_ok": cells.boolean,
    "needs_interpreter_gender": wanted_gender,
    "state": cells.state,
}
"""The columns whose cells are words of a vocabulary, and how each is read."""


class WaitlistMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person has settled about one file.

    ``columns``: our column with the file's heading for it; an empty heading leaves the column out. ``words``: by our
    column, a word of the file with what to read instead. ``otherwise``: by our column, what an empty cell means.
    ``income_period``: how often the income that the file names comes.
    """

    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    otherwise: dict[str, str] = {}
    days: DayOrder = DayOrder.YEAR_FIRST
    income_period: Period = Period.YEAR

    def places_in(self, header: tuple[str, ...]) -> dict[str, int]:
        """Where each of our columns stands in a header."""
        at = {key_of(heading): place for place, heading in reversed(list(enumerate(header))) if heading}
        return {
            name: at[key_of(heading)] for name, heading in self.columns.items() if key_of(heading) in at and heading
        }


def recognises(heading: str) -> bool:
    """Whether a cell is a heading that we know, to find the row of the header."""
    return key_of(heading) in _KNOWN


def first_mapping(table: Table) -> WaitlistMapping:
    """What the headings say by themselves; how days are written, by what the cells allow."""
    columns: dict[str, str] = {}
    for heading in table.header:
        name = _KNOWN.get(key_of(heading), "")
        if name and name not in columns:
            columns[name] = heading
    monthly = any(part in key_of(columns.get("income", "")) for part in ("month", "mensual"))
    found = WaitlistMapping(columns=columns, income_period=Period.MONTH if monthly else Period.YEAR)
    return msgspec.structs.replace(found, days=_order_in(table, found))


def _order_in(table: Table, mapping: WaitlistMapping) -> DayOrder:
    """Month first, as is usual here, unless some day of the file can only be read otherwise."""
    places = mapping.places_in(table.header)
    days = [
        row.cells[places[name]]
        for name in ("received", "deadline", "birth_date")
        if name in places
        for row in table.rows
    ]
    numbers = [found.groups() for day in days if (found := NUMBERS.fullmatch(day))]
    if not numbers:
        return DayOrder.YEAR_FIRST
    first, second = (any(int(one[at]) > MONTHS for one in numbers) for at in (0, 1))
    return DayOrder.DAY_FIRST if first and not second else DayOrder.MONTH_FIRST


def words_in(table: Table, mapping: WaitlistMapping) -> dict[str, dict[str, int]]:
    """The different words of each column that is mapped and holds words of a vocabulary, with their counts."""
    found: dict[str, dict[str, int]] = {}
    for name, at in mapping.places_in(table.header).items():
        if name in CODED:
            counted = Counter(part for row in table.rows for part in parts_of(name, row.cells[at]))
            found[name] = dict(counted.most_common())
    return found


def is_understood(column: str, word: str) -> bool:
    """Whether we know by ourselves what a word of a column means."""
    try:
        CODED[column](word)
    except Unfit:
        return False
    return True


def undecided_words(table: Table, mapping: WaitlistMapping) -> dict[str, dict[str, int]]:
    """The words that we do not know and nobody has explained, by column; at most ``MOST_WORDS`` of each."""
    found = {}
    for name, words in words_in(table, mapping).items():
        settled = {key_of(word) for word in mapping.words.get(name, {})}
        unknown = [
            (word, n) for word, n in words.items() if key_of(word) not in settled and not is_understood(name, word)
        ]
        if unknown:
            found[name] = dict(unknown[:MOST_WORDS])
    return found
