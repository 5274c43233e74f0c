"""What a volunteer finds open, and her claims: listed, filtered, explained, claimed, taken back."""

from datetime import date

import pytest

from core.model.languages import InterpretingPair
from core.model.vocabulary import Forum, PracticeArea, VolunteerRole
from core.store.cases.cases import find_case
from core.store.cases.listings import keep_comparable
from tests.web.portal import Page, Portal
from tests.web.volunteer.scenes import alma_with_her_browser
from tests.worlds import (
    case,
    waiting,
)


async def test_open_cases_are_listed_most_urgent_first_without_what_could_tell_who_it_is(portal: Portal) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    await waiting(case("NM-CALM", county="Catron"))
    await waiting(case("NM-URGENT", county="Catron", deadline=date(2026, 12, 3), deadline_kind="Hearing"))

    page = await visitor.open("/cases")

    assert page.heading == "2 cases wait for a volunteer"
    assert page.text.index("NM-URGENT") < page.text.index("NM-CALM")
    assert "Hearing in 1 week" in page.text
    assert [word for word in ("Catron", "3 December") if word in page.text] == []


async def test_a_region_is_named_once_five_cases_share_it(portal: Portal) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    await keep_comparable(5)
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
    assert "The names not yet Once the whole team has accepted, to you alone" in page.text
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


async def test_whoever_presses_the_button_twice_is_told_of_her_claim_and_not_that_somebody_was_faster(
    portal: Portal,
) -> None:
    _alma, visitor = await alma_with_her_browser(portal)
    for wanted in [await waiting(case(f"NM-{number}")) for number in range(3)]:
        form = await visitor.open(f"/cases/{wanted.id}")
        await visitor.send(form, f"/cases/{wanted.id}/claim")

        again = await visitor.send(form, f"/cases/{wanted.id}/claim")

        assert (again.status, again.path) == (200, "/claims")
        assert wanted.ref in again.text
