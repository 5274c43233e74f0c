"""A PostgreSQL server that belongs to the tests: unprivileged, on loopback only, gone when they end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import Self

from tests.programs import postgres_programs

ROLE = "amparo"

# Nothing outlives the tests, so nothing has to survive a power cut.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
    "autovacuum": "off",
    "update_process_title": "off",
}

# Waits for its input to end, which happens however the tests end, and then leaves no trace of the server.
WATCH = 'trap "" HUP INT TERM; cat; "$1" --pgdata="$2" --mode=immediate stop; rm -rf "$3"'


class PrivateCluster:
    """One server, any number of databases. Start it once a worker; each test asks for a database of its own."""

    def __init__(self) -> None:
        self._programs = postgres_programs()
        self._home = Path(tempfile.mkdtemp(prefix="amparo-postgres-"))
        self._data = self._home / "data"
        self._owner = _unprivileged_user()
        self._numbers = count(1)
        self._watch: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Create the cluster and start it on a free loopback port; returns when it answers."""
        if self._owner:
            shutil.chown(self._home, self._owner)
        self._watch = self._watcher()
        self._run(
            "initdb",
            f"--username={ROLE}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            f"--pgdata={self._data}",
        )
        self.port = _free_port()
        options = {**SETTINGS, "port": str(self.port), "unix_socket_directories": str(self._home)}
        flags = " ".join(f"-c {name}={value}" for name, value in options.items())
        self._run("pg_ctl", f"--pgdata={self._data}", f"--log={self._home / 'log'}", f"--options={flags}", "start")

    def stop(self) -> None:
        """Stop the server at once and remove every trace of it."""
        if self._watch is not None:
            self._watch.communicate(timeout=60)

    @property
    def folder(self) -> Path:
        """Where everything is that the server writes."""
        return self._home

    def create_database(self, template: str | None = None) -> str:
        """Make a fresh database and return its URL. ``template`` is the URL of one to copy that nobody is using."""
        name = f"amparo_{next(self._numbers)}"
        copied = f' TEMPLATE "{template.rpartition("/")[2]}"' if template else ""
        self._sql(f'CREATE DATABASE "{name}"{copied}')
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        """Remove a database, connected or not."""
        self._sql(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _watcher(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["sh", "-c", WATCH, "watch", self._programs / "pg_ctl", self._data, self._home],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
            user=self._owner,
            group=self._group(),
            extra_groups=[] if self._owner else None,
        )

    def _group(self) -> int | None:
        return pwd.getpwnam(self._owner).pw_gid if self._owner else None

    def _sql(self, statement: str) -> None:
        self._run(
            "psql",
            f"--host={self._home}",
            f"--port={self.port}",
            f"--username={ROLE}",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            f"--command={statement}",
            "postgres",
        )

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: the server inherits it, and a pipe would stay open as long as the server runs.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [self._programs / program, *arguments],
                user=self._owner,
                group=self._group(),
                extra_groups=[] if self._owner else None,
                cwd=self._home,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self._home)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if done.returncode:
            raise RuntimeError(f"{program} failed with status {done.returncode}:\n{said}{self._log()}")

    def _log(self) -> str:
        log = self._home / "log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as Debian's ``postgres``, or as ``nobody``."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
