"""What a run may learn the weeks to come from: the arrivals of the recent past, and which places become free."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from msgspec.structs import replace

from core.model.cases.case import Case
from core.model.plans.foresight import Freed
from core.model.plans.snapshot import CaseFacts, Foresight, Snapshot, VolunteerFacts
from core.model.vocabulary import SeatRole
from core.services.runs.snapshot import Usage, case_facts, facts_of_volunteers
from core.settings import Settings
from core.store.cases import cases
from core.store.database import slow_reads
from core.store.matches import teams
from core.store.volunteers import volunteers

SPAN_WEEKS: Final = 26
"""How far back arrivals are looked at; ``AHEAD_WEEKS`` is how far ahead, as in ``amparo simulate``."""
AHEAD_WEEKS: Final = 13
NO_LIMIT: Final = 1_000_000
FEWEST_WEEKS: Final = 4
"""A clinic that is younger is taken to be this old: a busy first week says little about the next ones."""


async def foresight_of(strength: float, snapshot: Snapshot, *, settings: Settings) -> Foresight | None:
    """What a run needs in order to keep scarce people for the weeks to come; None where nobody is to be kept.

    The arrivals are those of the last 26 weeks, or since the first case where that is later: whoever was put on the
    waitlist then, as on that day, whatever became of it. Seats end ``settings.busy_weeks`` weeks after their approval.
    Reads away from the event loop.
    """
    if strength <= 0:
        return None
    today = snapshot.today
    midnight = datetime.combine(today, time(), UTC)
    async with slow_reads():
        lately = await cases.cases_since(midnight - timedelta(weeks=SPAN_WEEKS))
        first = await cases.first_waiting()
        held = await teams.held_seats()
        patient = replace(settings, most_open_offers=NO_LIMIT)
        places = await facts_of_volunteers(await volunteers.all_volunteers(), settings=patient, today=today)
    recent = tuple(_as_it_came(case, today) for case in lately)
    weeks = min(SPAN_WEEKS, max(FEWEST_WEEKS, -((first - midnight) // timedelta(weeks=1)))) if first else SPAN_WEEKS
    ends = midnight + timedelta(weeks=AHEAD_WEEKS) - timedelta(weeks=settings.busy_weeks)
    expected = round(len(recent) * AHEAD_WEEKS / weeks)
    later = _added(freed(held, approved_before=ends), _held_back(snapshot, places))
    return Foresight(strength, AHEAD_WEEKS, recent, expected, later)


def _as_it_came(case: Case, today: date) -> CaseFacts:
    """The case as if it had come today: no time waited, its deadline as far away as it was, nothing settled."""
    facts = case_facts(case, barred=set(), proposal=None)
    deadline = facts.deadline + (today - facts.received) if facts.deadline else None
    return replace(facts, received=today, deadline=deadline)


def _held_back(snapshot: Snapshot, places: Iterable[VolunteerFacts]) -> dict[str, Freed]:
    """The places that are free but not offered today: nobody is asked about more than a few cases at once."""
    offered = {one.ref: one for one in snapshot.volunteers}
    return {
        one.ref: Freed(one.capacity_cases - now.capacity_cases, one.capacity_mentor - now.capacity_mentor)
        for one in places
        if (now := offered.get(one.ref)) is not None
    }


def _added(some: dict[str, Freed], more: dict[str, Freed]) -> dict[str, Freed]:
    """Both together, of whom something becomes free."""
    none = Freed()
    both = {
        ref: Freed(one.places + other.places, one.mentoring + other.mentoring, one.hours + other.hours)
        for ref in sorted(some.keys() | more.keys())
        for one, other in [(some.get(ref, none), more.get(ref, none))]
    }
    return {ref: one for ref, one in both.items() if one != none}


def freed(held: Iterable[dict[str, Any]], *, approved_before: datetime) -> dict[str, Freed]:
    """What becomes free of volunteers, by id, as the seats end that were approved before a moment."""
    ending: dict[str, Usage] = defaultdict(Usage)
    for seat in held:
        if seat["approved_at"] < approved_before:
            amounts = {"hours": seat["hours"], "interpreter_hours": seat["interpreter_hours"]}
            ending[str(seat["volunteer"])].take(SeatRole(seat["role"]), **amounts)
    return {person: Freed(one.seats, one.mentoring, one.hours) for person, one in ending.items()}
