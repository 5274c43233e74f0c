"""``amparo check-plugin``: what is checked, what is said of a plugin that breaks its contract, and how it ends."""

import json
import os
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plugins import BUILTIN
from tests.plugins_for_tests.shelf import Shelf
from web.cli import main

GOOD = """\
from amparo import hookimpl, rule

@rule(role="attorney", reads=("practice_area",), blocks="training")
def our_bar_training(case, volunteers):
    "No attorney at level 2 for {practice_area}."
    return volunteers.level[:, case.practice_area] >= 2

@hookimpl
def amparo_rules():
    return [our_bar_training]
"""
PROJECT = '[project]\nname = "our-bar"\nversion = "2.1"\n[project.entry-points.amparo]\nour-bar = "our_bar.plugin"\n'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check-plugin", "--time-limit", "2", *arguments])


def written(folder: Path, source: str, name: str = "our_bar.py") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(source))
    return str(path)


def wrong(result: Result) -> dict[str, str]:
    """What was found wrong, by check, from ``--json``."""
    assert result.exit_code == 1, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    assert told["ok"] is False
    outcomes = [outcome for plugin in told["plugins"] for outcome in plugin["outcomes"]]
    return {one["check"]: one["problem"] for one in outcomes if one["state"] == "wrong"}


def test_a_good_plugin_passes_and_the_report_says_what_was_checked(tmp_path: Path) -> None:
    result = run(written(tmp_path, GOOD))

    assert result.exit_code == 0, result.output
    assert "ok        imports only amparo of ours" in result.stdout
    assert "rule our_bar_training" in result.stdout
    assert result.stdout.endswith("All 13 checks passed.\n\n")


def test_one_that_does_not_say_its_version_is_advised_and_one_for_another_is_refused(tmp_path: Path) -> None:
    silent = run(written(tmp_path, GOOD))
    assert "advice    will fit tomorrow" in silent.stdout
    assert "It does not say for which version of amparo it was written." in silent.stdout

    assert "advice" not in run(written(tmp_path, 'amparo_api = "1.0"\n' + GOOD)).stdout
    found = wrong(run("--json", written(tmp_path, 'amparo_api = "7.0"\n' + GOOD)))
    assert "Upgrade Amparo, or install an older version of the plugin." in found["loads"]


def test_what_is_checked_is_the_file_as_it_is_now_however_soon_it_was_mended(tmp_path: Path) -> None:
    """Same size and same second: byte code that an earlier check had left would pass for the new source."""
    for version, exit_code in (("7.0", 1), ("1.0", 0), ("7.0", 1)):
        path = written(tmp_path, f'amparo_api = "{version}"\n' + GOOD)
        os.utime(path, (1_000_000_000, 1_000_000_000))
        assert run(path).exit_code == exit_code


def test_a_package_and_a_project_are_checked_by_their_folders(tmp_path: Path) -> None:
    written(tmp_path, "", "src/our_bar/__init__.py")
    written(tmp_path, GOOD, "src/our_bar/plugin.py")
    written(tmp_path, PROJECT, "pyproject.toml")

    for path, version in ((tmp_path / "src" / "our_bar", ""), (tmp_path, "2.1")):
        (plugin,) = json.loads(run("--json", str(path)).stdout)["plugins"]
        assert (plugin["ok"], plugin["module"], plugin["version"]) == (True, "our_bar.plugin", version)


def test_an_installed_plugin_is_checked_by_its_name(shelf: Shelf) -> None:
    (shelf.folder / "guest_bar.py").write_text(GOOD)
    shelf.distribution("guest-bar", points="guest = guest_bar", version="2.3")

    (plugin,) = json.loads(run("--json", "guest").stdout)["plugins"]
    assert (plugin["name"], plugin["version"], plugin["ok"]) == ("guest", "2.3", True)


