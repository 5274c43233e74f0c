"""Runs of the matcher: their progress and result, the plan that each made, and what was asked about it later."""

from piccolo.columns import (
    JSON,
    UUID,
    DoublePrecision,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)

from core.tables.foreign_keys import ForeignKey
from core.tables.keys import new_id
from core.tables.people import Account
from core.tables.selecting import Table


class MatchingRun(Table, tablename="matching_run"):
    """A run of the matcher with its progress and result; ``unmatched``, ``failures`` and ``summary`` are JSON.

    ``keeping``: the share of the price at which scarce people are kept for the weeks to come; 0: nobody is.
    ``sharing``, JSON as well, says how help was to be shared out when it was asked for.
    """

    id = UUID(primary_key=True, default=new_id)
    state = Varchar(length=12)
    matcher = Varchar(length=60)
    keeping = DoublePrecision(default=0.0)
    requested_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    requested_at = Timestamptz(default=None, null=False)
    started_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    stage = Varchar(length=120)
    done = Integer(default=0)
    total = Integer(default=0)
    gap = DoublePrecision(null=True, default=None)
    status = Varchar(length=12)
    objective = DoublePrecision(default=0.0)
    bound = DoublePrecision(default=0.0)
    seconds = DoublePrecision(default=0.0)
    waiting = Integer(default=0)
    proposed = Integer(default=0)
    changed = Integer(default=0)
    unmatched = JSON(default="[]")
    failures = JSON(default="[]")
    pruned = Text()
    summary = JSON(default="{}")
    sharing = JSON(default="{}")
    error = Text()


class RunPlan(Table, tablename="run_plan"):
    """What a run planned, apart from its row, which lists read: ``teams`` and ``shifts`` are JSON."""

    id = UUID(primary_key=True, default=new_id)
    run = ForeignKey(MatchingRun, on_delete=OnDelete.cascade, null=False)
    teams = JSON(default="[]")
    shifts = JSON(default="[]")


class RunQuestion(Table, tablename="run_question"):
    """What a coordinator asks the matcher beside a run: whom to recruit, what if. The answer is JSON."""

    id = UUID(primary_key=True, default=new_id)
    run = ForeignKey(MatchingRun, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=12)
    question = JSON(default="{}")
    state = Varchar(length=12)
    stage = Varchar(length=120)
    asked_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    asked_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(null=True, default=None)
    waiting = Integer(default=0)
    answer = JSON(default="null")
    error = Text()
