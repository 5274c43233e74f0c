"""The one composition root: settings, database, plugins, worker and pages are put together here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar

from core.host import PluginHost
from core.services.clinic import Clinic
from core.services.proposing import Clock
from core.services.working import Worker
from core.settings import Settings
from core.store.database import open_database
from core.store.migrating import check_current
from plugins import BUILTIN
from web.brake import Brake
from web.surroundings import House
from web.times import zone

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def furnish(settings: Settings, host: PluginHost | None, clock: Clock) -> tuple[House, bool]:
    """Put the surroundings together; tell whether the plugins were loaded here. BadInput for a bad time zone."""
    zone(settings.timezone)
    loaded = host or PluginHost.load(BUILTIN, settings=settings)
    return House(clinic=Clinic(settings=settings, host=loaded), clock=clock, brake=Brake()), host is None


def lifespan(house: House, *, own_host: bool, works: bool) -> Lifespan:
    """Open the database, refuse an old schema, with ``works`` run a worker beside the pages, close all at the end."""

    @asynccontextmanager
    async def living(app: Litestar) -> AsyncIterator[None]:
        database = await open_database(house.settings.database)
        try:
            await check_current(database)
            async with working(house) if works else resting():
                yield
        finally:
            await database.close()
            if own_host:
                house.clinic.host.close()

    return living


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Run a worker in this process's event loop, and let it finish what it has in hand at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(Worker(house.clinic, clock=house.clock).run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


@asynccontextmanager
async def resting() -> AsyncIterator[None]:
    """No worker here: others run as processes of their own."""
    yield
