"""What is installed is pinned, hashed and named, and nothing says from where: mirrors and archives work alike."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tracked import ROOT, text_of, tracked_files

PACKAGING = ("pyproject.toml", "requirements", "Makefile", ".ci/", "tools/")
SOURCES = re.compile(r"\w+://|--(extra-)?index-url|--find-links|--trusted-host", re.IGNORECASE)
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)( ;[^\\]+)? \\\n(?P<hashes>( +--hash=\S+( \\)?\n)*)", re.MULTILINE
)


def packaging_files() -> list[Path]:
    return [path for path in tracked_files() if path.as_posix().startswith(PACKAGING)]


@pytest.mark.parametrize("path", packaging_files(), ids=str)
def test_no_packaging_file_names_a_place_to_download_from(path: Path) -> None:
    assert [line for line in text_of(path).splitlines() if SOURCES.search(line)] == []


def test_every_pin_has_a_hash() -> None:
    lock = text_of(Path("requirements.txt"))
    named = re.findall(r"^([A-Za-z0-9._-]+)[=<>~ @]", lock, re.MULTILINE)
    pins = {pin["name"]: pin["hashes"].count("--hash=sha256:") for pin in PIN.finditer(lock)}

    assert [name for name in named if not pins.get(name)] == []
    assert len(pins) > 50


def test_the_lock_holds_every_library_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    pinned = {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text_of(Path("requirements.txt")))}

    missing = [
        wanted
        for wanted in map(Requirement, asked)
        if not wanted.specifier.contains(pinned.get(canonicalize_name(wanted.name), ""), prereleases=True)
    ]
    assert missing == []
