"""Uploading a bar's export, and saying once which of its columns is which."""

from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound
from core.members import ColumnMapping, Survey
from core.model.rosters.work import RosterAct
from core.services.clinic import require_roster
from core.services.rosters.asking import ask_to_read
from core.services.rosters.sources import headings_in, mapping_in
from core.services.rosters.uploads import is_settled, keep_upload, settle_mapping
from core.store.rosters import roster_uploads, roster_work
from core.store.rosters.roster_uploads import Row
from web.access.roles import ROSTER_KEEPERS, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.rosters import mapping as shapes
from web.shapes.rosters.choices import chosen_columns, chosen_length, chosen_words, mapping_of
from web.shapes.rosters.listing import roster_path

Name = FromPath[str]
UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value


@post("/rosters/{name:str}/upload", opt=only(ROSTER_KEEPERS))
async def upload_export(frame: Framed, name: Name) -> Redirect:
    """Keep an export and have it looked through."""
    require_roster(frame.by, name)
    file = (await frame.visit.form()).get("file")
    if not isinstance(file, UploadFile):
        raise BadInput(_("Choose the file with the bar's export first."))
    await keep_upload(name, file.read, file_name=file.filename, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/work")


@get("/rosters/{name:str}/mapping", opt=only(ROSTER_KEEPERS))
async def mapping_page(frame: Framed, name: Name) -> Template | Redirect:
    """The columns of the last upload, as they are proposed or were settled."""
    row, upload = await _uploaded(frame, name)
    work = await roster_work.work_on(row["roster"])
    if work is not None and work.under_way and work.act is RosterAct.LOOK:
        return onward(f"{roster_path(name)}/work")
    survey = _survey(upload)
    kept = mapping_in(row)
    settled, moved = shapes.settled_for(survey, kept, headings_in(row))
    return _page(frame, row, upload, settled, moved=moved, new=_new_words(survey, kept, row))


def _new_words(survey: Survey, kept: ColumnMapping | None, row: Row) -> bool:
    """Whether a file with the headings that are known says something new."""
    same = kept is not None and headings_in(row) == survey.first.header
    return same and not is_settled(survey, kept, headings_in(row))


@post("/rosters/{name:str}/mapping", opt=only(ROSTER_KEEPERS))
async def choose_mapping(frame: Framed, name: Name) -> Template | Redirect:
    """Show what the file says under what was chosen; or remember it, and have the file read."""
    row, upload = await _uploaded(frame, name)
    form, survey = await frame.visit.form(), _survey(upload)
    columns, wrong = chosen_columns(form, survey)
    words, undecided = chosen_words(form, survey, columns)
    length, too_long = chosen_length(form)
    mapping, errors = mapping_of(columns, words, length), wrong | undecided | too_long
    seen = set(words) >= set(survey.words_of(columns["status"]) or {})
    if form.get("do") == "keep" and not errors and seen:
        header, now = survey.first.header, frame.house.clock()
        await settle_mapping(name, mapping, header=header, by=frame.by, now=now)
        await ask_to_read(name, clinic=frame.house.clinic, by=frame.by, now=now)
        return onward(f"{roster_path(name)}/work")
    shown = errors if form.get("do") == "keep" else too_long
    status = UNREADABLE if shown else HTTPStatus.OK.value
    return _page(frame, row, upload, mapping, words=words, errors=shown, status=status, new=not seen)


async def _uploaded(frame: Frame, name: str) -> tuple[Row, Row]:
    require_roster(frame.by, name)
    row = await roster_uploads.by_hand_named(name)
    upload = await roster_uploads.last_upload(row["roster"]) if row else None
    if row is None or upload is None:
        raise NotFound(_("Nothing has been uploaded for this roster yet."))
    return row, upload


def _survey(upload: Row) -> Survey:
    return msgspec.json.decode(upload["survey"], type=Survey)


def _page(
    frame: Frame,
    row: Row,
    upload: Row,
    mapping: ColumnMapping,
    *,
    words: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    **context: Any,
) -> Template:
    survey, errors = _survey(upload), errors or {}
    found = shapes.understood(survey, mapping, bar=row["bar"], source=upload["file_name"])
    taken = found.proposal.mapping
    return frame.page(
        "rosters/mapping.html",
        status=status,
        title=_("Which column is which?"),
        roster={"title": row["title"], "href": roster_path(row["name"])},
        file=upload["file_name"],
        length=shapes.read_rows(survey),
        table=shapes.first_rows_table(survey, found.proposal),
        fields=shapes.field_items(survey, found, mapping.columns, errors),
        words=shapes.word_items(survey, taken, words or {}, errors),
        words_note=shapes.words_note(survey, taken),
        meanings=shapes.meanings(),
        people=shapes.people_items(found.proposal),
        doubts=[each for each in (found.doubt, *found.proposal.problems[:5]) if each],
        notes=found.proposal.notes,
        digits=mapping.number_length or "",
        errors=errors,
        summary=[{"name": field, "text": said} for field, said in errors.items()],
        **{"moved": (), "new": False} | context,
    )


UPLOADS = (upload_export,)
ROUTES = (mapping_page, choose_mapping)
