"""Rosters on an SFTP server, over a real connection on the loopback."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncssh
import pytest
import pytest_asyncio

from core.errors import PluginError
from tests.core.members.shapes import ANA, BEN, plain
from tests.plugins.rosters.described import entries_of, host_of

SFTP = "plugins.rosters.sftp"


class Drop:
    """What the server offers, and the keys by which both sides know each other."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "outgoing"
        self.files.mkdir()
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.key_file = folder / "key"
        self.key.write_private_key(self.key_file)
        self.port = 0

    def put(self, name: str, data: bytes, *, day: int) -> None:
        (self.files / name).write_bytes(data)
        os.utime(self.files / name, (day * 86_400, day * 86_400))

    def described(self, **other: Any) -> str:
        told = {
            "kind": "sftp", "title": "Our bar", "bar": "NM", "host": "127.0.0.1", "port": self.port,
            "username": "amparo", "path": "/outgoing", "key_file": str(self.key_file),
            "host_key": self.host_key.export_public_key().decode().strip(), **other,
        }  # fmt: skip
        lines = (f"{name} = {value!r}" for name, value in told.items() if value is not None)
        return "\n".join(["[our-bar]", *lines])


class Signing(asyncssh.SSHServer):
    """Lets in whoever has the key, or the password."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("amparo", "s3cret")


@pytest_asyncio.fixture
async def drop(tmp_path: Path) -> AsyncIterator[Drop]:
    made = Drop(tmp_path)
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Signing,
        server_host_keys=[made.host_key],
        authorized_client_keys=asyncssh.import_authorized_keys(made.key.export_public_key().decode()),
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=os.fsencode(tmp_path)),
    )
    made.port = server.get_port()
    yield made
    server.close()
    await server.wait_closed()


async def test_the_newest_file_on_the_server_counts(tmp_path: Path, drop: Drop) -> None:
    drop.put("march.csv", plain(BEN), day=10)
    drop.put("april.csv", plain(ANA, BEN), day=40)
    drop.put("may.csv.filepart", b"4312", day=70)
    drop.put("note.txt", b"The roster is in April's file.", day=70)

    async with host_of(tmp_path, drop.described(pattern="*.csv"), SFTP) as host:
        (roster,) = host.rosters()
        entries = await entries_of(host, "our-bar")

    assert [entry.name for entry in entries] == ["Ana M. García", "Ben M. Öz"]
    assert vars(roster)["as_of"] == datetime(1970, 2, 10, tzinfo=UTC)


async def test_a_password_comes_from_the_environment(
    tmp_path: Path, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop.put("roster.csv", plain(ANA), day=10)
    described = drop.described(path="/outgoing/roster.csv", key_file=None, password_env="OUR_BAR_PASSWORD")
    async with host_of(tmp_path, described, SFTP) as host:
        with pytest.raises(PluginError, match="The environment variable OUR_BAR_PASSWORD is not set"):
            await entries_of(host, "our-bar")
        monkeypatch.setenv("OUR_BAR_PASSWORD", "wrong")
        with pytest.raises(PluginError, match="refuses amparo: check key_file or password_env"):
            await entries_of(host, "our-bar")
        monkeypatch.setenv("OUR_BAR_PASSWORD", "s3cret")
        assert len(await entries_of(host, "our-bar")) == 1


async def test_messages_about_a_file_name_the_server_and_not_our_copy(tmp_path: Path, drop: Drop) -> None:
    drop.put("roster.csv", plain(ANA, BEN | {"Registration Number": ""}), day=10)

    async with host_of(tmp_path, drop.described(), SFTP) as host:
        with pytest.raises(PluginError) as failure:
            await entries_of(host, "our-bar")
    assert "sftp://127.0.0.1/outgoing/roster.csv, row 3, Registration Number" in str(failure.value)


async def test_a_server_with_another_key_gets_nothing(tmp_path: Path, drop: Drop) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()

    async with host_of(tmp_path, drop.described(host_key=other), SFTP) as host:
        with pytest.raises(PluginError, match="has another key than host_key says"):
            await entries_of(host, "our-bar")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"path": "/elsewhere"}, "has no /elsewhere. Check the path."),
        ({}, r"There is no file \* in /outgoing on 127.0.0.1"),
        ({"key_file": "/dev/null"}, "key_file or host_key cannot be read as a key"),
        ({"host_key": "our key"}, "key_file or host_key cannot be read as a key"),
        ({"port": 1}, "does not answer as it should"),
    ],
)
async def test_whatever_cannot_be_had_is_told(tmp_path: Path, drop: Drop, other: dict[str, Any], said: str) -> None:
    async with host_of(tmp_path, drop.described(**other), SFTP) as host:
        with pytest.raises(PluginError, match=said):
            await entries_of(host, "our-bar")
