"""Scenarios in words: ``add attorney practice=asylum:3``, ``remove A-12``, ``set I-3 capacity=4`` become changes.

Fields have the names, other names and values of the columns of a file of volunteers, and are read by the same readers.
"""

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Final

import msgspec

from core.errors import BadInput
from core.model.plans.changes import (
    MOST_COPIES,
    AddAbilities,
    AddVolunteers,
    Change,
    ForbidPair,
    PinPair,
    RemoveVolunteer,
    SetCapacity,
)
from core.model.plans.snapshot import Snapshot
from core.model.vocabulary import SeatRole, VolunteerRole
from core.spreadsheets import cells
from core.spreadsheets.columns import VOLUNTEER_COLUMNS, Column, key_of, keys_of
from core.spreadsheets.problems import Problem, Problems, Severity
from core.spreadsheets.row_reader import RowReader, places_of
from core.spreadsheets.separated import Row
from core.spreadsheets.table import Table
from core.spreadsheets.volunteer import volunteer_facts
from core.spreadsheets.volunteer_rows import area_level, read_one_volunteer

CHANGEABLE: Final = ("capacity_cases", "capacity_mentor", "capacity_hours", "languages", "interprets", "practice")
"""What ``set`` may change of a volunteer: capacities are replaced, abilities added."""
ANY_BAR: Final = "NM"
"""Federal practice asks for some bar (8 CFR 1292.1): where no volunteer has one, a newcomer's is this one."""
Fields = dict[str, str]


class Scenario(msgspec.Struct, frozen=True):
    """The changes of a scenario, in order, and warnings about what will hardly be meant."""

    changes: tuple[Change, ...] = ()
    warnings: tuple[Problem, ...] = ()


def read_scenario(texts: Iterable[str], snapshot: Snapshot) -> Scenario:
    """Read the changes of one scenario. Raises BadInput, saying what would be right.

    A newcomer is in good standing, registered with EOIR and admitted where most volunteers of the snapshot are, unless
    her fields say otherwise. Whether the volunteers and cases named are there, ``changed`` says.
    """
    reader = _Reader(_home(snapshot))
    return Scenario(tuple(change for text in texts for change in reader.read(text)), tuple(reader.warnings))


def _home(snapshot: Snapshot) -> str:
    bars = Counter(bar for person in snapshot.volunteers for bar in person.bars)
    return min(bars, key=lambda bar: (-bars[bar], bar), default=ANY_BAR)


class _Reader:
    def __init__(self, home: str) -> None:
        self.warnings: list[Problem] = []
        self._home, self._newcomers = home, 0
        self._verbs: dict[str, Callable[[str, list[str]], Sequence[Change]]] = {
            "add": self._add,
            "remove": self._remove,
            "set": self._set,
            "pin": self._pin,
            "forbid": self._forbid,
        }

    def read(self, text: str) -> Sequence[Change]:
        """The changes that one text asks for."""
        try:
            words = shlex.split(text)
        except ValueError:
            raise _bad(text, "a quotation mark is not closed. Close it.") from None
        if not words or words[0] not in self._verbs:
            near = get_close_matches(words[0], self._verbs, n=1) if words else []
            advice = f"did you mean {near[0]}?" if near else f"begin with one of {', '.join(self._verbs)}."
            raise _bad(text, advice)
        return self._verbs[words[0]](text, words[1:])

    def _add(self, text: str, words: list[str]) -> Sequence[Change]:
        copies = 1
        if words and words[0].isdecimal():
            copies, words = _copies(text, words[0]), words[1:]
        if not words or "=" in words[0]:
            roles = ", ".join(VolunteerRole)
            raise BadInput(
                f"“{text}”: say what the newcomer is, such as add attorney practice=asylum:3. Roles: {roles}."
            )
        self._newcomers += 1
        given = _fields(text, words[1:])
        reading = read_one_volunteer(self._usual(words[0]) | given | {"roles": words[0]}, "--what-if")
        _refuse(text, reading.problems)
        self.warnings += [one for one in reading.problems if one.severity is Severity.WARNING]
        return (AddVolunteers(volunteer_facts(reading.rows[0]), copies),)

    def _usual(self, roles: str) -> Fields:
        """What a newcomer is where nothing else is said."""
        ref = {"ref": f"new-{self._newcomers}", "state": self._home}
        if key_of(roles) == VolunteerRole.INTERPRETER:
            return ref
        return ref | {"standing": "active", "bars": self._home, "eoir_registered": "yes"}

    def _remove(self, text: str, words: list[str]) -> Sequence[Change]:
        (ref,) = _exactly(text, words, 1, "remove A-12")
        return (RemoveVolunteer(ref),)

    def _set(self, text: str, words: list[str]) -> Sequence[Change]:
        if not words or "=" in words[0]:
            raise _bad(text, "name the volunteer first, such as set I-3 capacity=4.")
        ref, fields = words[0], _fields(text, words[1:])
        if not fields or fields.keys() - set(CHANGEABLE):
            raise BadInput(
                f"“{text}”: say what to set: one or more of {', '.join(CHANGEABLE)}, such as capacity_cases=4."
            )
        problems = Problems("--what-if")
        cell = _cells(fields, problems)
        changes = _capacity(ref, cell), _abilities(ref, cell)
        _refuse(text, problems.listed)
        if not any(changes):
            raise _bad(text, "a field is empty: write its value, such as capacity=4.")
        return [change for change in changes if change is not None]

    def _pin(self, text: str, words: list[str]) -> Sequence[Change]:
        role = key_of(words[2]) if len(words) == 3 else str(SeatRole.ATTORNEY)
        case, volunteer = _exactly(text, words[:2] if len(words) == 3 else words, 2, "pin C-4 A-12")
        if role not in list(SeatRole):
            raise _bad(text, f"there is no seat {words[2]}: write one of {', '.join(SeatRole)}.")
        return (PinPair(case, volunteer, SeatRole(role)),)

    def _forbid(self, text: str, words: list[str]) -> Sequence[Change]:
        case, volunteer = _exactly(text, words, 2, "forbid C-4 A-12")
        return (ForbidPair(case, volunteer),)


