"""A bar's program as it meets the portal: a token, requests with keys, answers as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import uuid4

import httpx
import msgspec
from litestar import Litestar

from core.model.people import SYSTEM
from core.model.rosters.entries import RosterEntry
from core.services.rosters.applying import apply_run
from core.services.rosters.tokens import make_token
from core.store.database import transaction
from core.store.rosters import roster_runs, rosters
from tests.rosters import members, synced
from tests.web.portal import ADDRESS
from tests.worlds import NOW

ROSTER = "our-bar"


def written(entries: Iterable[RosterEntry]) -> list[dict[str, Any]]:
    """Entries as a program writes them."""
    said = [msgspec.to_builtins(entry) for entry in entries]
    return [{name: value for name, value in one.items() if value not in ("", 0, [], None)} for one in said]


class Program:
    """Somebody's program with a token."""

    def __init__(self, app: Litestar, token: str, **cookies: str) -> None:
        transport = httpx.ASGITransport(app=cast(Any, app), raise_app_exceptions=False, client=("127.0.0.1", 1))
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=headers, cookies=cookies)

    async def push(
        self, entries: Sequence[RosterEntry], *, key: str = "", roster: str = ROSTER, **said: Any
    ) -> httpx.Response:
        """Send entries under a key of their own, or under this one."""
        body = {"entries": written(entries), **said}
        return await self.client.put(
            f"/api/v1/rosters/{roster}/entries", json=body, headers={"Idempotency-Key": key or str(uuid4())}
        )


async def empty_roster(name: str = ROSTER, bar: str = "NM") -> None:
    """A roster that was never synchronised."""
    async with transaction():
        await rosters.ensure_roster(name, title="Members of our bar", bar=bar)


async def token_for(name: str = ROSTER, **said: Any) -> str:
    """A fresh token."""
    return await make_token(name, label="nightly", by=SYSTEM, now=NOW, **said)


async def program_of(app: Litestar, count: int = 20) -> Program:
    """The program of a bar whose roster has so many members."""
    await synced(members(count))
    return Program(app, await token_for())


async def accept(short: str) -> None:
    """A person has looked at a held run and applies it."""
    await apply_run(await roster_runs.run_called(short), accept=True, by=SYSTEM, clock=lambda: NOW)
