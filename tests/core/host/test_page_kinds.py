"""Reports, entries of the navigation and panels: what one must declare, and what is refused with a cause."""

import pytest

from core.host import PluginState
from core.model.plugins.showing import leads_somewhere
from core.model.vocabulary import AccountRole
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.hanging import BEGAN
from tests.plugins_for_tests.shelf import Shelf

A_REPORT = """
class Mine:
    name, title, answers, roles = "mine", "Mine", "How many?", (AccountRole.COORDINATOR,)
    def table(self, facts): return Table((Column("Cases"),))
    {change}
@hookimpl
def amparo_reports(): return [Mine()]
"""
AN_ENTRY = """
entry = dict(label="Ours", href="/panels/mine", roles=(AccountRole.COORDINATOR,))
{change}
@hookimpl
def amparo_navigation(): return [NavigationEntry(**entry)]
"""
A_PANEL = """
class Mine:
    name, title, place, roles = "mine", "Mine", PanelPlace.CASE, (AccountRole.COORDINATOR,)
    async def show(self, subject): return PanelContent()
    {change}
@hookimpl
def amparo_panels(settings): return [Mine()]
"""
NAME = "a name of at most 60 letters, digits, - and _"
HREF = "a path of this portal such as /panels/ours, or an https address"
WRONG = [
    (A_REPORT, "name = 'mine/csv'", f"amparo_reports: It returned a Mine whose name is not {NAME}."),
    (
        A_REPORT,
        "answers = ''",
        "amparo_reports: It returned a Mine whose answers is not one line of text of at most 300 characters.",
    ),
    (
        A_REPORT,
        "roles = (AccountRole.VOLUNTEER,)",
        "amparo_reports: It returned a Mine whose roles is not a tuple of AccountRole, at least one, "
        "and without volunteers.",
    ),
    (
        A_REPORT,
        "title = type('Loud', (str,), {'__html__': lambda self: '<script>'})('Mine')",
        "amparo_reports: It returned a Mine whose title is not one line of text of at most 100 characters.",
    ),
    (
        A_REPORT,
        "async def table(self, facts): ...",
        "amparo_reports: It returned a Mine whose table must not be declared with async def.",
    ),
    (
        AN_ENTRY,
        "entry['href'] = 'javascript:alert(1)'",
        f"amparo_navigation: It returned a NavigationEntry “Ours” whose href is not {HREF}.",
    ),
    (
        AN_ENTRY,
        "entry['label'] = 'Ours\\nToday'",
        "amparo_navigation: It returned a NavigationEntry “Ours Today” whose name is not "
        "one line of text of at most 40 characters.",
    ),
    (
        AN_ENTRY,
        "entry['roles'] = ('coordinator',)",
        "amparo_navigation: It returned a NavigationEntry “Ours” whose roles is not a tuple of AccountRole, "
        "at least one.",
    ),
    (
        AN_ENTRY,
        "NavigationEntry = type('Odd', (NavigationEntry,), {})",
        "amparo_navigation: It returned a Odd instead of a NavigationEntry.",
    ),
    (A_PANEL, "place = 'case'", "amparo_panels: It returned a Mine whose place is not a PanelPlace."),
    (
        A_PANEL,
        "roles = (AccountRole.COORDINATOR, AccountRole.VOLUNTEER)",
        "amparo_panels: It returned a Mine for volunteers, who do not see the place “case”.",
    ),
    (
        A_PANEL,
        "def show(self, subject): ...",
        "amparo_panels: It returned a Mine whose show must be declared with async def.",
    ),
]


@pytest.mark.parametrize(
    ("source", "brought"),
    [(A_REPORT, {"reports": ("mine",)}), (AN_ENTRY, {"navigation": ("Ours",)}), (A_PANEL, {"panels": ("mine",)})],
)
async def test_one_of_each_kind_is_welcome_and_listed_by_name(
    shelf: Shelf, load: Load, source: str, brought: dict[str, tuple[str, ...]]
) -> None:
    host = load(shelf.module("good", source.format(change="")))

    assert (info_of(host, "good").state, info_of(host, "good").cause) == (PluginState.ON, "")
    assert info_of(host, "good").providers == brought
    await the_rest_works(host)


@pytest.mark.parametrize(("source", "change", "told"), WRONG)
async def test_what_is_not_as_it_must_be_is_refused_with_what_would_be_right(
    shelf: Shelf, load: Load, source: str, change: str, told: str
) -> None:
    host = load(shelf.module("bad", source.format(change=change)))

    assert info_of(host, "bad").state is PluginState.FAILED
    assert info_of(host, "bad").cause == told
    assert (host.reports(), host.navigation(), host.panels()) == (host.reports()[:0], (), ())
    await the_rest_works(host)


def test_what_an_object_declares_is_read_once_and_pages_never_ask_it_again(shelf: Shelf, load: Load) -> None:
    change = "title = property(lambda self: 1 / 0 if BEGAN.is_set() else 'M')"
    host = load(shelf.module("moody", A_PANEL.format(change=change)))
    BEGAN.set()

    (panel,) = host.panels()
    assert host.declared(panel)["title"] == "M"


def test_two_plugins_may_not_have_entries_of_one_label(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("one", AN_ENTRY.format(change="")), shelf.module("two", AN_ENTRY.format(change="")))

    assert [entry.label for entry in host.navigation()] == ["Ours"]
    assert info_of(host, "two").cause == "amparo_navigation: the name Ours is already used by one"


def test_entries_of_a_plugin_that_is_switched_off_are_gone(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("good", AN_ENTRY.format(change="")))
    assert set(host.navigation()[0].roles) == {AccountRole.COORDINATOR}

    host.switch({"good": "Carmen switched it off."})
    assert host.navigation() == ()


@pytest.mark.parametrize(
    "href",
    ["/", "/reports/mine?starts=2026-01-01#top", "https://bar.example.org", "https://[2001:db8::1]:8443/x?y=[z]"],
)
def test_paths_of_the_portal_and_https_addresses_lead_somewhere(href: str) -> None:
    assert leads_somewhere(href)


@pytest.mark.parametrize(
    "href",
    [
        "", "//evil.example", "/\\evil.example", "http://bar.example.org", "javascript:alert(1)", "reports", "https://",
        "https://me:secret@bar.example.org", "https://bar.example.org:port/", "https://[bar", "/a b", "/a\n", "/é",
        "/\ud800", "/" + "x" * 500, "https:/bar.example.org", " /today", "HTTPS://bar.example.org\\@evil", None, 7,
        type("Odd", (str,), {})("/today"),
    ],
)  # fmt: skip
def test_everything_else_does_not(href: object) -> None:
    assert not leads_somewhere(href)
