"""Delivering messages after their transaction is over: choose channels, call them, keep receipts, try again."""

import asyncio
from datetime import datetime
from random import Random
from typing import Any, Final
from uuid import UUID

from core.errors import AmparoError, DeliveryFailed
from core.model.messages import Envelope
from core.protocols import Channel
from core.services.clinic import Clinic
from core.services.patience import next_try
from core.store import outbox

AT_ONCE: Final = 8
"""How many deliveries are under way at the same time."""


async def deliver_messages(*, clinic: Clinic, now: datetime, random: Random) -> int:
    """Plan and deliver everything that is due; return how many deliveries were tried.

    No message is lost and none undoes the change that it tells of: what fails is tried again later, up to eight
    times, and then kept as dead with its cause.
    """
    await plan_messages(clinic=clinic, now=now)
    tried = 0
    while waiting := await outbox.due(now):
        for start in range(0, len(waiting), AT_ONCE):
            batch = waiting[start : start + AT_ONCE]
            tried += sum(await asyncio.gather(*[_deliver(key, clinic=clinic, now=now, random=random) for key in batch]))
    return tried


async def plan_messages(*, clinic: Clinic, now: datetime) -> int:
    """Give each new message a delivery by every channel that can reach its reader; return how many messages."""
    planned = 0
    while fresh := await outbox.unplanned():
        for message in fresh:
            usable = [one for one in clinic.host.channels() if _reaches(one, message)]
            names = [clinic.host.name_of(channel) for channel in usable]
            await outbox.plan_deliveries(message["id"], names, now=now)
        planned += len(fresh)
    return planned


def _reaches(channel: Channel, message: dict[str, Any]) -> bool:
    """Whether a channel can reach the reader: by her address, or else in the portal that she can sign in to."""
    return bool(message["address"]) if channel.needs_address else message["account"] is not None


async def _deliver(key: UUID, *, clinic: Clinic, now: datetime, random: Random) -> bool:
    """Try one delivery; False when another worker was faster."""
    row = await outbox.claim(key, now=now)
    if row is None:
        return False
    try:
        receipt = await _hand_over(row, clinic)
    except AmparoError as problem:
        final = isinstance(problem, DeliveryFailed) and problem.permanent
        again_at = None if final else next_try(row["attempts"], now=now, random=random)
        await outbox.failed(key, error=str(problem), again_at=again_at)
    else:
        await outbox.sent(key, receipt=receipt)
    return True


async def _hand_over(row: dict[str, Any], clinic: Clinic) -> str:
    channel = _channel(row["channel"], clinic)
    envelope = Envelope(
        idempotency_key=str(row["id"]),
        to_name=row["to_name"],
        to_address=row["to_address"],
        subject=row["subject"],
        body=row["body"],
        link=clinic.settings.base_url.rstrip("/") + row["path"],
    )
    return (await clinic.host.acall(channel, channel.deliver, envelope)).detail


def _channel(name: str, clinic: Clinic) -> Channel:
    for channel in clinic.host.channels():
        if clinic.host.name_of(channel) == name:
            return channel
    raise DeliveryFailed(f"The channel {name} is not loaded. See `amparo plugins`.")
