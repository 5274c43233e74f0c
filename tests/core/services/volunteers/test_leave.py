"""Leave: planned by the volunteer herself or by a coordinator, by nobody else."""

from datetime import timedelta

import pytest

from core.errors import NotAllowed
from core.model.people import Leave
from core.services.volunteers.volunteering import plan_leave
from core.store.database import Database
from core.store.volunteers.volunteers import find_volunteer
from tests.worlds import NOW, actor_of, attorney, coordinator, joined

WEEKS = (Leave(NOW.date(), NOW.date() + timedelta(days=42)),)


async def test_a_volunteer_plans_her_own_leave_and_a_coordinator_plans_it_for_her(database: Database) -> None:
    alma, by = await joined(attorney()), await coordinator()
    await plan_leave(alma.id, WEEKS, by=actor_of(alma), now=NOW)
    assert (await find_volunteer(alma.id)).leave == WEEKS
    await plan_leave(alma.id, (), by=by, now=NOW)
    assert (await find_volunteer(alma.id)).leave == ()


async def test_nobody_plans_another_volunteers_leave(database: Database) -> None:
    alma, berta = await joined(attorney()), await joined(attorney("Berta"))
    with pytest.raises(NotAllowed, match="Only the volunteer, or a coordinator"):
        await plan_leave(alma.id, WEEKS, by=actor_of(berta), now=NOW)
    assert (await find_volunteer(alma.id)).leave == ()
