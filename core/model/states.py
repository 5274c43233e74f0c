"""Every transition of every state machine, once (DOMAIN "The life of a case").

Tables guard their state columns with these values, stores move a row only by a conditional update from a
state named here, and pages ask here what may be done next.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class CaseState(StrEnum):
    """Where a case stands on its way from first contact to its outcome."""

    RECEIVED = "received"
    SCREENING = "screening"
    WAITLISTED = "waitlisted"
    MATCHED = "matched"
    ENGAGED = "engaged"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RunState(StrEnum):
    """A run of the matcher."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RosterRunState(StrEnum):
    """A run over a bar's roster: read and compared, then applied or held for a person, and perhaps taken back."""

    READING = "reading"
    PREVIEWED = "previewed"
    HELD = "held"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    SUPERSEDED = "superseded"
    FAILED = "failed"


class ProposalState(StrEnum):
    """A team proposed for a case: open until a coordinator decides, or a later run replaces it."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class MatchState(StrEnum):
    """A case with its approved team."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CLEARED = "cleared"
    ENGAGED = "engaged"
    COMPLETED = "completed"
    ENDED = "ended"


class SeatState(StrEnum):
    """One role in a team, from proposal to the end of the work."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFLICT_CLEARED = "conflict_cleared"
    ENGAGED = "engaged"
    COMPLETED = "completed"
    REJECTED = "rejected"
    DECLINED = "declined"
    EXPIRED = "expired"
    CONFLICTED = "conflicted"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class OfferState(StrEnum):
    """A seat put to one volunteer. A frozen offer cannot be answered until a coordinator thaws or revokes it."""

    OPEN = "open"
    FROZEN = "frozen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVOKED = "revoked"


class JoiningState(StrEnum):
    """Somebody who joins by an invitation: a link went to her address, then she is verified or waits for a person.

    A refusal may be a mistake, so a person can still verify whom another refused.
    """

    ASKED = "asked"
    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"


class TaskState(StrEnum):
    """Something to be done for a case: open, done, or not needed any more. What was ended can be opened again."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class MessageState(StrEnum):
    """An outgoing message in the outbox."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


class JobState(StrEnum):
    """Work that a worker takes after the change that caused it is committed."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


def _machine(**arrows: tuple[StrEnum, ...]) -> Mapping[str, frozenset[StrEnum]]:
    return {origin: frozenset(targets) for origin, targets in arrows.items()}


R = RosterRunState
C, P, M, S, O = CaseState, ProposalState, MatchState, SeatState, OfferState  # noqa: E741 -- the tables below read as tables

TRANSITIONS: Final[Mapping[type[StrEnum], Mapping[str, frozenset[StrEnum]]]] = {
    CaseState: _machine(
        received=(C.SCREENING, C.WITHDRAWN),
        screening=(C.WAITLISTED, C.DECLINED, C.WITHDRAWN),
        waitlisted=(C.MATCHED, C.WITHDRAWN),
        matched=(C.WAITLISTED, C.ENGAGED, C.WITHDRAWN),
        engaged=(C.WAITLISTED, C.CLOSED, C.WITHDRAWN),
        closed=(C.RECEIVED,),
        declined=(C.RECEIVED,),
        withdrawn=(C.RECEIVED,),
    ),
    RunState: _machine(
        queued=(RunState.RUNNING, RunState.FAILED),
        running=(RunState.DONE, RunState.FAILED),
        done=(),
        failed=(),
    ),
    RosterRunState: _machine(
        reading=(R.PREVIEWED, R.HELD, R.FAILED),
        previewed=(R.APPLYING, R.SUPERSEDED),
        held=(R.APPLYING, R.SUPERSEDED),
        applying=(R.APPLIED, R.UNDOING),
        applied=(R.UNDOING,),
        undoing=(R.UNDONE,),
        undone=(),
        superseded=(),
        failed=(),
    ),
    ProposalState: _machine(
        open=(P.APPROVED, P.REJECTED, P.SUPERSEDED, P.WITHDRAWN),
        approved=(P.OPEN,),
        rejected=(),
        superseded=(),
        withdrawn=(),
    ),
    MatchState: _machine(
        offered=(M.ACCEPTED, M.ENDED),
        accepted=(M.CLEARED, M.ENDED),
        cleared=(M.ENGAGED, M.ENDED),
        engaged=(M.COMPLETED, M.ENDED),
        completed=(),
        ended=(),
    ),
    SeatState: _machine(
        proposed=(S.APPROVED, S.REJECTED, S.WITHDRAWN),
        approved=(S.OFFERED, S.REVOKED, S.WITHDRAWN),
        offered=(S.ACCEPTED, S.DECLINED, S.EXPIRED, S.CONFLICTED, S.REVOKED, S.WITHDRAWN),
        accepted=(S.CONFLICT_CLEARED, S.CONFLICTED, S.REVOKED, S.WITHDRAWN),
        conflict_cleared=(S.ENGAGED, S.CONFLICTED, S.REVOKED, S.WITHDRAWN),
        engaged=(S.COMPLETED, S.CONFLICTED, S.WITHDRAWN),
        completed=(),
        rejected=(),
        declined=(),
        expired=(),
        conflicted=(),
        withdrawn=(),
        revoked=(),
    ),
    OfferState: _machine(
        open=(O.FROZEN, O.ACCEPTED, O.DECLINED, O.EXPIRED, O.REVOKED),
        frozen=(O.OPEN, O.REVOKED),
        accepted=(),
        declined=(),
        expired=(),
        revoked=(),
    ),
    JoiningState: _machine(
        asked=(JoiningState.WAITING, JoiningState.VERIFIED),
        waiting=(JoiningState.VERIFIED, JoiningState.REFUSED),
        verified=(),
        refused=(JoiningState.VERIFIED,),
    ),
    TaskState: _machine(
        open=(TaskState.DONE, TaskState.DROPPED),
        done=(TaskState.OPEN,),
        dropped=(TaskState.OPEN,),
    ),
    MessageState: _machine(
        queued=(MessageState.SENDING,),
        sending=(MessageState.SENT, MessageState.QUEUED, MessageState.DEAD),
        sent=(),
        dead=(MessageState.QUEUED,),
    ),
    JobState: _machine(
        queued=(JobState.RUNNING,),
        running=(JobState.DONE, JobState.QUEUED, JobState.DEAD),
        done=(),
        dead=(JobState.QUEUED,),
    ),
}

HOLDING: Final = frozenset({S.APPROVED, S.OFFERED, S.ACCEPTED, S.CONFLICT_CLEARED, S.ENGAGED})
"""Seat states in which a volunteer's place and hours are taken."""

LIVE_MATCH: Final = frozenset({M.OFFERED, M.ACCEPTED, M.CLEARED, M.ENGAGED})
"""Match states in which the case belongs to this team and to no other."""

OPEN_CASE: Final = frozenset({C.RECEIVED, C.SCREENING, C.WAITLISTED, C.MATCHED, C.ENGAGED})
"""Case states in which somebody still waits for us."""


def may_become(state: StrEnum, target: StrEnum) -> bool:
    """Tell whether the machine that ``state`` belongs to has an arrow to ``target``."""
    return target in TRANSITIONS[type(state)][state]


def origins(target: StrEnum) -> tuple[StrEnum, ...]:
    """List the states with an arrow to ``target``: what a conditional update may start from."""
    machine = TRANSITIONS[type(target)]
    return tuple(type(target)(origin) for origin, targets in machine.items() if target in targets)
