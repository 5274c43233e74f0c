"""What a program of a bar pushes, and what it is answered."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from core.model.people import Actor
from core.model.rosters.changes import Guard, Tally
from core.model.rosters.entries import RosterEntry

MOST_ENTRIES: Final = 5_000
"""How many entries one request may bring."""
MOST_STAGED: Final = 1_000_000
"""How many entries a whole roster that comes in parts may have."""
LONGEST_KEY: Final = 200
LONGEST_PART_NAME: Final = 100


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one request, which is known by ``key`` and told from others by the ``digest`` of its body.

    Without ``part_of`` they are what changed. With it they are a part of a whole roster of that name, which is complete
    with the ``final`` one; ``total`` then says how many entries all parts have (None: not told). ``as_of`` is the date
    of the roster, where the bar knows it.
    """

    key: str
    digest: str
    entries: tuple[RosterEntry, ...]
    part_of: str = ""
    final: bool = False
    total: int | None = None
    as_of: datetime | None = None


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How the entries of a push compare with those known before: of a ``Tally`` what is not about our volunteers.

    A bar that pushed one entry at a time would learn from the rest who of its members is one.
    """

    known: int
    read: int
    members: int
    same: int
    new: int
    changed: int
    back: int
    gone: int
    doubled: int
    doubtful: int
    met: int
    moved: int
    renamed: int
    reverted: int


OF_VOLUNTEERS: Final = "volunteers"
"""The guard that speaks of our volunteers; a bar is told less."""
_ABOUT_US: Final = Guard("clinic", "It would change much for the clinic at once. A coordinator looks at it.")


def for_the_bar(tally: Tally) -> Compared:
    """What of a tally a bar may see."""
    return msgspec.convert(msgspec.structs.asdict(tally), Compared)


def reasons_for_the_bar(guards: tuple[Guard, ...]) -> tuple[Guard, ...]:
    """Why a run is held, as a bar may see it."""
    return tuple(_ABOUT_US if guard.code == OF_VOLUNTEERS else guard for guard in guards)


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a request. ``state``: ``applied``, ``held`` (a person decides; ``held`` says why) or ``staged``.

    ``run`` is how people call the run over the roster, ``tally`` how its entries compare with those known before.
    ``parts`` and ``entries`` count what is staged of ``part_of`` so far.
    """

    state: str
    run: str = ""
    tally: Compared | None = None
    held: tuple[Guard, ...] = ()
    part_of: str = ""
    parts: int = 0
    entries: int = 0


class RosterToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token as a list shows it. What it opens is known to whoever was shown it once."""

    id: UUID
    label: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_on: date | None = None


class Bearer(msgspec.Struct, frozen=True):
    """A program that has shown a good token: whom it acts as, and its token's id, by which it is counted."""

    token: UUID
    by: Actor
