"""A look through a roster's whole file before its columns are settled: how it begins, and which words it has."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from core.errors import BadInput
from core.members.mapping import AS_IT_IS, ColumnMapping, places_in
from core.members.proposing import FIRST_ROWS, FirstRows, first_rows
from core.spreadsheets.cells import STANDING
from core.spreadsheets.columns import key_of
from core.spreadsheets.problems import Unfit
from core.spreadsheets.separated import Row
from core.spreadsheets.table import clean, open_table

FEW: Final = 60
"""A column with more different cells than this holds no words of a vocabulary, such as a bar's statuses."""
LONGEST_WORD: Final = 100
_LOOKED_AT: Final = 256
"""After so many rows it is asked which columns still hold few words."""


class Survey(msgspec.Struct, frozen=True):
    """What a look through a file found, without a judgement on which column is which.

    ``words`` counts the different cells of each column that has few of them, by the place of the column. ``rows`` is
    how many rows there are below the header.
    """

    first: FirstRows
    words: dict[int, dict[str, int]]
    rows: int

    def words_of(self, heading: str) -> dict[str, int] | None:
        """The different words of a column with their counts; None where they are too many, or it is not there."""
        key = key_of(heading)
        at = next((at for at, each in enumerate(self.first.header) if each and key_of(each) == key), None)
        return None if at is None else self.words.get(at)


def survey_file(path: Path, *, mapping: ColumnMapping = AS_IT_IS, source: str = "") -> Survey:
    """Look through a CSV, TSV or Excel file, a row at a time. ``source`` names it in messages.

    ``mapping`` tells headings that we would not know, so that the row of the header is found. Raises Unreadable for
    what is no table, or breaks off.
    """
    try:
        with open_table(path, mapping.recognises()) as table:
            begin = list(islice(table.rows, FIRST_ROWS))
            first = first_rows(table, begin)
            counting = _Counting(len(table.header))
            counting.take(begin)
            counting.take(table.rows)
            return Survey(first, counting.words(), counting.rows)
    except BadInput as problem:
        raise type(problem)(str(problem).replace(str(path), source or str(path))) from problem


class _Counting:
    """Counts the cells of those columns that have few different ones."""

    def __init__(self, width: int) -> None:
        self._columns = {at: Counter[str]() for at in range(width)}
        self.rows = 0

    def take(self, rows: list[Row] | Iterator[Row]) -> None:
        for _, cells in rows:
            self.rows += 1
            width = len(cells)
            for at, counter in self._columns.items():
                if at < width:
                    counter[cells[at]] += 1
            if not self.rows % _LOOKED_AT:
                self._columns = {at: found for at, found in self._columns.items() if len(found) <= FEW}

    def words(self) -> dict[int, dict[str, int]]:
        found: dict[int, dict[str, int]] = {}
        for at, counter in self._columns.items():
            words = Counter[str]()
            for cell, count in counter.items():
                words[clean(cell)] += count
            words.pop("", None)
            if 0 < len(words) <= FEW and all(len(word) <= LONGEST_WORD for word in words):
                found[at] = dict(words.most_common())
        return found


def undecided_words(survey: Survey, mapping: ColumnMapping) -> tuple[str, ...]:
    """Words for a standing that neither we nor the mapping know. Raises Unreadable for an unclear mapping."""
    places, _ = places_in(survey.first.header, mapping, source="The file")
    if "status" not in places:
        return ()
    settled = {key_of(word) for word in mapping.statuses}
    words = survey.words.get(places["status"], {})
    return tuple(word for word in words if key_of(word) not in settled and not is_known_word(word))


def is_known_word(word: str) -> bool:
    """Whether we know what a bar means by a word for a standing."""
    try:
        return bool(STANDING(word))
    except Unfit:
        return False
