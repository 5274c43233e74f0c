"""One SFTP server: its key must be known, and whatever it refuses is told in a sentence.

asyncssh is imported when it is needed: few commands read a roster.
"""

import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from posixpath import join
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from amparo import AmparoError
from plugins.rosters.configured import Described, secret

if TYPE_CHECKING:
    import asyncssh

PATIENCE: Final = 30
"""Seconds for a connection and for a sign of life."""


class Sftp(Described, frozen=True, kw_only=True):
    """Where the file lies and who we are there.

    ``host_key`` is the server's public key in one line, such as "ssh-ed25519 AAAA..."; ``key_file`` our private key,
    or ``password_env`` the environment variable with the password; ``passphrase_env`` that of the key, if it has one.
    """

    host: str
    username: str
    path: str
    host_key: str
    port: int = 22
    pattern: str = "*"
    key_file: str = ""
    passphrase_env: str = ""
    password_env: str = ""


class Remote(NamedTuple):
    """A file on the server: its path, when it was written (seconds since 1970) and how many bytes it has."""

    path: str
    written: int
    size: int


@asynccontextmanager
async def connected(told: Sftp) -> AsyncIterator["asyncssh.SFTPClient"]:
    """A session with the server. Raises AmparoError for whatever is refused, before or in the session."""
    import asyncssh

    with _told(told):
        async with (
            asyncssh.connect(told.host, told.port, **_identity(told)) as connection,
            connection.start_sftp_client() as client,
        ):
            yield client


def _identity(told: Sftp) -> dict[str, Any]:
    """Only what was described: no key, agent or configuration of the account that Amparo runs under."""
    import asyncssh

    asyncssh.import_public_key(told.host_key)  # which says what is wrong with it
    host = told.host if told.port == 22 else f"[{told.host}]:{told.port}"
    phrase = secret(told.passphrase_env) if told.passphrase_env else None
    keys = [asyncssh.read_private_key(told.key_file, phrase)] if told.key_file else None
    return {
        "username": told.username,
        "known_hosts": asyncssh.import_known_hosts(f"{host} {told.host_key}\n"),
        "client_keys": keys,
        "password": secret(told.password_env) if told.password_env else None,
        "config": None,
        "agent_path": None,
        "connect_timeout": PATIENCE,
        "login_timeout": PATIENCE,
        "keepalive_interval": PATIENCE,
    }


@contextmanager
def _told(told: Sftp) -> Iterator[None]:
    import asyncssh

    where = f"The SFTP server {told.host}"
    try:
        yield
    except asyncssh.HostKeyNotVerifiable as problem:
        raise AmparoError(
            f"{where} has another key than host_key says. Somebody may stand between: ask the bar for its key."
        ) from problem
    except asyncssh.PermissionDenied as problem:
        raise AmparoError(f"{where} refuses {told.username}: check key_file or password_env.") from problem
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as problem:
        raise AmparoError(f"key_file or host_key cannot be read as a key ({problem}).") from problem
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath) as problem:
        raise AmparoError(f"{where} has no {told.path}. Check the path.") from problem
    except (asyncssh.Error, OSError) as problem:
        raise AmparoError(f"{where} does not answer as it should ({type(problem).__name__}).") from problem


async def newest_of(client: "asyncssh.SFTPClient", told: Sftp, counts: Callable[[str], bool]) -> Remote:
    """The file at the path, or the newest in the folder there that counts."""
    about = await client.stat(told.path)
    if not stat.S_ISDIR(about.permissions or 0):
        return Remote(told.path, about.mtime or 0, about.size or 0)
    found = [
        Remote(join(told.path, str(each.filename)), each.attrs.mtime or 0, each.attrs.size or 0)
        for each in await client.readdir(told.path)
        if stat.S_ISREG(each.attrs.permissions or 0) and counts(str(each.filename))
    ]
    if not found:
        raise AmparoError(f"There is no file {told.pattern} in {told.path} on {told.host}.")
    return max(found, key=lambda remote: (remote.written, remote.path))
