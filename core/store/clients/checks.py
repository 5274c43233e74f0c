"""Volunteers' conflict checks in the database, their questions sealed with the data key of the case."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Place
from core.errors import NotFound, TooLate
from core.model.clients.checks import CheckAnswer, CheckQuestion, NameCheck
from core.model.plans.teams import Seat
from core.model.states import MatchState
from core.store.matches.teams import LIVE_STATES
from core.store.paths import via
from core.store.sealed.case_keys import key_of, known_key

TABLE: Final = "check_question"


def _place(column: str, row: UUID) -> Place:
    return Place(TABLE, column, str(row))


async def insert_check(check: NameCheck) -> None:
    """Open the names to whoever holds a seat."""
    values = msgspec.structs.asdict(check) | {"answer": str(check.answer or "")}
    await t.NameCheck.insert(t.NameCheck(**values))


async def open_again(seat: UUID, *, until: datetime) -> bool:
    """Give a check that nobody has answered another time; False where there is none."""
    c = t.NameCheck
    return bool(await c.update({c.expires_at: until}).where(c.seat == seat, c.answer == "").returning(c.id))


async def answer_check(seat: UUID, answer: CheckAnswer, *, now: datetime) -> None:
    """Write an answer; TooLate when there is one already, or she says that she has none and her time is over."""
    c = t.NameCheck
    awaited = [c.seat == seat, c.answer == "", *([c.expires_at > now] if answer is CheckAnswer.CLEAR else [])]
    values: dict[Any, Any] = {c.answer: str(answer), c.answered_at: now}
    if not await c.update(values).where(*awaited).returning(c.id):
        raise TooLate("The names are not open to you any more. Ask a coordinator to open them again.")


async def check_of(seat: UUID) -> NameCheck | None:
    """The check of a seat; None where its volunteer has not opened the names."""
    row = await t.NameCheck.select().where(t.NameCheck.seat == seat).first()
    return None if row is None else _check(row)


async def checks_of(match: UUID) -> dict[UUID, NameCheck]:
    """The checks of a match by seat."""
    rows = await t.NameCheck.select().where(via(t.NameCheck.seat).match == match)
    return {row["seat"]: _check(row) for row in rows}


def _check(row: dict[str, Any]) -> NameCheck:
    values = {name: row[name] for name in NameCheck.__struct_fields__}
    return msgspec.convert(values | {"answer": row["answer"] or None}, NameCheck)


async def insert_question(key: UUID, check: NameCheck, text: str, *, now: datetime) -> None:
    """Write a question, sealed."""
    data = await key_of(check.case, now=now)
    sealed = data.seal(text, _place("question", key))
    await t.CheckQuestion.insert(
        t.CheckQuestion(id=key, case=check.case, asked_in=check.id, question=sealed, asked_at=now)
    )


async def reply_to(question: UUID, case: UUID, text: str, *, by: UUID | None, now: datetime) -> None:
    """Write the reply to a question, sealed; TooLate where it has one."""
    q, data = t.CheckQuestion, await key_of(case, now=now)
    values: dict[Any, Any] = {q.reply: data.seal(text, _place("reply", question)), q.replied_at: now, q.replied_by: by}
    if not await q.update(values).where(q.id == question, q.reply == "").returning(q.id):
        raise TooLate("Somebody has replied to this question already. Nothing was changed.")


async def place_of_question(question: UUID) -> tuple[UUID, UUID]:
    """The case and the seat that a question is about; NotFound where there is none."""
    q = t.CheckQuestion
    row = await q.select(q.case, via(q.asked_in).seat.as_alias("seat")).where(q.id == question).first()
    if row is None:
        raise NotFound("There is no such question.")
    return row["case"], row["seat"]


async def questions_of(match: UUID, *, case: UUID, seat: UUID | None = None) -> tuple[CheckQuestion, ...]:
    """The questions in the checks of a match, or of one seat of it, opened, the first first."""
    q = t.CheckQuestion
    query = q.select().where(via(q.asked_in).seat.match == match).order_by(q.id)
    rows = await (query.where(via(q.asked_in).seat == seat) if seat else query)
    data = await known_key(case) if rows else None
    return tuple(
        CheckQuestion(
            id=row["id"],
            check=row["asked_in"],
            question=data.open(row["question"], _place("question", row["id"])),
            asked_at=row["asked_at"],
            reply=data.open(row["reply"], _place("reply", row["id"])) if row["reply"] else None,
            replied_at=row["replied_at"],
        )
        for row in rows
        if data
    )


async def place_in_team(case: UUID, *, volunteer: UUID) -> tuple[Seat, MatchState, NameCheck | None] | None:
    """The seat that a volunteer has in the live match of a case, the match's state and her check; None: no seat."""
    s = t.Seat
    row = (
        await s.select(*s.all_columns(), s.match.state.as_alias("match_state"))
        .where(s.volunteer == volunteer, s.match.case == case, s.match.state.is_in(LIVE_STATES))
        .first()
    )
    if row is None:
        return None
    seat = msgspec.convert({name: row[name] for name in Seat.__struct_fields__}, Seat)
    return seat, MatchState(row["match_state"]), await check_of(seat.id)
