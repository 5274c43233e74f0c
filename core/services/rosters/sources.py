"""Where a roster's entries come from: its plugin, or the export of it that somebody uploaded last."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Final
from uuid import UUID

import msgspec

from core.errors import BadInput
from core.members import ColumnMapping, read_members
from core.model.rosters.entries import RosterEntry
from core.protocols import Roster
from core.services.clinic import Clinic
from core.services.rosters.previews import Fetch
from core.store.rosters import roster_uploads
from core.store.rosters.roster_uploads import Row

BATCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """A roster and how its entries are fetched."""

    roster: Roster
    fetch: Fetch


class UploadedRoster:
    """A roster that people upload; never read by itself, since a person must bring a file first."""

    every = timedelta(0)

    def __init__(self, row: Row) -> None:
        self.name, self.title, self.bar = row["name"], row["title"], row["bar"]
        self._row = row

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """The entries of the file that was uploaded last. Raises BadInput where it cannot be read yet."""
        async for batch in self.batches(since):
            for entry in batch:
                yield entry

    async def batches(self, since: datetime | None) -> AsyncGenerator[Sequence[RosterEntry], None]:
        """The same, some at a time."""
        upload = await roster_uploads.last_upload(self._row["roster"])
        mapping = mapping_in(self._row)
        if upload is None:
            raise BadInput(f"Nobody has uploaded {self.title} yet. Upload an export on its page, /rosters/{self.name}.")
        if mapping is None:
            raise BadInput(f"Nobody has said which column of {self.title} is which. Do it on its page, {self._page}.")
        async with uploaded_file(upload["id"]) as path:
            source = upload["file_name"]
            async with aclosing(read_members(path, bar=self.bar, mapping=mapping, source=source)) as members:
                batch: list[RosterEntry] = []
                async for entry in members:
                    batch.append(entry)
                    if len(batch) == BATCH:
                        yield batch
                        batch = []
                if batch:
                    yield batch

    @property
    def _page(self) -> str:
        return f"/rosters/{self.name}/mapping"


def mapping_in(row: Row) -> ColumnMapping | None:
    """What is settled of an uploaded roster's columns; None where nothing is."""
    return msgspec.json.decode(row["mapping"], type=ColumnMapping | None)


def headings_in(row: Row) -> tuple[str, ...]:
    """The headings for which that was settled."""
    return msgspec.json.decode(row["header"], type=tuple[str, ...])


@asynccontextmanager
async def uploaded_file(upload: UUID) -> AsyncIterator[Path]:
    """An uploaded file on this machine's disk, for as long as the block runs."""
    with tempfile.NamedTemporaryFile(prefix="amparo-upload-") as file:
        await _fill(file, upload)
        yield Path(file.name)


async def _fill(file: IO[bytes], upload: UUID) -> None:
    async for piece in roster_uploads.pieces_of(upload):
        await asyncio.to_thread(file.write, piece)
    await asyncio.to_thread(file.flush)


async def source_named(name: str, clinic: Clinic) -> Source:
    """The roster that a plugin brings under this name, or that is uploaded; BadInput says which there are."""
    brought = {roster.name: roster for roster in clinic.host.rosters()}
    if roster := brought.get(name):
        return Source(roster, lambda since: clinic.host.stream(roster, since))
    if row := await roster_uploads.by_hand_named(name):
        uploaded = UploadedRoster(row)
        return Source(uploaded, uploaded.batches)
    known = sorted({*brought, *await roster_uploads.names_by_hand()})
    there = f"There are: {', '.join(known)}." if known else "No plugin that is on brings one, and none is uploaded."
    raise BadInput(f"There is no roster {name}. {there} `amparo plugins` says how each plugin fares.")
