"""The page of what a bar's members gave, for the bar's staff and for coordinators."""

from core.model.people import BarAdmission
from core.model.vocabulary import Standing
from tests.rosters import members, synced
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import attorney, joined

PATH = "/rosters/our-bar/figures"


async def volunteers(count: int) -> None:
    """So many members who joined."""
    for number in range(1001, 1001 + count):
        await joined(attorney(bars=(BarAdmission("NM", str(number), Standing.ACTIVE),)))


async def test_the_bar_sees_at_least_how_many_joined_and_nothing_smaller(portal: Portal) -> None:
    await synced(members(30))
    await volunteers(8)
    partner = await portal.partner("our-bar")

    page = await partner.open(PATH)

    assert page.heading == "At least 5 members have joined as volunteers"
    assert "Joined as volunteers at least 5" in page.text
    assert "Took a case fewer than 5" in page.text
    assert "Hours given rests on fewer than 5 people" in page.text
    assert " 8 " not in page.text
    assert PATH in (await partner.open("/rosters/our-bar")).links


async def test_with_few_members_no_figure_is_shown_but_those_that_the_bar_knows_itself(portal: Portal) -> None:
    await synced(members(30))
    await volunteers(4)

    page = await (await portal.partner("our-bar")).open(PATH)

    assert page.heading == "Too few members have joined for figures to be shown"
    assert "Members listed 30" in page.text
    assert "at least" not in page.text.replace("at least 10” may be 14", "")


async def test_coordinators_see_the_same_page_and_others_none(portal: Portal) -> None:
    await synced(members(30))
    await volunteers(6)

    theirs, ours = await portal.partner("our-bar"), await portal.coordinator()
    assert (await ours.open(PATH)).heading == (await theirs.open(PATH)).heading
    assert (await (await portal.partner()).open(PATH)).status == 404
    assert (await ours.open("/rosters/no-bar/figures")).status == 404


async def test_the_page_takes_the_same_statements_for_few_and_many(portal: Portal) -> None:
    await synced(members(3))
    visitor = await portal.partner("our-bar")
    few, _page = await counted(visitor, PATH)
    await volunteers(7)
    await synced(members(30))

    many, _page = await counted(visitor, PATH)

    assert few == many
