"""Whether clients may be served: the thresholds of the programme with their history, and what came of each check."""

from piccolo.columns import JSON, UUID, OnDelete, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.selecting import Table


class EligibilityThresholds(Table, tablename="eligibility_thresholds"):
    """What the programme asks of its clients, from ``since`` until the next row; the newest one counts."""

    id = UUID(primary_key=True, default=new_id)
    asks = JSON(default="{}")
    why = Varchar(length=200)
    set_by = Varchar(length=200)
    since = Timestamptz(default=None, null=False, index=True)


class EligibilityCheck(Table, tablename="eligibility_check"):
    """What came of asking whether a client may be served; the newest row of a case counts.

    ``by_rules`` is what the thresholds said, ``decided`` what counts, ``reason`` why a person decided otherwise.
    ``findings`` and ``rests_on`` hold nothing by which she could be named: her figures stay sealed with the client.
    """

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    source = Varchar(length=12)
    by_rules = Varchar(length=12)
    decided = Varchar(length=12)
    reason = Varchar(length=200)
    findings = JSON(default="[]")
    rests_on = JSON(default="{}")
    band = Varchar(length=12)
    thresholds = ForeignKey(EligibilityThresholds, on_delete=OnDelete.set_null, null=True, default=None)
    made_by = Varchar(length=200)
    made_at = Timestamptz(default=None, null=False)
