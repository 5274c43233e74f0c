"""Finds the programs that tests need beside Python, and leaves them out only where somebody asked for that."""

import os
import shutil
from pathlib import Path

INSTALL = {
    "postgres": "apt-get install -y --no-install-recommends postgresql",
    "chromium": "apt-get install -y --no-install-recommends chromium fonts-dejavu-core fonts-noto-core libatomic1",
}


class MissingProgramError(Exception):
    """A program that the suite needs is not installed. The message ends with the command that installs it."""


def left_out() -> frozenset[str]:
    """What ``AMPARO_SKIP`` names: ``postgres``, ``chromium`` or both, separated by commas."""
    names = frozenset(name.strip() for name in os.environ.get("AMPARO_SKIP", "").split(",") if name.strip())
    unknown = names - INSTALL.keys()
    if unknown:
        raise ValueError(f"AMPARO_SKIP names {', '.join(sorted(unknown))}; it knows {', '.join(INSTALL)}.")
    return names


def postgres_programs() -> Path:
    """The folder of ``initdb``, ``pg_ctl`` and ``psql``: the newest of Debian's, else the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise _missing("PostgreSQL", "postgres")
    return (found[-1] if found else Path(str(on_path)).resolve()).parent


def chromium_program() -> str:
    """The browser: ``AMPARO_CHROMIUM`` where it is set, else Debian's Chromium without windows, else the whole one."""
    found = os.environ.get("AMPARO_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        raise _missing("Chromium", "chromium")
    return found


def _missing(title: str, name: str) -> MissingProgramError:
    return MissingProgramError(
        f"{title} is not installed. Install it with:\n    {INSTALL[name]}\n"
        f"or leave its tests out on purpose: AMPARO_SKIP={name} make test"
    )
