"""A large document through a served portal: never whole in memory, and never readable on the disk."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx

from core.model.people import SYSTEM
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import create_account
from core.services.cases.intake import receive_case
from core.services.runs.proposing import utc_now
from core.store.accounts import open_session
from core.store.database import open_database
from tests.web.portal import Page
from tests.web.serving import server_of
from tests.worlds import case
from web.access.sessions import SESSION

MARK = b"CanaryOfTheDocument "
PARTS = 1024
PART = MARK * (64 * 1024 // len(MARK))
ROOM = 24 * 2**20
"""How much more the server may hold at once than before, in bytes: far less than the file's 64 MB."""
BOUNDARY = "amparo-test"
KIND = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def most_held(process: int) -> int:
    """The most bytes that a server's processes have held at once, each of them."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    told = [Path(f"/proc/{pid}/status").read_text() for pid in (str(process), *children)]
    peaks = [line for status in told for line in status.splitlines() if line.startswith("VmHWM")]
    return sum(int(line.split()[1]) * 1024 for line in peaks)


def form(fields: dict[str, str]) -> Iterator[bytes]:
    """A form with the file at its end, made while it is sent."""
    for name, value in fields.items():
        yield _head(f'name="{name}"') + f"{value}\r\n".encode()
    yield _head('name="file"; filename="notes.txt"')
    for _ in range(PARTS):
        yield PART
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


def _head(disposition: str) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode()


async def a_case(url: str) -> tuple[str, str]:
    """The documents of a case, and the session of a coordinator."""
    database, now = await open_database(url), utc_now()
    roles = (AccountRole.COORDINATOR,)
    account = await create_account(email="carmen@example.org", name="Carmen", roles=roles, by=SYSTEM, now=now)
    made = await receive_case(case(), by=SYSTEM, now=now)
    token = await open_session(account, now=now)
    await database.close()
    return f"/cases/{made.id}/documents", token


def test_a_large_document_comes_and_goes_in_little_memory_and_no_word_of_it_is_on_the_disk(
    sqlite_url: str,
) -> None:
    path, token = asyncio.run(a_case(sqlite_url))
    with server_of(sqlite_url, AMPARO_DOCUMENT_MIB="100") as (address, server):
        with httpx.Client(base_url=address, cookies={SESSION: token}, timeout=120) as carmen:
            page = Page(carmen.get(path))
            before = most_held(server)
            fields = page.form(f"{path}/add") | {"kind": "evidence", "about": "", "sharing": "staff"}
            added = Page(carmen.post(f"{path}/add", content=form(fields), headers=KIND, follow_redirects=True))
            assert added.heading == "1 document", added.text
            (link,) = [one for one in added.links if one.endswith("/file")]
            with carmen.stream("GET", link) as answer:
                size = sum(len(part) for part in answer.iter_bytes())
            held = most_held(server) - before
        files = Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir()
        readable = [file.name for file in files if file.is_file() and MARK in file.read_bytes()]
    assert size == PARTS * len(PART)
    assert held < ROOM
    assert readable == []
