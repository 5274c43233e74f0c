"""What plugins add to pages: places that are filled once a page is there, pages, entries of the navigation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.host import PluginHost
from core.host.breaker import MOST_FAILURES
from core.model.vocabulary import AccountRole
from tests.rosters import members, synced
from tests.web.coordinator.scenes import counted
from tests.web.hosted import hosted, portal
from tests.web.portal import Page, Portal
from tests.worlds import attorney, joined, waiting

__all__ = ["portal"]

BARS = """
STAFF, EVERYBODY = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR), tuple(AccountRole)
class Mine:
    def __init__(self, name, place, show, roles=STAFF):
        self.name, self.title, self.place, self.roles, self.shown = name, f"Our {name}", place, roles, show
    async def show(self, subject): return await self.shown(subject)
async def about(subject):
    return PanelContent(
        ("<b onclick=alert(1)>Bold</b>",), (PanelFact("What it got", type(subject).__name__),),
        Table((Column("Book"), Column("Share", ColumnKind.PERCENT)), (("Manual", 0.5),)),
        (PanelLink("Outside", "https://bar.example.org"), PanelLink("Inside", "/today")),
    )
async def nothing(subject): return PanelContent()
async def broken(subject): raise LookupError("Ana Lopez")
async def forever(subject): await asyncio.Event().wait()
async def blocking(subject): hang()
@hookimpl
def amparo_panels():
    return [
        Mine("books", PanelPlace.CASE, about), Mine("record", PanelPlace.VOLUNTEER, about),
        Mine("news", PanelPlace.TODAY, nothing), Mine("broken", PanelPlace.TODAY, broken),
        Mine("members", PanelPlace.ROSTER, about, (*STAFF, AccountRole.PARTNER)),
        Mine("slow", PanelPlace.TODAY, forever), Mine("page", PanelPlace.PAGE, about, EVERYBODY),
    ]
@hookimpl
def amparo_navigation():
    website = NavigationEntry("Our bar", "https://bar.example.org", STAFF)
    return [NavigationEntry("Our page", "/panels/page", EVERYBODY), website]
"""
CROWD = """
@hookimpl
def amparo_navigation():
    return [NavigationEntry(f"Entry {n}", f"/panels/p{n}", tuple(AccountRole)) for n in range(30)]
"""
BLOCKING = """
class Mine:
    name, title, place, roles = "stuck", "Stuck", PanelPlace.TODAY, (AccountRole.COORDINATOR,)
    async def show(self, subject): hang()
@hookimpl
def amparo_panels(): return [Mine()]
"""


@pytest.fixture
def host(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[PluginHost]:
    """The built-in plugins, and a bar's panels, good and bad."""
    crowd = {"crowd": CROWD} if getattr(request, "param", "") == "crowd" else {}
    with hosted(tmp_path, {"bars": BARS, "blocking": BLOCKING} | crowd) as loaded:
        assert [info.cause for info in loaded.plugins() if info.cause] == []
        yield loaded


def places(page: Page) -> list[str]:
    """The addresses that the places of a page are filled from."""
    return re.findall(r'data-panel="([^"]+)"', page.answer.text)


async def test_pages_have_places_for_their_panels_and_ask_no_plugin(portal: Portal, host: PluginHost) -> None:
    visitor, person, waits = await portal.coordinator(), await joined(attorney()), await waiting()

    today = await visitor.open("/today")
    assert places(today) == ["/panels/news", "/panels/broken", "/panels/slow", "/panels/stuck"]
    assert places(await visitor.open(f"/cases/{waits.id}")) == [f"/panels/books?about={waits.id}"]
    assert places(await visitor.open(f"/volunteers/{person.id}")) == [f"/panels/record?about={person.id}"]
    assert set(places(today)) <= set(today.links), "without script each place is a link"
    assert [info.calls for info in host.plugins() if info.name in ("bars", "blocking")] == [0, 0]


