"""One winner: a hundred volunteers ask for the same case in the same moment, through the running server."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import httpx

from core.model.cases.case import Case
from core.model.people import Volunteer
from core.store.accounts import open_session
from core.store.cases.cases import find_case
from core.store.database import open_database
from core.store.matches.teams import open_proposals
from tests.web.portal import Page
from tests.web.serving import serving
from tests.worlds import attorney, case, joined, waiting
from web.access.sessions import SESSION

VOLUNTEERS = 100


async def a_world_with_one_wanted_case(url: str) -> tuple[Case, list[str]]:
    """A case that everybody may take, three like it, and a signed-in session for each volunteer."""
    database, now = await open_database(url), datetime.now(UTC)
    wanted = await waiting(case("NM-WANTED"), now=now)
    for number in range(3):
        await waiting(case(f"NM-LIKE-{number}"), now=now)
    people = [await joined(attorney(f"Volunteer{number}"), now=now) for number in range(VOLUNTEERS)]
    sessions = [await open_session(account_of(person), now=now) for person in people]
    await database.close()
    return wanted, sessions


def account_of(person: Volunteer) -> UUID:
    assert person.account is not None
    return person.account


async def claim_in_the_same_moment(address: str, wanted: Case, sessions: list[str]) -> list[Page]:
    """Everybody opens the page of the case; when all have it before them, everybody asks for it at once."""
    page, action = f"/cases/{wanted.id}", f"/cases/{wanted.id}/claim"
    ready = asyncio.Barrier(len(sessions))
    limits = httpx.Limits(max_connections=VOLUNTEERS)

    async def claim(client: httpx.AsyncClient, session: str) -> Page:
        cookie = {"cookie": f"{SESSION}={session}"}
        fields = Page(await client.get(page, headers=cookie)).form(action)
        await ready.wait()
        return Page(await client.post(action, data=fields, headers=cookie))

    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        return await asyncio.gather(*(claim(client, session) for session in sessions))


async def test_a_hundred_claims_at_once_have_one_winner_and_ninety_nine_courteous_answers(database_url: str) -> None:
    wanted, sessions = await a_world_with_one_wanted_case(database_url)

    with serving(database_url) as address:
        answers = await claim_in_the_same_moment(address, wanted, sessions)

    assert Counter(answer.status for answer in answers) == {303: 1, 409: VOLUNTEERS - 1}
    for answer in answers:
        if answer.status == 409:
            assert answer.heading == "Somebody else was a moment faster"
            assert "Similar cases that still wait" in answer.text
            assert [ref for ref in ("NM-LIKE-0", "NM-LIKE-1", "NM-LIKE-2") if ref not in answer.text] == []
    database = await open_database(database_url)
    held, proposals = (await find_case(wanted.id)).held_by, await open_proposals(case=wanted.id)
    await database.close()
    assert [proposal.claimed_by for proposal in proposals] == [held]
