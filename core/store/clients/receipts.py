"""Receipts and the visits to them in the database."""

from datetime import datetime
from typing import Any
from uuid import UUID

from core import tables as t
from core.receipt_locks import new_salt
from core.store.database import RECEIPT_LOCK, on_postgres, queue_for
from core.store.keys import new_id
from core.store.paths import via
from core.store.settings import keep_value, read_value
from core.store.tokens import mark_of_token

Row = dict[str, Any]
SALT = "receipt_salt"


async def salt_of_codes() -> str:
    """The salt of this installation's codes."""
    return str(await read_value(SALT) or await _make_salt())


async def _make_salt() -> str:
    await queue_for(RECEIPT_LOCK)
    salt = await read_value(SALT) or new_salt()
    await keep_value(SALT, salt)
    return str(salt)


async def insert_receipt(
    key: UUID, *, language: str, now: datetime, answers: str = "", consent: tuple[str, str] = ("", ""), **more: Any
) -> None:
    """Write a receipt. ``consent`` is the version and the language of the text that was agreed to."""
    r = t.Receipt
    version, spoken = consent
    row = r(id=key, answers=answers, language=language, begun_at=now, changed_at=now, **more)
    row.consent_version, row.consent_language = version, spoken
    await r.insert(row)


async def lock_receipt(key: UUID) -> None:
    """Let nobody else change a receipt until this transaction ends. SQLite has one writer anyway."""
    if on_postgres():
        await t.Receipt.select(t.Receipt.id).where(t.Receipt.id == key).lock_rows("UPDATE")


async def keep_answers(key: UUID, answers: str, *, now: datetime) -> None:
    """Keep the sealed answers of a receipt in place of what was there."""
    r = t.Receipt
    await r.update({r.answers: answers, r.changed_at: now}).where(r.id == key)


async def keep_code(key: UUID, mark: str, lock: str) -> None:
    """Let a code open this receipt, and no other code any more."""
    r = t.Receipt
    await r.update({r.mark: mark, r.lock: lock}).where(r.id == key)


async def keep_language(key: UUID, language: str) -> None:
    """Keep the language that a client reads."""
    await t.Receipt.update({t.Receipt.language: language}).where(t.Receipt.id == key)


async def become_case(key: UUID, case: UUID, *, now: datetime) -> None:
    """Tie a receipt to its case and forget its answers."""
    r = t.Receipt
    values: dict[Any, Any] = {r.case: case, r.answers: "", r.lock: "", r.changed_at: now}
    await r.update(values).where(r.id == key)
    await t.ReceiptVisit.update({t.ReceiptVisit.lock: ""}).where(t.ReceiptVisit.receipt == key)


async def receipt_by_mark(mark: str) -> Row | None:
    """The receipt that a code opens."""
    row: Row | None = await t.Receipt.select().where(t.Receipt.mark == mark).first()
    return row


async def receipt_of_case(case: UUID) -> Row | None:
    """The receipt of a case."""
    row: Row | None = await t.Receipt.select().where(t.Receipt.case == case).first()
    return row


async def insert_visit(receipt: UUID, token: str, lock: str, *, now: datetime) -> None:
    """Open a receipt for whoever holds a token."""
    v = t.ReceiptVisit
    await v.insert(v(id=new_id(), receipt=receipt, mark=mark_of_token(token), lock=lock, seen_at=now))


async def visited(token: str, *, since: datetime) -> Row | None:
    """The receipt that a token opens, with the visit's ``lock`` as ``visit_lock``; None after too long a silence."""
    v = t.ReceiptVisit
    receipt = via(v.receipt)
    columns = [getattr(receipt, name).as_alias(name) for name in ("id", "mark", "answers", "language", "case")]
    consent = [getattr(receipt, name).as_alias(name) for name in ("consent_version", "consent_language", "begun_at")]
    query = v.select(*columns, *consent, v.lock.as_alias("visit_lock"), v.seen_at.as_alias("seen_at"))
    row: Row | None = await query.where(v.mark == mark_of_token(token), v.seen_at >= since).first()
    return row


async def see_visit(token: str, *, now: datetime) -> None:
    """Note that somebody is still there."""
    v = t.ReceiptVisit
    await v.update({v.seen_at: now}).where(v.mark == mark_of_token(token))


async def end_visit(token: str) -> None:
    """Let a token open nothing any more."""
    await t.ReceiptVisit.delete().where(t.ReceiptVisit.mark == mark_of_token(token))


async def end_visits(receipt: UUID, *, but: str = "") -> None:
    """The same for every browser in which a receipt is open, but the one that holds a token."""
    v = t.ReceiptVisit
    await v.delete().where(v.receipt == receipt, v.mark != mark_of_token(but))


async def drop_visits(before: datetime) -> None:
    """Forget visits that were silent since an instant."""
    await t.ReceiptVisit.delete().where(t.ReceiptVisit.seen_at < before)


async def drop_unsent(*, before: datetime) -> None:
    """Forget what was begun, not sent, and not touched since an instant."""
    r = t.Receipt
    await r.delete().where(r.case.is_null(), r.changed_at < before)


async def drop_unreachable() -> None:
    """Forget what was begun and can never be opened again: it has no code, and is open in no browser."""
    await t.Receipt.raw(
        'DELETE FROM receipt WHERE "case" IS NULL AND mark IS NULL AND id NOT IN (SELECT receipt FROM receipt_visit)'
    )
