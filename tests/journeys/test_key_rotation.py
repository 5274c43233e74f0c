"""The clinic's key is changed while people work: no request fails, a kill does no harm, and nothing lies in clear.

A real served process, several people at once, and ``amparo keys rotate`` beside them, killed twice on its way.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from core.key_files import fresh_key, read_keys
from core.model.clients.client import ClientField, Purpose
from core.model.events import chain_breaks
from core.model.people import SYSTEM
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import create_account
from core.services.cases import intake
from core.services.clients.disclosing import read_client
from core.services.privacy import holding
from core.store import audit
from core.store.accounts import open_session
from core.store.clients import holds
from core.store.database import open_database
from core.store.sealed.clinic_keys import uses_of_keys
from tests.postgres import PrivateCluster
from tests.web.serving import ROOT, server_of
from tests.worlds import case, coordinator
from web.access.forgery import signature
from web.access.sessions import SESSION

CASES, PEOPLE = 24, 3
MARK = "Zzyzx-Quetzalli"
"""What no file may hold in clear; the tests before have never written it."""
NAME, HELD = f"{MARK} name", f"{MARK} hold"


class People:
    """Some people who work without a pause until they are told to stop; ``answers`` counts every answer they got."""

    def __init__(self, address: str, session: str, cases: list[UUID]) -> None:
        self._address, self._session, self._cases = address, session, cases
        self._stop, self._numbers = threading.Event(), count()
        self.answers, self.failures = Counter[int](), list[str]()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let them work while the block lasts."""
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(PEOPLE)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _work(self, person: int) -> None:
        """Each reads what is sealed, and seals more on cases of her own: holds on cases that have no key yet."""
        mine = iter(self._cases[CASES // 2 + person :: PEOPLE])
        with httpx.Client(base_url=self._address, cookies={SESSION: self._session}, timeout=60) as client:
            while not self._stop.is_set():
                known = self._cases[next(self._numbers) % (CASES // 2)]
                self._note(client.get(f"/cases/{known}/client"), NAME)
                self._note(client.get(f"/cases/{known}/privacy"), HELD)
                self._note(client.get(f"/cases/{known}/dates"), "1971-05-04")
                if (fresh := next(mine, None)) is not None:
                    form = {"_csrf_token": signature(self._session), "reason": HELD}
                    self._note(client.post(f"/cases/{fresh}/privacy/hold", data=form), "")

    def _note(self, answer: httpx.Response, expected: str) -> None:
        self.answers[answer.status_code] += 1
        if answer.status_code >= 400 or expected not in answer.text:
            self.failures.append(f"{answer.status_code} {answer.request.method} {answer.url.path}")


async def a_clinic(url: str, key_file: Path) -> tuple[list[UUID], str]:
    """Cases, of which the first half have clients whom somebody holds, and a coordinator who is signed in."""
    database, now, keys = await open_database(url, key_file=str(key_file)), datetime.now(UTC), list[UUID]()
    for number in range(CASES):
        client = {ClientField.NAME: NAME, ClientField.BIRTH_DATE: "1971-05-04"} if number < CASES // 2 else {}
        new = await intake.receive_case(case(f"NM-{number}"), client=client, by=SYSTEM, now=now)
        if client:
            await holding.hold_case(new.id, reason=HELD, by=SYSTEM, now=now)
        keys.append(new.id)
    account = await create_account(
        email="carmen@example.org", name="Carmen", roles=(AccountRole.COORDINATOR,), by=SYSTEM, now=now
    )
    session = await open_session(account, now=now)
    await database.close()
    return keys, session


def rotate(url: str, key_file: Path, *, killed_after: int = 0) -> list[str]:
    """Run the command, three rows a transaction; killed without mercy after so many lines. What it said."""
    environment = {**os.environ, "AMPARO_DATABASE": url, "AMPARO_KEY_FILE": str(key_file)}
    command = [sys.executable, "-m", "web.cli", "keys", "rotate", "--batch", "3"]
    said = list[str]()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as rotating:
        assert rotating.stdout is not None
        for line in rotating.stdout:
            said.append(line.strip())
            if len(said) == killed_after:
                rotating.send_signal(signal.SIGKILL)
    assert rotating.returncode == (-signal.SIGKILL if killed_after else 0)
    return said


def ids(file: Path) -> list[str]:
    return [key.id for key in read_keys(file.read_text(), "file").keys]


def plaintext_in(*folders: Path) -> list[str]:
    """The files below these folders that hold the mark."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if MARK.encode() in file.read_bytes()]


@pytest.fixture
def folders(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """Where the database writes, and where its key is."""
    if database_url.startswith("sqlite"):
        return [tmp_path]
    cluster: PrivateCluster = request.getfixturevalue("postgres_cluster")
    return [tmp_path, cluster.folder]


async def test_the_key_is_rotated_under_load_and_through_kills_without_a_failed_request(
    database_url: str, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AMPARO_KEY", raising=False)
    url, key_file = database_url, tmp_path / "clinic.key"
    key_file.write_text(fresh_key() + "\n")
    (old,) = ids(key_file)
    cases, session = await a_clinic(url, key_file)

    with server_of(url, AMPARO_KEY_FILE=str(key_file)) as (address, _):
        people = People(address, session, cases)
        with people.at_work():
            rotate(url, key_file, killed_after=2)
            under_way = ids(key_file)
            rotate(url, key_file, killed_after=2)
            said = rotate(url, key_file)
            found = plaintext_in(*folders)

    assert people.failures == []
    assert set(people.answers) <= {200, 303}
    assert people.answers.total() > CASES
    assert len(under_way) == 2
    assert (under_way[1], ids(key_file)) == (old, under_way[:1])
    assert said[-1] == f"Everything is made with the key {under_way[0]}."
    assert found == plaintext_in(*folders) == []
    database = await open_database(url, key_file=str(key_file))
    by = await coordinator(datetime.now(UTC))
    assert set(await uses_of_keys()) == {under_way[0]}
    for key in cases[: CASES // 2]:
        now = datetime.now(UTC)
        assert (await read_client(key, (ClientField.NAME,), purpose=Purpose.CONTACT, by=by, now=now)) == {
            ClientField.NAME: NAME
        }
    held = [hold.reason for key in cases for hold in await holds.holds_of(key)]
    assert set(held) == {HELD}
    assert len(held) > CASES // 2
    assert chain_breaks(await audit.events(limit=1_000_000)) is None
    await database.close()
