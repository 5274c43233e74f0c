"""Cases that belong together, cases that were opened again, and where else people are sent for help."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.states import CaseState
from core.model.vocabulary import PracticeArea


class Relation(StrEnum):
    """What the client of another case is to the client of this one. Who they are is said nowhere."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    HOUSEHOLD = "household"
    SAME_CLIENT = "same_client"
    OTHER = "other"


_REVERSED: Final[Mapping[Relation, Relation]] = {
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
}


def reversed_relation(relation: Relation) -> Relation:
    """The same seen from the other case: whose parent somebody is, is her child."""
    return _REVERSED.get(relation, relation)


class RelatedCases(msgspec.Struct, frozen=True):
    """Two cases that belong together: what the client of ``other`` is to that of ``one``. ``one`` < ``other``."""

    one: UUID
    other: UUID
    relation: Relation

    @classmethod
    def of(cls, case: UUID, other: UUID, relation: Relation) -> "RelatedCases":
        """As it is kept, whichever of the two cases is looked at."""
        if case < other:
            return cls(case, other, relation)
        return cls(other, case, reversed_relation(relation))


class Reopening(msgspec.Struct, frozen=True):
    """A case was opened again: how it had ended, and why it goes on. ``waited``: its waiting time was kept."""

    id: UUID
    case: UUID
    was: CaseState
    outcome: str
    ended_reason: str
    ended_at: datetime | None
    reason: str
    waited: bool
    made_by: UUID | None
    made_at: datetime


PLACE_NAME, PLACE_LINE, PLACE_NOTE = 120, 200, 400
"""How long the name of a place of help, its ways to be reached and a remark may be."""


class PlaceOfHelp(msgspec.Struct, frozen=True):
    """Another organisation that people are sent to. ``areas``: what it helps with; empty: with anything.

    ``languages`` are those it speaks, in words, since its own words are what a client is told.
    """

    id: UUID
    name: str
    phone: str = ""
    website: str = ""
    address: str = ""
    languages: str = ""
    areas: tuple[PracticeArea, ...] = ()
    note: str = ""
    retired: bool = False

    def helps_with(self, area: PracticeArea) -> bool:
        """Whether it helps in such cases."""
        return not self.areas or area in self.areas
