"""Messages between a client and the programme: on her page, sealed with the key of her case, never by mail.

Whoever holds her receipt code reads them, and a phone may be in other hands: staff are told so where they write.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import BadInput, NotFound, TooLate
from core.model.clients.client import Purpose, Stage
from core.model.help.client_messages import LONGEST, READY, ClientMessage
from core.model.people import Actor
from core.services.clients.disclosing import note_view
from core.services.clinic import require_staff
from core.services.help.receipts import CLIENT, Opened, still_open
from core.services.notifying import tell_coordinators
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import client_messages
from core.store.database import transaction
from core.store.keys import new_id

MESSAGES: Final = "messages"
"""What the disclosure log calls them."""
MOST_IN_A_ROW: Final = 20
"""So many messages a client may write that nobody has read yet."""


def _require_text(text: str) -> str:
    plain = text.replace("\r\n", "\n").strip()
    if not plain:
        raise BadInput("Write the message first. Nothing was sent.")
    if len(plain) > LONGEST:
        raise BadInput("This message is too long. Make it shorter. Nothing was sent.")
    return plain


async def write_to_client(case: UUID, *, text: str = "", ready: str = "", by: Actor, now: datetime) -> None:
    """Send a client a message in somebody's words, or a ready one that she reads in her own language.

    Raises BadInput without either. Side effects: the message, sealed; an audit event without a word of it.
    """
    require_staff(by)
    if ready and ready not in READY:
        raise BadInput("There is no such ready message.")
    plain = "" if ready else _require_text(text)
    async with transaction():
        await cases.find_case(case)
        message = ClientMessage(
            new_id(), from_client=False, written_by=by.label, text=plain, ready=ready, written_at=now
        )
        await client_messages.insert_message(case, message, now=now)
        await record("client_told", subject_kind="case", subject=case, by=by, now=now, ready=ready)


async def write_from_client(opened: Opened, text: str, *, now: datetime) -> None:
    """A client writes on her page. Coordinators are told that something came, and nothing of it.

    The same words once more, while the first wait to be read, are the same message: on a slow phone a button is touched
    twice. Raises BadInput for an empty or endless text, TooLate where many wait to be read already.
    """
    case, plain = _case(opened), _require_text(text)
    async with transaction():
        await still_open(opened, now=now)
        if any(_is_again(one, plain) for one in (await client_messages.messages_of(case))[-1:]):
            return
        waiting = await client_messages.count_unread(case, from_client=True)
        if waiting >= MOST_IN_A_ROW:
            raise TooLate("Your messages are waiting to be read. Please write again when somebody has answered.")
        message = ClientMessage(new_id(), from_client=True, written_by="", text=plain, ready="", written_at=now)
        await client_messages.insert_message(case, message, now=now)
        await record("client_wrote", subject_kind="case", subject=case, by=CLIENT, now=now)
        if not waiting:
            await tell_coordinators("client_wrote", path=f"/cases/{case}/messages", now=now)


def _is_again(one: ClientMessage, text: str) -> bool:
    return one.from_client and one.read_at is None and one.text == text


def _case(opened: Opened) -> UUID:
    if opened.case is None:
        raise NotFound("This was not sent yet.")
    return opened.case


async def read_as_client(opened: Opened, *, now: datetime) -> list[ClientMessage]:
    """All messages of her case, for the client; what staff wrote counts as read."""
    case = _case(opened)
    async with transaction():
        found = await client_messages.messages_of(case)
        if any(not one.from_client and one.read_at is None for one in found):
            await client_messages.mark_read(case, from_client=False, now=now)
    return found


async def read_as_staff(case: UUID, *, by: Actor, now: datetime) -> list[ClientMessage]:
    """The same for staff. Side effects, where there is any: the disclosure log, an audit event; it counts as read."""
    require_staff(by)
    async with transaction():
        await cases.find_case(case)
        found = await client_messages.messages_of(case)
        if found:
            await note_view(case, [MESSAGES], needed=Stage.STAFF, purpose=Purpose.CONTACT, by=by, now=now)
            await client_messages.mark_read(case, from_client=True, now=now)
    return found
