"""Plugins that fail at start: each is listed with its cause, and the rest starts."""

import pytest

from core.errors import PluginError
from core.host import PluginSource, PluginState
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import NEIGHBOUR_NAME, Shelf

AT_IMPORT = {
    "1 / 0": "import: ZeroDivisionError: division by zero (bad.py line 5)",
    "sys.exit('no licence')": "import: SystemExit: no licence (bad.py line 5)",
    "raise KeyboardInterrupt": "import: KeyboardInterrupt: no message (bad.py line 5)",
    "raise GeneratorExit('stop')": "import: GeneratorExit: stop (bad.py line 5)",
    "import no_such_module": "import: ModuleNotFoundError: No module named 'no_such_module' (bad.py line 5)",
    "hang()": "import: no answer within 1 seconds",
}
AT_REGISTRATION = {
    "def __dir__(): raise OSError('disk')": "registration: OSError: disk (bad.py line 5)",
    "def __dir__(): hang()": "registration: no answer within 1 seconds",
    "answer = 42": "registration: It implements no hook: mark functions named amparo_... with hookimpl.",
    "@hookimpl\ndef amparo_rulez(): return []": "registration: It implements amparo_rulez, which is no hook of Amparo.",
    "@hookimpl(wrapper=True)\ndef amparo_rules(): return (yield)": (
        "registration: It wraps amparo_rules; hooks are called for each plugin alone."
    ),
}
KINDS = ("rules", "scorers", "matchers", "channels", "observers")


@pytest.mark.parametrize(("source", "cause"), AT_IMPORT.items())
async def test_a_plugin_that_fails_at_import_is_listed_with_its_cause_and_the_rest_starts(
    shelf: Shelf, load: Load, source: str, cause: str
) -> None:
    host = load(shelf.module("bad", source))

    assert (info_of(host, "bad").state, info_of(host, "bad").cause) == (PluginState.FAILED, cause)
    await the_rest_works(host)


async def test_a_plugin_that_does_not_exist_is_listed_with_its_cause_and_the_rest_starts(load: Load) -> None:
    host = load("nowhere_at_all")

    assert info_of(host, "nowhere_at_all").cause.startswith("import: ModuleNotFoundError: No module named")
    await the_rest_works(host)


@pytest.mark.parametrize(("source", "cause"), AT_REGISTRATION.items())
async def test_a_plugin_that_fails_at_registration_is_listed_with_its_cause_and_the_rest_starts(
    shelf: Shelf, load: Load, source: str, cause: str
) -> None:
    host = load(shelf.module("bad", source))

    assert (info_of(host, "bad").state, info_of(host, "bad").cause) == (PluginState.FAILED, cause)
    await the_rest_works(host)


async def test_a_hook_with_an_argument_that_it_does_not_get_is_refused(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", "@hookimpl\ndef amparo_rules(database): return []"))

    assert "Argument(s) {'database'} are declared in the hookimpl" in info_of(host, "bad").cause
    await the_rest_works(host)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise LookupError('no key')", "LookupError: no key (bad.py line 7)"),
        ("sys.exit()", "SystemExit: no message (bad.py line 7)"),
        ("return None", "It returned a NoneType instead of a list or tuple."),
        ("return 'abc'", "It returned a str instead of a list or tuple."),
        ("yield 1", "It returned a generator instead of a list or tuple."),
        ("return [object]", "It returned the class object: return an object of it."),
    ],
)
async def test_a_plugin_whose_hook_raises_or_returns_nonsense_fails_whatever_the_kind(
    shelf: Shelf, load: Load, kind: str, body: str, told: str
) -> None:
    host = load(shelf.module("bad", f"@hookimpl\ndef amparo_{kind}():\n    {body}"))

    assert info_of(host, "bad").state is PluginState.FAILED
    assert info_of(host, "bad").cause == f"amparo_{kind}: {told.format(kind=kind)}"
    await the_rest_works(host)


