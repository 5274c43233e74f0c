"""Volunteers' own conflict checks: until when the names are open to whom, what she said, and what she asked."""

from piccolo.columns import UUID, OnDelete, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table
from core.tables.teams import Seat


class NameCheck(Table, tablename="name_check"):
    """The names of a case open to whoever holds a seat, until ``expires_at`` or until she has answered."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    seat = ForeignKey(Seat, on_delete=OnDelete.cascade, null=False, unique=True)
    opened_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    answer = Varchar(length=12)
    answered_at = Timestamptz(null=True, default=None)


class CheckQuestion(Table, tablename="check_question"):
    """What a volunteer asks before she can say whether she has a conflict, and the reply; both sealed."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    asked_in = ForeignKey(NameCheck, on_delete=OnDelete.cascade, null=False, index=True)
    question = Text()
    asked_at = Timestamptz(default=None, null=False)
    reply = Text()
    replied_at = Timestamptz(null=True, default=None)
    replied_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
