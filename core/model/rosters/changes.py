"""What a run over a roster would do: one change for each member, which can be applied and taken back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec

from core.model.rosters.entries import RosterEntry
from core.model.states import RosterRunState
from core.model.vocabulary import Standing

FIELDS: Final = tuple(name for name in RosterEntry.__struct_fields__ if name != "origin")
"""The fields in which two entries can differ; ``origin`` only says where one comes from."""


class ChangeKind(StrEnum):
    """What became of a member since the roster was last applied.

    ``back`` was gone and is listed again. ``overdue`` is listed as before, but a volunteer who is this member still has
    another standing with us: she joined, or was changed, after the entry was read.
    """

    NEW = "new"
    CHANGED = "changed"
    BACK = "back"
    GONE = "gone"
    OVERDUE = "overdue"


class KnownEntry(msgspec.Struct, frozen=True):
    """An entry as it is kept: with the mark of the version before, and since when the roster has not had it."""

    entry: RosterEntry
    previous: str = ""
    gone_since: datetime | None = None


class Effect(msgspec.Struct, frozen=True):
    """A volunteer whose standing a change moved, so that it can be moved back."""

    volunteer: UUID
    before: Standing
    after: Standing


class FieldChange(msgspec.Struct, frozen=True):
    """One field that differs, with both values as an entry holds them."""

    field: str
    before: Any
    after: Any


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a run does to one member: ``before`` is what is kept until then (None: nothing), ``after`` what she is now.

    A member who is gone has no ``after``: her entry stays and is marked. ``effects`` are known once it is applied.
    """

    number: str
    kind: ChangeKind
    before: KnownEntry | None = None
    after: RosterEntry | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def entry(self) -> RosterEntry:
        """What is known of her best: what the roster says now, or said last."""
        if self.after is not None:
            return self.after
        assert self.before is not None
        return self.before.entry

    def fields(self) -> Iterator[FieldChange]:
        """The fields that differ, in the order of an entry; none of a member who is new or gone."""
        if self.before is None or self.after is None:
            return
        for name in FIELDS:
            was, now = getattr(self.before.entry, name), getattr(self.after, name)
            if was != now:
                yield FieldChange(name, was, now)


def standings_moved(changes: Iterable[Change]) -> Counter[Standing]:
    """How the numbers of listed members of each standing change when these are applied."""
    moved = Counter[Standing]()
    for change in changes:
        if change.kind is ChangeKind.OVERDUE:
            continue
        if change.before is not None and change.before.gone_since is None:
            moved[change.before.entry.standing] -= 1
        if change.after is not None:
            moved[change.after.standing] += 1
    return moved


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How the entries of a roster compare with those known before, in members unless it says rows.

    ``known`` were listed when the run began; ``read`` are rows, ``members`` the numbers among them, ``doubled`` the
    rows whose number came before. ``doubtful`` numbers have rows with different names or standings: nothing is done
    about them. ``same`` entries are as before, ``met`` were known under their number, be they same or not; of these
    ``moved`` have another standing and ``renamed`` another name. ``reverted`` changed back to what they were one
    version before. ``volunteers`` of ours are among the members; of these ``losing`` are in good standing with us and
    not according to the roster.
    """

    known: int = 0
    read: int = 0
    members: int = 0
    same: int = 0
    new: int = 0
    changed: int = 0
    back: int = 0
    gone: int = 0
    overdue: int = 0
    doubled: int = 0
    doubtful: int = 0
    met: int = 0
    moved: int = 0
    renamed: int = 0
    reverted: int = 0
    volunteers: int = 0
    losing: int = 0

    @property
    def changes(self) -> int:
        """How many changes there are to apply."""
        return self.new + self.changed + self.back + self.gone + self.overdue


class Guard(msgspec.Struct, frozen=True):
    """A reason to hold a run for a person: its code, and a sentence with the figures and what to look at."""

    code: str
    text: str


class RosterRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run over a roster: what was read and compared, why it was held, and how far its changes are applied.

    ``since`` is what the source was asked for, ``as_of`` the date that it gave of itself, ``base`` the run whose result
    it was compared with, ``rows`` how many rows are read so far, ``done`` how many changes are applied at present.
    ``doubtful`` lists the first numbers of which the feed contradicts itself. ``forgotten``: what it changed in single
    members is not kept any more, so that it cannot be taken back.
    """

    id: UUID
    roster: UUID
    name: str
    title: str
    bar: str
    state: RosterRunState
    began_at: datetime
    asked_by: str
    base: UUID | None = None
    partial: bool = False
    since: datetime | None = None
    as_of: datetime | None = None
    ended_at: datetime | None = None
    decided_by: str = ""
    tally: Tally = Tally()
    guards: tuple[Guard, ...] = ()
    doubtful: tuple[str, ...] = ()
    rows: int = 0
    done: int = 0
    forgotten: bool = False
    error: str = ""

    @property
    def short(self) -> str:
        """The last eight digits of its id, by which a person calls it."""
        return self.id.hex[-8:]


class RosterStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A roster as a list shows it: how many members are known, the run applied last, and the newest.

    A program works on it until ``claimed_until``, where it says so. ``by_hand``: its exports are uploaded.
    ``standings`` counts the members by their standing.
    """

    id: UUID
    name: str
    title: str
    bar: str
    members: int
    applied: UUID | None
    last: RosterRun | None
    claimed_until: datetime | None = None
    by_hand: bool = False
    standings: dict[Standing, int] = {}
