"""A roster that somebody puts into a folder, or always into the same file: the newest one counts."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from amparo import AmparoError, Roster, RosterEntry, Settings, hookimpl, read_members
from plugins.rosters.configured import Described, described

UNFINISHED: Final = (".part", ".partial", ".tmp", ".filepart", ".crdownload", "~")


class FolderDrop(Described, frozen=True, kw_only=True):
    """Reads the newest CSV, TSV or Excel file at ``path``; in a folder, of those whose names fit ``pattern``."""

    path: str
    pattern: str = "*"

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give every member in the newest file."""
        file = await asyncio.to_thread(self.newest)
        async for entry in read_members(file, bar=self.bar, mapping=self.mapping):
            yield entry

    def newest(self) -> Path:
        """The file that counts. Hidden and unfinished ones do not."""
        path = Path(self.path)
        if not path.is_dir():
            return path
        files = [each for each in path.glob(self.pattern) if each.is_file() and is_finished(each.name)]
        if not files:
            raise AmparoError(f"{self.name}: there is no file {self.pattern} in {path}. Put the roster there.")
        return max(files, key=lambda each: (each.stat().st_mtime_ns, each.name))


def is_finished(name: str) -> bool:
    """Whether a file's name does not say that it is hidden or still being written."""
    return not name.startswith((".", "~")) and not name.casefold().endswith(UNFINISHED)


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """The rosters of kind folder."""
    return described(settings, "folder", FolderDrop)
