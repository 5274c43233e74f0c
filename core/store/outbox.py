"""The outbox: messages and their deliveries, claimed by a worker one by one."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core import tables as t
from core.model.messages import Message
from core.model.states import MessageState
from core.store.moving import try_move
from core.store.paths import via

LEASE = timedelta(minutes=2)


async def insert_message(message: Message) -> None:
    """Queue a message, in the transaction of what it tells of."""
    await t.Message.insert(
        t.Message(
            id=message.id,
            account=message.account,
            kind=message.kind,
            subject=message.subject,
            body=message.body,
            path=message.path,
            created_at=message.created_at,
            address=message.address,
        )
    )


async def unplanned(limit: int = 200) -> list[dict[str, Any]]:
    """Messages for which no channel was chosen yet, with the recipient's account, if any, and address."""
    m = t.Message
    rows = (
        await m.select(m.id, m.account, m.address, via(m.account).email.as_alias("known"))
        .where(m.planned.eq(False))
        .order_by(m.id)
        .limit(limit)
    )
    return [row | {"address": row["known"] or row["address"]} for row in rows]


async def plan_deliveries(message: UUID, channels: list[str], *, now: datetime) -> None:
    """Choose the channels of a message; only one worker succeeds."""
    marked = (
        await t.Message.update({t.Message.planned: True})
        .where(t.Message.id == message, t.Message.planned.eq(False))
        .returning(t.Message.id)
    )
    if marked and channels:
        queued = str(MessageState.QUEUED)
        rows = [t.Delivery(message=message, channel=name, state=queued, due_at=now) for name in channels]
        await t.Delivery.insert(*rows)


async def due(now: datetime, limit: int = 50) -> list[UUID]:
    """Deliveries that may be tried now, and those whose worker did not come back."""
    d = t.Delivery
    waiting = (d.state == str(MessageState.QUEUED)) & (d.due_at <= now)
    abandoned = (d.state == str(MessageState.SENDING)) & (d.claimed_until < now)
    rows = await d.select(d.id).where(waiting | abandoned).order_by(d.due_at).limit(limit)
    return [row["id"] for row in rows]


async def claim(delivery: UUID, *, now: datetime) -> dict[str, Any] | None:
    """Take a delivery for this worker, which counts as a try; None when another was faster."""
    d = t.Delivery
    free = (d.state == str(MessageState.QUEUED)) | (d.claimed_until < now)
    mine = (
        await d.update({d.state: str(MessageState.SENDING), d.claimed_until: now + LEASE, d.attempts: d.attempts + 1})
        .where(d.id == delivery, free, d.state.is_in([str(MessageState.QUEUED), str(MessageState.SENDING)]))
        .returning(d.id)
    )
    if not mine:
        return None
    row = (
        await d.select(
            d.id,
            d.channel,
            d.attempts,
            d.message.subject.as_alias("subject"),
            d.message.body.as_alias("body"),
            d.message.path.as_alias("path"),
            d.message.address.as_alias("address"),
            via(d.message.account).name.as_alias("to_name"),
            via(d.message.account).email.as_alias("to_address"),
        )
        .where(d.id == delivery)
        .first()
    )
    return row and row | {"to_name": row["to_name"] or "", "to_address": row["to_address"] or row["address"]}


async def sent(delivery: UUID, *, receipt: str) -> None:
    """Note that the channel took the message."""
    await try_move(t.Delivery, delivery, MessageState.SENT, receipt=receipt, error="", claimed_until=None)


async def failed(delivery: UUID, *, error: str, again_at: datetime | None) -> None:
    """Note a failed try: queued again for ``again_at``, or dead when that is None."""
    state = MessageState.DEAD if again_at is None else MessageState.QUEUED
    changes: dict[str, Any] = {"error": error, "claimed_until": None}
    if again_at is not None:
        changes["due_at"] = again_at
    await try_move(t.Delivery, delivery, state, **changes)


async def forget_paths(account: UUID, path: str) -> None:
    """Forget a link in somebody's messages that was used up."""
    m = t.Message
    await m.update({m.path: "/"}).where(m.account == account, m.path == path)


async def forget_paths_before(start: str, instant: datetime) -> None:
    """Forget links that begin so in messages from before an instant."""
    m = t.Message
    await m.update({m.path: "/"}).where(m.path.like(f"{start}%"), m.created_at < instant)
