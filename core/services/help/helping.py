"""A client asks for help: she agrees, answers question by question, and nobody can read it before she sends it."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from core.errors import BadInput
from core.model.help.answering import wrong_with
from core.model.help.asking import BY_NAME, fitted, without_contradictions
from core.model.help.consents import require_current_consent
from core.receipt_locks import locked, new_secret, opened_by_token, sealed
from core.services.help.receipts import CLIENT, IDLE, Opened, still_open
from core.store.audit import record
from core.store.clients import receipts
from core.store.database import transaction
from core.store.days import day_of
from core.store.keys import new_id
from core.store.tokens import new_token

DAYS_KEPT: Final = 30
"""How long what was begun waits to be sent; then it is forgotten."""


async def begin_request(version: str, language: str, *, now: datetime) -> str:
    """Begin, with what she has just agreed to, and return the token for her browser. BadInput for an old text."""
    text = require_current_consent(version, language)
    key, token, secret = new_id(), new_token(), new_secret()
    row = str(key)
    async with transaction():
        await receipts.insert_receipt(
            key,
            language=text.language,
            now=now,
            answers=sealed("{}", secret, row),
            consent=(text.version, text.language),
        )
        await receipts.insert_visit(key, token, locked(secret, opened_by_token(token), row), now=now)
        await record("request_begun", subject_kind="receipt", subject=key, by=CLIENT, now=now)
    return token


async def keep_answer(opened: Opened, name: str, answer: str, *, now: datetime) -> Opened:
    """Keep an answer to one question, empty where she skips it. Raises BadInput for one that cannot be, TooLate.

    An earlier answer that contradicts this one is forgotten, and asked for once more.
    """
    question = BY_NAME.get(name)
    if question is None:
        raise BadInput("There is no such question.")
    if wrong := wrong_with(fitted(question, opened.answers), answer, day_of(now)):
        raise BadInput(f"This cannot be the answer: {wrong}.")
    async with transaction():
        current = await still_open(opened, now=now)
        answers = without_contradictions(current.answers | {name: answer})
        text = msgspec.json.encode(answers).decode()
        await receipts.keep_answers(current.receipt, sealed(text, current.secret, str(current.receipt)), now=now)
    return msgspec.structs.replace(current, answers=answers)


async def keep_language(opened: Opened, language: str) -> None:
    """Remember in which language she reads."""
    if language != opened.language:
        async with transaction():
            await receipts.keep_language(opened.receipt, language)


async def drop_old_requests(*, now: datetime) -> None:
    """Forget visits left alone, and what was begun and not sent in ``DAYS_KEPT`` or can never be opened again."""
    async with transaction():
        await receipts.drop_visits(now - IDLE)
        await receipts.drop_unsent(before=now - timedelta(days=DAYS_KEPT))
        await receipts.drop_unreachable()
