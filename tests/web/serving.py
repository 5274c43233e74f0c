"""The portal as people meet it: ``amparo run`` in a process of its own, on loopback."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds until a server that does not answer, or does not end, counts as hanging."""


@contextmanager
def serving(database: str, **settings: str) -> Iterator[str]:
    """Serve a migrated database; yields the address, ends the server with the block."""
    with server_of(database, **settings) as (address, _):
        yield address


@contextmanager
def server_of(database: str, **settings: str) -> Iterator[tuple[str, int]]:
    """The same, with the id of the server's process, which leads a group of its own and may be killed."""
    port = _free_port()
    environment = {**os.environ, "AMPARO_DATABASE": database, "AMPARO_BASE_URL": f"http://127.0.0.1:{port}", **settings}
    command = [sys.executable, "-m", "web.cli", "run", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, process_group=0) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _health(address, server).raise_for_status()
            yield address, server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=PATIENCE)


def _health(address: str, server: subprocess.Popen[bytes]) -> httpx.Response:
    """What a server says of itself as soon as it listens; httpx.ConnectError where it ends before that."""
    with httpx.Client(timeout=PATIENCE) as client:
        while True:
            try:
                return client.get(f"{address}/health")
            except httpx.ConnectError:
                with suppress(subprocess.TimeoutExpired):
                    server.wait(timeout=0.05)
                    raise


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
