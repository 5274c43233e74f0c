"""A person reads the messages in her inbox."""

from datetime import datetime
from uuid import UUID

from core.errors import NotAllowed
from core.model.people import Actor
from core.store import inbox


def _account(by: Actor) -> UUID:
    if by.account is None:
        raise NotAllowed("Only somebody who is signed in has an inbox.")
    return by.account


async def read_all(*, by: Actor, now: datetime) -> None:
    """Mark all messages of a person as read."""
    await inbox.mark_all_read(_account(by), now=now)


async def open_message(message: UUID, *, by: Actor, now: datetime) -> str:
    """Mark a message as read and return the page that it points to; NotFound when it is not hers."""
    return await inbox.message_path(message, account=_account(by), now=now)
