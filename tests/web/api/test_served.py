"""Pushes to a served portal: the manual's examples, a server that is killed, and 20,000 entries."""

import asyncio
import json
import os
import re
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from core import tables as t
from core.model.states import RosterRunState
from core.store.database import Database, open_database
from core.store.rosters.roster_runs import run_called
from tests.rosters import listed, members, synced
from tests.web.api.programs import accept, empty_roster, token_for, written
from tests.web.serving import server_of, serving

MANUAL = Path(__file__).parents[3] / "docs" / "roster-api.md"
BLOCK = re.compile(r"```(sh|json)\n(.*?)```", re.DOTALL)
PATH = "/api/v1/rosters/our-bar/entries"
MIB = 1024
"""KiB."""


def example(command: str, **environment: str) -> Any:
    """What a command of the manual is answered."""
    run = ["bash", "-c", command]
    ended = subprocess.run(run, env={**os.environ, **environment}, capture_output=True, check=True, timeout=60)
    return json.loads(ended.stdout)


async def test_the_examples_of_the_manual_run_and_are_answered_as_it_says(
    database: Database, database_url: str
) -> None:
    await empty_roster()
    token = await token_for(days=700)
    blocks = BLOCK.findall(MANUAL.read_text("utf-8"))
    commands = [text for kind, text in blocks if kind == "sh"]
    answers = [json.loads(text) for kind, text in blocks if kind == "json"]

    with serving(database_url) as address:
        for command, wanted in zip(commands, answers, strict=True):
            answer = await asyncio.to_thread(example, command, AMPARO=address, TOKEN=token)
            if answer.get("state") == "held":
                await accept(answer["run"])
            assert answer | {"run": ""} == wanted | {"run": ""}

    assert await listed() == ["0012345", "0012346", "0012347"]


async def applying() -> bool:
    """Whether a run is in the middle of being applied."""
    run = t.RosterRun
    return bool(await run.exists().where(run.state == str(RosterRunState.APPLYING), run.done > 0))


async def half_a_minute_passes() -> None:
    """What the killed server held has run out."""
    for table in (t.Roster, t.RosterPush):
        await table.update({table.claimed_until: datetime(2026, 1, 1, tzinfo=UTC)}).where(table.claim.is_not_null())


async def test_a_server_that_is_killed_between_two_parts_and_one_that_is_killed_at_the_last_lose_nothing(
    database: Database, database_url: str
) -> None:
    await synced(members(6_000))
    headers = {"Authorization": f"Bearer {await token_for(days=700)}"}
    parts = [written(members(2_000, 1001 + 2_000 * at)) for at in range(3)]
    bodies = [{"part_of": "all", "entries": part, "final": at == 2} for at, part in enumerate(parts)]
    bodies[2]["entries"] = [one | {"county": "Taos"} for one in parts[2]]

    async def push(address: str, at: int) -> httpx.Response:
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120) as client:
            return await client.put(PATH, json=bodies[at], headers={"Idempotency-Key": f"part-{at}"})

    with server_of(database_url) as (address, server):
        assert (await push(address, 0)).json()["parts"] == 1
        os.killpg(server, signal.SIGKILL)
    with server_of(database_url) as (address, server):
        assert (await push(address, 0)).json()["parts"] == 1
        assert (await push(address, 1)).json()["parts"] == 2
        last = asyncio.create_task(push(address, 2))
        while not (await asyncio.wait({last}, timeout=0.01))[0] and not await applying():
            continue
        os.killpg(server, signal.SIGKILL)
        await asyncio.wait({last})
    with serving(database_url) as address:
        early = await push(address, 2)
        assert early.status_code in (200, 409)
        await half_a_minute_passes()
        answer = await push(address, 2)

    assert (answer.status_code, answer.json()["state"]) == (200, "applied")
    assert (answer.json()["tally"]["changed"], answer.json()["tally"]["gone"]) == (2_000, 0)
    assert (await run_called(answer.json()["run"])).done == 2_000
    assert len(await listed()) == 6_000


def most_memory(group: int) -> int:
    """The most that the processes of a group have held, in KiB."""
    held = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                held += int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0])
        except (OSError, IndexError):
            continue
    return held


async def test_twenty_thousand_members_come_in_batches_within_little_memory(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    await synced(members(3))
    headers = {"Authorization": f"Bearer {await token_for(days=700)}"}
    batches = [written(members(4_000, 1001 + 4_000 * at)) for at in range(5)]

    with server_of(sqlite_url) as (address, server):
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120) as client:
            body: dict[str, Any] = {"entries": written(members(3))}
            await client.put(PATH, json=body, headers={"Idempotency-Key": "warm"})
            before, answers = most_memory(server), list[httpx.Response]()
            for at, batch in enumerate(batches):
                body = {"part_of": "all", "entries": batch, "final": at == 4, "total": 20_000 if at == 4 else None}
                answers.append(await client.put(PATH, json=body, headers={"Idempotency-Key": f"all-{at}"}))
            grown = most_memory(server) - before

    assert [one.status_code for one in answers] == [202, 202, 202, 202, 200]
    assert answers[-1].json()["tally"]["new"] == 19_997
    assert grown < 60 * MIB
    assert len(await listed()) == 20_000
    await database.close()
