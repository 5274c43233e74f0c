"""Who is kept out of a case altogether."""

from piccolo.columns import UUID, OnDelete, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account, Volunteer
from core.tables.selecting import Table


class ScreenedOff(Table, tablename="screened_off"):
    """Somebody who is screened off a case until ``lifted_at``: an account, a volunteer's record, or both of them.

    A record that was merged keeps its row: whoever reads follows ``volunteer.merged_into``.
    """

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    volunteer = ForeignKey(Volunteer, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    reason = Varchar(length=200)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)
    lifted_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    lifted_at = Timestamptz(null=True, default=None)
