"""Who may import whom: the written order holds, in the source and in a running interpreter."""

import subprocess
import sys

import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure

from tests.house.tracked import ROOT, python_files, text_of


def test_the_import_order_holds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    configure()

    assert use_cases.lint_imports(config_filename="pyproject.toml", cache_dir=None), capsys.readouterr().out


@pytest.mark.parametrize("room", ["core.model", "core.ruling", "matching"])
def test_a_pure_room_loads_no_database_no_web_and_no_plugin_host(room: str) -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        f"room = importlib.import_module({room!r})\n"
        f"for module in pkgutil.walk_packages(getattr(room, '__path__', []), {room + '.'!r}):\n"
        "    importlib.import_module(module.name)\n"
        "print(*sorted({'piccolo', 'aiosqlite', 'asyncpg', 'litestar', 'jinja2', 'pluggy'} & sys.modules.keys()))\n"
    )

    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert loaded.stdout.split() == []


@pytest.mark.parametrize("name", ["core/__init__.py", "matching/__init__.py"])
def test_a_package_that_partners_never_import_has_an_empty_door(name: str) -> None:
    assert [text_of(path) for path in python_files(name)] == [""]


def test_the_partners_door_only_re_exports() -> None:
    import amparo
    import core

    homes = {getattr(getattr(amparo, name), "__module__", "core") for name in amparo.__all__}

    assert core.__name__ in {home.partition(".")[0] for home in homes}
    assert sorted(amparo.__all__) == amparo.__all__
