"""What was asked beside a run, and what the matcher answered."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.model.plans.advice import Questions, Recruit, WhatIf
from core.model.plans.changes import Change
from core.model.states import RunState
from core.queries.matches.seats import names_of
from core.queries.reading import Row, loaded, made, marks, select


class Asked(msgspec.Struct, frozen=True):
    """One question with its answer, once there is one. ``names`` and ``cases`` say who and where the answer names."""

    id: UUID
    state: RunState
    stage: str
    asked_at: datetime
    waiting: int
    error: str
    question: Questions
    recruit: tuple[Recruit, ...] = ()
    what_if: WhatIf | None = None
    names: dict[str, str] = {}
    cases: dict[str, UUID] = {}

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked out."""
        return self.state in (RunState.QUEUED, RunState.RUNNING)


async def asked_beside(run: UUID, kind: str, limit: int = 5) -> tuple[Asked, ...]:
    """The last questions of a kind, the newest first, with the names that they need. Three statements."""
    rows = await select(
        "SELECT id, state, stage, asked_at, waiting, error, question, answer FROM run_question "
        "WHERE run = {} AND kind = {} ORDER BY id DESC LIMIT {}",
        run,
        kind,
        limit,
    )
    found = [_asked(row, kind) for row in rows]
    names = await names_of({person for one in found for person in _people(one.question.what_if)})
    cases = await _cases({ref for one in found for ref in _refs(one)})
    return tuple(msgspec.structs.replace(one, names=names, cases=cases) for one in found)


async def last_advice(run: UUID) -> tuple[Recruit, ...]:
    """Whom to recruit as last worked out beside a run; empty where it was not. One statement."""
    rows = await select(
        "SELECT answer FROM run_question WHERE run = {} AND kind = 'recruit' AND state = 'done' "
        "ORDER BY id DESC LIMIT 1",
        run,
    )
    return loaded(rows[0]["answer"], tuple[Recruit, ...]) if rows else ()


def _asked(row: Row, kind: str) -> Asked:
    question = loaded(row["question"], Questions)
    if row["state"] != RunState.DONE:
        return made(row, Asked, question=question)
    if kind == "recruit":
        return made(row, Asked, question=question, recruit=loaded(row["answer"], tuple[Recruit, ...]))
    return made(row, Asked, question=question, what_if=loaded(row["answer"], WhatIf))


def _people(changes: tuple[Change, ...]) -> set[str]:
    named = [getattr(change, "volunteer", None) for change in changes]
    return {one for one in named if isinstance(one, str)}


def _refs(one: Asked) -> set[str]:
    refs = {ref for kind in one.recruit if kind.verified for ref in (*kind.verified.freed, *kind.verified.lost)}
    if one.what_if:
        refs |= {team.case for team in one.what_if.gained} | {left.case for left in one.what_if.lost}
    return refs


async def _cases(refs: set[str]) -> dict[str, UUID]:
    if not refs:
        return {}
    wanted = sorted(refs)[:1000]
    rows = await select(f"SELECT id, reference FROM legal_case WHERE reference IN ({marks(wanted)})", *wanted)
    return {row["reference"]: row["id"] for row in rows}
