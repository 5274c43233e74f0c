"""Partners' type checkers see our types: installed beside Amparo, a plugin passes ``mypy --strict``."""

from pathlib import Path
from subprocess import CompletedProcess
from sys import executable

import pytest

from tests.house.tracked import ROOT
from tests.plugins.packaging import installed, typed
from tools.stubs import MODULES, place_of, stub_of

pytestmark = pytest.mark.xdist_group("wheel")  # the partner's environment is made once, by one worker

EXAMPLE = ROOT / "plugins" / "example_bar"
WRONG = """
import amparo
import amparo_testing
from amparo import Receipt

amparo.rosters
Receipt(detail=3)
amparo_testing.check_rule("a rule")
"""


@pytest.mark.parametrize("module", MODULES)
def test_a_stub_says_what_its_module_says(module: str) -> None:
    assert place_of(module).read_text(encoding="utf-8") == stub_of(module), "Run python -m tools.stubs."


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of somebody who has installed Amparo."""
    return installed(wheel, tmp_path_factory.mktemp("partner") / "environment")


def checked(python: Path, folder: Path, *paths: str, **environment: str) -> CompletedProcess[str]:
    options = ("--strict", "--python-executable", str(python), "--cache-dir", str(python.parents[1] / "cache"))
    config = ("--config-file", "", "--explicit-package-bases", "--no-error-summary")
    return typed(executable, "-m", "mypy", *options, *config, *paths, into=folder, **environment)


def test_the_example_passes_the_strict_checker_of_somebody_who_installed_amparo(python: Path, tmp_path: Path) -> None:
    paths = [str(path.relative_to(EXAMPLE)) for path in sorted(EXAMPLE.glob("src/*/*.py"))]
    tests = [str(path.relative_to(EXAMPLE)) for path in sorted(EXAMPLE.glob("tests/*.py"))]

    run = checked(python, EXAMPLE, *paths, *tests, MYPYPATH="src")
    assert (run.returncode, run.stdout) == (0, "")


def test_the_checker_finds_what_is_not_there_and_what_has_the_wrong_type(python: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG)

    run = checked(python, tmp_path, "wrong.py")
    found = [line.split(" error: ")[1] for line in run.stdout.splitlines() if " error: " in line]
    assert run.returncode == 1
    assert ['"rosters"' in found[0], "Receipt" in found[1], "check_rule" in found[2], len(found)] == [True] * 3 + [3]
