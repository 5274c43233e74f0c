"""What people ask a worker to do with a roster."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.rosters.changes import RosterRun
from core.model.states import RosterRunState

HALF_WAY: Final = (RosterRunState.READING, RosterRunState.APPLYING, RosterRunState.UNDOING)
PATIENCE: Final = timedelta(minutes=1)
"""For how long a worker may leave a request alone before somebody may ask anew for what stopped half-way."""


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


def stopped_half_way(run: RosterRun, claimed_until: datetime | None, now: datetime) -> bool:
    """Whether a run stopped in the middle, and nobody is at it any more."""
    return run.state in HALF_WAY and (claimed_until is None or claimed_until < now)


def is_abandoned(
    work: RosterWork | None, newest: RosterRun | None, claimed_until: datetime | None, now: datetime
) -> bool:
    """Whether what was asked for stopped half-way with the worker that did it, some time ago.

    Another worker takes it up once the lease of the job has run out; a person need not wait so long.
    """
    if work is None or not work.under_way or newest is None or work.asked_at >= now - PATIENCE:
        return False
    return stopped_half_way(newest, claimed_until, now)
