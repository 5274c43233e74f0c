"""Rosters that a bar brings as files: adding one, keeping its export, and looking through it."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, Contradicts, NotFound
from core.members import ColumnMapping, Survey, survey_file, undecided_words
from core.members.mapping import AS_IT_IS, places_in, require_identity
from core.model.people import Actor
from core.model.places import STATES
from core.model.rosters.work import RosterAct
from core.services.clinic import Clinic, require_roster, require_staff
from core.services.rosters.asking import ask_for
from core.services.rosters.sources import headings_in, mapping_in, uploaded_file
from core.spreadsheets.columns import key_of
from core.store.audit import record
from core.store.database import transaction
from core.store.keys import new_id
from core.store.rosters import roster_uploads, rosters
from core.store.rosters.roster_uploads import Row

PIECE: Final = 1 << 20
"""How much of a file is held at once, in bytes."""
LONGEST_NAME: Final = 40
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Read = Callable[[int], Awaitable[bytes]]
"""Gives up to so many bytes of a file; none at its end."""


async def add_roster(name: str, *, title: str, bar: str, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Add a roster that people upload. Raises BadInput for what it cannot be called, Contradicts where it is there."""
    require_staff(by)
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise BadInput(f"Write at most {LONGEST_NAME} small letters, digits and hyphens, such as county-bar.")
    if not title.strip() or len(title) > 200:
        raise BadInput("Write whose members these are, in at most 200 characters.")
    if bar not in STATES:
        raise BadInput("Choose the jurisdiction whose bar this is.")
    async with transaction():
        if name in {roster.name for roster in clinic.host.rosters()} or await rosters.is_known(name):
            raise Contradicts(f"There is a roster {name} already. Choose another name. Nothing was changed.")
        row = await rosters.ensure_roster(name, title=title.strip(), bar=bar)
        await roster_uploads.insert_by_hand(row["id"])
        await record("roster_added", subject_kind="roster", subject=row["id"], by=by, now=now, roster=name)


async def keep_upload(name: str, read: Read, *, file_name: str, by: Actor, now: datetime) -> None:
    """Keep an export as it comes, some of it at a time, and ask a worker to look through it.

    The export before it stays in use until that has gone well. Raises NotFound for a roster that nobody uploads,
    BadInput for an empty file, TooLate while something else is done with the roster.
    """
    require_roster(by, name)
    row = await _by_hand(name)
    first = await read(PIECE)
    if not first:
        raise BadInput("This file is empty. Export it again, or choose another one. Nothing was changed.")
    upload = new_id()
    await roster_uploads.insert_upload(
        upload, row["roster"], file_name=_file_name(file_name), size=0, by=by.label[:200], now=now
    )
    try:
        await roster_uploads.set_size(upload, await _keep(upload, first, read))
        await ask_for(row["roster"], name, RosterAct.LOOK, subject=upload, by=by, now=now)
    except BaseException:
        await asyncio.shield(roster_uploads.drop_upload(upload))
        raise


async def _keep(upload: UUID, piece: bytes, read: Read) -> int:
    position = size = 0
    while piece:
        await roster_uploads.insert_piece(upload, position, piece)
        position, size = position + 1, size + len(piece)
        piece = await read(PIECE)
    return size


def _file_name(text: str) -> str:
    """A file's name without its folders and without what nobody can see."""
    name = re.split(r"[/\\]", text)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:200] or "upload"


async def _by_hand(name: str) -> Row:
    row = await roster_uploads.by_hand_named(name)
    if row is None:
        raise NotFound(f"There is no roster {name} that is uploaded.")
    return row


async def look_through(name: str, upload: UUID, *, by: Actor, now: datetime) -> bool:
    """Look through an upload and let it take the place of the one before; tell whether its columns are clear.

    They are where somebody has settled them for the same headings, and no word for a standing is new. An upload that is
    no table is forgotten, and the one before stays. Raises Unreadable for it.
    """
    require_roster(by, name)
    row, found = await _by_hand(name), await roster_uploads.find_upload(upload)
    mapping = mapping_in(row)
    try:
        async with uploaded_file(upload) as path:
            survey = await asyncio.to_thread(survey_file, path, mapping=mapping or AS_IT_IS, source=found["file_name"])
    except BadInput:
        await roster_uploads.drop_upload(upload)
        raise
    async with transaction():
        await roster_uploads.set_survey(upload, msgspec.json.encode(survey).decode())
        await roster_uploads.drop_older_uploads(row["roster"], upload)
        await record("roster_uploaded", subject_kind="roster", subject=row["roster"], by=by, now=now, rows=survey.rows)
    return is_settled(survey, mapping, headings_in(row))


async def settle_mapping(
    name: str, mapping: ColumnMapping, *, header: tuple[str, ...], by: Actor, now: datetime
) -> None:
    """Remember which column of a roster is which, and what the bar's words mean, for files with these headings.

    Raises Unreadable where the mapping does not tell who a member is, or names a column that is not there.
    """
    require_roster(by, name)
    row = await _by_hand(name)
    places, _ = places_in(header, mapping, source=row["title"])
    require_identity(places, header, row["title"])
    async with transaction():
        await roster_uploads.set_mapping(
            row["roster"],
            mapping=msgspec.json.encode(mapping).decode(),
            header=msgspec.json.encode(header).decode(),
        )
        columns = sum(map(bool, mapping.columns.values()))
        await record("roster_mapped", subject_kind="roster", subject=row["roster"], by=by, now=now, columns=columns)


def is_settled(survey: Survey, mapping: ColumnMapping | None, headings: tuple[str, ...]) -> bool:
    """Whether a file can be read as the one before was, without asking anybody."""
    if mapping is None or list(map(key_of, headings)) != list(map(key_of, survey.first.header)):
        return False
    return not undecided_words(survey, mapping)
