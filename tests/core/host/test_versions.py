"""Plugins for another version are refused before anything of them is called; what will go one day is told."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

import amparo
from core.host import PluginHost, PluginState
from core.settings import Settings
from core.versions import UNDECLARED, Deprecated, Part
from tests.core.host.rest import ENVELOPE, info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import NEIGHBOUR, Shelf

CALLED = "@hookimpl\ndef amparo_rules(): BEGAN.set(); return []\n"
WILL_GO = (
    Deprecated(Part.NAME, "Letter", "1.0", "2.0", "amparo.Envelope"),
    Deprecated(Part.HOOK, "amparo_observers", "1.0", "2.0", "amparo_watchers"),
    Deprecated(Part.ATTRIBUTE, "channels.urgent", "1.0", "2.0", "channels.speed"),
)
AGEING = """
{first}
class Mine:
    name, needs_address, urgent = "mine", True, True
    async def deliver(self, envelope):
        {body}
        return Receipt("done")
@hookimpl
def amparo_channels(settings): return [Mine()]
@hookimpl
def amparo_observers(): return []
"""
TOLD = [
    "It uses amparo.Letter, deprecated since 1.0 and gone in 2.0. Use amparo.Envelope.",
    "It uses hook amparo_observers, deprecated since 1.0 and gone in 2.0. Use amparo_watchers.",
    "It uses attribute channels.urgent, deprecated since 1.0 and gone in 2.0. Use channels.speed.",
]


@contextmanager
def guests(shelf: Shelf, source: str, *deprecated: Deprecated) -> Iterator[PluginHost]:
    """A host with one installed plugin, named guest, and the good neighbour."""
    shelf.module("guest_bar", source)
    shelf.distribution("guest-bar", points="guest = guest_bar")
    host = PluginHost.load([NEIGHBOUR], settings=Settings(plugin_seconds=1.0), deprecated=deprecated)
    with closing(host):
        yield host


@pytest.mark.parametrize(
    ("declared", "cause"),
    [
        ('"2.0"', "version 2.0 of amparo, and this Amparo offers 1.0. Upgrade Amparo, or install an older version"),
        ('"1.1"', "version 1.1 of amparo, and this Amparo offers 1.0. Upgrade Amparo, or install an older version"),
        ('"0.9"', "version 0.9 of amparo, and this Amparo offers 1.0. Install a newer version of the plugin, or ask"),
        ("1.0", 'amparo_api is not a version such as "1.0"'),
    ],
)
async def test_a_plugin_for_another_version_is_refused_before_a_hook_of_it_is_called(
    shelf: Shelf, declared: str, cause: str
) -> None:
    with guests(shelf, f"amparo_api = {declared}\n{CALLED}") as host:
        from tests.plugins_for_tests.hanging import BEGAN

        guest = info_of(host, "guest")
        assert guest.state is PluginState.FAILED
        assert guest.cause.startswith("amparo_api: ")
        assert cause in guest.cause
        assert not BEGAN.is_set()
        await the_rest_works(host)


async def test_one_that_imports_what_only_a_newer_version_has_is_told_so_and_not_that_a_name_is_missing(
    shelf: Shelf,
) -> None:
    source = 'amparo_api: str = "1.7"\nfrom amparo import of_tomorrow\n' + CALLED
    with guests(shelf, source) as host:
        assert "written for version 1.7 of amparo" in info_of(host, "guest").cause
        await the_rest_works(host)


async def test_an_import_that_fails_for_another_reason_keeps_its_cause(shelf: Shelf) -> None:
    with guests(shelf, 'amparo_api = "1.0"\nimport no_such_module\n' + CALLED) as host:
        assert info_of(host, "guest").cause.startswith("import: ModuleNotFoundError")


async def test_a_version_that_raises_when_it_is_looked_at_fails_its_plugin(shelf: Shelf) -> None:
    with guests(shelf, "def __getattr__(name): raise OSError('disk')\n" + CALLED) as host:
        assert info_of(host, "guest").cause == "amparo_api: OSError: disk (guest_bar.py line 5)"
        await the_rest_works(host)


async def test_one_that_declares_none_is_loaded_with_a_remark_and_one_that_fits_without(shelf: Shelf) -> None:
    with guests(shelf, CALLED) as host:
        guest = info_of(host, "guest")
        assert (guest.state, guest.remarks) == (PluginState.ON, (UNDECLARED,))
    with guests_again(shelf) as host:
        assert info_of(host, "newer").remarks == ()


@contextmanager
def guests_again(shelf: Shelf) -> Iterator[PluginHost]:
    shelf.module("newer_bar", f'amparo_api = "{amparo.API_VERSION}"\n{CALLED}')
    shelf.distribution("newer-bar", points="newer = newer_bar")
    with closing(PluginHost.load([NEIGHBOUR], settings=Settings())) as host:
        yield host


async def test_what_ships_with_amparo_moves_together_with_it(load: Load, shelf: Shelf) -> None:
    assert info_of(load(shelf.module("ours", CALLED)), "ours").remarks == ()


async def test_what_will_go_works_and_is_told_under_the_plugins_name(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amparo, "_Letter", amparo.Envelope, raising=False)
    source = 'amparo_api = "1.0"\n' + AGEING.format(first="from amparo import Letter", body="pass")
    with guests(shelf, source, *WILL_GO) as host:
        guest = info_of(host, "guest")
        assert (guest.state, sorted(guest.remarks)) == (PluginState.ON, sorted(TOLD))
        await the_rest_works(host)


async def test_what_is_used_only_when_it_is_called_is_told_then_and_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amparo, "_Letter", amparo.Envelope, raising=False)
    body = "import amparo; assert isinstance(envelope, amparo.Letter)"
    source = 'amparo_api = "1.0"\n' + AGEING.format(first="", body=body)
    with guests(shelf, source, WILL_GO[0]) as host:
        assert info_of(host, "guest").remarks == ()
        (channel,) = [one for one in host.channels() if one.name == "mine"]
        await asyncio.gather(*(host.acall(channel, channel.deliver, ENVELOPE) for _ in range(3)))
        assert info_of(host, "guest").remarks == (TOLD[0],)
