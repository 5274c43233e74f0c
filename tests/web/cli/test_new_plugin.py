"""``amparo new-plugin``: what it writes works at once, and it writes over nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new-plugin", *arguments])


def test_from_an_empty_folder_to_a_roster_that_is_applied(tmp_path: Path) -> None:
    """Everything that a bar's developer types, in processes of their own and without a network."""
    site, bin_folder = tmp_path / "site", Path(sys.executable).parent
    members = tmp_path / "members.csv"
    members.write_text("Number,Name,Status\n007,Alma Reyes,Active\n008,Omar Haddad,Retired\n")
    environment = os.environ | {
        "PYTHONPATH": str(site),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # what our own tests brought along, she does not have
        "COLUMNS": "200",
        "AMPARO_DATABASE": f"sqlite:///{tmp_path / 'amparo.db'}",
        "SANTA_FE_BAR_ROSTER": str(members),
    }

    def typed(*words: str, into: Path = tmp_path) -> str:
        done = subprocess.run(words, cwd=into, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    amparo = str(bin_folder / "amparo")
    assert "Wrote santa-fe-bar." in typed(amparo, "new-plugin", "santa-fe-bar")
    typed(
        *(sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"),
        *("--disable-pip-version-check", "--target", str(site), "./santa-fe-bar"),
    )
    listed = typed(amparo, "plugins")
    assert "santa-fe-bar" in listed
    assert "rules: santa_fe_bar_training_for_detained" in listed
    assert "rosters: santa-fe-bar" in listed
    checked = typed(amparo, "check-plugin", "santa-fe-bar")
    assert "roster santa-fe-bar" in checked
    assert "checks passed." in checked
    tested = typed(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", into=tmp_path / "santa-fe-bar")
    assert "5 passed" in tested

    typed(amparo, "migrate")
    shown = json.loads(typed(amparo, "sync", "santa-fe-bar", "--json"))
    assert (shown["run"]["state"], shown["run"]["tally"]["new"]) == ("previewed", 2)
    assert "Applied." in typed(amparo, "sync", "santa-fe-bar", "--apply")
    again = json.loads(typed(amparo, "sync", "santa-fe-bar", "--apply", "--json"))
    assert (again["run"]["tally"]["same"], again["changes"]) == (2, [])


def test_every_place_of_the_pattern_gets_the_new_name(tmp_path: Path) -> None:
    assert run("taos-bar", "--into", str(tmp_path)).exit_code == 0

    written = {path: path.read_text() for path in (tmp_path / "taos-bar").rglob("*") if path.is_file()}
    names = {str(path.relative_to(tmp_path)) for path in written}
    wanted = (".gitignore", "pyproject.toml", "src/taos_bar/plugin.py", "tests/test_plugin.py")
    assert {f"taos-bar/{name}" for name in wanted} <= names
    assert [path for path, text in written.items() for old in ("our-bar", "our_bar", "OUR_BAR") if old in text] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taos-bar"]


@pytest.mark.parametrize(
    "name", ["Our-Bar", "our_bar", "1bar", "our bar", "our--bar", "-bar", "bar-", "ñ", "", "a" * 61]
)
def test_what_is_no_name_is_refused_with_what_would_be_right(name: str, tmp_path: Path) -> None:
    result = run("--into", str(tmp_path), "--", name)

    assert result.exit_code == 2
    assert "small letters, digits and single hyphens" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["class", "json", "amparo", "core", "plugins", "amparo-testing", "numpy", "tests"])
def test_a_name_that_is_taken_is_refused(name: str, tmp_path: Path) -> None:
    result = run(name, "--into", str(tmp_path))

    assert result.exit_code == 2
    assert f"Choose another, such as {name}-bar. Nothing was written." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "taos-bar").mkdir()
    (tmp_path / "pecos-bar").symlink_to("nowhere")

    for name in ("taos-bar", "pecos-bar"):
        result = run(name, "--into", str(tmp_path))
        assert result.exit_code == 2
        assert "is there already" in result.stderr
    assert list((tmp_path / "taos-bar").iterdir()) == []


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run("taos-bar", "--into", str(tmp_path / "away"))

    assert result.exit_code == 2
    assert "There is no folder" in result.stderr
