"""Documents in the database: what is known of each, and its sealed pieces."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.errors import NotFound
from core.model.cases.documents import Document, Origin, Sharing
from core.store.keys import new_id
from core.store.sealed.case_keys import key_of, known_key

TABLE: Final = "document"
PIECES: Final = "document_piece"
GONE: Final = "There is no such document, or it is not yours to see."


def _place(column: str, document: UUID) -> Place:
    return Place(TABLE, column, str(document))


def _piece_place(document: UUID, position: int, *, last: bool) -> Place:
    """Where a piece belongs: a file that was cut off, or whose pieces changed places, does not open."""
    return Place(PIECES, "content", f"{document}/{position}/{'last' if last else 'more'}")


async def data_key(case: UUID, *, now: datetime) -> DataKey:
    """The key that a case's documents are sealed with; Erased where it was shredded."""
    return await key_of(case, now=now)


async def insert_document(document: Document, key: DataKey, *, by: UUID | None) -> None:
    """Write that a document begins to come in; it is in no list until ``finish_document``."""
    await t.Document.insert(
        t.Document(
            id=document.id,
            case=document.case,
            kind=str(document.kind),
            file_type=str(document.file_type),
            origin=str(document.origin),
            sharing=str(document.sharing),
            name=key.seal(document.name, _place("name", document.id)),
            about=key.seal(document.about, _place("about", document.id)),
            added_by=by,
            added_label=document.added_by[:200],
            added_at=document.added_at,
        )
    )


async def insert_piece(document: UUID, position: int, content: bytes, key: DataKey, *, last: bool) -> None:
    """Seal a piece and keep it."""
    sealed = key.seal_bytes(content, _piece_place(document, position, last=last))
    await t.DocumentPiece.insert(t.DocumentPiece(id=new_id(), document=document, position=position, content=sealed))


async def finish_document(document: UUID, *, size: int, pieces: int) -> None:
    """Note that all of a document is there; from now on it is listed."""
    d = t.Document
    query = d.update({d.size: size, d.pieces: pieces, d.complete: True}).where(d.id == document)
    if not await query.returning(d.id):
        raise NotFound(GONE)


async def find_document(document: UUID, *, case: UUID | None = None) -> Document:
    """A document that is all there, with its name and what it is about; NotFound otherwise, Erased where it was."""
    d = t.Document
    query = d.select().where(d.id == document, d.complete.eq(True))
    row = await (query if case is None else query.where(d.case == case)).first()
    if row is None:
        raise NotFound(GONE)
    key = await known_key(row["case"])
    if key is None:
        raise NotFound(GONE)
    return _opened(row, key)


async def documents_of(case: UUID, *sharings: Sharing) -> list[Document]:
    """The documents of a case, the newest first; with ``sharings``, those that are shared like this."""
    d = t.Document
    query = d.select().where(d.case == case, d.complete.eq(True))
    if sharings:
        query = query.where(d.sharing.is_in([str(one) for one in sharings]))
    rows = await query.order_by(d.id, ascending=False)
    key = await known_key(case) if rows else None
    return [_opened(row, key) for row in rows if key]


async def count_documents(case: UUID, origin: Origin) -> int:
    """How many documents of a case came from there, those on their way counted too."""
    return int(await t.Document.count().where(t.Document.case == case, t.Document.origin == str(origin)))


def _opened(row: dict[str, Any], key: DataKey) -> Document:
    known = {name: row[name] for name in Document.__struct_fields__ if name in row}
    told = {column: key.open(row[column], _place(column, row["id"])) for column in ("name", "about")}
    return msgspec.convert({**known, **told, "added_by": row["added_label"]}, Document)


async def pieces_of(document: Document) -> AsyncIterator[bytes]:
    """What a document holds, piece by piece; Tampered where it is not what was kept, or not all of it."""
    p, key = t.DocumentPiece, await known_key(document.case)
    for position in range(document.pieces):
        row = await p.select(p.content).where(p.document == document.id, p.position == position).first()
        if row is None or key is None:
            raise NotFound(GONE)
        yield key.open_bytes(row["content"], _piece_place(document.id, position, last=position == document.pieces - 1))


async def update_document(document: Document, *, now: datetime) -> None:
    """Write what a document is, what somebody says of it, and who may open it."""
    d, key = t.Document, await key_of(document.case, now=now)
    told = key.seal(document.about, _place("about", document.id))
    columns: dict[Any, Any] = {d.kind: str(document.kind), d.about: told, d.sharing: str(document.sharing)}
    await d.update(columns).where(d.id == document.id)


async def delete_document(document: UUID) -> None:
    """Delete a document with its pieces."""
    await t.Document.delete().where(t.Document.id == document)


async def delete_documents_of(case: UUID) -> None:
    """Delete all documents of a case with their pieces."""
    await t.Document.delete().where(t.Document.case == case)


async def drop_documents_left(before: datetime) -> None:
    """Delete what began to come in before an instant and never came to its end."""
    d = t.Document
    await d.delete().where(d.complete.eq(False), d.added_at < before)
