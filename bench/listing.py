"""The page of open cases: our SQLite engine against Piccolo's own, and against the same page from memory.

One process, no network: the portal's ASGI application is called directly, by a signed-in volunteer, 25 cases a
page of 300 that wait. The variants take turns, so that a busy machine is busy for all of them; the best round of
each counts. "From memory" answers each statement with what it answered before; "template alone" only renders.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
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
ROUNDS: Final = 5
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


async def rates(variants: dict[str, Work], *, times: int) -> dict[str, float]:
    """How often each variant runs in a second: the best of several rounds in turn."""
    best = dict.fromkeys(variants, 0.0)
    for _ in range(ROUNDS):
        for name, work in variants.items():
            await work()
            began = time.perf_counter()
            for _ in range(times):
                await work()
            best[name] = max(best[name], times / (time.perf_counter() - began))
    return best


def show(title: str, measured: dict[str, float], reference: str) -> None:
    """Print one table, each line as a ratio against its reference."""
    print(f"\n{title}")
    for name, rate in measured.items():
        print(f"  {name:<42} {rate:>9,.0f} /s   {rate / measured[reference]:>5.1f} x")


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
    stock = SQLiteEngine(path=ours.path)
    engines = {"Amparo's engine": ours, "Piccolo's own engine": stock, "from memory": Remembering(ours)}
    ask, load = asking(token, settings), loading(app, token)
    data = {name: bound(engine, ask) for name, engine in engines.items()}
    show("The data of the listing page", await rates(data, times=60), "Piccolo's own engine")
    pages = {name: bound(engine, load) for name, engine in engines.items()}
    if len({await page() for page in pages.values()}) != 1:
        raise SystemExit("The variants show different pages.")
    show("The listing page", await rates(pages, times=60), "Piccolo's own engine")
    bound(ours, ask)


def main() -> None:
    """Print the measurements."""
    environment().auto_reload = False
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
