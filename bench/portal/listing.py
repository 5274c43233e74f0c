"""The page of open cases: our SQLite engine against Piccolo's own, and against the same page from memory.

Two tables are of one process, without a network: the portal's ASGI application is called directly, by a signed-in
volunteer, 25 cases a page of 300 that wait. "From memory" answers each statement with what it answered before, so it
shows what is left when the database costs nothing: no engine can be faster than that.

The variants take turns request by request, and medians count, so that a busy machine is busy for all of them. The
ratio is of processor time, all threads together: it limits how many requests a process can serve, and unlike the
time on the clock it does not grow for a variant with more threads when the machine has other work.

The third table is of the real server, each variant in a process of its own: ``bench.portal.serving``.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

import msgspec
from litestar import Litestar

from bench.portal.engines import STOCK, Work, bound, engines
from bench.portal.serving import rates
from bench.portal.waiting import NOW, filled
from core.host import PluginHost
from core.queries.cases.listings import Wishes, languages_listed, open_cases
from core.services.accounts.signing_in import whoami
from core.settings import Settings
from web.access.sessions import SESSION
from web.app import create_app

WARM_UP: Final = 5
TURNS: Final = 150


def asking(token: str, settings: Settings) -> Work:
    """The data of the page alone: session, account, 25 listings, languages."""

    async def ask() -> None:
        await whoami(token, settings=settings, now=NOW)
        await open_cases(Wishes(), today=NOW.date())
        await languages_listed()

    return ask


def loading(app: Litestar, token: str) -> Work:
    """The whole page, through the application."""
    headers = [(b"host", b"localhost"), (b"cookie", f"{SESSION}={token}".encode())]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/cases",
        "raw_path": b"/cases",
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def load() -> bytes:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await app({**scope, "state": {}}, receive, send)  # type: ignore[arg-type]  # -- a scope is a plain mapping
        if sent[0]["status"] != 200:
            raise SystemExit(f"The page answered {sent[0]['status']}.")
        return b"".join(message.get("body", b"") for message in sent)

    return load


class Cost(msgspec.Struct, frozen=True):
    """The median of one request, in milliseconds of processor time and on the clock."""

    processor: float
    clock: float


async def costs(variants: dict[str, Work]) -> dict[str, Cost]:
    """What a request costs in each variant."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in variants}
    for turn in range(WARM_UP + TURNS):
        for name, work in variants.items():
            clock, processor = time.perf_counter(), time.process_time()
            await work()
            if turn >= WARM_UP:
                taken[name].append((time.process_time() - processor, time.perf_counter() - clock))
    return {name: Cost(*(1e3 * median(column) for column in zip(*seen, strict=True))) for name, seen in taken.items()}


def show(title: str, measured: dict[str, Cost]) -> None:
    """Print one table, each line as a ratio against Piccolo's own engine."""
    print(f"\n{title:<28} {'processor':>14} {'on the clock':>14}   against {STOCK}")
    for name, cost in measured.items():
        ratio = measured[STOCK].processor / cost.processor
        print(f"  {name:<26} {cost.processor:>11.2f} ms {cost.clock:>11.2f} ms   {ratio:>4.1f} x")


def show_rates(measured: dict[str, float]) -> None:
    """Print what the real server answers, each line as a ratio against Piccolo's own engine."""
    print(f"\n{'Served over the network':<28} {'pages a second':>29}   against {STOCK}")
    for name, rate in measured.items():
        print(f"  {name:<26} {rate:>29,.0f}   {rate / measured[STOCK]:>4.1f} x")


async def measure(settings: Settings) -> None:
    """Measure all three tables on this database."""
    token = await filled(settings.database)
    host = PluginHost.load((), settings=settings, entry_points=False)
    app = create_app(settings, host, clock=lambda: NOW, works=False)
    async with app.lifespan():
        await _compare(app, token, settings)
    show_rates(await rates(settings.database, token))


async def _compare(app: Litestar, token: str, settings: Settings) -> None:
    ask, load, variants = asking(token, settings), loading(app, token), engines()
    pages = {name: bound(engine, load) for name, engine in variants.items()}
    if len({await page() for page in pages.values()}) != 1:
        raise SystemExit("The variants show different pages.")
    show("The data of the page", await costs({name: bound(engine, ask) for name, engine in variants.items()}))
    show("The whole page", await costs(pages))


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        asyncio.run(measure(Settings(database=f"sqlite:///{Path(folder) / 'amparo.db'}")))


if __name__ == "__main__":
    main()
