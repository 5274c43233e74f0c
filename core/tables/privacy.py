"""How long clients are kept: legal holds on cases, and what was decided for all of them."""

from piccolo.columns import UUID, Integer, OnDelete, Text, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class LegalHold(Table, tablename="legal_hold"):
    """Nothing of a case is erased before ``lifted_at``. ``reason`` and ``lifted_why`` are sealed."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    reason = Text()
    set_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    set_by_label = Varchar(length=200)
    set_at = Timestamptz(default=None, null=False)
    lifted_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    lifted_by_label = Varchar(length=200)
    lifted_at = Timestamptz(null=True, default=None)
    lifted_why = Text()


class RetentionRule(Table, tablename="retention_rule"):
    """How many years a client is kept after her case has ended, from ``begins_at`` on: a row a decision."""

    id = UUID(primary_key=True, default=new_id)
    years = Integer(null=True, default=None)
    reason = Varchar(length=200)
    set_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    set_by_label = Varchar(length=200)
    set_at = Timestamptz(default=None, null=False)
    begins_at = Timestamptz(default=None, null=False)
