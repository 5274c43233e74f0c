"""``amparo worker``: run the matcher, deliver messages and do what time brings, beside the portal."""

import asyncio
import signal

import click

from core.services.work.working import Worker
from core.settings import Settings, settings_from
from web.cli.opening import clinic_at_work


@click.command
@click.option("--once", is_flag=True, help="Do what is due now and end.")
def worker(once: bool) -> None:
    """Do the jobs and deliver the messages of the portal until it is stopped.

    With PostgreSQL any number of workers may run. With SQLite the portal does this itself.
    """
    asyncio.run(_once(settings_from()) if once else _until_stopped(settings_from()))


async def _once(settings: Settings) -> None:
    async with clinic_at_work(settings) as clinic:
        ready = Worker(clinic)
        done = await ready.run_once(ready.clock())
    click.echo(f"{done} piece{'s' * (done != 1)} of work done.")


async def _until_stopped(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with clinic_at_work(settings) as clinic:
        click.echo("The worker is at work. Stop it with Ctrl-C.")
        await Worker(clinic).run(stop)
    click.echo("The worker has stopped.")
