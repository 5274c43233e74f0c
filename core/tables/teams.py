"""Proposals, matches, seats and offers."""

from piccolo.columns import (
    JSON,
    UUID,
    DoublePrecision,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account, Volunteer
from core.tables.runs import MatchingRun
from core.tables.selecting import Table


class Proposal(Table, tablename="proposal"):
    """A team put before the coordinator; ``team`` is the TeamPlan as JSON, with ids as references."""

    id = UUID(primary_key=True, default=new_id)
    run = ForeignKey(MatchingRun, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    state = Varchar(length=12, index=True)
    claimed_by = ForeignKey(Volunteer, on_delete=OnDelete.set_null, null=True, default=None)
    score = DoublePrecision(default=0.0)
    team = JSON(default="{}")
    created_at = Timestamptz(default=None, null=False)
    decided_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    decision = Varchar(length=200)


class Match(Table, tablename="case_match"):
    """A case with its approved team."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    proposal = ForeignKey(Proposal, on_delete=OnDelete.restrict, null=False)
    state = Varchar(length=12, index=True)
    approved_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    approved_at = Timestamptz(default=None, null=False)
    engaged_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_reason = Varchar(length=200)


class Seat(Table, tablename="seat"):
    """One role in a team, held by one volunteer. ``hours``: what she gave, once that is known."""

    id = UUID(primary_key=True, default=new_id)
    match = ForeignKey(Match, on_delete=OnDelete.cascade, null=False, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=False, index=True)
    role = Varchar(length=12)
    position = Integer(default=0)
    from_language = Varchar(length=12)
    to_language = Varchar(length=12)
    state = Varchar(length=20)
    hours = DoublePrecision(null=True, default=None)
    changed_at = Timestamptz(default=None, null=False)


class Offer(Table, tablename="offer"):
    """A seat put to one volunteer."""

    id = UUID(primary_key=True, default=new_id)
    seat = ForeignKey(Seat, on_delete=OnDelete.cascade, null=False, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=False, index=True)
    state = Varchar(length=12)
    sent_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    reminded_at = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    decline_reason = Varchar(length=12)
    note = Text()


class Alert(Table, tablename="alert"):
    """Something that a coordinator must look at, at ``path``; closed by a person, never by itself."""

    id = UUID(primary_key=True, default=new_id)
    kind = Varchar(length=30)
    match = ForeignKey(Match, on_delete=OnDelete.cascade, null=True, default=None)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=True, default=None)
    text = Text()
    path = Varchar(length=200)
    raised_at = Timestamptz(default=None, null=False)
    closed_at = Timestamptz(null=True, default=None)
    closed_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
