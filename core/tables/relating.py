"""Cases that belong together or were opened again, and other organisations that clients are sent to."""

from piccolo.columns import JSON, UUID, Boolean, OnDelete, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class CaseRelation(Table, tablename="case_relation"):
    """Two cases that belong together, the one with the smaller key first."""

    id = UUID(primary_key=True, default=new_id)
    one = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    other = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    relation = Varchar(length=12)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)


class CaseReopening(Table, tablename="case_reopening"):
    """How a case had ended before it was opened again, and why it was."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    was = Varchar(length=12)
    outcome = Varchar(length=60)
    ended_reason = Varchar(length=200)
    ended_at = Timestamptz(null=True, default=None)
    reason = Varchar(length=200)
    waited = Boolean(default=False)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)


class PlaceOfHelp(Table, tablename="place_of_help"):
    """Another organisation that clients are sent to; one that is retired stays for those who were."""

    id = UUID(primary_key=True, default=new_id)
    name = Varchar(length=120)
    phone = Varchar(length=200)
    website = Varchar(length=200)
    address = Varchar(length=200)
    languages = Varchar(length=200)
    areas = JSON(default="[]")
    note = Varchar(length=400)
    retired = Boolean(default=False)
    changed_at = Timestamptz(default=None, null=False)


class Referral(Table, tablename="referral"):
    """A client was told of another organisation."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    place = ForeignKey(PlaceOfHelp, on_delete=OnDelete.restrict, null=False, index=True)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)
