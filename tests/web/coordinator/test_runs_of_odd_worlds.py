"""Runs over worlds in which nothing fits: the run page says what is wrong, and never breaks."""

from collections.abc import AsyncIterator
from math import nan

import pytest
from msgspec.structs import replace

from core.errors import BadInput
from core.host import PluginHost
from core.model.people import Capacity
from core.model.vocabulary import AccountRole, SeatRole
from core.services.matches import pinning
from core.services.runs.proposing import perform_run, request_run
from core.services.volunteers.volunteering import change_volunteer
from core.settings import Settings
from core.store.volunteers.volunteers import find_volunteer
from plugins import BUILTIN
from tests.plugins_for_tests.fixtures import load, shelf
from tests.plugins_for_tests.shelf import NOT_A_NUMBER, Shelf
from tests.web.coordinator.scenes import proposal_of
from tests.web.portal import Page, Portal, open_portal
from tests.worlds import NOW, attorney, case, coordinator, joined, waiting

__all__ = ["load", "shelf"]


@pytest.fixture
async def odd_portal(database_url: str, shelf: Shelf) -> AsyncIterator[Portal]:
    """The portal with a scorer that answers with what is not a number."""
    modules = (*BUILTIN, shelf.module("odd_bar", NOT_A_NUMBER))
    host = PluginHost.load(modules, settings=Settings(), entry_points=False)
    async with open_portal(database_url, host=host) as opened:
        yield opened


async def the_run(portal: Portal) -> Page:
    """The page of a run over the world as it is."""
    run = await request_run(matcher="joint", clinic=portal.clinic, by=await coordinator(), now=NOW)
    await perform_run(run, clinic=portal.clinic, clock=lambda: NOW)
    page = await (await portal.coordinator()).open(f"/runs/{run}")
    assert page.status == 200
    return page


async def test_a_scorer_that_answers_nan_is_left_out_and_named(odd_portal: Portal) -> None:
    await joined(attorney("Alma"))
    await waiting(case("NM-1"))

    page = await the_run(odd_portal)

    assert page.heading == "1 proposal for 1 waiting case"
    assert "Some rules or scorers could not answer in this run" in page.text
    assert "odd: It returned a score that is not a finite number." in page.text


async def test_nobody_waits_and_nobody_helps(portal: Portal) -> None:
    page = await the_run(portal)
    assert page.heading == "No proposal waits for a decision"
    assert "nothing to propose" in page.text


async def test_nobody_waits(portal: Portal) -> None:
    await joined(attorney("Alma"))
    assert "nothing to propose" in (await the_run(portal)).text


async def test_nobody_helps(portal: Portal) -> None:
    await waiting(case("NM-1"))
    page = await the_run(portal)
    assert "nothing to propose" in page.text
    assert "Why not matched 1 no attorney" in page.text


async def test_everything_is_forbidden(portal: Portal) -> None:
    by, alma = await coordinator(), await joined(attorney("Alma"))
    for ref in ("NM-1", "NM-2"):
        only = await waiting(case(ref))
        await pinning.forbid_pair(only.id, volunteer=alma.id, reason="Kin.", by=by, now=NOW)
    page = await the_run(portal)
    assert "nothing to propose" in page.text
    assert "Why not matched 2 " in page.text


@pytest.mark.parametrize("capacity", [Capacity(cases=-2), Capacity(mentoring=-1), Capacity(hours_a_month=nan)])
async def test_a_capacity_below_zero_never_gets_as_far_as_a_run(portal: Portal, capacity: Capacity) -> None:
    with pytest.raises(BadInput, match=r"Alma cannot have .*: give a number from 0 on\."):
        await joined(attorney("Alma", capacity=capacity))
    alma = await joined(attorney("Alma"))
    with pytest.raises(BadInput, match="give a number from 0 on"):
        await change_volunteer(replace(alma, capacity=capacity), by=await coordinator(), now=NOW)
    assert (await find_volunteer(alma.id)).capacity == alma.capacity


async def test_pins_that_have_come_to_contradict_each_other_are_flagged_and_only_one_can_be_approved(
    portal: Portal,
) -> None:
    by, alma = await coordinator(), await joined(attorney("Alma", capacity=Capacity(cases=2)))
    both = [await waiting(case(ref)) for ref in ("NM-1", "NM-2")]
    for one in both:
        await pinning.pin_seat(
            one.id,
            volunteer=alma.id,
            role=SeatRole.ATTORNEY,
            reason="Knows them.",
            clinic=portal.clinic,
            by=by,
            now=NOW,
        )
    await change_volunteer(replace(alma, capacity=Capacity(cases=1)), by=by, now=NOW)

    page = await the_run(portal)

    assert page.heading == "2 proposals for 2 waiting cases"
    visitor = await portal.coordinator(AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)
    assert "This pin cannot be kept now: " in (await visitor.open(f"/cases/{both[0].id}")).text
    proposals = [f"/proposals/{(await proposal_of(one)).id}" for one in both]
    await visitor.send(await visitor.open(proposals[0]), f"{proposals[0]}/approve")
    refused = await visitor.send(await visitor.open(proposals[1]), f"{proposals[1]}/approve")
    assert refused.status == 422
    assert "Alma has no free place any more." in refused.text
