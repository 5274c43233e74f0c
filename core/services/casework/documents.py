"""Documents of a case: taken as they stream in, sealed piece by piece, shared with the team, read with a note of it.

Never more than one piece of a file is in memory, and no byte of it is written anywhere in clear. What a file is, its
first bytes tell. Each look at a document, and at the list of them, is written to the disclosure log.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.envelope import DataKey
from core.errors import BadInput, NotFound
from core.model.cases.documents import LONGEST_ABOUT, Document, DocumentKind, Origin, Sharing, file_name
from core.model.cases.file_types import HEAD, type_of
from core.model.clients.client import Purpose, Stage
from core.model.concurrent_edits import require_untouched
from core.model.people import Actor
from core.model.vocabulary import SeatRole
from core.services.clients.disclosing import note_view, reach_of
from core.services.clinic import require_staff
from core.services.notifying import tell_coordinators
from core.store.audit import record
from core.store.cases import cases, documents
from core.store.clients import holds
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches.settled import lock_case

Read = Callable[[int], Awaitable[bytes]]
"""Gives up to so many bytes of a file; none at its end."""
PIECE: Final = 1 << 18
"""How much of a file is held and sealed at once, in bytes."""
MIB: Final = 1 << 20
MOST_DOCUMENTS: Final = 500
MOST_FROM_CLIENT: Final = 40
"""How many documents a case may have, and how many its client may send herself."""
THE_CLIENT: Final = "The client"
DOCUMENTS: Final = "documents"
"""What the disclosure log calls them."""
NOT_TAKEN: Final = (
    "This kind of file is not taken. Send a PDF, a photo (JPEG, PNG, HEIC, WebP, TIFF), a Word or OpenDocument text, "
    "or plain text. Nothing of it was kept."
)


@dataclass(frozen=True, slots=True)
class Brought:
    """What comes with a file: what it is for the case, its name where it came from, and a few words about it."""

    kind: DocumentKind
    file_name: str
    about: str = ""
    sharing: Sharing = Sharing.STAFF


async def add_document(case: UUID, read: Read, brought: Brought, *, most_mib: int, by: Actor, now: datetime) -> UUID:
    """Keep a file of a case as it comes in; its id. For staff.

    Raises BadInput for a file that is empty, longer than ``most_mib``, or of a type that is not taken; Erased where the
    case was erased. Side effects: the sealed pieces, each written for itself; at the end an audit event.
    """
    require_staff(by)
    return await _keep(case, read, brought, Origin.STAFF, MOST_DOCUMENTS, most_mib=most_mib, by=by, now=now)


async def add_from_client(case: UUID, read: Read, brought: Brought, *, most_mib: int, now: datetime) -> UUID:
    """The same for a file that the client sends herself; whoever calls this has seen her receipt code.

    She may send ``MOST_FROM_CLIENT`` in all. The coordinators are told that something has come.
    """
    client = Actor(label=THE_CLIENT)
    return await _keep(case, read, brought, Origin.CLIENT, MOST_FROM_CLIENT, most_mib=most_mib, by=client, now=now)


async def _keep(
    case: UUID, read: Read, brought: Brought, origin: Origin, most: int, *, most_mib: int, by: Actor, now: datetime
) -> UUID:
    await cases.find_case(case)
    if await documents.count_documents(case, origin) >= most:
        raise BadInput(f"There are {most} documents already, and no more are taken. Nothing was changed.")
    source = _Source(read, most_mib)
    first = await source.piece()
    coming = _coming(case, first, brought, origin, by, now)
    async with transaction():
        key = await documents.data_key(case, now=now)
        await documents.insert_document(coming, key, by=by.account)
    try:
        pieces = await _keep_pieces(coming.id, first, source, key)
        await _finish(coming, source.size, pieces, by, now)
    except BaseException:
        await asyncio.shield(documents.delete_document(coming.id))
        raise
    return coming.id


class _Source:
    """A file as it comes in, in full pieces, with its size so far."""

    def __init__(self, read: Read, most_mib: int) -> None:
        self._read, self._most_mib, self.size = read, most_mib, 0

    async def piece(self) -> bytes:
        """The next piece; empty at the end. BadInput where the file is longer than it may be."""
        held = bytearray()
        while len(held) < PIECE and (come := await self._read(PIECE - len(held))):
            held += come
        self.size += len(held)
        if self.size > self._most_mib * MIB:
            raise BadInput(f"This file is larger than the {self._most_mib} MB that are taken. Nothing of it was kept.")
        return bytes(held)


def _coming(case: UUID, first: bytes, brought: Brought, origin: Origin, by: Actor, now: datetime) -> Document:
    """What is known of a file by its first piece; BadInput where it is not taken."""
    if not first:
        raise BadInput("This file is empty. Choose another one. Nothing was changed.")
    found = type_of(first[:HEAD])
    if found is None:
        raise BadInput(NOT_TAKEN)
    return Document(
        id=new_id(),
        case=case,
        kind=brought.kind,
        file_type=found,
        size=0,
        pieces=0,
        origin=origin,
        sharing=brought.sharing,
        added_at=now,
        added_by=by.label,
        name=file_name(brought.file_name),
        about=_about(brought.about),
    )


def _about(text: str) -> str:
    return " ".join(text.split())[:LONGEST_ABOUT]


async def _keep_pieces(document: UUID, piece: bytes, source: _Source, key: DataKey) -> int:
    """Seal and write one piece after another, each in a transaction of its own: nobody waits for a slow sender."""
    position = 0
    while piece:
        following = await source.piece()
        await documents.insert_piece(document, position, piece, key, last=not following)
        position, piece = position + 1, following
    return position


async def _finish(coming: Document, size: int, pieces: int, by: Actor, now: datetime) -> None:
    async with transaction():
        await documents.data_key(coming.case, now=now)  # erased meanwhile: then nothing of it stays
        await documents.finish_document(coming.id, size=size, pieces=pieces)
        await _record("document_added", coming, by, now, origin=str(coming.origin), sharing=str(coming.sharing))
        if coming.origin is Origin.CLIENT:
            await tell_coordinators("document_came", path=f"/cases/{coming.case}/documents", now=now)


async def _record(kind: str, about: Document, by: Actor, now: datetime, **detail: str) -> None:
    told = {"document": str(about.id), "document_kind": str(about.kind), **detail}
    await record(kind, subject_kind="case", subject=about.case, by=by, now=now, **told)


async def list_documents(case: UUID, *, by: Actor, now: datetime) -> list[Document]:
    """The documents of a case, for staff, the newest first. Side effect: the disclosure log, where there are any."""
    require_staff(by)
    async with transaction():
        await cases.find_case(case)
        found = await documents.documents_of(case)
        await _note(case, found, Stage.STAFF, by, now)
    return found


async def shared_documents(case: UUID, *, by: Actor, now: datetime) -> list[Document]:
    """What of a case's documents is shared with a volunteer who is engaged in it now. Side effect as above."""
    async with transaction():
        role = await _engaged_as(case, by, now)
        found = await documents.documents_of(case, *(one for one in Sharing if one.reaches(role)))
        await _note(case, found, Stage.FILE, by, now)
    return found


