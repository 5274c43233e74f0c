"""Pages a second through the real server: each engine in a server process of its own, asked over loopback.

Eight connections ask for the page again and again, each as soon as it has its answer. The servers take turns of a
second, and the best turn of each counts: whatever else the machine does can only take away from it. The one who asks
takes processor time from the one who answers, which makes a fast variant look slower than it is.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from litestar import Litestar

from bench.portal.engines import MEMORY, OURS, STOCK, bind, engines
from bench.portal.waiting import NOW
from core.host import PluginHost
from core.settings import Settings
from web.access.sessions import SESSION
from web.app import create_app

ENGINE: Final = "AMPARO_BENCH_ENGINE"
DATABASE: Final = "AMPARO_BENCH_DATABASE"
CONNECTIONS: Final = 8
SECONDS: Final = 1.0
TURNS: Final = 7
READY_WITHIN: Final = 30.0
"""Seconds that a server may take to start."""


def served() -> Litestar:
    """The portal with the engine that the environment names: what a server process runs."""
    settings = Settings(database=os.environ[DATABASE])
    host = PluginHost.load((), settings=settings, entry_points=False)
    app = create_app(settings, host, clock=lambda: NOW, works=False)
    app.on_startup.append(lambda: bind(engines()[os.environ[ENGINE]]))
    return app


async def rates(database: str, token: str) -> dict[str, float]:
    """The most pages a second for each engine, on a database that is filled."""
    taken: dict[str, list[float]] = {name: [] for name in (OURS, STOCK, MEMORY)}
    with ExitStack() as running:
        ports = {name: running.enter_context(_server(name, database)) for name in taken}
        for port in ports.values():
            await _ready(port)
            await _rate(port, token, SECONDS / 2)
        for _ in range(TURNS):
            for name, port in ports.items():
                taken[name].append(await _rate(port, token, SECONDS))
    return {name: max(seen) for name, seen in taken.items()}


@contextmanager
def _server(engine: str, database: str) -> Iterator[int]:
    port = _free_port()
    options = ("--interface", "asgi", "--factory", "--no-ws", "--loop", "asyncio", "--log-level", "warning")
    command = (sys.executable, "-m", "granian", *options, "--port", str(port), f"{__name__}:served")
    server = subprocess.Popen(command, env=os.environ | {ENGINE: engine, DATABASE: database})
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _ready(port: int) -> None:
    """Wait until the server accepts a connection."""
    async with asyncio.timeout(READY_WITHIN):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


async def _rate(port: int, token: str, seconds: float) -> float:
    """Pages a second over some seconds."""
    began = time.perf_counter()
    counts = await asyncio.gather(*[_ask_on(port, token, began + seconds) for _ in range(CONNECTIONS)])
    return sum(counts) / (time.perf_counter() - began)


async def _ask_on(port: int, token: str, until: float) -> int:
    """Ask for one page after another on one connection; returns how many came."""
    request = f"GET /cases HTTP/1.1\r\nhost: localhost\r\ncookie: {SESSION}={token}\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    pages = 0
    while time.perf_counter() < until:
        writer.write(request)
        await _answer(reader)
        pages += 1
    writer.close()
    return pages


async def _answer(reader: asyncio.StreamReader) -> None:
    """Read one answer to its end; anything but a page ends the measurement."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status, *lines = head.split("\r\n")
    if not status.startswith("http/1.1 200"):
        raise SystemExit(f"The page answered {status}.")
    length = next(line for line in lines if line.startswith("content-length:"))
    await reader.readexactly(int(length.partition(":")[2]))