async def test_a_hook_that_hangs_fails_its_plugin_and_the_rest_starts(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", "@hookimpl\ndef amparo_scorers(): hang()"))

    assert info_of(host, "bad").cause == "amparo_scorers: no answer within 1 seconds"
    await the_rest_works(host)


async def test_a_plugin_with_one_bad_hook_brings_nothing_at_all(shelf: Shelf, load: Load) -> None:
    source = """
    @rule(role="attorney", reads=(), blocks="x")
    def half(case, volunteers): return volunteers.remote
    @hookimpl
    def amparo_rules(): return [half]
    @hookimpl
    def amparo_observers(): 1 / 0
    """
    host = load(shelf.module("bad", source))

    assert [rule.name for rule in host.rules()] == ["not_barred"]
    assert info_of(host, "bad").providers == {}
    await the_rest_works(host)


async def test_a_name_that_is_taken_refuses_the_second_plugin_and_keeps_the_first(shelf: Shelf, load: Load) -> None:
    source = """
    @scorer(role="attorney", reads=(), name="{name}")
    def mine(case, volunteers): return volunteers.load
    @hookimpl
    def amparo_scorers(): return [mine]
    """
    first = shelf.module("first", source.format(name="same"))
    second = shelf.module("second", source.format(name="same"))
    host = load(first, second)

    assert info_of(host, "first").state is PluginState.ON
    assert info_of(host, "second").state is PluginState.FAILED
    assert info_of(host, "second").cause == "amparo_scorers: the name same is already used by first"
    await the_rest_works(host)


async def test_a_name_used_twice_within_a_plugin_is_refused(shelf: Shelf, load: Load) -> None:
    source = """
    @scorer(role="attorney", reads=())
    def mine(case, volunteers): return volunteers.load
    @hookimpl
    def amparo_scorers(): return [mine, mine]
    """
    host = load(shelf.module("bad", source))

    assert info_of(host, "bad").cause == "amparo_scorers: the name mine is already used by bad"
    await the_rest_works(host)


async def test_a_blocked_plugin_is_not_even_imported(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", "raise RuntimeError('was imported')"), block=("bad",))

    assert (info_of(host, "bad").state, info_of(host, "bad").cause) == (
        PluginState.BLOCKED,
        "It is on the block list (AMPARO_BLOCK).",
    )
    await the_rest_works(host)


def test_strict_refuses_to_start_and_names_the_plugin_and_the_cause(shelf: Shelf, load: Load) -> None:
    bad = shelf.module("bad", "1 / 0")

    with pytest.raises(PluginError, match="bad: start: import: ZeroDivisionError: division by zero") as refused:
        load(bad, strict=True)
    assert refused.value.plugin == "bad"


async def test_strict_starts_where_a_plugin_is_only_blocked(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", "1 / 0"), strict=True, block=("bad",))

    await the_rest_works(host)


async def test_an_installed_distribution_is_found_by_its_entry_point(shelf: Shelf, load: Load) -> None:
    shelf.module("guest_bar", "@hookimpl\ndef amparo_rules(): return []")
    shelf.distribution("guest-bar", points="guest = guest_bar", version="2.3")
    host = load(entry_points=True)

    guest = info_of(host, "guest")
    assert (guest.module, guest.version) == ("guest_bar", "2.3")
    assert (guest.source, guest.state) == (PluginSource.ENTRY_POINT, PluginState.ON)
    assert info_of(host, NEIGHBOUR_NAME).source is PluginSource.BUILTIN
    await the_rest_works(host)


@pytest.mark.parametrize("name", ["guest", "guest-bar", "guest_bar"])
async def test_a_distribution_can_be_blocked_by_any_of_its_names(shelf: Shelf, load: Load, name: str) -> None:
    shelf.module("guest_bar", "1 / 0")
    shelf.distribution("guest-bar", points="guest = guest_bar")
    host = load(entry_points=True, block=(name,))

    assert info_of(host, "guest").state is PluginState.BLOCKED
    await the_rest_works(host)


async def test_broken_metadata_of_one_distribution_hides_no_other(shelf: Shelf, load: Load) -> None:
    shelf.module("guest_bar", "@hookimpl\ndef amparo_rules(): return []")
    shelf.distribution("guest-bar", points="guest = guest_bar")
    shelf.distribution("broken-bar", points="this is no entry point")
    host = load(entry_points=True)

    assert info_of(host, "guest").state is PluginState.ON
    assert info_of(host, "broken-bar").state is PluginState.FAILED
    await the_rest_works(host)


async def test_two_distributions_with_one_plugin_name_are_both_listed(shelf: Shelf, load: Load) -> None:
    shelf.module("guest_bar", "@hookimpl\ndef amparo_rules(): return []")
    shelf.distribution("guest-bar", points="guest = guest_bar")
    shelf.distribution("other-bar", points="guest = guest_bar")
    host = load(entry_points=True)

    states = [(info.state, info.cause) for info in host.plugins() if info.name == "guest"]
    assert states == [
        (PluginState.ON, ""),
        (PluginState.FAILED, "registration: another plugin is already named guest"),
    ]
    await the_rest_works(host)
