"""Rules of law about deadlines, as data: which dated fact begins the span, for which cases, by which authority."""

from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec

from core.model.cases.relief import reliefs
from core.model.plugins.plain_data import wrong_types
from core.model.vocabulary import Forum, Posture, PracticeArea

LONGEST: Final = {"days": 36_525, "months": 1_200, "years": 100}
"""What a span may count at most."""
TITLE: Final = 100
NOTE: Final = 600
REMINDERS: Final = 20
USUAL_REMINDERS: Final = (90, 60, 30, 14, 7, 2)
MOST_YEARS: Final = 100
STATE: Final = 2
"""How long a title and the other texts may be, how many reminders a rule may have, the days before a deadline on which
it is reminded of where nothing else is said (DOMAIN "Deadlines"), how far off a date may be,
and how many letters name a state."""


class DatedFact(StrEnum):
    """The dated facts of a case that a deadline can be counted from. A date is kept, never what happened to whom."""

    LAST_ARRIVAL = "last_arrival"
    DECISION = "decision"
    FINAL_ORDER = "final_order"
    MASTER_HEARING = "master_hearing"
    INDIVIDUAL_HEARING = "individual_hearing"
    BOND_HEARING = "bond_hearing"
    CREDIBLE_FEAR_INTERVIEW = "credible_fear_interview"
    CERTIFICATION_SIGNED = "certification_signed"
    STATUS_EXPIRES = "status_expires"
    REGISTRATION_CLOSES = "registration_closes"
    DIVORCE_OR_DEATH = "divorce_or_death"
    BIRTH = "birth"
    CONDITIONAL_RESIDENCE = "conditional_residence"
    PERMANENT_RESIDENCE = "permanent_residence"
    RESIDENCE_AS_SPOUSE = "residence_as_spouse"
    BRIEFING_SCHEDULE = "briefing_schedule"


PAST: Final = frozenset(DatedFact) - {
    DatedFact.MASTER_HEARING,
    DatedFact.INDIVIDUAL_HEARING,
    DatedFact.BOND_HEARING,
    DatedFact.CREDIBLE_FEAR_INTERVIEW,
    DatedFact.STATUS_EXPIRES,
    DatedFact.REGISTRATION_CLOSES,
}
"""Facts that have happened: their date cannot lie ahead."""


def wrong_date(fact: DatedFact, day: date, today: date) -> str:
    """Why a date cannot be that of a fact, and what would be right; empty: it can."""
    if fact in PAST and day > today:
        return "This has happened already, so its date cannot lie ahead."
    return wrong_year(day, today)


def wrong_year(day: date, today: date) -> str:
    """Why a day is none of a case, as where two digits of its year were typed; empty: it may be one."""
    if abs(day.year - today.year) > MOST_YEARS:
        return f"Write a year between {today.year - MOST_YEARS} and {today.year + MOST_YEARS}."
    return ""


class RuleStatus(StrEnum):
    """Where a rule stands. Only one that is in force counts."""

    IN_FORCE = "in_force"
    ENJOINED = "enjoined"
    VACATED = "vacated"
    SUPERSEDED = "superseded"


class Counting(StrEnum):
    """How the last day is found: as it falls, or moved to the next business day where it is none (8 CFR 1001.1(h))."""

    CALENDAR = "calendar"
    NEXT_BUSINESS_DAY = "next_business_day"


class Span(msgspec.Struct, frozen=True):
    """A span from a day, after it or ``before`` it: one of days, months, years. Nothing: that very day."""

    days: int = 0
    months: int = 0
    years: int = 0
    before: bool = False


class DeadlineRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of law, as data. The day of the deadline is the ``span`` away from the ``fact``.

    ``eve``: the act must be done before that day, so the day before is the last. ``opens_days``: it can be done from
    so many days before that day on; 0: at any time. ``practice_areas``, ``reliefs`` (codes of the taxonomy),
    ``forums``, ``postures`` and ``states`` (of the United States, by their two letters) say for which cases it holds;
    empty: for all. ``asks``: every such case has the fact, so one that is not known is asked for.
    ``opens_only``: nothing must be done by a day; something can be done from that day on, less ``opens_days``.
    It is in force from ``effective_from`` to ``effective_until``, both included, and governs facts from
    ``facts_from`` to ``facts_until``; None: without a limit. ``reviewed`` is the day when somebody last compared it
    with the ``citation``; ``unsure`` is what of the rule nobody has settled yet, and is shown with each deadline.
    ``reminders`` are days before the deadline.
    """

    code: str
    title: str
    fact: DatedFact
    span: Span
    citation: str
    reviewed: date
    counting: Counting = Counting.CALENDAR
    eve: bool = False
    opens_days: int = 0
    practice_areas: tuple[PracticeArea, ...] = ()
    reliefs: tuple[str, ...] = ()
    forums: tuple[Forum, ...] = ()
    postures: tuple[Posture, ...] = ()
    states: tuple[str, ...] = ()
    asks: bool = False
    opens_only: bool = False
    status: RuleStatus = RuleStatus.IN_FORCE
    published: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    facts_from: date | None = None
    facts_until: date | None = None
    reminders: tuple[int, ...] = ()
    note: str = ""
    unsure: str = ""


def wrong_with_rule(rule: Any) -> str:
    """What is wrong with a rule, as the end of a sentence that begins with it; empty: nothing is."""
    if type(rule) is not DeadlineRule:
        return "is no amparo.DeadlineRule"
    return wrong_types(rule) or _wrong_words(rule) or _wrong_span(rule) or _wrong_cases(rule) or _wrong_days(rule)


def _wrong_words(rule: DeadlineRule) -> str:
    if not rule.code.replace("-", "_").isidentifier() or len(rule.code) > TITLE:
        return "has a code that is no word of letters, digits, hyphens and underscores"
    if not rule.title.strip() or len(rule.title) > TITLE or not rule.title.isprintable():
        return f"has no title of 1 to {TITLE} printable letters"
    if not rule.citation.strip():
        return "has no citation: say which law it follows"
    texts = (rule.citation, rule.note, rule.unsure)
    if not "".join(texts).isprintable() or max(map(len, texts)) > NOTE:
        return f"has a citation or note that is longer than {NOTE} letters, or more than a line"
    return ""


def _wrong_span(rule: DeadlineRule) -> str:
    counts = {unit: getattr(rule.span, unit) for unit in LONGEST}
    if any(not 0 <= count <= LONGEST[unit] for unit, count in counts.items()):
        return "has a span that is negative or longer than a hundred years: write before=True to count backwards"
    if sum(count > 0 for count in counts.values()) > 1:
        return "has a span of two units: count in days, months or years"
    if rule.counting is not Counting.CALENDAR and (rule.span.before or rule.eve):
        return "moves to a later business day although the act must be done before a day"
    if rule.opens_only and (rule.eve or rule.counting is not Counting.CALENDAR or rule.reminders):
        return "only opens, so it has no last day, no business day to move to and nothing to remind of"
    if not 0 <= rule.opens_days <= LONGEST["days"]:
        return "opens a negative number of days before its day"
    return ""


def _wrong_cases(rule: DeadlineRule) -> str:
    known = reliefs()
    for code in rule.reliefs:
        if code not in known:
            return f"names the relief {code!r}, which is none; there are {', '.join(known)}"
    if any(len(state) != STATE or not state.isupper() for state in rule.states):
        return "names a state that is no code of two capital letters, such as NM"
    if rule.practice_areas and rule.reliefs:
        areas = {known[code].practice_area for code in rule.reliefs}
        if not areas & set(rule.practice_areas):
            return "holds for no case: none of its reliefs is in its practice areas"
    return ""


def _wrong_days(rule: DeadlineRule) -> str:
    for one, other in (("effective_from", "effective_until"), ("facts_from", "facts_until")):
        begin, end = getattr(rule, one), getattr(rule, other)
        if begin and end and begin > end:
            return f"has an {one} after its {other}" if one.startswith("e") else f"has a {one} after its {other}"
    if len(rule.reminders) > REMINDERS or any(days < 0 for days in rule.reminders):
        return f"has negative reminders, or more than {REMINDERS}"
    return ""
