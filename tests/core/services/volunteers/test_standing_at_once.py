"""A bar's word on somebody's standing is never lost to what else is written of her in the same moment."""

from datetime import date, timedelta

import msgspec

from core.model.people import SYSTEM, Capacity, Leave
from core.model.vocabulary import Standing
from core.services.rosters.standings import record_standing
from core.services.volunteers.volunteering import change_volunteer, plan_leave
from core.store.database import Database
from core.store.volunteers import volunteers
from tests import worlds
from tests.core.services.volunteers.test_merging import two
from tests.core.services.volunteers.test_merging_at_once import at_once, merging
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)


async def test_changing_what_is_known_of_her_or_her_leave_leaves_her_admissions_alone(database: Database) -> None:
    for _ in range(5):
        alma = await worlds.joined(worlds.attorney())
        more = msgspec.structs.replace(alma, capacity=Capacity(cases=5))
        done = await at_once(
            change_volunteer(more, by=SYSTEM, now=LATER),
            plan_leave(alma.id, (Leave(date(2027, 1, 4), date(2027, 1, 8)),), by=SYSTEM, now=LATER),
            record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=SYSTEM, now=LATER),
            change_volunteer(more, by=SYSTEM, now=LATER),
        )

        assert done == [True] * 4
        (bar,) = (await volunteers.find_volunteer(alma.id)).bars
        assert (bar.number, bar.standing) == ("1001", Standing.SUSPENDED)


async def test_a_suspension_beside_a_merge_stays_or_is_refused(database: Database) -> None:
    kept, other = await two()
    suspended, merged = await at_once(
        record_standing(other.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=SYSTEM, now=LATER),
        merging(kept, other),
    )

    standings = {bar.jurisdiction: bar.standing for bar in (await volunteers.find_volunteer(kept.id)).bars}
    assert merged
    assert (standings["NM"] is Standing.SUSPENDED) == suspended
