"""The mail of a demonstration, as it reads."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from core.services.work.delivering import deliver_messages
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal, open_portal
from tests.worlds import NOW, attorney, case, coordinator, joined, offered, seat, waiting


@pytest.fixture
async def demonstration(database_url: str) -> AsyncIterator[Portal]:
    """The portal as a demonstration."""
    async with open_portal(database_url, demo=True) as opened:
        yield opened


async def an_offer(portal: Portal, ref: str, name: str) -> None:
    alma = await joined(attorney(name))
    await offered(await waiting(case(ref)), seat(alma), by=await coordinator(), at=portal.clinic)
    await deliver_messages(clinic=portal.clinic, now=NOW, random=Random(1))


async def test_only_a_demonstration_shows_the_mail(portal: Portal) -> None:
    visitor = await portal.coordinator()

    assert (await visitor.open("/outgoing")).status == 404
    assert "/outgoing" not in (await visitor.open("/office")).links


async def test_before_anything_was_sent_the_page_says_how_to_make_it_so(demonstration: Portal) -> None:
    page = await (await demonstration.coordinator()).open("/outgoing")

    assert "Nothing has been sent yet" in page.text


async def test_the_mail_reads_as_it_was_sent_with_its_link_and_nothing_of_the_client(demonstration: Portal) -> None:
    await an_offer(demonstration, "NM-1", "Alma")

    page = await (await demonstration.coordinator()).open("/outgoing")

    assert "You have a new offer" in page.text
    assert "Alma <" in page.text
    assert "http://127.0.0.1:8000/offers/" in page.text
    assert "NM-1" not in page.text
    assert "asylum" not in page.text.casefold()


async def test_mail_takes_as_many_statements_for_three_letters_as_for_one(demonstration: Portal) -> None:
    visitor = await demonstration.coordinator()
    assert (await counted(visitor, "/outgoing"))[0] == 3

    await an_offer(demonstration, "NM-1", "Alma")
    assert (await counted(visitor, "/outgoing"))[0] == 3

    await an_offer(demonstration, "NM-2", "Bea")
    await an_offer(demonstration, "NM-3", "Cora")
    assert (await counted(visitor, "/outgoing"))[0] == 3
