"""Deadlines of cases as last counted, what people decided about them, and the rules that they were counted by."""

from piccolo.columns import JSON, UUID, Date, Integer, OnDelete, Timestamptz, Varchar

from core.tables.cases import Case
from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class CaseDeadline(Table, tablename="deadline"):
    """A deadline of an open case that counts, by one rule. Without ``due`` and ``opens`` a date must be asked for.

    ``fact`` is what it is counted from, never when that was. ``reminded`` is how many days before it the last reminder
    was for; ``in_hand_at``: somebody has said that she sees to it.
    """

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    rule = Varchar(length=100)
    title = Varchar(length=100)
    fact = Varchar(length=40)
    due = Date(null=True, default=None, index=True)
    opens = Date(null=True, default=None)
    reminded = Integer(null=True, default=None)
    reminded_at = Timestamptz(null=True, default=None)
    in_hand_at = Timestamptz(null=True, default=None)
    in_hand_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    escalated_at = Timestamptz(null=True, default=None)


class DeadlineDecision(Table, tablename="deadline_decision"):
    """A person's decision about one deadline: in force until ``lifted_at``, and only for the day that it is about."""

    id = UUID(primary_key=True, default=new_id)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    rule = Varchar(length=100)
    act = Varchar(length=12)
    about = Date(null=True, default=None)
    due = Date(null=True, default=None)
    reason = Varchar(length=200)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)
    lifted_at = Timestamptz(null=True, default=None)


class LawRule(Table, tablename="deadline_rule"):
    """A rule as this clinic counted by it last, as JSON, and why it did not count then; an empty text: it did."""

    code = Varchar(length=100, primary_key=True)
    law = JSON(default="{}")
    not_counted = Varchar(length=12)
    since = Timestamptz(default=None, null=False)


class LawAmendment(Table, tablename="rule_amendment"):
    """What a coordinator says of a rule in place of its plugin; in force until ``lifted_at``."""

    id = UUID(primary_key=True, default=new_id)
    code = Varchar(length=100, index=True)
    status = Varchar(length=12)
    effective_from = Date(null=True, default=None)
    effective_until = Date(null=True, default=None)
    reviewed = Date(default=None, null=False)
    reason = Varchar(length=200)
    made_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None, null=False)
    lifted_at = Timestamptz(null=True, default=None)


class LawChange(Table, tablename="rule_change"):
    """A change of a rule that was noticed, with the rule before and after it as JSON.

    Until ``finished_at`` not all open cases have been looked at; ``looked_at`` is how many were.
    """

    id = UUID(primary_key=True, default=new_id)
    code = Varchar(length=100)
    kind = Varchar(length=12)
    before = JSON(default="null")
    after = JSON(default="null")
    noticed_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(null=True, default=None)
    looked_at = Integer(default=0)


class LawMove(Table, tablename="rule_move"):
    """What a change of a rule made of one case."""

    id = UUID(primary_key=True, default=new_id)
    change = ForeignKey(LawChange, on_delete=OnDelete.cascade, null=False, index=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    before = Date(null=True, default=None)
    after = Date(null=True, default=None)
    worked_before = Date(null=True, default=None)
    worked_after = Date(null=True, default=None)