def _copies(text: str, word: str) -> int:
    """A number of newcomers; one with so many digits is not even read."""
    if len(word) > len(str(MOST_COPIES)):
        raise _bad(text, f"write a number from 1 to {MOST_COPIES} before what the newcomers are.")
    return int(word)


def _exactly(text: str, words: list[str], count: int, example: str) -> list[str]:
    if len(words) != count:
        raise _bad(text, f"write it like “{example}”; a ref with spaces stands in quotation marks.")
    return words


def _fields(text: str, words: list[str]) -> Fields:
    """The fields by the name of their column; an unknown name stays, for the reader to name the nearest column."""
    known, fields = keys_of(VOLUNTEER_COLUMNS), Fields()
    for word in words:
        name, found, value = word.partition("=")
        if not found or not name:
            raise _bad(text, f"“{word}” is not a field: write name=value, such as capacity=2.")
        column = known.get(key_of(name), name)
        if column in fields:
            raise _bad(text, f"{column} comes twice: keep one.")
        fields[column] = value
    return fields


def _cells(fields: Fields, problems: Problems) -> RowReader:
    table = Table("--what-if", tuple(fields), 0, (Row(0, tuple(fields.values())),))
    optional = [Column(column.name, column.values) for column in VOLUNTEER_COLUMNS]
    return RowReader(table, table.rows[0], places_of(table, optional, problems), problems)


def _capacity(ref: str, cell: RowReader) -> Change | None:
    cases = cell.read("capacity_cases", cells.whole, None)
    mentoring = cell.read("capacity_mentor", cells.whole, None)
    hours = cell.read("capacity_hours", cells.decimal, None)
    return None if cases is mentoring is hours is None else SetCapacity(ref, cases, mentoring, hours)


def _abilities(ref: str, cell: RowReader) -> Change | None:
    languages = cell.levels("languages", cell.each("languages", cells.language_level))
    practice = cell.levels("practice", cell.each("practice", area_level))
    interprets = cell.each("interprets", cells.language_pair)
    return AddAbilities(ref, languages, interprets, practice) if languages or practice or interprets else None


def _refuse(text: str, problems: Iterable[Problem]) -> None:
    wrong = [one for one in problems if one.severity is Severity.ERROR]
    if wrong:
        raise _bad(text, " ".join(f"{one.column}: {one.right}" for one in wrong))


def _bad(text: str, right: str) -> BadInput:
    return BadInput(f"“{text}”: {right}")
