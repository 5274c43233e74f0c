"""Asking the matcher beside a run: whom to recruit, what if. A worker works it out; nothing is proposed or changed.

The answer is about the waitlist and the volunteers as they are when it is worked out, and is kept with the run.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import AmparoError, TooLate
from core.matching_process import RunRequest, ask_matcher
from core.model.people import SYSTEM, Actor
from core.model.plans.advice import Advised, Questions
from core.model.plans.teams import Progress
from core.model.states import RunState
from core.protocols import Adviser
from core.services.clinic import Clinic, require_staff
from core.services.notifying import tell_account
from core.services.plugins.switching import follow_switches
from core.services.runs.proposing import Clock, utc_now
from core.services.runs.snapshot import take_snapshot
from core.store import jobs
from core.store.audit import record
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import questions, runs
from core.store.settings import read_sharing

RECRUIT: Final = "recruit"
WHAT_IF: Final = "what_if"
PATHS: Final = {RECRUIT: "recruit", WHAT_IF: "what-if"}
VERIFIED: Final = 5
"""How many kinds of volunteer are verified by solving again."""
SOLVE_SECONDS: Final = 30.0
"""What each solve may take at most: an answer needs several, and other work waits behind it."""


async def ask_whom_to_recruit(run: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    """Ask which kinds of volunteer would free most cases; a worker works it out. Returns the question."""
    return await _ask(run, RECRUIT, Questions(recruit=VERIFIED), clinic=clinic, by=by, now=now)


async def ask_what_if(run: UUID, asked: Questions, *, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    """Ask what a scenario would change; a worker works it out. Returns the question."""
    return await _ask(run, WHAT_IF, asked, clinic=clinic, by=by, now=now)


async def _ask(run: UUID, kind: str, asked: Questions, *, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    require_staff(by)
    row = await runs.find_run(run)
    if row["state"] != RunState.DONE:
        raise TooLate("This run has no plan that could be asked about.")
    if not answers(row["matcher"], clinic):
        raise TooLate(
            f"The matcher “{row['matcher']}” plans teams and answers no questions. Run another matcher first."
        )
    async with transaction():
        if await questions.is_asked(run, kind):
            raise TooLate("This is being worked out already. The answer will be here in a moment.")
        key = new_id()
        await questions.insert_question(key, run=run, kind=kind, questions=asked, asked_by=by.account, now=now)
        await jobs.add_job("ask", due_at=now, unique_key=f"ask:{key}", question=str(key))
        await record("question_asked", subject_kind="run", subject=run, by=by, now=now, about=kind)
    return key


def answers(matcher: str, clinic: Clinic) -> bool:
    """Whether a matcher also answers questions."""
    return any(clinic.host.name_of(one) == matcher and isinstance(one, Adviser) for one in clinic.host.matchers())


async def answer_question(key: UUID, *, clinic: Clinic, clock: Clock = utc_now) -> None:
    """Work a question out and keep the answer; any failure ends it with its cause."""
    row = await questions.find_question(key)
    matcher = (await runs.find_run(row["run"]))["matcher"]
    snapshot = await take_snapshot(settings=clinic.settings, today=clinic.today(clock()))
    snapshot = msgspec.structs.replace(snapshot, sharing=await read_sharing())
    started = await questions.start_question(key, waiting=len(snapshot.cases))
    if not started and row["state"] != RunState.RUNNING:
        return

    async def note(progress: Progress) -> None:
        await questions.note_stage(key, progress.stage)

    await follow_switches(clinic)
    limit = min(SOLVE_SECONDS, clinic.settings.run_seconds)
    request = RunRequest(snapshot=snapshot, matcher=matcher, seed=1, time_limit=limit)
    try:
        advised = await ask_matcher(request, row["question"], host=clinic.host, on_progress=note)
    except AmparoError as failure:
        await fail_question(key, error=str(failure), now=clock())
        return
    await _keep(key, row["run"], row["kind"], advised, asked_by=row["asked_by"], now=clock())


async def _keep(key: UUID, run: UUID, kind: str, advised: Advised, *, asked_by: UUID | None, now: datetime) -> None:
    answer = advised.recruit if kind == RECRUIT else advised.what_if
    async with transaction():
        if not await questions.finish_question(key, answer, now=now):
            return
        await record("question_answered", subject_kind="run", subject=run, by=SYSTEM, now=now, about=kind)
        if asked_by is not None:
            await tell_account(asked_by, "answer_ready", path=f"/runs/{run}/{PATHS[kind]}", now=now)


async def fail_question(key: UUID, *, error: str, now: datetime) -> None:
    """End a question with its cause. One that has ended is left as it is."""
    row = await questions.find_question(key)
    async with transaction():
        if await questions.fail_question(key, error=error, now=now):
            await record("question_failed", subject_kind="run", subject=row["run"], by=SYSTEM, now=now)
