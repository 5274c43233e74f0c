"""A clinic's file of rosters for one test, and what a host reads from it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from core.host import PluginHost
from core.model.rosters.entries import RosterEntry
from core.settings import Settings


@asynccontextmanager
async def host_of(folder: Path, description: str, *modules: str, seconds: float = 20.0) -> AsyncIterator[PluginHost]:
    """A host with the built-in sources and the rosters that are described."""
    path = folder / "rosters.toml"
    path.write_text(description, encoding="utf-8")
    settings = Settings(rosters=str(path), roster_seconds=seconds)
    host = PluginHost.load(modules, settings=settings, entry_points=False)
    try:
        yield host
    finally:
        host.close()


async def entries_of(host: PluginHost, name: str) -> Sequence[RosterEntry]:
    """All entries of one roster."""
    (roster,) = [one for one in host.rosters() if one.name == name]
    return [entry async for batch in host.stream(roster, None) for entry in batch]
