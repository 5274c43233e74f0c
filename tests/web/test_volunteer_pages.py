"""What a volunteer finds in the portal, and that a longer list asks the database no more often than a short one."""

from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from typing import Any

import pytest

from core.model.languages import InterpretingPair
from core.model.people import Capacity, Volunteer
from core.model.states import OfferState
from core.model.vocabulary import AccountRole, Forum, PracticeArea, SeatRole, VolunteerRole
from core.services import engagement, responding
from core.store.cases import find_case
from core.store.teams import find_match, offers_of_match, offers_of_volunteer
from tests.queries import statements
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import (
    NOW,
    accept_all,
    actor_of,
    attorney,
    case,
    coordinator,
    interpreter,
    joined,
    offered,
    seat,
    waiting,
)

SESSION_AND_COUNTS = 2
"""Every page of a signed-in person: who she is, and the numbers beside the navigation."""


async def alma_with_her_browser(portal: Portal, **changes: Any) -> tuple[Volunteer, Visitor]:
    """An attorney, signed in."""
    alma = await joined(attorney("Alma", **changes))
    return alma, await portal.volunteer(alma)


async def open_counting(visitor: Visitor, path: str) -> tuple[Page, int]:
    """Open a page and count its statements."""
    with statements() as seen:
        page = await visitor.open(path)
    assert page.status == 200
    return page, len(seen)


async def test_open_cases_are_listed_most_urgent_first_without_what_could_tell_who_it_is(portal: Portal) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    await waiting(case("NM-CALM", county="Catron"))
    await waiting(case("NM-URGENT", county="Catron", deadline=date(2026, 12, 3), deadline_kind="Hearing"))

    page = await visitor.open("/cases")

    assert page.heading == "2 cases wait for somebody like you"
    assert page.text.index("NM-URGENT") < page.text.index("NM-CALM")
    assert "Hearing in 1 week" in page.text
    assert [word for word in ("Catron", "3 December", "Southwest") if word in page.text] == []


async def test_a_region_is_named_once_five_cases_share_it(portal: Portal) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    for number in range(5):
        await waiting(case(f"NM-{number}", county="Catron"))

    assert (await visitor.open("/cases")).text.count("remote, Southwest") == 5


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("area=family", "NM-FAMILY"),
        ("language=mam", "NM-MAM"),
        ("forum=uscis", "NM-USCIS"),
        ("hours=10", "NM-SHORT"),
        ("fits=yes", "NM-MINE"),
    ],
)
async def test_filters_leave_what_was_asked_for(portal: Portal, query: str, left: str) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    far = {"remote_ok": False, "county": "Lea"}
    await waiting(case("NM-MINE"))
    await waiting(case("NM-FAMILY", practice_area=PracticeArea.FAMILY, skill_level=4))
    await waiting(case("NM-MAM", languages=("mam",), **far))
    await waiting(case("NM-USCIS", forum=Forum.USCIS, **far))
    await waiting(case("NM-SHORT", hours=8.0, **far))

    page = await visitor.open(f"/cases?{query}")

    listed = [ref for ref in ("NM-MINE", "NM-FAMILY", "NM-MAM", "NM-USCIS", "NM-SHORT") if ref in page.text]
    assert listed == [left]


async def test_a_case_that_somebody_claims_is_listed_no_more(portal: Portal) -> None:
    wanted = await waiting(case("NM-WANTED"))
    _alma, visitor = await alma_with_her_browser(portal)

    claims = await visitor.send(await visitor.open(f"/cases/{wanted.id}"), f"/cases/{wanted.id}/claim")

    assert claims.heading == "1 claim waits for a coordinator"
    assert "NM-WANTED" not in (await visitor.open("/cases")).text


async def test_the_page_of_a_case_says_why_it_fits_and_what_is_not_shown_yet(portal: Portal) -> None:
    wanted = await waiting(case("NM-1", county="Catron"))
    _alma, visitor = await alma_with_her_browser(portal)

    page = await visitor.open(f"/cases/{wanted.id}")

    assert page.heading == "Asylum"
    assert "You speak Spanish with the client: no interpreter needed" in page.text
    assert "Asylum, level 3: the case asks for level 2" in page.text
    assert "A coordinator tells you the names once your team is approved" in page.text
    assert "Catron" not in page.answer.text


async def test_the_page_of_a_case_says_what_stands_in_the_way_and_offers_no_claim(portal: Portal) -> None:
    wanted = await waiting(case("NM-1", practice_area=PracticeArea.FAMILY))
    _alma, visitor = await alma_with_her_browser(portal)

    page = await visitor.open(f"/cases/{wanted.id}")

    assert "Why you cannot take it now" in page.text
    assert [form for form in page.forms if form["action"].endswith("/claim")] == []


