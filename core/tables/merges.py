"""Records of one volunteer that were merged, how each merge can be taken back, and who is known to be two persons."""

from piccolo.columns import JSON, UUID, OnDelete, Timestamptz, Varchar

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account, Volunteer
from core.tables.rosters import Roster
from core.tables.selecting import Table


class RecordMerge(Table, tablename="record_merge"):
    """Two records of one volunteer made one; in force until ``split_at``.

    JSON: ``before`` are both records as they were, ``after`` is the kept one as it was then; ``moved`` says what went
    over to it, ``stayed`` what a split left there.
    """

    id = UUID(primary_key=True, default=new_id)
    kept = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=False, index=True)
    absorbed = ForeignKey(Volunteer, on_delete=OnDelete.restrict, null=False, index=True)
    merged_at = Timestamptz(default=None, null=False)
    merged_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    split_at = Timestamptz(null=True, default=None)
    split_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    before = JSON(default="[]")
    after = JSON(default="{}")
    moved = JSON(default="{}")
    stayed = JSON(default="[]")


class TwoPersons(Table, tablename="two_persons"):
    """Two volunteers of whom a person said that they are two. ``mark`` tells what was known of both at that time."""

    id = UUID(primary_key=True, default=new_id)
    one = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False)
    other = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False)
    mark = Varchar(length=64)
    said_at = Timestamptz(default=None, null=False)
    said_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)


class NotMember(Table, tablename="not_member"):
    """A member of a roster and a volunteer of whom a person said that they are two. ``mark`` as with two volunteers."""

    id = UUID(primary_key=True, default=new_id)
    roster = ForeignKey(Roster, on_delete=OnDelete.cascade, null=False)
    number = Varchar(length=100)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=False)
    mark = Varchar(length=64)
    said_at = Timestamptz(default=None, null=False)
    said_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
