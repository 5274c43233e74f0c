"""What programs of a bar bring: their tokens, their requests with our answers, and rosters that come in parts."""

from piccolo.columns import JSON, UUID, Date, Integer, OnDelete, Text, Timestamptz, Varchar

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.rosters import Roster
from core.tables.selecting import Table


class RosterToken(Table, tablename="roster_token"):
    """What a program of a bar shows to push entries. ``digest`` is the SHA-256 of the token, which is kept nowhere."""

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False, index=True)
    label = Varchar(length=80)
    digest = Varchar(length=64, unique=True)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    made_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    used_on = Date(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)


class RosterPush(Table, tablename="roster_push"):
    """One request under its idempotency key: what was asked, as a digest, and what was answered once it is.

    ``claim`` is whoever works on it, until ``claimed_until``. ``run`` is the run over the roster that it began.
    """

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    key = Varchar(length=200)
    digest = Varchar(length=64)
    came_at = Timestamptz(default=None, null=False, index=True)
    claim = UUID(null=True, default=None)
    claimed_until = Timestamptz(null=True, default=None)
    run = UUID(null=True, default=None)
    status = Integer(default=0)
    answer = JSON(default="null")


class StagedRoster(Table, tablename="staged_roster"):
    """A whole roster that comes in parts under a name of the caller's, until the last one is there."""

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    name = Varchar(length=100)
    parts = Integer(default=0)
    entries = Integer(default=0)
    changed_at = Timestamptz(default=None, null=False, index=True)


class StagedPart(Table, tablename="staged_part"):
    """The entries of one part as JSON, in the order of their coming; ``push`` is the request that brought it."""

    id = UUID(primary_key=True, default=new_id)
    staged = ForeignKey(StagedRoster, on_delete=OnDelete.cascade, null=False, index=True)
    push = UUID(default=None, null=False, unique=True)
    entries = Text()
