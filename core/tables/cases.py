"""Cases, who must not be proposed for them, and what coordinators have settled about their seats."""

from uuid import uuid4

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Date,
    DoublePrecision,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account, Volunteer
from core.tables.selecting import Table


class Case(Table, tablename="legal_case"):
    """A case. ``tier`` is its urgency as last derived, kept for ordering; ``held_by`` a claim awaiting approval.

    ``ended_at`` is when it was closed, declined or withdrawn, ``reduced_at`` when it was reduced to statistics.
    ``lot`` is random and shown to nobody: by its order some cases step back so that others are not known by it.
    ``dated`` are its dated facts by their codes, ``answers`` the answers to plugins' questions by their names.
    """

    id = UUID(primary_key=True, default=new_id)
    reference = Varchar(length=100, unique=True)
    state = Varchar(length=12)
    practice_area = Varchar(length=12)
    relief = Varchar(length=200)
    skill_level = Integer()
    languages = JSON(default="[]")
    forum = Varchar(length=12)
    posture = Varchar(length=12)
    detained = Boolean(default=False)
    county = Varchar(length=80)
    us_state = Varchar(length=2)
    region = Varchar(length=80)
    remote_ok = Boolean(default=True)
    attorneys = Integer(default=1)
    hours = DoublePrecision()
    interpreter_hours = DoublePrecision(null=True, default=None)
    interpreter_gender = Varchar(length=10, null=True, default=None)
    interpreter_mode = Varchar(length=12, null=True, default=None)
    received = Date(default=None, null=False)
    waiting_since = Timestamptz(null=True, default=None)
    deadline = Date(null=True, default=None)
    deadline_kind = Varchar(length=100)
    deadline_by = Varchar(length=100)
    deadline_why = Varchar(length=200)
    dated = JSON(default="{}")
    answers = JSON(default="{}")
    tier = Integer(default=3)
    summary = Text()
    held_by = ForeignKey(Volunteer, on_delete=OnDelete.set_null, null=True, default=None)
    outcome = Varchar(length=60)
    ended_reason = Varchar(length=200)
    ended_at = Timestamptz(null=True, default=None, index=True)
    reduced_at = Timestamptz(null=True, default=None)
    came_by = Varchar(length=12, null=True, default=None)
    lot = UUID(default=uuid4)
    changed_at = Timestamptz(default=None, null=False)


class BarredPair(Table, tablename="barred_pair"):
    """A volunteer who must not be proposed for a case again: a decline, a known conflict."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    reason = Varchar(length=12)
    since = Timestamptz(default=None, null=False)


class SettledPair(Table, tablename="settled_pair"):
    """A coordinator's pin of a volunteer to a seat, or a forbid of the pair; in force until ``lifted_at``."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=12)
    role = Varchar(length=12, null=True, default=None)
    reason = Varchar(length=200)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)
    lifted_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    lifted_at = Timestamptz(null=True, default=None)


class Listing(Table, tablename="listing"):
    """A case as it is listed for volunteers: nothing but what they may be told. Pages of open cases read this alone.

    Kept by ``core.store.cases.listings`` in the transaction of whatever changes the open cases. ``listed``: it is on
    the list; otherwise it is how the case was listed last. ``known`` is what all lists so far have told of it,
    ``alike`` how many are shown just like it, ``sharing`` why something is hidden. ``widened`` is what a coordinator
    hides anyway, ``withheld`` why she keeps it off the list; ``telling``: the summary says nothing that is hidden.
    """

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, unique=True)
    listed = Boolean(default=False)
    tier = Integer(default=3)
    waiting_since = Timestamptz(null=True, default=None)
    reference = Varchar(length=100)
    practice_area = Varchar(length=12, null=True, default=None)
    relief = Varchar(length=200)
    posture = Varchar(length=12, null=True, default=None)
    detained = Boolean(default=False)
    forum = Varchar(length=12, null=True, default=None)
    skill_level = Integer(default=1)
    languages = JSON(default="[]")
    all_languages = Boolean(default=False)
    family = Varchar(length=20)
    us_state = Varchar(length=2)
    region = Varchar(length=80)
    interpreter_gender = Varchar(length=10, null=True, default=None)
    remote_ok = Boolean(default=True)
    attorneys = Integer(default=1)
    hours = DoublePrecision(default=0.0)
    exact_hours = Boolean(default=False)
    interpreter_hours = DoublePrecision(null=True, default=None)
    waiting_week = Date(null=True, default=None)
    deadline_week = Date(null=True, default=None)
    deadline_kind = Varchar(length=100)
    hidden = JSON(default="[]")
    telling = Boolean(default=False)
    known = JSON(default="{}")
    alike = Integer(default=0)
    sharing = JSON(default="{}")
    widened = JSON(default="[]")
    withheld = Varchar(length=200)
