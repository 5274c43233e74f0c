"""Notes, contacts and tasks of cases. Whatever a person wrote is sealed with the data key of the case."""

from piccolo.columns import UUID, Boolean, Date, OnDelete, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class CaseNote(Table, tablename="case_note"):
    """A note, sealed; empty once it was taken back."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    text = Text()
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    written_by = Varchar(length=200)
    written_at = Timestamptz(default=None, null=False)
    taken_back_at = Timestamptz(null=True, default=None)


class CaseContact(Table, tablename="case_contact"):
    """That somebody was spoken with, in codes; ``words`` are sealed."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    at = Timestamptz(default=None, null=False)
    channel = Varchar(length=12)
    direction = Varchar(length=4)
    counterpart = Varchar(length=12)
    outcome = Varchar(length=14)
    language = Varchar(length=20)
    interpreted = Boolean(default=False)
    words = Text()
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    noted_by = Varchar(length=200)
    noted_at = Timestamptz(default=None, null=False)


class CaseTask(Table, tablename="case_task"):
    """Something to be done; ``words`` are sealed. ``reminded_on`` is the day for which its reminder went out."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=20)
    state = Varchar(length=8)
    words = Text()
    due = Date(null=True, default=None)
    assignee = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_by = Varchar(length=200)
    made_at = Timestamptz(default=None, null=False)
    ended_by = Varchar(length=200)
    ended_at = Timestamptz(null=True, default=None)
    reminded_on = Date(null=True, default=None)
