"""A property of all built-in rules: no deadline is later than the naive count and the move to a business day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo import DeadlineRule
from core.model.deadlines.counting import deadline_after, deadlines_of, holds_for, working_deadline
from core.model.deadlines.rules import Counting, Span
from plugins.deadlines import court, filing, status
from tests.worlds import case

RULES: tuple[DeadlineRule, ...] = (*filing.RULES, *court.RULES, *status.RULES)
DAYS = st.dates(date(1996, 1, 1), date(2095, 12, 31))
JUNETEENTH_SINCE = 2021


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """The nth of a weekday in a month; -1: the last."""
    last = monthrange(year, month)[1]
    found = [day for number in range(1, last + 1) if (day := date(year, month, number)).weekday() == weekday]
    return found[n - 1 if n > 0 else n]


def holidays_of(year: int) -> set[date]:
    """The legal public holidays by 5 USC 6103 alone, written down a second time without any library."""
    fixed = {date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)}
    if year >= JUNETEENTH_SINCE:
        fixed.add(date(year, 6, 19))
    observed = {day - timedelta(days=1) for day in fixed if day.weekday() == 5}
    observed |= {day + timedelta(days=1) for day in fixed if day.weekday() == 6}
    mondays = {nth(year, 1, 0, 3), nth(year, 2, 0, 3), nth(year, 5, 0, -1), nth(year, 9, 0, 1), nth(year, 10, 0, 2)}
    return fixed | observed | mondays | {nth(year, 11, 3, 4)}


def is_free(day: date) -> bool:
    return day.weekday() >= 5 or day in holidays_of(day.year)


def naively(day: date, span: Span) -> date:
    """The day a span away, counted by steps."""
    sign = -1 if span.before else 1
    for _ in range(span.days):
        day += timedelta(days=sign)
    year, month = day.year, day.month
    for _ in range(span.months + 12 * span.years):
        month += sign
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def rolled(day: date) -> date:
    while is_free(day):
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.opens_only], ids=lambda rule: str(rule.code))
@settings(deadline=None)
@given(since=DAYS)
def test_no_deadline_is_later_than_the_naive_count_and_the_roll(rule: DeadlineRule, since: date) -> None:
    found, naive = deadline_after(rule, since), naively(since, rule.span)

    assert found.due is not None
    assert found.due <= rolled(naive)
    assert found.due == (rolled(naive) if rule.counting is Counting.NEXT_BUSINESS_DAY else naive - _eve(rule))
    assert found.opens is None or found.opens <= found.due


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.opens_only], ids=lambda rule: str(rule.code))
@settings(deadline=None)
@given(since=DAYS)
def test_what_only_opens_never_opens_too_early(rule: DeadlineRule, since: date) -> None:
    found = deadline_after(rule, since)

    assert found.due is None
    assert found.opens == naively(since, rule.span) - timedelta(days=rule.opens_days)


def _eve(rule: DeadlineRule) -> timedelta:
    return timedelta(days=int(rule.eve))


@settings(deadline=None)
@given(since=DAYS, ahead=st.integers(0, 200), relief=st.sampled_from(("bia_appeal", "asylum", "sij", "motion_reopen")))
def test_the_day_a_case_is_worked_by_is_never_later_than_any_deadline_that_is_ahead(
    since: date, ahead: int, relief: str
) -> None:
    of, today = case(relief=relief, us_state=""), since + timedelta(days=ahead)
    dates = {rule.fact: since for rule in RULES if holds_for(rule, of)}
    found = deadlines_of(of, dates, RULES, today)

    best = working_deadline(found, today)
    open_days = [one.due for one in found if one.due and one.not_counted is None and one.due >= today]
    assert best is not None
    assert not open_days or best.due == min(open_days)
