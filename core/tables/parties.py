"""Who is on the other side of a case. Names are sealed; what is compared is a blind index."""

from piccolo.columns import UUID, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.tables.cases import Case
from core.tables.keys import new_id
from core.tables.people import Account


class OpposingOrganisation(Table, tablename="opposing_organisation"):
    """An organisation on the other side: its name, sealed, and its index under the key of this id."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    name = Text()
    name_index = Varchar(length=64)
    key = Varchar(length=8)
    added_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    added_at = Timestamptz(default=None, null=False)
