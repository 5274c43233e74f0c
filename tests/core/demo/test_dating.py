"""The deadlines of the demo's waiting cases: most follow from dated facts, some were given by hand."""

import pytest

from core.model.deadlines.counting import deadlines_of, working_deadline
from core.model.states import CaseState
from core.store.cases import cases
from core.store.cases.case_records import dates_of
from core.store.database import Database
from tests.core.demo.test_demo import LAST
from tests.worlds import clinic

pytestmark = pytest.mark.xdist_group("demo world")  # the world is built once, by one worker


async def test_deadlines_follow_from_facts_where_the_rules_say_the_same_and_else_are_by_hand(world: Database) -> None:
    rules, today = clinic().host.deadlines(), LAST.date()
    waiting = [case for case in await cases.cases_in(CaseState.WAITLISTED) if case.deadline is not None]
    counted = [case for case in waiting if case.deadline_by]

    assert 0 < len(waiting) - len(counted) < len(counted)
    for case in counted[:20]:
        best = working_deadline(deadlines_of(case, await dates_of(case.id), rules, today), today)
        assert best is not None
        assert (best.rule.code, best.due) == (case.deadline_by, case.deadline)
