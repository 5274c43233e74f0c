"""The built-in rules of law about deadlines: days that were counted by hand, each with its authority."""

from datetime import date

import pytest

from amparo import DatedFact, DeadlineRule, PracticeArea
from amparo_testing import check_deadline
from core.model.deadlines.counting import deadlines_of
from plugins.deadlines import court, filing, status
from tests.worlds import case

F = DatedFact
RULES: tuple[DeadlineRule, ...] = (*filing.RULES, *court.RULES, *status.RULES)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_each_keeps_its_contract(rule: DeadlineRule) -> None:
    check_deadline(rule)
    assert bool(rule.reminders) != rule.opens_only


def test_windows_open_where_the_law_opens_them() -> None:
    dates = {F.STATUS_EXPIRES: date(2027, 6, 30), F.CONDITIONAL_RESIDENCE: date(2025, 5, 10)}

    opened = {
        one.rule.code: one.opens
        for relief in ("daca_renewal", "remove_conditions")
        for one in deadlines_of(case(relief=relief), dates, RULES, TODAY)
    }
    assert opened == {"daca-renewal": date(2027, 1, 31), "remove-conditions": date(2027, 2, 9)}


def test_an_asylum_case_asks_for_the_last_arrival_and_for_no_hearing() -> None:
    found = deadlines_of(case(practice_area=PracticeArea.ASYLUM), {}, RULES, TODAY)

    assert [(one.rule.title, one.rule.fact, one.due) for one in found] == [("One-year deadline", F.LAST_ARRIVAL, None)]


def test_no_two_rules_have_one_code_and_every_fact_has_a_rule() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert {rule.fact for rule in RULES} == set(DatedFact)


def test_what_is_not_certain_says_so_in_the_data() -> None:
    assert {rule.code for rule in RULES if rule.unsure} == {"bia-brief-2026", "sij-order-elsewhere"}
