"""What people ask a worker to do with a roster."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class RosterAct(StrEnum):
    """Look through an upload, read a roster, apply a run, apply one that is held, or take one back."""

    LOOK = "look"
    READ = "read"
    APPLY = "apply"
    ACCEPT = "accept"
    UNDO = "undo"


class RosterWork(msgspec.Struct, frozen=True, kw_only=True):
    """The last piece of work that was asked for of the roster ``name``; under way until ``ended_at``.

    ``subject`` is the run or upload that it is about, and at its end the run that came of it. ``problem`` says why it
    was not done, where it was not.
    """

    id: UUID
    roster: UUID
    name: str
    act: RosterAct
    asked_by: str
    asked_at: datetime
    subject: UUID | None = None
    account: UUID | None = None
    ended_at: datetime | None = None
    problem: str = ""

    @property
    def under_way(self) -> bool:
        """Whether a worker is to do it, or is at it."""
        return self.ended_at is None
