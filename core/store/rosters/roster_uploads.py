"""Rosters that are uploaded by hand, in the database: which they are, what is settled of their columns, their files."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from core import tables as t
from core.errors import NotFound
from core.store.keys import new_id
from core.store.paths import via

Row = dict[str, Any]


async def insert_by_hand(roster: UUID) -> None:
    """Note that people upload this roster."""
    await t.RosterByHand.insert(t.RosterByHand(roster=roster))


async def all_by_hand() -> set[UUID]:
    """The rosters that people upload."""
    return {row["roster"] for row in await t.RosterByHand.select(t.RosterByHand.roster)}


async def names_by_hand() -> list[str]:
    """Their names."""
    h = t.RosterByHand
    return [row["name"] for row in await h.select(via(h.roster).name.as_alias("name"))]


async def is_by_hand(roster: UUID) -> bool:
    """Whether people upload this roster."""
    return bool(await t.RosterByHand.exists().where(t.RosterByHand.roster == roster))


async def by_hand_named(name: str) -> Row | None:
    """A roster that is uploaded, with what is settled of its columns as JSON; None where no such one has this name."""
    h = t.RosterByHand
    query = h.select(
        h.roster,
        h.mapping,
        h.header,
        via(h.roster).name.as_alias("name"),
        via(h.roster).title.as_alias("title"),
        via(h.roster).bar.as_alias("bar"),
    )
    row: Row | None = await query.where(via(h.roster).name == name).first()
    return row


async def set_mapping(roster: UUID, *, mapping: str, header: str) -> None:
    """Keep what somebody settled about a roster's columns, and for which headings, both as JSON."""
    h = t.RosterByHand
    await h.update({h.mapping: mapping, h.header: header}).where(h.roster == roster)


async def insert_upload(upload: UUID, roster: UUID, *, file_name: str, size: int, by: str, now: datetime) -> None:
    """Write that a file came, before its pieces."""
    u = t.RosterUpload
    await u.insert(u(id=upload, roster=roster, file_name=file_name, size=size, uploaded_by=by, uploaded_at=now))


async def set_size(upload: UUID, size: int) -> None:
    """Note how many bytes a file has, once all of it is there."""
    await t.RosterUpload.update({t.RosterUpload.size: size}).where(t.RosterUpload.id == upload)


async def insert_piece(upload: UUID, position: int, content: bytes) -> None:
    """Keep one piece of a file."""
    p = t.UploadPiece
    await p.insert(p(id=new_id(), upload=upload, position=position, content=content))


async def pieces_of(upload: UUID) -> AsyncIterator[bytes]:
    """The pieces of a file, one after another."""
    p, position = t.UploadPiece, 0
    while row := await p.select(p.content).where(p.upload == upload, p.position == position).first():
        yield row["content"]
        position += 1


async def find_upload(upload: UUID) -> Row:
    """An upload; NotFound where it is gone."""
    row: Row | None = await t.RosterUpload.select().where(t.RosterUpload.id == upload).first()
    if row is None:
        raise NotFound("This upload is not there any more.")
    return row


async def last_upload(roster: UUID) -> Row | None:
    """The upload of a roster that was looked through last; None where there is none."""
    u = t.RosterUpload
    query = u.select().where(u.roster == roster, u.looked.eq(True))
    row: Row | None = await query.order_by(u.id, ascending=False).first()
    return row


async def set_survey(upload: UUID, survey: str) -> None:
    """Keep what a look through a file found, as JSON."""
    u = t.RosterUpload
    await u.update({u.survey: survey, u.looked: True}).where(u.id == upload)


async def drop_upload(upload: UUID) -> None:
    """Forget a file."""
    await t.RosterUpload.delete().where(t.RosterUpload.id == upload)


async def drop_uploads_left(before: datetime) -> None:
    """Forget files that came before an instant and that nobody could look through."""
    u = t.RosterUpload
    await u.delete().where(u.looked.eq(False), u.uploaded_at < before)


async def drop_older_uploads(roster: UUID, kept: UUID) -> None:
    """Forget the files of a roster that came before this one; one may be on its way."""
    await t.RosterUpload.delete().where(t.RosterUpload.roster == roster, t.RosterUpload.id < kept)