async def _note(case: UUID, found: list[Document], needed: Stage, by: Actor, now: datetime) -> None:
    if found:
        purpose = Purpose.CASEWORK if needed is Stage.STAFF else Purpose.ENGAGEMENT
        await note_view(case, [DOCUMENTS], needed=needed, purpose=purpose, by=by, now=now)


async def _engaged_as(case: UUID, by: Actor, now: datetime) -> SeatRole:
    """The seat in which somebody is engaged in a case now; NotFound for everybody else."""
    reach = await reach_of(case, by=by, now=now)
    if reach.stage is not Stage.FILE or reach.role is None:
        raise NotFound(documents.GONE)
    return reach.role


async def read_document(document: UUID, *, case: UUID, by: Actor, now: datetime) -> Document:
    """What is known of a document, for staff, without what it holds. Side effect: the disclosure log."""
    require_staff(by)
    async with transaction():
        found = await documents.find_document(document, case=case)
        await _note(case, [found], Stage.STAFF, by, now)
    return found


async def open_document(
    document: UUID, *, case: UUID, by: Actor, now: datetime
) -> tuple[Document, AsyncIterator[bytes]]:
    """A document for whoever may read it: what it is, and what it holds, piece by piece.

    Raises NotFound where it is not hers to see, Erased, Tampered. Side effects: the disclosure log, an audit event.
    """
    async with transaction():
        found = await documents.find_document(document, case=case)
        stage = Stage.STAFF
        if not by.is_staff():
            stage = Stage.FILE
            if not found.sharing.reaches(await _engaged_as(case, by, now)):
                raise NotFound(documents.GONE)
        await _note(case, [found], stage, by, now)
        await _record("document_opened", found, by, now)
    pieces = documents.pieces_of(found)
    first = await anext(pieces)  # what cannot be opened is told before a byte of it is sent
    return found, _after(first, pieces)


async def _after(first: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in pieces:
        yield piece


async def describe_document(
    document: UUID,
    *,
    case: UUID,
    kind: DocumentKind | None = None,
    about: str | None = None,
    sharing: Sharing | None = None,
    opened: Mapping[str, str] | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Say what a document is, and who of the team may open it; what is left out stays as it is.

    ``opened`` has what she has before her, by the names of what she changes; Overtaken where somebody else has changed
    the same since. Side effect: audit events, without a word of it.
    """
    require_staff(by)
    said = {"kind": kind, "about": None if about is None else _about(about), "sharing": sharing}
    async with transaction():
        await lock_case(case)
        known = await documents.find_document(document, case=case)
        given = {name: value for name, value in said.items() if value is not None}
        if opened is not None:
            require_untouched(given, opened, {name: getattr(known, name) for name in given}, absent="")
        changed = msgspec.structs.replace(known, **given)
        if changed == known:
            return
        await documents.update_document(changed, now=now)
        shared = {"sharing": str(changed.sharing)} if changed.sharing is not known.sharing else {}
        await _record("document_shared" if shared else "document_described", changed, by, now, **shared)


async def remove_document(document: UUID, *, case: UUID, by: Actor, now: datetime) -> None:
    """Delete a document for good; Held under a legal hold. Side effect: an audit event that says of which kind."""
    require_staff(by)
    async with transaction():
        known = await documents.find_document(document, case=case)
        await holds.require_free(case)
        await documents.delete_document(document)
        await _record("document_removed", known, by, now)
