"""``amparo plugins`` on the plugins that ship with Amparo and on guests."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.model.people import Actor
from core.model.vocabulary import AccountRole
from core.services.plugins.switching import switch_off
from core.settings import Settings
from core.versions import UNDECLARED
from plugins import BUILTIN
from tests.plugins_for_tests.shelf import Shelf
from tests.worlds import NOW
from web.cli import COMMANDS, SUMMARIES, main
from web.cli.opening import clinic_at_work


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["plugins", *arguments], env={"COLUMNS": "200", **environment})


def listed(result: Result) -> dict[str, dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return {plugin["name"]: plugin for plugin in json.loads(result.stdout)}


def test_every_built_in_plugin_is_on() -> None:
    found = listed(run("--json"))

    ours = [plugin for plugin in found.values() if plugin["source"] == "builtin"]
    assert [plugin["module"] for plugin in ours] == list(BUILTIN)
    assert {plugin["state"] for plugin in ours} == {"on"}


def test_the_json_of_a_plugin_has_its_origin_its_providers_its_state_and_its_record(shelf: Shelf) -> None:
    shelf.module("guest_bar", "@rule(role='mentor', reads=(), blocks='x')\ndef mine(c, v): ...\n" + HOOK)
    shelf.distribution("guest-bar", points="guest = guest_bar", version="2.3")

    assert listed(run("--json"))["guest"] == {
        "name": "guest",
        "module": "guest_bar",
        "version": "2.3",
        "source": "entry point",
        "state": "on",
        "cause": "",
        "providers": {"rules": ["mine"]},
        "calls": 0,
        "failures": 0,
        "slow": 0,
        "seconds": 0.0,
        "last_error": "",
        "resting": [],
        "remarks": [UNDECLARED],
        "grown_mib": 0,
    }


HOOK = "@hookimpl\ndef amparo_rules(): return [mine]"


def test_a_guest_that_fails_is_listed_with_its_cause_and_what_it_prints_spoils_nothing(shelf: Shelf) -> None:
    shelf.module("guest_bar", "print('[welcome]')\nraise OSError('[no] key')")
    shelf.distribution("guest-bar", points="guest = guest_bar")

    found = listed(run("--json"))["guest"]
    assert (found["state"], found["cause"]) == ("failed", "import: OSError: [no] key (guest_bar.py line 6)")
    assert "import: OSError: [no] key (guest_bar.py line 6)" in run().stdout


def test_a_guest_for_another_version_is_listed_with_what_to_do_and_one_that_fits_says_nothing(shelf: Shelf) -> None:
    shelf.module("new_bar", 'amparo_api = "1.900"\n' + HOOK.replace("[mine]", "[]"))
    shelf.module("good_bar", 'amparo_api = "1.0"\n' + HOOK.replace("[mine]", "[]"))
    shelf.distribution("some-bars", points="new = new_bar\ngood = good_bar")

    found = listed(run("--json"))
    assert (found["good"]["state"], found["good"]["remarks"]) == ("on", [])
    assert found["new"]["state"] == "failed"
    assert "Upgrade Amparo, or install an older version of the plugin." in found["new"]["cause"]


def test_a_blocked_plugin_is_listed_as_blocked() -> None:
    found = listed(run("--json", AMPARO_BLOCK="channels.smtp, rules.place"))

    assert {name for name, plugin in found.items() if plugin["state"] == "blocked"} == {"channels.smtp", "rules.place"}


def test_what_a_coordinator_switched_off_is_listed_so_and_not_loaded(sqlite_url: str) -> None:
    asyncio.run(switch_off_the_calm(sqlite_url))

    found = listed(run("--json", AMPARO_DATABASE=sqlite_url))
    calm = found.pop("scorers.calm")
    assert (calm["state"], calm["providers"]) == ("switched off", {})
    assert calm["cause"].startswith("Carmen switched it off on ")
    assert {plugin["state"] for plugin in found.values() if plugin["source"] == "builtin"} == {"on"}


async def switch_off_the_calm(url: str) -> None:
    async with clinic_at_work(Settings(database=url)) as clinic:
        by = Actor(label="Carmen", account=None, roles=(AccountRole.COORDINATOR,))
        await switch_off("scorers.calm", clinic=clinic, by=by, now=NOW)


def test_without_a_database_the_plugins_are_listed_and_none_is_made(tmp_path: Path) -> None:
    run("--json", AMPARO_DATABASE=f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


def test_strict_ends_with_exit_code_1_and_names_plugin_and_cause(shelf: Shelf) -> None:
    shelf.module("guest_bar", "1 / 0")
    shelf.distribution("guest-bar", points="guest = guest_bar")
    result = run(AMPARO_STRICT="1")

    assert result.exit_code == 1
    assert "Error: guest: start: import: ZeroDivisionError: division by zero" in result.stderr


def test_where_all_must_start_the_portal_says_which_did_not_before_it_serves(
    shelf: Shelf, tmp_path: Path, sqlite_template: Path
) -> None:
    shelf.module("guest_bar", "1 / 0")
    shelf.distribution("guest-bar", points="guest = guest_bar")
    path = tmp_path / "amparo.db"
    path.write_bytes(sqlite_template.read_bytes())
    settings = {"AMPARO_STRICT": "1", "AMPARO_DATABASE": f"sqlite:///{path}"}

    result = CliRunner().invoke(main, ["run"], env=settings)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Error: guest: start: import: ZeroDivisionError: division by zero" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_setting_that_cannot_be_understood_ends_with_exit_code_2() -> None:
    result = run(AMPARO_PLUGIN_SECONDS="soon")

    assert result.exit_code == 2
    assert "A setting cannot be understood" in result.stderr


def test_help_names_every_command_without_importing_any() -> None:
    result = CliRunner().invoke(main, ["--help"])

    assert [name for name in COMMANDS if f"  {name} " not in result.stdout] == []
    assert COMMANDS.keys() == SUMMARIES.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_list_says(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])

    assert result.exit_code == 0
    assert f"Usage: main {name}" in result.stdout
