"""Appeals, motions and hearings: what follows from a decision, an order or a notice of the immigration court."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from amparo import Counting, DatedFact, DeadlineRule, Forum, RuleStatus, Span, hookimpl
from core.model.cases.relief import reliefs
from plugins.deadlines.reviewed import REMINDERS, REVIEWED

COURTS: Final = (Forum.EOIR, Forum.BIA)


def _all_but(relief: str) -> tuple[str, ...]:
    """Every other relief: the span runs whatever a case asks for, but its date is asked for where that is the case."""
    return tuple(code for code in reliefs() if code != relief)


APPEAL: Final = DeadlineRule(
    code="bia-appeal",
    title="Appeal to the BIA",
    fact=DatedFact.DECISION,
    span=Span(days=30),
    counting=Counting.NEXT_BUSINESS_DAY,
    reliefs=("bia_appeal",),
    asks=True,
    citation="8 CFR 1003.38(b)",
    note="Counted from the oral decision, whatever is mailed later (Matter of Iskandarani, 29 I&N Dec. 26, BIA 2025), "
    "or from the mailing of the written one. The Board in Virginia must have received it by then: mail it days before.",
    reviewed=REVIEWED,
    reminders=REMINDERS,
)
AFTER_HEARING: Final = replace(
    APPEAL,
    code="bia-appeal-after-hearing",
    title="Appeal to the BIA after a hearing",
    reliefs=_all_but("bia_appeal"),
    forums=(Forum.EOIR,),
    asks=False,
)
INTERIM: Final = replace(
    APPEAL,
    code="bia-appeal-2026",
    title="Appeal to the BIA, interim rule of 2026",
    span=Span(days=10),
    reliefs=(),
    forums=COURTS,
    asks=False,
    citation="8 CFR 1003.38(b) as amended by FR Doc. 2026-02326",
    status=RuleStatus.VACATED,
    published=date(2026, 2, 6),
    effective_from=date(2026, 3, 9),
    facts_from=date(2026, 3, 9),
    note="Vacated on 8 March 2026, Amica Center v. EOIR (D.D.C.). It would have left 30 days for asylum denied on the "
    "merits.",
)
"""The interim rule of 2026: published, never effective. It is kept so that nobody takes it for the law."""
BRIEF: Final = DeadlineRule(
    code="bia-brief-2026",
    title="Brief to the BIA",
    fact=DatedFact.BRIEFING_SCHEDULE,
    span=Span(days=20),
    forums=COURTS,
    citation="8 CFR 1003.3(c) as amended by FR Doc. 2026-02326",
    published=date(2026, 2, 6),
    effective_from=date(2026, 3, 9),
    facts_from=date(2026, 3, 9),
    note="Both sides file at the same time. Not moved to a business day, to be safe.",
    unsure="That the 20 days run from the date of the schedule is our reading: the schedule itself names the day, so "
    "compare it.",
    reviewed=REVIEWED,
    reminders=(14, 7, 2),
)
"""The part of the interim rule that stayed in force when its core was vacated."""


def _motion(code: str, title: str, days: int, paragraph: str, note: str = "") -> DeadlineRule:
    return DeadlineRule(
        code=code,
        title=title,
        fact=DatedFact.FINAL_ORDER,
        span=Span(days=days),
        counting=Counting.NEXT_BUSINESS_DAY,
        forums=COURTS,
        reliefs=("motion_reopen",),
        asks=True,
        citation=f"8 CFR 1003.2{paragraph} and 1003.23(b)(1); counted by 8 CFR 1001.1(h)",
        note=note,
        reviewed=REVIEWED,
        reminders=REMINDERS,
    )


def _after_order(motion: DeadlineRule) -> DeadlineRule:
    """The same in a case that asks for something else: once its final order is known."""
    return replace(
        motion,
        code=f"{motion.code}-after-order",
        title=f"{motion.title} after the final order",
        reliefs=_all_but("motion_reopen"),
        asks=False,
    )


def _hearing(fact: DatedFact, title: str, citation: str) -> DeadlineRule:
    """The day of the hearing itself, as its notice says."""
    return DeadlineRule(
        code=str(fact).replace("_", "-"),
        title=title,
        fact=fact,
        span=Span(),
        citation=f"the notice of the hearing; {citation}",
        reviewed=REVIEWED,
        reminders=REMINDERS,
    )


RECONSIDER: Final = _motion("motion-to-reconsider", "Motion to reconsider", 30, "(b)(2)")
REOPEN: Final = _motion(
    "motion-to-reopen",
    "Motion to reopen",
    90,
    "(c)(2)",
    "No limit for asylum by changed country conditions, INA 240(c)(7)(C)(ii). An order in absentia has limits of "
    "its own, INA 240(b)(5)(C), that are not counted here.",
)
RULES: Final = (
    APPEAL,
    AFTER_HEARING,
    INTERIM,
    BRIEF,
    RECONSIDER,
    REOPEN,
    _after_order(RECONSIDER),
    _after_order(REOPEN),
    _hearing(DatedFact.MASTER_HEARING, "Master calendar hearing", "8 CFR 1003.18"),
    _hearing(DatedFact.INDIVIDUAL_HEARING, "Individual hearing", "8 CFR 1003.18"),
    _hearing(DatedFact.BOND_HEARING, "Bond hearing", "8 CFR 1003.19"),
    _hearing(DatedFact.CREDIBLE_FEAR_INTERVIEW, "Credible-fear interview", "8 CFR 208.30(d)"),
)


@hookimpl
def amparo_deadlines() -> Sequence[DeadlineRule]:
    """Deadlines in and after proceedings."""
    return RULES
