"""The waitlist: order, filters, why a case has no team, paging."""

from datetime import timedelta

from core.model.plans.teams import Unmatched
from core.model.vocabulary import Forum, Posture, PracticeArea, SeatRole
from core.services.matches import claiming
from tests.web.coordinator.scenes import counted, ran, team
from tests.web.portal import Page, Portal
from tests.worlds import NOW, actor_of, attorney, case, joined, seat, waiting

TODAY = NOW.date()


def references(page: Page) -> list[str]:
    """The cases of a page in their order."""
    return [word for word in page.text.split() if word.startswith("NM-")]


async def three_cases() -> None:
    await waiting(case("NM-CALM", county="Taos", languages=("es",)), now=NOW - timedelta(days=90))
    await waiting(case("NM-DETAINED", detained=True, languages=("mam",), county="Otero"), now=NOW)
    await waiting(
        case(
            "NM-SOON",
            practice_area=PracticeArea.VICTIMS,
            forum=Forum.USCIS,
            deadline=TODAY + timedelta(days=42),
            languages=("ht", "en"),
            county="Luna",
        ),
        now=NOW - timedelta(days=3),
    )


async def test_an_empty_waitlist_says_what_it_is_for(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/waitlist")

    assert page.heading == "Nobody is waiting"
    assert page.links.count("/intake") > 1, "beside the navigation"
    assert "Cases appear here once they are screened." in page.text


async def test_the_most_urgent_case_comes_first_whatever_others_have_waited(portal: Portal) -> None:
    await three_cases()

    page = await (await portal.coordinator()).open("/waitlist")

    assert page.heading == "3 cases wait, 1 of them urgent"
    assert references(page) == ["NM-DETAINED", "NM-SOON", "NM-CALM"]
    assert "90 days" in page.text
    assert "Haitian Creole or English" in page.text


async def test_each_filter_leaves_the_cases_that_are_asked_for(portal: Portal) -> None:
    await three_cases()
    visitor = await portal.coordinator()

    async def shown(query: str) -> list[str]:
        return references(await visitor.open(f"/waitlist?{query}"))

    assert await shown("tier=now") == ["NM-DETAINED"]
    assert await shown("area=victims") == ["NM-SOON"]
    assert await shown("language=mam") == ["NM-DETAINED"]
    assert await shown("county=Taos") == ["NM-CALM"]
    assert await shown("county=Taos&language=mam") == []


async def test_filters_that_leave_nothing_offer_to_show_all(portal: Portal) -> None:
    await three_cases()

    page = await (await portal.coordinator()).open("/waitlist?county=Nowhere")

    assert "No waiting case is like that" in page.text
    assert page.heading == "3 cases wait, 1 of them urgent"


async def test_a_filter_that_is_no_choice_is_explained(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/waitlist?area=divorce")

    assert page.status == 422
    assert "“divorce” is not one of the choices." in page.text


async def test_cases_can_be_filtered_by_the_reason_of_the_last_run(portal: Portal) -> None:
    far, full, served = [await waiting(case(ref)) for ref in ("NM-FAR", "NM-FULL", "NM-SERVED")]
    alma = await joined(attorney())
    await ran(
        team(served, seat(alma)),
        unmatched=[
            Unmatched(far.ref, "location", "In person in Taos, and nobody within reach."),
            Unmatched(full.ref, "capacity", "All 3 attorneys are at capacity."),
        ],
    )
    visitor = await portal.coordinator()

    page = await visitor.open("/waitlist?why=location")
    assert references(page) == ["NM-FAR"]
    assert "In person in Taos, and nobody within reach." in page.text

    assert references(await visitor.open("/waitlist?team=no")) == ["NM-FAR", "NM-FULL"]
    assert references(await visitor.open("/waitlist?team=yes"))[:1] == ["NM-SERVED"]
    assert references(await visitor.open("/waitlist?why=nonsense")) == []


async def test_what_stands_in_the_way_comes_first_and_who_could_help_stands_apart(portal: Portal) -> None:
    far = await waiting(case("NM-FAR"))
    await ran(unmatched=[Unmatched(far.ref, "location", "Nobody is near.\nWithout this rule, 2 attorneys could help.")])
    visitor = await portal.coordinator()

    for path in ("/waitlist", f"/cases/{far.id}"):
        html = (await visitor.open(path)).answer.text
        assert 'Nobody is near.<br><span class="quietly">Without this rule, 2 attorneys could help.</span>' in html


async def test_a_relief_that_tells_its_posture_is_not_given_it_again(portal: Portal) -> None:
    for ref, relief in (("NM-1", "Asylum in defense"), ("NM-2", "Asylum")):
        await waiting(case(ref, relief=relief, posture=Posture.DEFENSIVE, practice_area=PracticeArea.ASYLUM))

    page = await (await portal.coordinator()).open("/waitlist")

    assert "NM-2 · Asylum, defensive" in page.text
    assert "NM-1 · Asylum in defense" in page.text
    assert "defense, defensive" not in page.text


async def test_a_claimed_case_says_who_holds_it(portal: Portal) -> None:
    wanted, cora = await waiting(case("NM-1")), await joined(attorney("Cora"))
    await claiming.claim_case(wanted.id, role=SeatRole.ATTORNEY, clinic=portal.clinic, by=actor_of(cora), now=NOW)

    page = await (await portal.coordinator()).open("/waitlist")

    assert "Claimed by Cora" in page.text


async def test_pages_follow_one_another_without_loss_or_repetition(portal: Portal) -> None:
    expected = [f"NM-{number:03}" for number in range(30)]
    for number, ref in enumerate(expected):
        await waiting(case(ref), now=NOW - timedelta(days=100 - number))
    visitor = await portal.coordinator()

    first = await visitor.open("/waitlist")
    (onward,) = [link for link in first.links if "after=" in link]
    second = await visitor.open(onward)

    assert references(first) + references(second) == expected
    assert "/waitlist" in second.links


async def test_a_reference_said_by_phone_leads_to_the_case(portal: Portal) -> None:
    await waiting(case("NM-1"))
    visitor = await portal.coordinator()

    assert (await visitor.open("/waitlist/NM-1")).heading == "NM-1 waits for a team"
    assert (await visitor.open("/waitlist/NM-2")).status == 404


async def test_the_waitlist_takes_as_many_statements_for_three_cases_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await counted(visitor, "/waitlist"))[0] == 7

    await waiting(case("NM-1"))
    assert (await counted(visitor, "/waitlist"))[0] == 7

    await waiting(case("NM-2"))
    await waiting(case("NM-3"))
    assert (await counted(visitor, "/waitlist"))[0] == 7
