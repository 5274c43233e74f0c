"""By when applications and petitions must be filed: asylum, U visa, VAWA, special immigrant juveniles."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from amparo import Counting, DatedFact, DeadlineRule, Span, hookimpl
from core.model.places import STATES
from plugins.deadlines.reviewed import REMINDERS, REVIEWED

ORDER: Final = DeadlineRule(
    code="sij-order-nm",
    title="State-court order for SIJ",
    fact=DatedFact.BIRTH,
    span=Span(years=21),
    eve=True,
    reliefs=("sij",),
    states=("NM",),
    asks=True,
    citation="NMSA 1978, 40-18-4(D): Special Immigrant Juvenile Classification Act (HB 15, Laws 2023, ch. 134)",
    effective_from=date(2023, 4, 5),
    note="The petition must be filed by the same day and needs the order: ask the court for it months before. An "
    "attorney of another state needs leave to appear in the state's court.",
    reviewed=REVIEWED,
    reminders=(365, 270, 180, *REMINDERS),
)
ELSEWHERE: Final = replace(
    ORDER,
    code="sij-order-elsewhere",
    title="State-court order for SIJ, cautious",
    span=Span(years=18),
    states=tuple(state for state in STATES if state != "NM"),
    citation="8 CFR 204.11(a), (c)(1): a juvenile court under the law of the state",
    effective_from=None,
    note="Many states make such orders until 21, some only until 18.",
    unsure="Eighteen is the earliest that we know of and was not compared with the law of each state: look it up, and "
    "give the day by hand.",
)

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
        note="The day of arrival is not counted. Exceptions: changed or extraordinary circumstances, INA 208(a)(2)(D); "
        "unaccompanied children, (E): set the deadline aside with the reason.",
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
        note="A death counts where the abuser was a citizen. The two years after a loss of status through violence "
        "are not counted here. Not moved to a business day, to be safe.",
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
        note="The state court's order must come before. Not moved to a business day, to be safe.",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    ),
    ORDER,
    ELSEWHERE,
)


@hookimpl
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Filing deadlines."""
    return RULES
