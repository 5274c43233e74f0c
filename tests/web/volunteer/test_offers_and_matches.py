"""What a volunteer is asked and what she works on: offers, matches, messages; and nobody else's."""

from datetime import timedelta

from core.model.vocabulary import AccountRole, SeatRole
from core.services.matches import engagement
from core.store.matches.teams import find_match, offers_of_match
from tests.web.portal import Portal
from tests.web.volunteer.scenes import alma_with_her_browser
from tests.worlds import (
    NOW,
    accept_all,
    attorney,
    case,
    coordinator,
    interpreter,
    joined,
    offered,
    seat,
    waiting,
)


async def test_an_offer_is_accepted_and_the_match_shows_the_team_and_its_chain(portal: Portal) -> None:
    alma, visitor = await alma_with_her_browser(portal)
    isidro = await joined(interpreter("Isidro"))
    wanted = await waiting(case("NM-1", languages=("mam",)))
    match = await offered(
        wanted,
        seat(alma),
        seat(isidro, SeatRole.INTERPRETER, ("mam", "es")),
        by=await coordinator(),
        at=portal.clinic,
    )
    (offer,) = [one for one in await offers_of_match(match) if one.volunteer == alma.id]

    before = await visitor.open(f"/offers/{offer.id}")
    await visitor.send(before, f"/offers/{offer.id}/accept")
    after = await visitor.open(f"/matches/{match}")

    assert "Isidro" not in before.text
    assert "The client speaks Mam with the interpreter, who speaks Spanish with the attorney" in before.text
    assert "Isidro" in after.text
    assert "The others on your team still answer" in after.text


async def test_an_offer_is_declined_with_a_reason_and_the_case_waits_again(portal: Portal) -> None:
    alma, visitor = await alma_with_her_browser(portal)
    wanted = await waiting(case("NM-1"))
    match = await offered(wanted, seat(alma), by=await coordinator(), at=portal.clinic)
    (offer,) = await offers_of_match(match)

    page = await visitor.send(
        await visitor.open(f"/offers/{offer.id}"), f"/offers/{offer.id}/decline", reason="no_time", note=""
    )

    assert "Thank you for saying so" in page.text
    assert (await find_match(match)).ended_reason == "declined: no_time"


async def test_an_interpreter_is_told_her_own_hours_and_no_level(portal: Portal) -> None:
    alma, isidro = await joined(attorney("Alma")), await joined(interpreter("Isidro"))
    wanted = await waiting(case("NM-1", languages=("mam",), hours=45.0, interpreter_hours=12.0))
    chain = seat(isidro, SeatRole.INTERPRETER, ("mam", "es"))
    match = await offered(wanted, seat(alma), chain, by=await coordinator(), at=portal.clinic)
    (offer,) = [one for one in await offers_of_match(match) if one.volunteer == isidro.id]

    page = await (await portal.volunteer(isidro)).open(f"/offers/{offer.id}")

    assert "Interpreting 12 h" in page.text
    assert [word for word in ("45 h", "Level") if word in page.text] == []


async def test_a_match_that_is_over_presses_nobody(portal: Portal) -> None:
    alma, visitor = await alma_with_her_browser(portal)
    pressing = case("NM-1", detained=True, deadline=NOW.date() + timedelta(days=9), deadline_kind="Hearing")
    by = await coordinator()
    match = await offered(await waiting(pressing), seat(alma), by=by, at=portal.clinic)
    await accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    live = await visitor.open("/matches")

    await engagement.close_case((await find_match(match)).case, outcome="granted", by=by, now=NOW)
    over = await visitor.open("/matches")

    assert (live.heading, over.heading) == ("You are on 1 team", "You are on no team now")
    assert "Hearing in 9 days" in live.text
    assert "Earlier NM-1" in over.text
    assert [word for word in ("Hearing", "Detained") if word in over.text] == []


async def test_what_is_somebody_else_s_is_not_there(portal: Portal) -> None:
    alma, _visitor = await alma_with_her_browser(portal)
    berta = await portal.volunteer(await joined(attorney("Berta")))
    match = await offered(await waiting(), seat(alma), by=await coordinator(), at=portal.clinic)
    (offer,) = await offers_of_match(match)

    nobody = await portal.coordinator(AccountRole.VOLUNTEER)

    paths = (f"/offers/{offer.id}", f"/matches/{match}")
    statuses = [(await visitor.open(path)).status for visitor in (berta, nobody) for path in paths]

    assert statuses == [404] * 4


async def test_a_message_counts_as_read_when_it_is_followed_and_leads_to_its_page(portal: Portal) -> None:
    alma, visitor = await alma_with_her_browser(portal)
    await offered(await waiting(), seat(alma), by=await coordinator(), at=portal.clinic)
    inbox = await visitor.open("/inbox")
    (message,) = [link for link in inbox.links if link.startswith("/inbox/")]

    page = await visitor.open(message)

    assert inbox.heading == "1 new message"
    assert page.answer.url.path.startswith("/offers/")
    assert (await visitor.open("/inbox")).heading == "No new message"
