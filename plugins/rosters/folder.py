"""A roster that somebody puts into a folder, or always into the same file: the newest one counts."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from amparo import AmparoError, Roster, RosterEntry, Settings, hookimpl, read_members
from plugins.rosters.configured import Described, Source, described

UNFINISHED: Final = (".part", ".partial", ".tmp", ".filepart", ".crdownload", "~")


class Folder(Described, frozen=True, kw_only=True):
    """A CSV, TSV or Excel file at ``path``; in a folder, the newest of those whose names fit ``pattern``."""

    path: str
    pattern: str = "*"


class FolderDrop(Source[Folder]):
    """Reads the file that counts now."""

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give every member in the newest file."""
        file, self.as_of = await asyncio.to_thread(self._newest)
        async with aclosing(read_members(file, bar=self.bar, mapping=self.mapping)) as members:
            async for entry in members:
                yield entry

    def _newest(self) -> tuple[Path, datetime | None]:
        path = Path(self.told.path)
        if not path.is_dir():
            return path, _written(path) if path.exists() else None
        files = [each for each in path.glob(self.told.pattern) if each.is_file() and is_finished(each.name)]
        if not files:
            raise AmparoError(f"There is no file {self.told.pattern} in {path}. Put the roster there.")
        newest = max(files, key=lambda each: (_written(each), each.name))
        return newest, _written(newest)


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def is_finished(name: str) -> bool:
    """Whether a file's name does not say that it is hidden or still being written."""
    return not name.startswith((".", "~")) and not name.casefold().endswith(UNFINISHED)


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """The rosters of kind folder."""
    return [FolderDrop(told) for told in described(settings, "folder", Folder)]
