"""Opening what a command needs: the database at its proper version, and the plugins."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from core.host import PluginHost
from core.services.clinic import Clinic
from core.services.plugins.switching import switched_off
from core.settings import Settings, settings_from
from core.store.database import Database, open_database
from core.store.upkeep.migrating import check_current
from plugins import BUILTIN
from web.words.times import zone


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """An open database, whatever its version."""
    settings = settings_from()
    database = await open_database(url, key_file=settings.key_file, place=zone(settings.timezone))
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def current_database(url: str) -> AsyncIterator[Database]:
    """An open database of this version; SchemaIsOld and SchemaIsNewer say what to do with another."""
    async with opened(url) as database:
        await check_current(database)
        yield database


@asynccontextmanager
async def clinic_at_work(settings: Settings) -> AsyncIterator[Clinic]:
    """The database of this version, open, and the plugins, loaded but for those that a person has switched off."""
    async with current_database(settings.database):
        off = await switched_off()
        with closing(await asyncio.to_thread(PluginHost.load, BUILTIN, settings=settings, switched=off)) as host:
            yield Clinic(settings=settings, host=host)