async def test_a_claim_that_the_rules_do_not_allow_says_why_and_changes_nothing(portal: Portal) -> None:
    allowed, other = await waiting(case("NM-1")), await waiting(case("NM-2", practice_area=PracticeArea.FAMILY))
    _alma, visitor = await alma_with_her_browser(portal)
    fields = (await visitor.open(f"/cases/{allowed.id}")).form(f"/cases/{allowed.id}/claim")

    answer = Page(await visitor.client.post(f"/cases/{other.id}/claim", data=fields))

    assert (answer.status, answer.heading) == (422, "You cannot take this case now")
    assert "It asks for more experience in this area than you have told us of" in answer.text
    assert "NM-2" in (await visitor.open("/cases")).text


@pytest.mark.parametrize("role", ["mentor", "interpreter"])
async def test_nobody_claims_a_seat_that_she_cannot_fill(portal: Portal, role: str) -> None:
    wanted = await waiting(case("NM-1", languages=("mam",)))
    roles = (VolunteerRole.ATTORNEY, VolunteerRole.MENTOR, VolunteerRole.INTERPRETER)
    _alma, visitor = await alma_with_her_browser(portal, roles=roles, interprets=(InterpretingPair("fr", "en"),))

    page = await visitor.send(await visitor.open(f"/cases/{wanted.id}"), f"/cases/{wanted.id}/claim", role=role)

    assert page.status == 422
    assert (await find_case(wanted.id)).held_by is None


async def test_three_claims_may_wait_and_no_more(portal: Portal) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    wanted = [await waiting(case(f"NM-{number}")) for number in range(4)]

    pages = [await visitor.send(await visitor.open(f"/cases/{one.id}"), f"/cases/{one.id}/claim") for one in wanted]

    assert [page.status for page in pages] == [200, 200, 200, 422]
    assert "3 of your claims wait for a coordinator already" in pages[3].text


async def test_a_claim_is_taken_back_and_the_case_is_listed_again(portal: Portal) -> None:
    wanted = await waiting(case("NM-1"))
    _alma, visitor = await alma_with_her_browser(portal)
    claims = await visitor.send(await visitor.open(f"/cases/{wanted.id}"), f"/cases/{wanted.id}/claim")
    (withdraw,) = [form["action"] for form in claims.forms if form["action"].endswith("/withdraw")]

    page = await visitor.send(claims, withdraw)

    assert "Your claim is taken back" in page.text
    assert "NM-1" in (await visitor.open("/cases")).text


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


Furnish = Callable[[Portal, Volunteer, int], Coroutine[Any, Any, None]]


async def waiting_cases(portal: Portal, alma: Volunteer, n: int) -> None:
    for _number in range(n):
        await waiting()


async def her_offers(portal: Portal, alma: Volunteer, n: int) -> None:
    by = await coordinator()
    for _number in range(n):
        await offered(await waiting(), seat(alma), by=by, at=portal.clinic)


async def her_matches(portal: Portal, alma: Volunteer, n: int) -> None:
    await her_offers(portal, alma, n)
    for offer in await offers_of_volunteer(alma.id, OfferState.OPEN):
        await responding.accept_offer(offer.id, by=actor_of(alma), now=NOW + timedelta(minutes=1))


async def her_claims(portal: Portal, alma: Volunteer, n: int) -> None:
    visitor = await portal.volunteer(alma)
    for _number in range(n):
        wanted = await waiting()
        await visitor.send(await visitor.open(f"/cases/{wanted.id}"), f"/cases/{wanted.id}/claim")


@pytest.mark.parametrize(
    ("path", "furnish", "own"),
    [
        ("/cases", waiting_cases, 2),
        ("/cases?fits=yes", waiting_cases, 11),
        ("/offers", her_offers, 1),
        ("/claims", her_claims, 1),
        ("/matches", her_matches, 2),
        ("/inbox", her_offers, 1),
    ],
)
async def test_three_rows_take_as_many_statements_as_one(portal: Portal, path: str, furnish: Furnish, own: int) -> None:
    alma, visitor = await alma_with_her_browser(portal, capacity=Capacity(cases=5))
    empty, none = await open_counting(visitor, path)
    await furnish(portal, alma, 1)
    _page, one = await open_counting(visitor, path)
    await furnish(portal, alma, 2)
    _page, three = await open_counting(visitor, path)

    assert (one, three) == (SESSION_AND_COUNTS + own, SESSION_AND_COUNTS + own)
    assert none <= one
    assert empty.heading