@pytest.mark.parametrize(
    ("source", "check", "said"),
    [
        ("import core.store\n" + GOOD, "imports only amparo of ours", "our_bar.py line 1 imports core"),
        ("from matching import planning\n" + GOOD, "imports only amparo of ours", "line 1 imports matching"),
        ("def broken(:\n", "imports only amparo of ours", "our_bar.py line 1 is no Python"),
        ("import sys\nsys.exit(3)\n", "loads", "import: SystemExit: 3"),
        ("import os\nos._exit(3)\n", "loads", "Its process ended with exit code 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", "loads", "Its process ended by SIGKILL"),
        ("import threading\nthreading.Event().wait()\n", "loads", "import: no answer within 2 seconds"),
        ("import os\nos.closerange(3, 99)\n" + GOOD, "loads", "Its process ended with exit code 1"),
        (
            "import os, threading\nos.closerange(3, 99)\nthreading.Event().wait()\n",
            "loads",
            "It closes files of the process",
        ),
        ("x = 1\n", "loads", "registration: It implements no hook"),
        (GOOD.replace("amparo_rules()", "amparo_rules(database)"), "loads", "database"),
        (GOOD.replace("return [our", "return [our_bar_training, our"), "names that nobody else uses", "already used"),
        (GOOD.replace("our_bar_training", "can_be_there"), "names that nobody else uses", "the name can_be_there"),
        (
            GOOD.replace("return volunteers", "return bytearray(1 << 33) or volunteers"),
            "answers for every case, and asks only for what it may",
            "It wants more memory than a check allows",
        ),
        (
            GOOD.replace("return volunteers", "import subprocess; subprocess.Popen(['cat']); 1 / 0; return volunteers"),
            "answers for every case, and asks only for what it may",
            "ZeroDivisionError",
        ),
        (
            GOOD.replace("return volunteers", "import os; os.abort(); return volunteers"),
            "answers for every case, and asks only for what it may",
            "Its process ended by SIGABRT",
        ),
    ],
)
def test_a_hostile_plugin_is_reported_and_never_ends_the_command(
    tmp_path: Path, source: str, check: str, said: str
) -> None:
    assert said in wrong(run("--json", written(tmp_path, source)))[check]


def test_what_holds_the_interpreter_is_ended_from_outside(tmp_path: Path) -> None:
    # As a regular expression that backtracks for ages, this holds the interpreter's lock: no thread can tell of it.
    stuck = "import ctypes\nctypes.PyDLL(None).sleep(600)\n" + GOOD

    result = CliRunner().invoke(main, ["check-plugin", "--time-limit", "0.2", "--json", written(tmp_path, stuck)])
    assert "did nothing more for 2 seconds and was ended" in wrong(result)["loads"]


def test_a_checkout_of_ours_beside_a_plugin_is_not_taken_for_the_partners_door(tmp_path: Path) -> None:
    (tmp_path / "amparo").mkdir()

    assert run(written(tmp_path, GOOD)).exit_code == 0


def test_what_a_plugin_prints_spoils_no_result(tmp_path: Path) -> None:
    result = run("--json", written(tmp_path, "import os\nprint('[hello]')\nos.write(1, b'[hello]')\n" + GOOD))

    assert json.loads(result.stdout)["ok"] is True


def test_the_report_names_what_is_wrong_and_what_would_be_right(tmp_path: Path) -> None:
    result = run(written(tmp_path, GOOD.replace('reads=("practice_area",)', "reads=()")))

    assert result.exit_code == 1
    assert "It reads case.practice_area without declaring it: add 'practice_area' to reads." in result.stdout
    assert "1 of 7 checks found something wrong." in result.stdout


def test_a_plugin_that_brings_nothing_is_told_so_and_passes(tmp_path: Path) -> None:
    result = run(written(tmp_path, GOOD.replace("return [our_bar_training]", "return []")))

    assert result.exit_code == 0
    assert "Its hooks return nothing with these settings." in result.stdout


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nobody-there", "There is no plugin and no file named “nobody-there”."),
        (".", "is neither a project (pyproject.toml) nor a package (__init__.py)"),
        ("roster.csv", "roster.csv is no Python file"),
        ("our-bar.py", "our-bar cannot be imported"),
    ],
)
def test_what_is_no_plugin_is_bad_input(target: str, said: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("roster.csv", "our-bar.py"):
        (tmp_path / name).write_text("")

    result = run(target)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [("[project]\nname = 'x'\n", "names no plugin: add [project.entry-points.amparo]"), ("[", "cannot be read")],
)
def test_a_project_without_a_plugin_is_bad_input(tmp_path: Path, text: str, said: str) -> None:
    written(tmp_path, text, "pyproject.toml")

    result = run(str(tmp_path))
    assert result.exit_code == 2
    assert said in result.stderr


def test_every_built_in_plugin_passes() -> None:
    names = [module.partition(".")[2] for module in BUILTIN]
    ended = {name: run("--json", name) for name in names}

    assert {name: wrong(result) for name, result in ended.items() if result.exit_code} == {}
