"""A roster that a bar puts on an SFTP server: the newest file is brought over, read and forgotten."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import basename
from tempfile import TemporaryDirectory

from amparo import AmparoError, Roster, RosterEntry, Settings, hookimpl, read_members
from plugins.rosters.configured import Source, described
from plugins.rosters.folder import is_finished
from plugins.rosters.ssh import Sftp, connected, newest_of

MOST_BYTES = 2_000_000_000


class SftpDrop(Source[Sftp]):
    """Brings over the newest file of a server whose key is known."""

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give every member in the newest file on the server."""
        with TemporaryDirectory(prefix="amparo-") as folder:
            async with connected(self.told) as server:
                remote = await newest_of(server, self.told, self._counts)
                if remote.size > MOST_BYTES:
                    raise AmparoError(f"{remote.path} has more than {MOST_BYTES // 10**9} GB.")
                local = Path(folder, basename(remote.path))
                await server.get(remote.path, local)
            self.as_of = datetime.fromtimestamp(remote.written, UTC)
            where = f"sftp://{self.told.host}/{remote.path.lstrip('/')}"
            async with aclosing(read_members(local, bar=self.bar, mapping=self.mapping, source=where)) as members:
                async for entry in members:
                    yield entry

    def _counts(self, name: str) -> bool:
        return is_finished(name) and fnmatchcase(name, self.told.pattern)


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """The rosters of kind sftp."""
    return [SftpDrop(told) for told in described(settings, "sftp", Sftp)]
