"""Renewals and registrations that keep a status: DACA, TPS, conditional residence."""

from collections.abc import Sequence
from typing import Final

from amparo import DatedFact, DeadlineRule, Span, hookimpl
from plugins.deadlines.reviewed import REMINDERS, REVIEWED

RULES: Final = (
    DeadlineRule(
        code="daca-renewal",
        title="DACA renewal",
        fact=DatedFact.STATUS_EXPIRES,
        span=Span(days=120, before=True),
        opens_days=30,
        reliefs=("daca_renewal",),
        asks=True,
        citation="USCIS, instructions to Form I-821D: 150 to 120 days before expiry",
        note="USCIS recommends these days. A later request is taken; protection may lapse meanwhile.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    DeadlineRule(
        code="tps-registration",
        title="TPS registration closes",
        fact=DatedFact.REGISTRATION_CLOSES,
        span=Span(),
        reliefs=("tps",),
        asks=True,
        citation="INA 244(c)(1)(A)(iv); the country's notice in the Federal Register",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    DeadlineRule(
        code="remove-conditions",
        title="Removal of conditions",
        fact=DatedFact.CONDITIONAL_RESIDENCE,
        span=Span(years=2),
        eve=True,
        opens_days=90,
        reliefs=("remove_conditions",),
        asks=True,
        citation="INA 216(d)(2)(A); 8 CFR 216.4(a)(1)",
        note="Joint petition, Form I-751, in the 90 days before the second anniversary.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
)


@hookimpl
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Deadlines of statuses that end."""
    return RULES
