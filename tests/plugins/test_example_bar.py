"""The example distribution: its own tests pass, its pieces keep their contracts, and it is no part of ours."""

import sys
import zipfile
from pathlib import Path

import pytest

from core.host.kinds import KINDS
from tests.house.tracked import ROOT
from tests.plugins.packaging import typed

EXAMPLE = ROOT / "plugins" / "example_bar"


def test_its_own_tests_pass_without_being_installed() -> None:
    partners = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # what our own tests brought along, a partner does not have
    run = typed(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", into=EXAMPLE, **partners)

    assert run.returncode == 0, run.stdout + run.stderr


def test_every_piece_keeps_its_contract_with_everything_set(tmp_path: Path) -> None:
    amparo = str(Path(sys.executable).parent / "amparo")
    given = {"EXAMPLE_BAR_LETTERS": str(tmp_path), "EXAMPLE_BAR_TALLY": str(tmp_path / "tally.csv")}

    run = typed(amparo, "check-plugin", ".", "--live", into=EXAMPLE, **given)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "channel example_bar_letters" in run.stdout
    assert "observer example_bar_tally" in run.stdout
    assert "advice" not in run.stdout


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_it_has_an_example_and_a_contract_test_of_every_hook(kind: object) -> None:
    name = getattr(kind, "name", "")
    source = (EXAMPLE / "src" / "example_bar" / f"{name}.py").read_text()
    tests = (EXAMPLE / "tests" / f"test_{name}.py").read_text()

    assert f"def amparo_{name}(" in source
    assert f"    check_{name.removesuffix('s')}(" in tests


@pytest.mark.xdist_group("wheel")
def test_our_own_distribution_ships_the_pattern_of_a_plugin_and_not_the_example(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    pattern = {path for path in (ROOT / "web/cli/data/new_plugin").rglob("*") if path.is_file()}
    wanted = {str(path.relative_to(ROOT)) for path in pattern if "__pycache__" not in path.parts}
    assert wanted <= names
    assert {"amparo.py", "amparo_testing.py", "plugins/rules/ability.py"} <= names
    assert {"core/py.typed", "amparo-stubs/__init__.pyi", "amparo_testing-stubs/__init__.pyi"} <= names
    assert [name for name in names if "example_bar" in name] == []
