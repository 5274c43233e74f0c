"""The page of open cases: our SQLite engine against Piccolo's own, and against the same page from memory.

One process, no network: the portal's ASGI application is called directly, by a signed-in volunteer, 25 cases a
page of 300 that wait. "From memory" answers each statement with what it answered before, so it shows what is left
when the database costs nothing: no engine can be faster than that.

The variants take turns request by request, and medians count, so that a busy machine is busy for all of them. The
ratio is of processor time, all threads together: it limits how many requests a process can serve, and unlike the
time on the clock it does not grow for a variant with more threads when the machine has other work.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

import msgspec
import numpy as np
from litestar import Litestar
from piccolo.engine.sqlite import SQLiteEngine
from piccolo.querystring import QueryString

from core import tables as t
from core.host import PluginHost
from core.model.states import CaseState
from core.model.vocabulary import AccountRole, Forum, Posture, PracticeArea
from core.queries.listings import Wishes, languages_waiting, open_cases
from core.services.accounts import whoami
from core.settings import Settings
from core.store.accounts import open_session
from core.store.database import open_database
from core.store.keys import new_id
from core.store.migrating import migrate
from web.app import create_app
from web.sessions import SESSION
from web.templating import environment

NOW: Final = datetime(2026, 11, 24, 16, 14, tzinfo=UTC)
WAITING: Final = 300
WARM_UP: Final = 5
TURNS: Final = 150
STOCK: Final = "Piccolo's own engine"
Work = Callable[[], Awaitable[Any]]
Engine = SQLiteEngine


class Remembering(SQLiteEngine):
    """Answers each statement with what it was answered the first time."""

    def __init__(self, behind: Engine) -> None:
        self._behind, self._known = behind, dict[str, list[dict[str, Any]]]()
        super().__init__(path=behind.path)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[dict[str, Any]]:
        """Look the answer up by statement and values."""
        sql, values = querystring.compile_string(engine_type=self.engine_type)
        key = f"{sql}{values}"
        if key not in self._known:
            self._known[key] = await self._behind.run_querystring(querystring)
        return [dict(row) for row in self._known[key]]


def bound(engine: Engine, work: Work) -> Work:
    """The same work with the tables bound to another engine."""

    async def run() -> Any:
        for table in t.TABLES:
            table._meta.db = engine
        return await work()

    return run


async def furnished() -> str:
    """Fill the open database with a volunteer and waiting cases; returns the token of her session."""
    account = t.Account(id=new_id(), email="alma@example.org", name="Alma", created_at=NOW)
    await t.Account.insert(account)
    await t.RoleGrant.insert(t.RoleGrant(account=account.id, role=str(AccountRole.VOLUNTEER)))
    await t.Volunteer.insert(t.Volunteer(id=new_id(), reference="A-1", account=account.id, name="Alma", created_at=NOW))
    draw = np.random.default_rng(1)
    await t.Case.insert(*[_case(number, draw) for number in range(WAITING)])
    return await open_session(account.id, now=NOW)


def _case(number: int, draw: np.random.Generator) -> t.Case:
    since = NOW - timedelta(days=int(draw.integers(3, 200)))
    return t.Case(
        id=new_id(),
        reference=f"26-{number:04}",
        state=str(CaseState.WAITLISTED),
        practice_area=str(draw.choice(list(PracticeArea))),
        skill_level=int(draw.integers(1, 5)),
        languages=msgspec.json.encode([str(draw.choice(["es", "es", "es", "mam", "quc", "ht"]))]).decode(),
        forum=str(draw.choice(list(Forum))),
        posture=str(draw.choice(list(Posture))),
        us_state="NM",
        region=str(draw.choice(["Central", "North", "South", "East"])),
        hours=float(draw.integers(5, 60)),
        received=since.date(),
        waiting_since=since,
        deadline=date(2027, 3, 1) if draw.random() < 0.4 else None,
        deadline_kind="one-year filing",
        tier=int(draw.integers(1, 4)),
        summary="Fled threats against her family and asks for help with her filing.",
        changed_at=NOW,
    )


def asking(token: str, settings: Settings) -> Work:
    """The data of the page alone: session, account, 25 listings, languages."""

    async def ask() -> None:
        await whoami(token, settings=settings, now=NOW)
        await open_cases(Wishes(), today=NOW.date())
        await languages_waiting()

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


async def measure(folder: Path) -> None:
    """Measure both tables on a database in this folder."""
    settings = Settings(database=f"sqlite:///{folder / 'amparo.db'}")
    database = await open_database(settings.database)
    try:
        await migrate(database)
        token = await furnished()
    finally:
        await database.close()
    host = PluginHost.load((), settings=settings, entry_points=False)
    app = create_app(settings, host, clock=lambda: NOW, works=False)
    async with app.lifespan():
        await _compare(app, token, settings)


async def _compare(app: Litestar, token: str, settings: Settings) -> None:
    ours: Any = t.Case._meta.db
    engines = {"Amparo's engine": ours, STOCK: SQLiteEngine(path=ours.path), "from memory": Remembering(ours)}
    ask, load = asking(token, settings), loading(app, token)
    pages = {name: bound(engine, load) for name, engine in engines.items()}
    if len({await page() for page in pages.values()}) != 1:
        raise SystemExit("The variants show different pages.")
    show("The data of the page", await costs({name: bound(engine, ask) for name, engine in engines.items()}))
    show("The whole page", await costs(pages))


def main() -> None:
    """Print the measurements."""
    environment().auto_reload = False
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
