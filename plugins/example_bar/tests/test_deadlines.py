"""Deadlines of our state: their contract, and days that were counted by hand."""

from datetime import date

from example_bar import deadlines

from amparo import RuleStatus
from amparo_testing import check_deadline, due_after


def test_they_keep_their_contract() -> None:
    for rule in deadlines.amparo_deadlines():
        check_deadline(rule)


def test_the_order_is_made_until_the_eve_of_the_birthday() -> None:
    assert due_after(deadlines.PREDICATE_ORDER, date(2010, 5, 4)) == date(2028, 5, 3)
    assert due_after(deadlines.PREDICATE_ORDER, date(2012, 2, 29)) == date(2030, 2, 27)


def test_an_appeal_that_ends_on_a_holiday_is_due_on_the_next_business_day() -> None:
    assert due_after(deadlines.QUICK_APPEAL, date(2026, 11, 12)) == date(2026, 11, 27)


def test_what_is_enjoined_says_so() -> None:
    assert deadlines.QUICK_APPEAL.status is RuleStatus.ENJOINED
