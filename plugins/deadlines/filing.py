"""By when applications and petitions must be filed: asylum, U visa, VAWA, special immigrant juveniles."""

from collections.abc import Sequence
from typing import Final

from amparo import Counting, DatedFact, DeadlineRule, Span, hookimpl
from plugins.deadlines.reviewed import REMINDERS, REVIEWED

RULES: Final = (
    DeadlineRule(
        code="asylum-one-year",
        title="One-year deadline",
        fact=DatedFact.LAST_ARRIVAL,
        span=Span(years=1),
        counting=Counting.NEXT_BUSINESS_DAY,
        reliefs=("asylum", "asylum_defence"),
        asks=True,
        citation="INA 208(a)(2)(B); counted by 8 CFR 208.4(a)(2)(ii)",
        note="Exceptions: changed or extraordinary circumstances, INA 208(a)(2)(D); unaccompanied children, (E).",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    DeadlineRule(
        code="u-visa-certification",
        title="U visa certification expires",
        fact=DatedFact.CERTIFICATION_SIGNED,
        span=Span(months=6),
        reliefs=("u_visa",),
        asks=True,
        citation="8 CFR 214.14(c)(2)(i)",
        note="Form I-918B is signed within the six months before filing. Not moved to a business day, to be safe.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    DeadlineRule(
        code="vawa-after-marriage",
        title="VAWA petition after divorce or death",
        fact=DatedFact.DIVORCE_OR_DEATH,
        span=Span(years=2),
        reliefs=("vawa",),
        citation="INA 204(a)(1)(A)(iii)(II)(aa)(CC) and (B)(ii)(II)(aa)(CC)",
        note="Not moved to a business day, to be safe.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    DeadlineRule(
        code="sij-petition",
        title="SIJ petition before the 21st birthday",
        fact=DatedFact.BIRTH,
        span=Span(years=21),
        eve=True,
        reliefs=("sij",),
        asks=True,
        citation="8 CFR 204.11(b)(1)",
        note="The state court's order must come before, in some states before an earlier birthday.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
)


@hookimpl
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Filing deadlines."""
    return RULES
