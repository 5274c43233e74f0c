"""Who may do what with a roster: coordinators, and the bar's own staff with their own."""

from datetime import timedelta

import pytest

from core.errors import NotAllowed, NotFound
from core.model.people import SYSTEM, Actor
from core.model.states import RosterRunState
from core.model.vocabulary import AccountRole, Standing
from core.services.accounts.signing_in import create_account, whoami
from core.services.rosters.applying import apply_run
from core.services.rosters.previews import preview_roster
from core.services.rosters.undoing import undo_run
from core.settings import Settings
from core.store.accounts import grant_roster, open_session, revoke_roster
from core.store.database import Database
from core.store.keys import new_id
from core.store.rosters.rosters import find_roster
from core.store.volunteers import volunteers
from tests import worlds
from tests.rosters import OurBar, feed, member, members, synced
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)


async def _partner_of(roster: str) -> tuple[Actor, str]:
    account = await create_account(
        email="paula@example.org", name="Paula", roles=(AccountRole.PARTNER,), by=SYSTEM, now=NOW
    )
    await grant_roster(account, (await find_roster(roster))["id"], now=NOW)
    token = await open_session(account, now=NOW)
    found = await whoami(token, settings=Settings(), now=NOW)
    assert found is not None
    return found, token


@pytest.mark.parametrize("roles", [(AccountRole.VOLUNTEER,), (AccountRole.PARTNER,)])
async def test_nobody_else_may_preview_a_roster_or_learn_that_it_is_there(
    database: Database, roles: tuple[AccountRole, ...]
) -> None:
    other = Actor(label="Alma", account=new_id(), roles=roles, rosters=("another-bar",))

    with pytest.raises(NotFound, match="There is no roster our-bar"):
        await preview_roster(OurBar(), feed(members(3)), by=other, clock=lambda: NOW)


async def test_the_staff_of_a_bar_bring_their_roster_up_to_date(database: Database) -> None:
    alma = await worlds.joined(worlds.attorney())
    await synced(members(20))
    paula, _ = await _partner_of("our-bar")

    said = feed([member(1001, Standing.SUSPENDED), *members(19, 1002)])
    run = await preview_roster(OurBar(), said, by=paula, clock=lambda: LATER)
    applied = await apply_run(run, by=paula, clock=lambda: LATER)

    assert (applied.state, applied.decided_by) == (RosterRunState.APPLIED, "Paula")
    assert [bar.standing for bar in (await volunteers.find_volunteer(alma.id)).bars] == [Standing.SUSPENDED]


async def test_what_is_held_and_what_is_taken_back_is_for_coordinators(database: Database) -> None:
    await synced(members(20))
    paula, _ = await _partner_of("our-bar")

    held = await preview_roster(OurBar(), feed(members(3)), by=paula, clock=lambda: LATER)

    assert held.state is RosterRunState.HELD
    with pytest.raises(NotAllowed):
        await apply_run(held, accept=True, by=paula, clock=lambda: LATER)
    with pytest.raises(NotAllowed):
        await undo_run(held, by=paula, clock=lambda: LATER)
    by = await worlds.coordinator()
    assert (await apply_run(held, accept=True, by=by, clock=lambda: LATER)).state is RosterRunState.APPLIED


async def test_access_that_is_taken_back_is_gone_with_the_next_request(database: Database) -> None:
    await synced(members(3))
    paula, token = await _partner_of("our-bar")
    assert paula.account is not None

    taken = await revoke_roster(paula.account, (await find_roster("our-bar"))["id"])

    after = await whoami(token, settings=Settings(), now=NOW)
    assert (taken, after is not None and after.keeps("our-bar")) == (True, False)
