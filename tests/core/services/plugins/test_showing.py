"""Panels are asked about records without identities, by those who may see them, and a failure stays theirs."""

import asyncio
from collections.abc import Iterator

import msgspec
import pytest

from core.errors import NotFound
from core.host import PluginHost
from core.model.people import Actor
from core.model.plugins.showing import PanelPlace
from core.model.vocabulary import AccountRole
from core.queries.rosters.lists import roster_standings
from core.services.clinic import Clinic
from core.services.plugins.showing import panels_at, show_panel
from core.settings import Settings
from core.store.database import Database
from core.store.keys import new_id
from tests import worlds
from tests.plugins_for_tests.fixtures import shelf
from tests.plugins_for_tests.shelf import Shelf
from tests.queries import statements
from tests.rosters import members, synced
from tests.worlds import attorney, case, coordinator, joined, waiting

__all__ = ["shelf"]

PANELS = """
SEEN = []
STAFF = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)
class Mine:
    def __init__(self, name, place, roles=STAFF, answer=None):
        self.name = self.title = name
        self.place, self.roles, self.answer = place, roles, answer
    async def show(self, subject):
        SEEN.append(subject)
        return await self.answer() if self.answer else PanelContent((f"I am {self.name}.",))
async def forever(): await asyncio.Event().wait()
async def broken(): raise LookupError("Ana Lopez")
@hookimpl
def amparo_panels(settings):
    return [
        Mine("case", PanelPlace.CASE), Mine("person", PanelPlace.VOLUNTEER), Mine("today", PanelPlace.TODAY),
        Mine("page", PanelPlace.PAGE, tuple(AccountRole)), Mine("broken", PanelPlace.CASE, STAFF, broken),
        Mine("roster", PanelPlace.ROSTER, (*STAFF, AccountRole.PARTNER)),
        Mine("slow", PanelPlace.CASE, STAFF, forever), Mine("slower", PanelPlace.CASE, STAFF, forever),
    ]
"""


@pytest.fixture
def at(shelf: Shelf) -> Iterator[Clinic]:
    """A bar's panels."""
    settings = Settings(plugin_seconds=0.5)
    host = PluginHost.load([shelf.module("showing", PANELS)], settings=settings, entry_points=False)
    yield Clinic(settings, host)
    host.close()


async def test_a_panel_of_a_case_or_a_volunteer_gets_a_record_that_names_nobody(database: Database, at: Clinic) -> None:
    by, alma = await coordinator(), await joined(attorney("Alma Canaria", email="canary@example.org"))
    wanted = await waiting(case("NM-CANARY", summary="Canary's story", languages=("mam",)))

    for name, key in (("case", wanted.id), ("person", alma.id)):
        with statements() as asked:
            shown = await show_panel(name, about=str(key), clinic=at, by=by)
        assert shown.content is not None
        assert shown.content.paragraphs == (f"I am {name}.",)
        assert len(asked) == {"case": 1, "person": 4}[name]

    told = msgspec.json.encode(__import__("showing").SEEN).decode()
    assert '"mam"' in told
    for canary in ("anar", "ANARY", str(alma.id), str(wanted.id), alma.ref):
        assert canary not in told


async def test_elsewhere_it_is_asked_about_nothing_in_particular(database: Database, at: Clinic) -> None:
    assert (await show_panel("today", about="", clinic=at, by=await coordinator())).content is not None
    assert __import__("showing").SEEN == [None]


async def test_what_fails_says_so_under_its_plugins_name(database: Database, at: Clinic) -> None:
    wanted = await waiting()

    shown = await show_panel("broken", about=str(wanted.id), clinic=at, by=await coordinator())
    assert (shown.content, shown.cause, shown.line.plugin) == (None, "LookupError (showing.py line 15)", "showing")


async def test_slow_ones_are_given_up_side_by_side_and_the_quick_one_does_not_wait(
    database: Database, at: Clinic
) -> None:
    by, key = await coordinator(), (await waiting()).id
    slow = [asyncio.ensure_future(show_panel(name, about=str(key), clinic=at, by=by)) for name in ("slow", "slower")]
    quick = await show_panel("case", about=str(key), clinic=at, by=by)

    assert quick.content is not None
    assert [one.done() for one in slow] == [False, False]
    assert {(await one).cause for one in slow} == {"no answer within 0.5 seconds"}


async def test_each_role_sees_the_panels_that_are_meant_for_it(database: Database, at: Clinic) -> None:
    staff, partner = await coordinator(), Actor("Bar", new_id(), (AccountRole.PARTNER,))
    volunteer = worlds.actor_of(await joined(attorney()))

    def names(place: PanelPlace, by: Actor) -> list[str]:
        return [line.name for line in panels_at(place, by=by, clinic=at)]

    newcomer = Actor("Nobody knows her yet", new_id(), (AccountRole.VOLUNTEER,))
    assert names(PanelPlace.PAGE, newcomer) == []
    assert names(PanelPlace.CASE, staff) == ["case", "broken", "slow", "slower"]
    assert names(PanelPlace.PAGE, staff) == ["page"]
    for by in (partner, volunteer):
        assert names(PanelPlace.CASE, by) == []
        assert (await show_panel("page", about="", clinic=at, by=by)).content is not None
        with pytest.raises(NotFound):
            await show_panel("today", about="", clinic=at, by=by)


async def test_a_panel_of_a_roster_is_for_those_who_keep_it(database: Database, at: Clinic) -> None:
    await synced(members(12))
    name = (await roster_standings())[0].name
    keeper = Actor("Bar", new_id(), (AccountRole.PARTNER,), rosters=(name,))
    stranger = Actor("Other bar", new_id(), (AccountRole.PARTNER,), rosters=("another",))

    assert (await show_panel("roster", about=name, clinic=at, by=keeper)).content is not None
    (seen,) = __import__("showing").SEEN
    assert (seen.name, seen.bar, sum(seen.members.values())) == (name, "NM", 12)
    with pytest.raises(NotFound):
        await show_panel("roster", about=name, clinic=at, by=stranger)


@pytest.mark.parametrize("name", ["nothing", "case", "person", "roster"])
async def test_what_is_not_there_is_not_found(database: Database, at: Clinic, name: str) -> None:
    for about in ("", str(new_id()), "nobody"):
        with pytest.raises(NotFound):
            await show_panel(name, about=about, clinic=at, by=await coordinator())
