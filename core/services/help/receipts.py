"""Receipt codes: how a client comes back to what she began, or to her case, without an account.

Nobody learns whether a code exists: an unknown one, one that was replaced and one whose answers are gone look alike.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from core.errors import NotAllowed, TooLate
from core.model.help.receipts import code_in
from core.model.people import Actor
from core.receipt_locks import (
    locked,
    new_code,
    opened_by_code,
    opened_by_token,
    unlocked,
    unsealed,
)
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import receipts
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches.settled import lock_case
from core.store.tokens import new_token
from core.store.upkeep.erasing import is_reduced

CLIENT: Final = Actor(label="The client", trusted=True)
"""How the history names whoever holds a receipt code."""
IDLE: Final = timedelta(hours=1)
"""After so long a silence a browser is asked for the code again: the phone may be somebody else's by then."""
NOTED_EVERY: Final = timedelta(minutes=5)
REFUSED: Final = "No request has this code. Look at the digits again."
GONE: Final = "This page was closed. Open it with your code, or begin anew."
ANOTHER: Final = "Another code was given in this moment. Give one once more, and use the one that you see then."
ERASED: Final = "Nothing is known of this client any more: there is nobody to give a code to. Nothing was changed."
_at_work: Final = asyncio.Semaphore(2)
"""How many codes are worked on at once: each takes 32 MiB."""


class Opened(msgspec.Struct, frozen=True):
    """A receipt open in a browser: with ``answers`` and their ``secret`` until it is sent, then with a ``case``.

    ``mark`` is that of its code; None where it has none yet.
    """

    token: str
    receipt: UUID
    language: str
    mark: str | None = None
    case: UUID | None = None
    answers: dict[str, str] = {}
    secret: bytes = b""
    consent: tuple[str, str] = ("", "")
    begun_at: datetime | None = None

    @property
    def has_code(self) -> bool:
        """Whether a code opens it, too."""
        return self.mark is not None


async def open_visit(token: str, *, now: datetime) -> Opened | None:
    """What a browser has open; None where that is nothing, or was left alone for too long."""
    row = await receipts.visited(token, since=now - IDLE)
    if row is None:
        return None
    if now - row["seen_at"] >= NOTED_EVERY:
        async with transaction():
            await receipts.see_visit(token, now=now)
    return _opened(token, row)


def _opened(token: str, row: dict[str, Any]) -> Opened:
    secret, answers = b"", {}
    if row["case"] is None:
        name = str(row["id"])
        secret = unlocked(row["visit_lock"], opened_by_token(token), name)
        answers = msgspec.json.decode(unsealed(row["answers"], secret, name), type=dict[str, str])
    return Opened(
        token=token,
        receipt=row["id"],
        language=row["language"],
        mark=row["mark"],
        case=row["case"],
        answers=answers,
        secret=secret,
        consent=(row["consent_version"], row["consent_language"]),
        begun_at=row["begun_at"],
    )


async def still_open(opened: Opened, *, now: datetime) -> Opened:
    """In the transaction of a verb: what a browser has open, as it is by now, and no other verb's until the end of it.

    TooLate where it was closed meanwhile, or sent: a button was touched twice, or the page is open a second time.
    """
    await receipts.lock_receipt(opened.receipt)
    current = await open_visit(opened.token, now=now)
    if current is None or current.case != opened.case:
        raise TooLate(GONE)
    return current


async def open_by_code(typed: str, *, now: datetime) -> str:
    """Open a receipt by its code, and return the token of the visit; NotAllowed, always the same, otherwise."""
    code = code_in(typed)
    if not code:
        raise NotAllowed(REFUSED)
    mark, opener = await _slowly(code)
    row = await receipts.receipt_by_mark(mark)
    if row is None:
        raise NotAllowed(REFUSED)
    token, lock = new_token(), ""
    if row["case"] is None:
        name = str(row["id"])
        lock = locked(unlocked(row["lock"], opener, name), opened_by_token(token), name)
    async with transaction():
        await receipts.insert_visit(row["id"], token, lock, now=now)
        await record("receipt_opened", subject_kind=_kind(row), subject=_subject(row), by=CLIENT, now=now)
    return token


def _kind(row: dict[str, Any]) -> str:
    return "receipt" if row["case"] is None else "case"


def _subject(row: dict[str, Any]) -> UUID:
    subject: UUID = row["case"] or row["id"]
    return subject


async def renew_code(opened: Opened, *, now: datetime) -> str:
    """Give whoever has a receipt open a code for it, told this once. One that she had before works no more.

    Other browsers in which it is open are closed: somebody who has lost her code may not be the only one who has it.
    TooLate where another code was given meanwhile: of two touches of a button only one may tell a code, for the second
    would end the first, and a browser shows but one of the two.
    """
    code = new_code()
    mark, opener = await _slowly(code)
    lock = "" if opened.case else locked(opened.secret, opener, str(opened.receipt))
    kind, subject = ("case", opened.case) if opened.case else ("receipt", opened.receipt)
    async with transaction():
        if (await still_open(opened, now=now)).mark != opened.mark:
            raise TooLate(ANOTHER)
        await receipts.keep_code(opened.receipt, mark, lock)
        await receipts.end_visits(opened.receipt, but=opened.token)
        await record("receipt_given", subject_kind=kind, subject=subject, by=CLIENT, now=now)
    return code


async def give_code(case: UUID, *, language: str, by: Actor, now: datetime) -> str:
    """Give a code for a case, to be told to the client by whoever is on the phone with her or sits beside her.

    It is told this once; one that she had before works no more, and no browser has her case open any more.
    ``language`` is the one that her pages begin in. TooLate where another code was given meanwhile, or the client was
    erased.
    """
    require_staff(by)
    code, before = new_code(), await receipts.receipt_of_case(case)
    mark, _ = await _slowly(code)
    async with transaction():
        await lock_case(case)
        await cases.find_case(case)
        if await is_reduced(case):
            raise TooLate(ERASED)
        row = await receipts.receipt_of_case(case)
        if _mark(row) != _mark(before):
            raise TooLate(ANOTHER)
        key = row["id"] if row else new_id()
        if row is None:
            await receipts.insert_receipt(key, language=language, now=now, case=case)
        await receipts.keep_code(key, mark, "")
        await receipts.keep_language(key, language)
        await receipts.end_visits(key)
        await record("receipt_given", subject_kind="case", subject=case, by=by, now=now)
    return code


def _mark(row: dict[str, Any] | None) -> str | None:
    return row["mark"] if row else None


async def close_visit(token: str) -> None:
    """Close what a browser has open. What was begun there, and has no code, is forgotten at once."""
    async with transaction():
        await receipts.end_visit(token)
        await receipts.drop_unreachable()


async def _slowly(code: str) -> tuple[str, bytes]:
    async with transaction():
        salt = await receipts.salt_of_codes()
    async with _at_work:
        return await asyncio.to_thread(opened_by_code, code, salt)
