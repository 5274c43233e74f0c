"""What a worker can do, by kind of job; some of it in rounds."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from core.errors import AmparoError
from core.model.deadlines.workdays import ONE_DAY
from core.model.people import SYSTEM
from core.services.accounts.passwords import drop_old_links
from core.services.cases.intake import refresh_tiers
from core.services.cases.waitlist_files import forget_old_waitlists
from core.services.casework.tasks import remind_of_tasks
from core.services.clinic import Clinic
from core.services.deadlines.dated_facts import count_deadlines
from core.services.deadlines.law import refresh_deadlines
from core.services.deadlines.reminding import remind_of_deadlines
from core.services.help.helping import drop_old_requests
from core.services.keys.backups import forget_again
from core.services.matches.responding import expire_offers, remind_of_offers
from core.services.plugins.observing import feed_observers
from core.services.privacy.erasing import reduce_old_cases
from core.services.rosters.pruning import drop_old_plans, drop_old_roster_changes
from core.services.rosters.pushing import drop_old_pushes
from core.services.rosters.syncing import sync_due
from core.services.rosters.work import give_up_work, perform_work
from core.services.runs.advising import answer_question, fail_question
from core.services.runs.proposing import Clock, complete_team, fail_run, perform_run
from core.services.volunteers.joining import drop_forgotten_links
from core.store import jobs
from core.store.accounts import drop_sessions_before
from core.store.cases.documents import drop_documents_left
from core.store.days import day_of, start_of
from core.store.rosters.roster_uploads import drop_uploads_left
from core.store.upkeep.erasing import scrub

Payload = Mapping[str, Any]
Work = Callable[[Payload, Clinic, Clock], Awaitable[object]]
GiveUp = Callable[[Payload, str, datetime], Awaitable[None]]
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


async def _nothing(payload: Payload, error: str, now: datetime) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Chore:
    """How a kind of job is done, how often it comes round (None: once), and what follows when it is given up.

    ``long`` work may take minutes: it has a lane of its own, so that nothing else waits for it.
    """

    work: Work
    every: timedelta | None = None
    give_up: GiveUp = _nothing
    long: bool = False


async def _match(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await perform_run(UUID(payload["run"]), clinic=clinic, clock=clock)


async def _match_given_up(payload: Payload, error: str, now: datetime) -> None:
    await fail_run(UUID(payload["run"]), error=error, now=now)


async def _ask(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await answer_question(UUID(payload["question"]), clinic=clinic, clock=clock)


async def _ask_given_up(payload: Payload, error: str, now: datetime) -> None:
    await fail_question(UUID(payload["question"]), error=error, now=now)


async def _complete_team(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await complete_team(UUID(payload["case"]), clinic=clinic, now=clock())


async def _expire(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await expire_offers(by=SYSTEM, now=clock())


async def _remind(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await remind_of_offers(now=clock())


async def _tiers(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await refresh_tiers(now=clock())


async def _deadlines(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await refresh_deadlines(clinic=clinic, now=clock())


async def _tasks(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await remind_of_tasks(clinic=clinic, now=clock())


async def _count(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await count_deadlines(UUID(payload["case"]), clinic=clinic, by=SYSTEM, now=clock())


async def _remind_of_deadlines(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await remind_of_deadlines(clinic=clinic, now=clock())


async def _sessions(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await drop_sessions_before(clock() - timedelta(hours=clinic.settings.session_idle_hours))


async def _forget_links(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await drop_forgotten_links(now=clock())


async def _prune(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await drop_old_plans(settings=clinic.settings, now=clock())
    await drop_old_roster_changes(settings=clinic.settings, now=clock())
    await drop_uploads_left(clock() - timedelta(days=1))
    await forget_old_waitlists(now=clock())
    await drop_documents_left(clock() - timedelta(days=1))


async def _sync(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await sync_due(clinic=clinic, clock=clock)


async def _pushes(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await drop_old_pushes(now=clock())


async def _links(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await drop_old_links(now=clock())


async def _retention(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await reduce_old_cases(now=clock())


async def _forget(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await forget_again(UUID(payload["case"]), now=clock())


async def _scrub(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await scrub()


async def _requests(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await drop_old_requests(now=clock())


async def _observe(payload: Payload, clinic: Clinic, clock: Clock) -> None:
    await feed_observers(clinic=clinic)


CHORES: Final[Mapping[str, Chore]] = {
    "match": Chore(_match, give_up=_match_given_up, long=True),
    "ask": Chore(_ask, give_up=_ask_given_up, long=True),
    "complete_team": Chore(_complete_team),
    "expire_offers": Chore(_expire, every=timedelta(minutes=1)),
    "remind_of_offers": Chore(_remind, every=timedelta(minutes=5)),
    "refresh_tiers": Chore(_tiers, every=timedelta(days=1)),
    "count_deadlines": Chore(_count),
    "refresh_deadlines": Chore(_deadlines, every=timedelta(hours=1)),
    "remind_of_tasks": Chore(_tasks, every=timedelta(hours=1)),
    "remind_of_deadlines": Chore(_remind_of_deadlines, every=timedelta(hours=1)),
    "drop_sessions": Chore(_sessions, every=timedelta(hours=1)),
    "drop_forgotten_links": Chore(_forget_links, every=timedelta(hours=1)),
    "drop_old_plans": Chore(_prune, every=timedelta(days=1)),
    "roster": Chore(perform_work, give_up=give_up_work, long=True),
    "sync_rosters": Chore(_sync, every=timedelta(hours=1), long=True),
    "drop_pushes": Chore(_pushes, every=timedelta(days=1)),
    "drop_links": Chore(_links, every=timedelta(hours=1)),
    "retention": Chore(_retention, every=timedelta(days=1)),
    "scrub": Chore(_scrub),
    "forget": Chore(_forget),
    "drop_requests": Chore(_requests, every=timedelta(hours=1)),
    "observe": Chore(_observe, every=timedelta(seconds=10)),
}


def chore_of(kind: str) -> Chore:
    """The chore for a kind of job; AmparoError where this version has none."""
    if kind not in CHORES:
        raise AmparoError(f"This version does not know work of the kind “{kind}”.")
    return CHORES[kind]


def long_kinds() -> list[str]:
    """The kinds of job that may take minutes."""
    return [kind for kind, chore in CHORES.items() if chore.long]


def next_round(every: timedelta, now: datetime) -> datetime:
    """The start of the next round: whole minutes or hours, or days at the programme, where urgency moves by the day."""
    if every >= ONE_DAY:
        return start_of(day_of(now) + every)
    return EPOCH + ((now - EPOCH) // every + 1) * every


async def ensure_rounds(now: datetime) -> None:
    """See to it that every chore that comes round has its one row in the table of jobs."""
    for kind, chore in CHORES.items():
        if chore.every is not None:
            await jobs.add_job(kind, due_at=now, unique_key=f"every:{kind}")
