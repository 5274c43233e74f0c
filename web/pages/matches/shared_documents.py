"""What of a case's documents is shared with a volunteer who is engaged in it, and the files themselves."""

from typing import Final
from uuid import UUID

from litestar import get
from litestar.response import Stream, Template

from core.errors import NotFound
from core.queries.matches.teams import Team, find_team
from core.services.casework import documents
from web.access.roles import VOLUNTEERS, only
from web.addresses import Key
from web.downloads import file_answer
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.shapes.cases.documents import document_item, list_title

PATH: Final = "/matches/{key:uuid}/documents"


@get(PATH, opt=only(VOLUNTEERS))
async def shared_page(frame: Framed, key: Key) -> Template:
    """The documents that are shared with her seat. Each look is noted."""
    team = await _mine(frame, key)
    found = await documents.shared_documents(team.case.id, by=frame.by, now=frame.house.clock())
    return frame.page(
        "matches/documents.html",
        title=list_title(len(found)),
        ref=team.case.ref,
        path=f"/matches/{key}",
        documents=[document_item(one, frame.times, f"/matches/{key}/documents") for one in found],
    )


@get(f"{PATH}/{{document:uuid}}/file", opt=only(VOLUNTEERS))
async def shared_file(frame: Framed, key: Key, document: Key) -> Stream:
    """One of them, as a download."""
    team = await _mine(frame, key)
    found, pieces = await documents.open_document(document, case=team.case.id, by=frame.by, now=frame.house.clock())
    return file_answer(pieces, name=found.download_name, media_type=found.file_type.media_type)


async def _mine(frame: Frame, key: UUID) -> Team:
    """A match that she has a seat in; how far that brings her, the verbs ask."""
    team = await find_team(key)
    if team.seat_of(frame.by.volunteer) is None:
        raise NotFound(_("There is no such match, or it is not yours to see."))
    return team


ROUTES = (shared_page, shared_file)
