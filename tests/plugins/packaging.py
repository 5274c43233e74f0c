"""Our own distribution as a clinic or a partner installs it: a wheel, and an environment with nothing else of ours."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

from tests.house.tracked import ROOT

FILES = ("amparo.py", "amparo_testing.py", "pyproject.toml", "README.md", "LICENSE")
FOLDERS = ("amparo-stubs", "amparo_testing-stubs", "core", "matching", "plugins", "web")


def typed(*words: str, into: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and return what it said."""
    given = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | environment
    return subprocess.run(words, cwd=into, env=given, capture_output=True, text=True, check=False)


def built_wheel(folder: Path) -> Path:
    """Our wheel, built in a folder without a network."""
    source = folder / "source"
    source.mkdir()
    for name in FILES:
        (source / name).write_bytes((ROOT / name).read_bytes())
    for name in FOLDERS:
        (source / name).symlink_to(ROOT / name)
    built = typed(
        *(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"),
        *("--disable-pip-version-check", "--wheel-dir", str(folder), "."),
        into=source,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("amparo-*.whl")
    return wheel


def installed(wheel: Path, folder: Path) -> Path:
    """The Python of an environment that has our wheel, and beside it the libraries of this one."""
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"
