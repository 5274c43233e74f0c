"""Which deadlines follow for a case: from its dated facts, the rules of law and a day; and the one to work by.

After DOMAIN "Deadlines": a rule that is vacated, enjoined, superseded or not yet effective never counts.
"""

from calendar import monthrange
from collections.abc import Container, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

import msgspec

from core.model.cases.case import Case
from core.model.cases.relief import reliefs
from core.model.deadlines.rules import Counting, DatedFact, DeadlineRule, RuleStatus, Span
from core.model.deadlines.workdays import ONE_DAY, on_business_day
from core.model.vocabulary import Forum, Posture, PracticeArea

MONTHS: Final = 12
Dates = Mapping[DatedFact, date]


class Matter(Protocol):
    """What a rule asks of a case."""

    @property
    def practice_area(self) -> PracticeArea:
        """What the case is about."""

    @property
    def relief(self) -> str:
        """What is asked for, by its code or name in the taxonomy; anything else: not known."""

    @property
    def forum(self) -> Forum:
        """Where it is decided."""

    @property
    def posture(self) -> Posture:
        """Whether the client applies or defends."""

    @property
    def us_state(self) -> str:
        """The state that the client lives in, by its two letters; empty: not known."""


class NotCounted(StrEnum):
    """Why a rule does not count for a case, although it is about such cases.

    The first five come from the rule. ``MET`` and ``SET_ASIDE`` are what a person decided in this case.
    """

    ENJOINED = "enjoined"
    VACATED = "vacated"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"
    OVER = "over"
    MET = "met"
    SET_ASIDE = "set_aside"


