"""The one composition root: settings, database, plugins, worker and pages are put together here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar

from core.host import PluginHost
from core.key_places import warm
from core.services.clinic import Clinic
from core.services.plugins.switching import follow_switches, switched_off
from core.services.runs.proposing import Clock
from core.services.work.working import Worker
from core.settings import Settings
from core.store.database import open_database
from core.store.upkeep.migrating import check_current
from plugins import BUILTIN
from web.access.brake import Brake
from web.i18n import read_catalogues
from web.surroundings import House, house_of
from web.words.times import zone

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def furnish(settings: Settings, host: PluginHost | None, clock: Clock) -> House:
    """Put the surroundings together, with plugins that are running or with its own. BadInput for a bad time zone."""
    zone(settings.timezone)
    plugins = host or PluginHost(settings=settings, builtin=BUILTIN, entry_points=True)
    return House(clinic=Clinic(settings=settings, host=plugins), clock=clock, brake=Brake(), own_host=host is None)


def lifespan(*, works: bool) -> Lifespan:
    """Open the database, refuse an old schema, start the plugins but those that a person has switched off.

    With ``works`` a worker runs beside the pages. All is closed at the end.
    """

    @asynccontextmanager
    async def living(app: Litestar) -> AsyncIterator[None]:
        house = house_of(app)
        settings = house.settings
        database = await open_database(settings.database, key_file=settings.key_file, place=zone(settings.timezone))
        try:
            await check_current(database)
            await asyncio.to_thread(warm, database.keys)
            await asyncio.to_thread(read_catalogues)
            await start_plugins(house)
            async with working(house) if works else resting():
                yield
        finally:
            await database.close()
            if house.own_host:
                house.clinic.host.close()

    return living


async def start_plugins(house: House) -> None:
    """Load the plugins, in a thread; a host that was handed in has loaded them and only learns what is off."""
    house.follower.begin(house.clock())
    if house.own_host:
        await asyncio.to_thread(house.clinic.host.start, await switched_off())
    else:
        await follow_switches(house.clinic)


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
