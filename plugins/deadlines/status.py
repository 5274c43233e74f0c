"""Renewals and registrations that keep a status, and from when naturalization can be applied for."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from amparo import DatedFact, DeadlineRule, Span, hookimpl
from plugins.deadlines.reviewed import REMINDERS, REVIEWED

NATURALIZATION: Final = DeadlineRule(
    code="naturalization-five-years",
    title="Naturalization possible",
    fact=DatedFact.PERMANENT_RESIDENCE,
    span=Span(years=5),
    opens_only=True,
    opens_days=90,
    reliefs=("naturalization", "disability_exception"),
    asks=True,
    citation="INA 316(a), 334(a); 8 CFR 334.2(b); USCIS, instructions to Form N-400",
    note="Up to 90 days before five years of permanent residence are complete: the statute says three months, USCIS "
    "counts 90 days. An earlier application is denied.",
    reviewed=REVIEWED,
)
AS_SPOUSE: Final = replace(
    NATURALIZATION,
    code="naturalization-three-years",
    title="Naturalization possible as the spouse of a citizen",
    fact=DatedFact.RESIDENCE_AS_SPOUSE,
    span=Span(years=3),
    asks=False,
    citation="INA 319(a), 334(a); 8 CFR 319.1(a), 334.2(b)",
    note="Up to 90 days before three years of permanent residence, in marital union with the citizen, are complete. "
    "The three years of marital union must be complete at the interview.",
)

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
        note="The notice of each country sets its own window: enter its last day. Late registration has conditions of "
        "its own, 8 CFR 244.2(f)(2).",
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
        note="Joint petition, Form I-751, in the 90 days before the second anniversary. Waivers of the joint filing "
        "can be asked for at any time, 8 CFR 216.5. Not moved to a business day, to be safe.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    NATURALIZATION,
    AS_SPOUSE,
)


@hookimpl
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Deadlines of statuses that end."""
    return RULES
