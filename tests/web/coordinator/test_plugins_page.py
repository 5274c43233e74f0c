"""The page of plugins: how each fares, who switched what off, and a switch for each that may be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import PluginError
from core.host import PluginHost
from core.host.breaker import MOST_FAILURES
from core.services.clinic import Clinic
from core.services.plugins.faring import Telling
from core.settings import Settings
from tests.core.host.rest import asked
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.web.coordinator.scenes import counted
from tests.web.hosted import hosted, portal
from tests.web.portal import Page, Portal, open_portal
from tests.worlds import NOW

__all__ = ["portal"]

BAD = """
class Mine:
    name, roles, reads, blocks, text = "mine", (SeatRole.ATTORNEY,), (), "x", ""
    def allows(self, case, volunteers): raise LookupError("ana@example.org")
    def explain(self, case): hang()
@hookimpl
def amparo_rules(): return [Mine()]
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PluginHost]:
    """The built-in plugins, one that misbehaves, one that does not start."""
    with hosted(tmp_path, {"bad": BAD, "broken": "1 / 0"}, block=("rules.place",)) as loaded:
        yield loaded


def row(page: Page, name: str) -> str:
    """What the page says of one plugin."""
    rest = page.answer.text.split(f'<h2 class="row-title">{name}</h2>')[1].split("</li>")[0]
    return rest


def fail(host: PluginHost, times: int) -> None:
    rule = next(one for one in host.rules() if one.name == "mine")
    for _ in range(times):
        with pytest.raises(PluginError):
            host.call(rule, rule.allows, *asked())


async def test_the_page_says_how_each_plugin_fares_and_what_needs_a_look_first(
    portal: Portal, host: PluginHost
) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/plugins")
    assert page.heading == "1 plugin needs a look"
    assert "Did not start" in row(page, "broken")
    assert "ZeroDivisionError" in row(page, "broken")
    assert "The setting AMPARO_BLOCK names it" in row(page, "rules.place")

    fail(host, MOST_FAILURES)
    page = await visitor.open("/plugins")
    assert page.heading == "2 plugins need a look"
    bad = row(page, "bad")
    assert "Left alone for a while" in bad
    assert "mine failed 5 times in a row. It is tried again in 30 seconds." in bad
    assert "Last failure: mine: allows: LookupError (bad.py line 7)" in bad
    assert "<dt>Calls</dt><dd>5</dd>" in bad.replace("\n", "")
    assert "ana@example.org" not in page.answer.text


async def test_a_plugin_is_switched_off_and_on_with_buttons_and_says_who_did_it(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/plugins")
    assert "Its rules no longer keep anybody off a seat." in row(page, "bad")
    page = await visitor.send(page, "/plugins/off", plugin="bad")
    assert "It stays off until somebody switches it on again here." in page.text
    assert "Switched off by a person" in row(page, "bad")
    assert "Carmen switched it off on" in row(page, "bad")
    assert "mine" not in {rule.name for rule in portal.clinic.host.rules()}

    page = await visitor.send(page, "/plugins/on", plugin="bad")
    assert "Switched on again." in page.text
    assert "Carmen switched it off" not in row(page, "bad")


async def test_one_that_hung_is_told_from_one_that_a_person_switched_off(portal: Portal, host: PluginHost) -> None:
    rule = next(one for one in host.rules() if one.name == "mine")
    with pytest.raises(PluginError):
        host.call(rule, rule.explain, asked()[0])
    visitor = await portal.coordinator()
    page = await visitor.open("/plugins")
    assert "Hung" in row(page, "bad")
    assert "A call did not come back: mine: explain: no answer within 1 seconds." in row(page, "bad")
    assert "Switched off by a person" not in row(page, "bad")


async def test_what_nothing_works_without_has_no_button_and_says_why(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/plugins")
    assert "It stays on: who may represent is a matter of law." in row(page, "rules.representation")
    assert "<form" not in row(page, "matchers.joint")
    refused = await visitor.send(page, "/plugins/off", plugin="matchers.joint")
    assert refused.status == 422
    assert "Nothing was changed." in refused.text


async def test_a_plugin_that_is_not_there_is_not_found(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/plugins")
    assert (await visitor.send(page, "/plugins/off", plugin="nothing")).status == 404


async def test_an_installed_plugin_says_what_its_author_should_know(database_url: str, tmp_path: Path) -> None:
    with shelf_on_path(tmp_path) as shelf:
        for name, declared in (("silent", ""), ("newer", 'amparo_api = "1.900"')):
            shelf.module(f"{name}_bar", f"{declared}\n@hookimpl\ndef amparo_rules(): return []")
            shelf.distribution(f"{name}-bar", points=f"{name} = {name}_bar")
        async with open_portal(database_url, own_plugins=True) as portal:
            page = await (await portal.coordinator()).open("/plugins")
    assert "For its author: It does not say for which version of amparo it was written." in row(page, "silent")
    assert "Did not start" in row(page, "newer")
    assert "It was written for version 1.900 of amparo, and this Amparo offers 1.0." in row(page, "newer")


async def test_the_navigation_leads_there_and_the_page_takes_few_statements(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert "/plugins" in (await visitor.open("/office")).links
    statements, _ = await counted(visitor, "/plugins")
    assert statements == 4


async def test_what_happens_in_a_worker_is_added_to_the_page(portal: Portal, host: PluginHost) -> None:
    fail(host, 2)
    settings = Settings(plugin_seconds=1.0)
    worker = PluginHost.load(["bad"], settings=settings, entry_points=False)
    try:
        fail(worker, MOST_FAILURES)
        await Telling().tell(Clinic(settings, worker), NOW)
    finally:
        worker.close()
    page = await (await portal.coordinator()).open("/plugins")
    assert "<dt>Calls</dt><dd>7</dd>" in row(page, "bad").replace("\n", "")
    assert "Left alone for a while" in row(page, "bad")


async def test_what_another_process_switched_off_holds_from_the_start(database_url: str, host: PluginHost) -> None:
    async with open_portal(database_url, host) as first:
        visitor = await first.coordinator()
        await visitor.send(await visitor.open("/plugins"), "/plugins/off", plugin="scorers.calm")
    async with open_portal(database_url, own_plugins=True) as later:
        page = await (await later.coordinator()).open("/plugins")
        assert "Switched off by a person" in row(page, "scorers.calm")
        assert "proposed_before" not in row(page, "scorers.calm")
        assert page.heading == "No plugin needs a look"
