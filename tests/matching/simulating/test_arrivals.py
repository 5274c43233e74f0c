"""Who comes when: by the day of receipt, or as chance has it."""

from datetime import date, timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from core.errors import BadInput
from core.model.cases.urgency import Tier
from core.model.plans.snapshot import CaseFacts, Held, Snapshot
from core.model.vocabulary import Forum, PracticeArea, SeatRole
from matching.simulating.arrivals import PAST_WEEKS, seeded_year, year_of

DAY = date(2026, 3, 2)
CASE = CaseFacts("C", PracticeArea.ASYLUM, 2, ("es",), Forum.EOIR, DAY)


def case(days_ago: int, **changes: object) -> CaseFacts:
    return replace(CASE, ref=f"C-{days_ago}", received=DAY - timedelta(days=days_ago), **changes)


def test_the_last_week_ends_with_the_day_of_the_snapshot_and_older_cases_are_the_past() -> None:
    year = year_of(Snapshot(DAY, (case(0), case(6), case(7), case(27), case(28))), weeks=4)

    assert year.week.tolist() == [3, 3, 2, 0, -1]


def test_a_case_is_as_urgent_as_it_was_when_it_came() -> None:
    long_ago = case(100, deadline=DAY - timedelta(days=90))
    year = year_of(Snapshot(DAY, (long_ago, case(0))), weeks=52)

    came, _ = year.snapshot.cases
    assert came.received == DAY
    assert came.deadline == DAY + timedelta(days=10)
    assert came.urgency(DAY).tier is Tier.NOW


def test_what_was_settled_since_a_case_came_does_not_count() -> None:
    held = (Held(SeatRole.ATTORNEY, "A-1"),)
    year = year_of(Snapshot(DAY, (case(0), case(20, pinned=held, proposed=held))), weeks=52)

    assert [(one.pinned, one.proposed) for one in year.snapshot.cases] == [((), ()), ((), ())]


@pytest.mark.parametrize("days", [(), (0, 3), (400, 500)])
def test_less_than_two_weeks_with_arrivals_are_nothing_to_replay(days: tuple[int, ...]) -> None:
    with pytest.raises(BadInput, match="in which a case was received"):
        year_of(Snapshot(DAY, tuple(case(one) for one in days)), weeks=52)


def test_a_seeded_clinic_has_about_as_many_cases_a_week_as_asked_for_and_remembers_half_a_year() -> None:
    year = seeded_year(3, weeks=52, cases_per_week=10, attorneys=4, interpreters=2)

    assert len(year.snapshot.volunteers) == 6
    assert year.week.min() == -PAST_WEEKS
    assert np.bincount(year.week[year.week >= 0]).mean() == pytest.approx(10, rel=0.2)
    assert year.snapshot == seeded_year(3, 52, 10, 4, 2).snapshot
    assert year.snapshot != seeded_year(4, 52, 10, 4, 2).snapshot