class Deadline(msgspec.Struct, frozen=True):
    """What follows from one rule for a case.

    ``since`` is the date of the fact that it is counted from. None: it is not known, and so the deadline is not.
    ``falls`` is the last day as counted, ``due`` the same moved to a business day where the rule says so, ``opens``
    the first day on which the act can be done, None where it can at any time. ``not_counted`` says why it does not
    count; None: it counts. ``why`` is the reason of a person who decided about it; where she gave another day, that is
    ``due``.
    """

    rule: DeadlineRule
    since: date | None = None
    falls: date | None = None
    due: date | None = None
    opens: date | None = None
    not_counted: NotCounted | None = None
    why: str = ""

    @property
    def is_moved(self) -> bool:
        """Whether it was moved to a business day, or by a person."""
        return self.due != self.falls

    @property
    def is_unknown(self) -> bool:
        """Whether it counts and cannot be counted, since nobody has told the date of its fact."""
        return self.since is None and self.due is None and self.not_counted is None

    def is_missed(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.due is not None and self.due < today


def day_at(day: date, span: Span) -> date:
    """The day a span away. A month without such a day ends earlier: one month after 31 January is the last of February.

    What lies outside of the calendar is its first or last day.
    """
    sign = -1 if span.before else 1
    if span.days:
        ordinal = min(max(day.toordinal() + sign * span.days, date.min.toordinal()), date.max.toordinal())
        return date.fromordinal(ordinal)
    months = day.year * MONTHS + day.month - 1 + sign * (span.months + MONTHS * span.years)
    year, month = months // MONTHS, months % MONTHS + 1
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def deadline_after(rule: DeadlineRule, since: date, *, not_counted: NotCounted | None = None) -> Deadline:
    """What a rule makes of the date of its fact."""
    reached = day_at(since, rule.span)
    if rule.opens_only:
        opened = day_at(reached, Span(days=rule.opens_days, before=True))
        return Deadline(rule, since, opens=opened, not_counted=not_counted)
    falls = reached - ONE_DAY if rule.eve and reached > date.min else reached
    rolls = rule.counting == Counting.NEXT_BUSINESS_DAY
    opens = day_at(reached, Span(days=rule.opens_days, before=True)) if rule.opens_days else None
    return Deadline(rule, since, falls, on_business_day(falls) if rolls else falls, opens, not_counted)


def deadlines_of(case: Matter, dates: Dates, rules: Iterable[DeadlineRule], today: date) -> tuple[Deadline, ...]:
    """What follows for a case on a day: those that count by date, then those whose date is not known, then the others.

    A rule without its fact is there only where every such case has the fact, and it counts.
    """
    found = (_deadline(rule, dates.get(rule.fact), today) for rule in rules if holds_for(rule, case))
    return tuple(sorted((one for one in found if one is not None), key=_order))


def _deadline(rule: DeadlineRule, since: date | None, today: date) -> Deadline | None:
    reason = why_not_counted(rule, today)
    if since is None:
        return Deadline(rule) if rule.asks and reason is None else None
    if (rule.facts_from and since < rule.facts_from) or (rule.facts_until and since > rule.facts_until):
        return None
    return deadline_after(rule, since, not_counted=reason)


def _order(one: Deadline) -> tuple[bool, bool, date, str]:
    return one.not_counted is not None, one.due is None, one.due or date.max, one.rule.code


def why_not_counted(rule: DeadlineRule, today: date) -> NotCounted | None:
    """Why a rule does not count on a day; None where it does."""
    if rule.status != RuleStatus.IN_FORCE:
        return NotCounted(rule.status)
    if rule.effective_from is not None and today < rule.effective_from:
        return NotCounted.NOT_YET
    return NotCounted.OVER if rule.effective_until is not None and today > rule.effective_until else None


def holds_for(rule: DeadlineRule, case: Matter) -> bool:
    """Whether a rule is about such a case.

    A relief that is not known may be any of the practice area, and a state that is not known any state.
    """
    return (
        (not rule.practice_areas or case.practice_area in rule.practice_areas)
        and (not rule.reliefs or not _possible_reliefs(case.relief, case.practice_area).isdisjoint(rule.reliefs))
        and (not rule.forums or case.forum in rule.forums)
        and (not rule.postures or case.posture in rule.postures)
        and (not rule.states or not case.us_state or case.us_state in rule.states)
    )


@lru_cache(maxsize=1024)
def _possible_reliefs(relief: str, area: PracticeArea) -> frozenset[str]:
    asked = relief.strip().casefold()
    known = frozenset(one.code for one in reliefs().values() if asked in (one.code, one.name.casefold()))
    return known or frozenset(one.code for one in reliefs().values() if one.practice_area == area)


def working_deadline(deadlines: Iterable[Deadline], today: date) -> Deadline | None:
    """The deadline to work by: the earliest that is still ahead, else the one that was missed last, or None.

    One that was missed long ago must not hide a hearing next week.
    """
    counted = [one for one in deadlines if one.due is not None and one.not_counted is None]
    ahead = [one for one in counted if not one.is_missed(today)]
    if ahead:
        return min(ahead, key=_order)
    return max(counted, key=_order, default=None)


def with_followed_deadline(case: Case, deadlines: Iterable[Deadline], known: Container[str], today: date) -> Case:
    """The case with the deadline that its rules make of its facts; the same case where a person has given the date.

    ``known`` are the codes of all rules that there are. A deadline of a rule that is gone, because its plugin is,
    stays until one follows that is worked by before it: what nobody can count any more must not vanish.
    """
    if not case.follows_rules:
        return case
    best = working_deadline(deadlines, today)
    due = best.due if best else None
    if case.deadline is not None and case.deadline_by not in known and _is_before(case.deadline, due, today):
        return case
    if best is None:
        return msgspec.structs.replace(case, deadline=None, deadline_kind="", deadline_by="")
    return msgspec.structs.replace(case, deadline=due, deadline_kind=best.rule.title, deadline_by=best.rule.code)


def _is_before(kept: date, due: date | None, today: date) -> bool:
    """Whether a deadline is worked by before another one: what is ahead first, then what was missed last."""
    if due is None or (kept < today) != (due < today):
        return due is None or kept >= today
    return kept > due if kept < today else kept < due
