"""The dated facts behind the deadlines of the demo's cases, so that these follow from rules and not from a hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from core.model.deadlines.counting import day_at
from core.model.deadlines.rules import DatedFact, Span, wrong_date
from core.model.people import Actor
from core.model.states import CaseState
from core.services.clinic import Clinic
from core.services.deadlines.dated_facts import follow_rules, record_dates
from core.store.cases import cases

FACTS: Final[Mapping[str, tuple[DatedFact, Span]]] = {
    "One-year filing": (DatedFact.LAST_ARRIVAL, Span(years=1, before=True)),
    "Individual hearing": (DatedFact.INDIVIDUAL_HEARING, Span()),
    "Bond hearing": (DatedFact.BOND_HEARING, Span()),
    "Master hearing": (DatedFact.MASTER_HEARING, Span()),
    "Notice of appeal": (DatedFact.DECISION, Span(days=30, before=True)),
    "Certification runs out": (DatedFact.CERTIFICATION_SIGNED, Span(months=6, before=True)),
    "Registration ends": (DatedFact.REGISTRATION_CLOSES, Span()),
}
"""From which fact the deadlines of ``core.demo.caseload`` are counted, and how far back it lies."""


async def date_waiting_cases(clinic: Clinic, *, by: Actor, now: datetime) -> None:
    """Record the facts of the waiting cases and leave their deadlines to the rules, where these say the same.

    A fact that would lie ahead is left out: then the deadline stays as it was given.
    """
    for case in await cases.cases_in(CaseState.WAITLISTED):
        if case.deadline is None or case.deadline_kind not in FACTS:
            continue
        fact, back = FACTS[case.deadline_kind]
        day = day_at(case.deadline, back)
        if not wrong_date(fact, day, now.date()):
            await record_dates(case.id, {fact: day}, clinic=clinic, by=by, now=now)
            await follow_rules(case.id, clinic=clinic, by=by, now=now)
