"""Bars' rosters: their entries as last applied, and the runs over them with what each changes."""

from piccolo.columns import (
    JSON,
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class Roster(Table, tablename="roster"):
    """A roster by the name of its provider. ``applied`` is the run whose result its entries are.

    ``claim`` is whoever works on it, until ``claimed_until``. ``standings`` counts the listed members by standing, as
    JSON: entries are too many to be counted for a page.
    """

    id = UUID(primary_key=True, default=new_id)
    name = Varchar(length=80, unique=True)
    title = Varchar(length=200)
    bar = Varchar(length=2)
    applied = UUID(null=True, default=None)
    claim = UUID(null=True, default=None)
    claimed_until = Timestamptz(null=True, default=None)
    standings = JSON(default="{}")


class RosterPartner(Table, tablename="roster_partner"):
    """A bar's own staff: an account that may keep a roster, next to the role of a partner."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    since = Timestamptz(default=None, null=False)


class RosterEntry(Table, tablename="roster_entry"):
    """A member as the roster last said, as JSON. ``mark`` and ``previous`` tell this version and the one before apart.

    ``gone_since``: the roster does not list her any more.
    """

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    number = Varchar(length=100)
    mark = Varchar(length=50)
    previous = Varchar(length=50)
    entry = JSON(default="{}")
    gone_since = Timestamptz(null=True, default=None)


class RosterRun(Table, tablename="roster_run"):
    """A run over a roster. ``tally``, ``guards`` and ``doubtful`` are JSON.

    ``rows`` counts what was read so far, ``done`` the applied changes. ``forgotten``: they are not kept any more.
    """

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False, index=True)
    base = UUID(null=True, default=None)
    state = Varchar(length=12)
    partial = Boolean(default=False)
    since = Timestamptz(null=True, default=None)
    as_of = Timestamptz(null=True, default=None)
    began_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(null=True, default=None)
    asked_by = Varchar(length=200)
    decided_by = Varchar(length=200)
    tally = JSON(default="{}")
    guards = JSON(default="[]")
    doubtful = JSON(default="[]")
    rows = Integer(default=0)
    done = Integer(default=0)
    forgotten = Boolean(default=False)
    error = Text()


class RosterChange(Table, tablename="roster_change"):
    """What a run does to one member: JSON of what was kept before, of what the roster says, and of what followed.

    ``mark`` is that of the entry as the roster says it now; empty where it says nothing.
    """

    id = UUID(primary_key=True, default=new_id)
    run = ForeignKey(RosterRun, on_delete=OnDelete.cascade, null=False)
    number = Varchar(length=100)
    kind = Varchar(length=12)
    mark = Varchar(length=50)
    before = JSON(default="null")
    after = JSON(default="null")
    effects = JSON(default="[]")
    done = Boolean(default=False)


class RosterByHand(Table, tablename="roster_by_hand"):
    """A roster that no plugin brings: people upload its exports.

    ``mapping`` is what somebody settled about its columns, as JSON, for files with the headings ``header``.
    """

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    mapping = JSON(default="null")
    header = JSON(default="[]")


class RosterUpload(Table, tablename="roster_upload"):
    """An export that somebody uploaded. ``survey`` is what a look through it found, as JSON, once ``looked`` is set."""

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False, index=True)
    file_name = Varchar(length=200)
    size = BigInt(default=0)
    uploaded_at = Timestamptz(default=None, null=False)
    uploaded_by = Varchar(length=200)
    survey = JSON(default="null")
    looked = Boolean(default=False)


class UploadPiece(Table, tablename="upload_piece"):
    """A piece of an uploaded file, so that whichever process works on it can read it."""

    id = UUID(primary_key=True, default=new_id)
    upload = ForeignKey(RosterUpload, on_delete=OnDelete.cascade, null=False)
    position = Integer(default=0)
    content = Bytea()


class RosterWork(Table, tablename="roster_work"):
    """What somebody asked a worker to do with a roster, the last time: one row a roster, so one piece at a time.

    ``subject`` is the run or upload that it is about, at its end the run that came of it. ``problem`` says why it was
    not done.
    """

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    act = Varchar(length=12)
    subject = UUID(null=True, default=None)
    account = UUID(null=True, default=None)
    asked_by = Varchar(length=200)
    asked_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(null=True, default=None)
    problem = Text()