async def test_volunteers_and_bars_have_no_places_on_pages_of_coordinators(portal: Portal) -> None:
    person, waits = await joined(attorney()), await waiting()
    visitor = await portal.volunteer(person)

    assert places(await visitor.open(f"/cases/{waits.id}")) == []
    assert (await visitor.open(f"/panels/books?about={waits.id}")).status == 404
    assert (await visitor.open("/panels/page")).heading == "Our page"
    assert (await (await portal.coordinator(AccountRole.PARTNER)).open("/panels/page")).status == 200


async def test_a_panel_is_data_that_our_templates_show(portal: Portal) -> None:
    visitor, waits = await portal.coordinator(), await waiting()
    statements, page = await counted(visitor, f"/panels/books?about={waits.id}")

    assert statements == 3
    assert page.heading == "Our books"
    assert f"/cases/{waits.id}" in page.links
    assert "&lt;b onclick=alert(1)&gt;Bold&lt;/b&gt;" in page.answer.text
    assert "What it got CaseRecord" in page.text
    assert "Manual 50%" in page.text
    assert '<a href="https://bar.example.org" rel="noopener noreferrer">Outside' in page.answer.text
    assert '<a href="/today">Inside' in page.answer.text
    assert "There is nothing to show here." in (await visitor.open("/panels/news")).text


async def test_the_page_of_a_roster_has_a_place_for_those_who_keep_it(portal: Portal) -> None:
    await synced(members(12))
    keeper, stranger = await portal.partner("our-bar"), await portal.partner()

    assert places(await keeper.open("/rosters/our-bar")) == ["/panels/members?about=our-bar"]
    page = await keeper.open("/panels/members?about=our-bar")
    assert "What it got RosterRecord" in page.text
    assert "/rosters/our-bar" in page.links
    assert (await stranger.open("/panels/members?about=our-bar")).status == 404


async def test_a_panel_that_fails_says_so_quietly_and_is_left_alone_after_a_while(portal: Portal) -> None:
    visitor = await portal.coordinator()
    for _ in range(MOST_FAILURES):
        page = await visitor.open("/panels/broken")
        assert page.status == 200
        assert "This could not be shown: the plugin bars did not answer as it should (LookupError (bars.py" in page.text
        assert "Ana Lopez" not in page.answer.text

    assert "it failed 5 times in a row and is left alone" in (await visitor.open("/panels/broken")).text
    assert (await visitor.open("/panels/news")).status == 200


async def test_panels_that_hang_cost_their_own_page_the_limit_and_no_other_page_anything(portal: Portal) -> None:
    visitor = await portal.coordinator()

    assert "no answer within 1 seconds" in (await visitor.open("/panels/slow")).text
    assert "no answer within 1 seconds" in (await visitor.open("/panels/stuck")).text
    assert "its plugin is switched off" in (await visitor.open("/panels/stuck")).text
    assert "/panels/stuck" in places(await visitor.open("/today"))


async def test_what_is_not_there_is_not_found(portal: Portal) -> None:
    visitor = await portal.coordinator()

    for path in ("/panels/nothing", "/panels/books", f"/panels/record?about={(await waiting()).id}"):
        assert (await visitor.open(path)).status == 404
    assert (await visitor.open("/panels/books?about=nobody")).status == 404


async def test_entries_stand_after_ours_for_the_roles_that_they_name(portal: Portal) -> None:
    staff = await (await portal.coordinator()).open("/panels/page")
    volunteer = await (await portal.volunteer(await joined(attorney()))).open("/panels/page")

    assert (
        staff.links.index("/office") < staff.links.index("/panels/page") < staff.links.index("https://bar.example.org")
    )
    assert '<a href="https://bar.example.org" rel="noopener noreferrer">Our bar' in staff.answer.text
    assert "(leads outside)" in staff.text
    assert '<a href="/panels/page" aria-current="page">' in staff.answer.text
    assert "nav-more" not in staff.answer.text
    assert "/panels/page" in volunteer.links
    assert "https://bar.example.org" not in volunteer.links[: volunteer.links.index("/panels/page") + 1]
    assert "nav-more" in volunteer.answer.text


@pytest.mark.parametrize("host", ["crowd"], indirect=True)
async def test_many_entries_are_folded_away(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/today")

    assert "/panels/p29" in page.links
    assert '<details class="nav-more">' in page.answer.text
