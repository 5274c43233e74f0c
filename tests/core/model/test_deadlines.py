"""Deadlines counted: spans, ends of months, holidays, which rules count on a day, and the one to work by."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo_testing import a_deadline_rule
from core.conformance.samples import Matter
from core.model.deadlines.counting import (
    NotCounted,
    day_at,
    deadline_after,
    deadlines_of,
    with_followed_deadline,
    working_deadline,
)
from core.model.deadlines.rules import Counting, DatedFact, RuleStatus, Span
from core.model.deadlines.workdays import is_business_day
from core.model.vocabulary import Forum, Posture, PracticeArea
from tests.worlds import case

TODAY = date(2026, 11, 24)
DECIDED = {DatedFact.DECISION: date(2026, 11, 2)}
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(0, 2000))
def test_days_are_calendar_days_and_backwards_undoes_forwards(day: date, count: int) -> None:
    there = day_at(day, Span(days=count))

    assert there - day == timedelta(days=count)
    assert day_at(there, Span(days=count, before=True)) == day


@given(DAYS, st.integers(0, 400), st.booleans())
def test_months_keep_the_day_or_end_with_the_month(day: date, count: int, before: bool) -> None:
    there = day_at(day, Span(months=count, before=before))

    apart = (there.year - day.year) * 12 + there.month - day.month
    assert apart == (-count if before else count)
    assert there.day == min(day.day, monthrange(there.year, there.month)[1])


@given(DAYS, st.integers(0, 90), st.booleans())
def test_a_year_is_twelve_months(day: date, count: int, before: bool) -> None:
    assert day_at(day, Span(years=count, before=before)) == day_at(day, Span(months=12 * count, before=before))


def test_a_leap_day_becomes_the_last_of_february() -> None:
    assert day_at(date(2028, 2, 29), Span(years=1)) == date(2029, 2, 28)
    assert day_at(date(2028, 2, 29), Span(years=4)) == date(2032, 2, 29)
    assert day_at(date(2028, 2, 29), Span(years=1, before=True)) == date(2027, 2, 28)
    assert day_at(date(2027, 1, 31), Span(months=1)) == date(2027, 2, 28)


@given(st.dates(), st.integers(0, 100), st.booleans(), st.sampled_from(("days", "months", "years")))
def test_no_date_is_too_odd(day: date, count: int, before: bool, unit: str) -> None:
    rule = a_deadline_rule(span=Span(**{unit: count}, before=before), opens_days=40)

    found = deadline_after(rule, day)
    assert found.due is not None
    assert found.opens is not None
    assert date.min <= found.opens <= found.due <= date.max


@settings(deadline=None)  # the holidays of a year are worked out when it is first asked for
@given(DAYS, st.integers(0, 400))
def test_rolling_ends_on_the_first_business_day_and_never_later(day: date, count: int) -> None:
    rule = a_deadline_rule(span=Span(days=count), counting=Counting.NEXT_BUSINESS_DAY)

    found = deadline_after(rule, day)
    assert found.falls == day + timedelta(days=count)
    assert found.due is not None
    assert is_business_day(found.due)
    between = [found.falls + timedelta(days=n) for n in range((found.due - found.falls).days)]
    assert not any(map(is_business_day, between))
    assert len(between) <= 4


@settings(deadline=None)
@given(DAYS, DAYS)
def test_who_waits_longer_is_never_due_earlier(one: date, other: date) -> None:
    rule = a_deadline_rule(span=Span(months=6), counting=Counting.NEXT_BUSINESS_DAY)
    first, second = sorted((one, other))

    due = [deadline_after(rule, day).due for day in (first, second)]
    assert due == sorted(due, key=lambda day: day or date.max)


def test_federal_holidays_are_those_of_the_law_and_move_with_it() -> None:
    holidays_of_2026 = (
        *((1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 3)),
        *((9, 7), (10, 12), (11, 11), (11, 26), (12, 25)),
    )
    weekdays = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    free = [day for day in weekdays if day.weekday() < 5 and not is_business_day(day)]

    assert free == [date(2026, month, day) for month, day in holidays_of_2026]
    assert not is_business_day(date(2027, 7, 5)), "the fourth of July 2027 is a Sunday"
    assert is_business_day(date(2026, 11, 27)), "the day after Thanksgiving is no federal holiday"


def test_only_a_rule_in_force_counts_and_the_others_say_why() -> None:
    rules = [
        a_deadline_rule("good"),
        *(a_deadline_rule(str(status), status=status) for status in RuleStatus if status is not RuleStatus.IN_FORCE),
        a_deadline_rule("tomorrow", effective_from=TODAY + timedelta(days=1)),
        a_deadline_rule("yesterday", effective_until=TODAY - timedelta(days=1)),
        a_deadline_rule("today", effective_from=TODAY, effective_until=TODAY),
    ]

    found = {one.rule.code: one.not_counted for one in deadlines_of(Matter(), DECIDED, rules, TODAY)}
    assert found == {
        "good": None,
        "today": None,
        "enjoined": NotCounted.ENJOINED,
        "vacated": NotCounted.VACATED,
        "superseded": NotCounted.SUPERSEDED,
        "tomorrow": NotCounted.NOT_YET,
        "yesterday": NotCounted.OVER,
    }


def test_a_rule_governs_the_facts_of_its_days_alone() -> None:
    old = a_deadline_rule("old", facts_until=date(2026, 11, 1))
    new = a_deadline_rule("new", facts_from=date(2026, 11, 2), span=Span(days=10))

    assert [one.rule.code for one in deadlines_of(Matter(), DECIDED, (old, new), TODAY)] == ["new"]
    before = {DatedFact.DECISION: date(2026, 11, 1)}
    assert [one.rule.code for one in deadlines_of(Matter(), before, (old, new), TODAY)] == ["old"]


def test_what_is_not_known_is_asked_for_only_where_every_such_case_has_it() -> None:
    asks, silent = a_deadline_rule("asks", asks=True), a_deadline_rule("silent")
    vacated = a_deadline_rule("vacated", asks=True, status=RuleStatus.VACATED)

    (found,) = deadlines_of(Matter(), {}, (asks, silent, vacated), TODAY)
    assert (found.rule.code, found.since, found.due, found.is_missed(TODAY)) == ("asks", None, None, False)


def test_rules_hold_for_the_cases_that_they_name() -> None:
    rules = [
        a_deadline_rule("all"),
        a_deadline_rule("area", practice_areas=(PracticeArea.VICTIMS,)),
        a_deadline_rule("relief", reliefs=("u_visa",)),
        a_deadline_rule("forum", forums=(Forum.BIA, Forum.EOIR)),
        a_deadline_rule("posture", postures=(Posture.DEFENSIVE,)),
    ]

    def held(**of: Any) -> list[str]:
        return sorted(one.rule.code for one in deadlines_of(case(**of), DECIDED, rules, TODAY))

    victims: dict[str, Any] = {"practice_area": PracticeArea.VICTIMS, "forum": Forum.USCIS}
    assert held() == ["all", "forum"]
    assert held(relief="U visa", **victims) == ["all", "area", "relief"]
    assert held(relief="vawa", **victims) == ["all", "area"]
    assert held(relief="something else", **victims) == ["all", "area", "relief"], "what is not known may be any"
    assert held(posture=Posture.DEFENSIVE) == ["all", "forum", "posture"]


def test_the_working_deadline_is_the_earliest_ahead_and_else_the_last_that_was_missed() -> None:
    rules = [a_deadline_rule(f"in-{days}", span=Span(days=days)) for days in (40, 10, 22, 30)]

    def worked(today: date) -> str:
        best = working_deadline(deadlines_of(Matter(), DECIDED, rules, today), today)
        return best.rule.code if best else ""

    assert worked(date(2026, 11, 12)) == "in-10"
    assert worked(date(2026, 11, 24)) == "in-22", "a day that has come has not passed"
    assert worked(date(2027, 6, 1)) == "in-40"
    assert working_deadline(deadlines_of(Matter(), {}, rules, TODAY), TODAY) is None


def test_a_deadline_of_a_rule_that_is_gone_stays_until_an_earlier_one_follows() -> None:
    rule, earlier = a_deadline_rule("gone", span=Span(days=60)), a_deadline_rule("here", span=Span(days=30))
    kept = with_followed_deadline(case(), deadlines_of(Matter(), DECIDED, [rule], TODAY), {"gone"}, TODAY)
    assert (kept.deadline, kept.deadline_kind, kept.deadline_by) == (date(2027, 1, 1), "Our deadline", "gone")

    assert with_followed_deadline(kept, (), set(), TODAY) == kept
    assert with_followed_deadline(kept, (), {"gone"}, TODAY).deadline is None
    found = deadlines_of(Matter(), DECIDED, [earlier], TODAY)
    assert with_followed_deadline(kept, found, {"here"}, TODAY).deadline_by == "here"
