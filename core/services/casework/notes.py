"""Notes and contacts of a case: what somebody wrote down, sealed, and whom we spoke with, in codes and a few words."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from core.errors import WrongEntries
from core.model.cases.casework import LONGEST_NOTE, LONGEST_WORDS, Contact, Note, Task
from core.model.clients.client import Purpose, Stage
from core.model.people import Actor
from core.model.vocabulary import AccountRole
from core.services.clients.disclosing import note_view
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases, casework
from core.store.clients import holds
from core.store.database import transaction
from core.store.keys import new_id

CLOCKS_APART: Final = timedelta(minutes=5)
LONG_AGO: Final = timedelta(days=3653)


class Casework(msgspec.Struct, frozen=True):
    """What is written down beside a case, for staff."""

    notes: tuple[Note, ...]
    contacts: tuple[Contact, ...]
    tasks: tuple[Task, ...]


async def read_casework(case: UUID, *, by: Actor, now: datetime) -> Casework:
    """The notes, contacts and tasks of a case, for staff. Side effect: the disclosure log, where there are any."""
    require_staff(by)
    async with transaction():
        await cases.find_case(case)
        found = Casework(
            notes=tuple(await casework.notes_of(case)),
            contacts=tuple(await casework.contacts_of(case)),
            tasks=tuple(await casework.tasks_of(case)),
        )
        shown = [name for name in ("notes", "contacts", "tasks") if getattr(found, name)]
        if shown:
            await note_view(case, shown, needed=Stage.STAFF, purpose=Purpose.CASEWORK, by=by, now=now)
    return found


async def write_note(case: UUID, text: str, *, by: Actor, now: datetime) -> UUID:
    """Write a note about a case; its id. Side effect: an audit event, without a word of it."""
    require_staff(by)
    written = text.strip()
    if not written or len(written) > LONGEST_NOTE:
        raise WrongEntries({"text": f"Write the note, in at most {LONGEST_NOTE:,} characters."})
    note = Note(new_id(), case, written_at=now, written_by=by.label[:200], text=written, account=by.account)
    async with transaction():
        await cases.find_case(case)
        await casework.insert_note(note, now=now)
        await record("note_written", subject_kind="case", subject=case, by=by, now=now, note=str(note.id))
    return note.id


async def take_back_note(case: UUID, note: UUID, *, by: Actor, now: datetime) -> None:
    """Delete what a note says, for whoever wrote it and for administrators: it is known that there was one.

    Raises NotFound for a note that is not hers, Held under a legal hold. Side effect: an audit event.
    """
    require_staff(by)
    anybody = by.trusted or AccountRole.ADMINISTRATOR in by.roles
    async with transaction():
        await holds.require_free(case)
        await casework.take_back_note(note, case=case, account=None if anybody else by.account, now=now)
        await record("note_taken_back", subject_kind="case", subject=case, by=by, now=now, note=str(note))


async def log_contact(contact: Contact, *, by: Actor, now: datetime) -> None:
    """Note whom we spoke with about a case, or tried to. Side effect: an audit event with the codes, without the words.

    Raises WrongEntries for a time that lies ahead, and for too many words.
    """
    require_staff(by)
    errors = {}
    if contact.at > now + CLOCKS_APART:
        errors["at"] = "This lies ahead. Note a contact once it has been; what is still to be done is a task."
    if contact.at < now - LONG_AGO:
        errors["at"] = "This is more than ten years ago. Look at the year."
    if len(contact.words) > LONGEST_WORDS:
        errors["words"] = f"Write at most {LONGEST_WORDS:,} characters; a longer text is a note."
    if errors:
        raise WrongEntries(errors)
    async with transaction():
        await cases.find_case(contact.case)
        told = msgspec.structs.replace(contact, noted_at=now, noted_by=by.label[:200], words=contact.words.strip())
        await casework.insert_contact(told, by=by.account, now=now)
        await record(
            "contact_noted",
            subject_kind="case",
            subject=contact.case,
            by=by,
            now=now,
            contact=str(contact.id),
            at=contact.at.isoformat(timespec="minutes"),
            channel=str(contact.channel),
            direction=str(contact.direction),
            counterpart=str(contact.counterpart),
            contact_outcome=str(contact.outcome),
            language=contact.language,
            interpreted=contact.interpreted,
        )
