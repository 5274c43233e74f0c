"""Rules of law about deadlines: the family courts of a state that we made up, one rule in force and one enjoined."""

from collections.abc import Sequence
from datetime import date

from amparo import Counting, DatedFact, DeadlineRule, RuleStatus, Span, hookimpl

amparo_api = "1.0"
PREDICATE_ORDER = DeadlineRule(
    code="example-bar-predicate-order",
    title="Predicate order before the 18th birthday",
    fact=DatedFact.BIRTH,
    span=Span(years=18),
    eve=True,
    reliefs=("sij",),
    asks=True,
    citation="Example Family Code 12-3(b)",
    reviewed=date(2026, 11, 24),
    reminders=(180, 90, 30),
)
"""A court of this state makes no order about somebody who is 18: the last day is the eve of the birthday."""

QUICK_APPEAL = DeadlineRule(
    code="example-bar-quick-appeal",
    title="Appeal within 14 days",
    fact=DatedFact.DECISION,
    span=Span(days=14),
    counting=Counting.NEXT_BUSINESS_DAY,
    reliefs=("sij",),
    citation="Example Rules of Appeal 7, as amended by Order 2026-4",
    status=RuleStatus.ENJOINED,
    published=date(2026, 3, 2),
    effective_from=date(2026, 6, 1),
    note="Enjoined on 20 May 2026, Doe v. Example: 30 days stay.",
    reviewed=date(2026, 11, 24),
)
"""It is listed as enjoined and never counts. Once that is over, its status is the only word to change."""


@hookimpl
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Both: what is not in force is shown, too, so that nobody takes it for the law."""
    return [PREDICATE_ORDER, QUICK_APPEAL]
