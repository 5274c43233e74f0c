"""Questions to the matcher beside a run, in the database: asked, being worked out, answered or failed."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.plans.advice import Questions
from core.model.states import RunState
from core.store.moving import try_move

UNFINISHED = [str(RunState.QUEUED), str(RunState.RUNNING)]


async def insert_question(
    key: UUID, *, run: UUID, kind: str, questions: Questions, asked_by: UUID | None, now: datetime
) -> None:
    """Write a question that waits for a worker."""
    await t.RunQuestion.insert(
        t.RunQuestion(
            id=key,
            run=run,
            kind=kind,
            question=msgspec.json.encode(questions).decode(),
            state=str(RunState.QUEUED),
            asked_by=asked_by,
            asked_at=now,
        )
    )


async def find_question(key: UUID) -> dict[str, Any]:
    """A question's row, its question as a Struct; NotFound otherwise."""
    row: dict[str, Any] | None = await t.RunQuestion.select().where(t.RunQuestion.id == key).first()
    if row is None:
        raise NotFound("There is no such question.")
    return row | {"question": msgspec.json.decode(row["question"], type=Questions)}


async def is_asked(run: UUID, kind: str) -> bool:
    """Whether a question of this kind is being worked out beside a run."""
    q = t.RunQuestion
    return bool(await q.exists().where(q.run == run, q.kind == kind, q.state.is_in(UNFINISHED)))


async def start_question(key: UUID, *, waiting: int) -> bool:
    """Mark a question as being worked out; False when it already is or has ended."""
    return await try_move(t.RunQuestion, key, RunState.RUNNING, waiting=waiting)


async def note_stage(key: UUID, stage: str) -> None:
    """Keep what is being done, for whoever watches."""
    await t.RunQuestion.update({t.RunQuestion.stage: stage}).where(t.RunQuestion.id == key)


async def finish_question(key: UUID, answer: Any, *, now: datetime) -> bool:
    """Write the answer; False when the question has ended before."""
    told = msgspec.json.encode(answer).decode()
    return await try_move(t.RunQuestion, key, RunState.DONE, answer=told, finished_at=now)


async def fail_question(key: UUID, *, error: str, now: datetime) -> bool:
    """Write why there is no answer; False when the question has ended before."""
    return await try_move(t.RunQuestion, key, RunState.FAILED, error=error, finished_at=now)
