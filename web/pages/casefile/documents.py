"""Documents of a case: the list, adding one, and the page of one with who may read it."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Stream, Template

from core.errors import BadInput, Overtaken
from core.model.cases.documents import LONGEST_ABOUT, DocumentKind, Sharing
from core.services.casework import documents
from core.services.casework.documents import Brought
from core.store.cases.cases import find_case
from core.store.upkeep.erasing import is_reduced
from web.access.roles import STAFF, only
from web.addresses import Key, chosen
from web.downloads import file_answer
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head, case_tabs
from web.shapes.cases.documents import document_choices, document_item, file_words, list_title
from web.streamed import form_with_file
from web.typed import beside, changed_entries, given_back, opened_with, words_of
from web.words.field import word

PATH: Final = "/cases/{key:uuid}/documents"
ONE: Final = f"{PATH}/{{document:uuid}}"
UNREADABLE: Final = 422
DESCRIBED: Final = ("kind", "about", "sharing")


@get(PATH, opt=only(STAFF))
async def documents_page(frame: Framed, key: Key) -> Template:
    """The documents of a case. That somebody looked goes into the disclosure log."""
    return await _page(frame, key, {}, {})


async def _page(frame: Frame, key: UUID, typed: Mapping[str, str], errors: Mapping[str, str]) -> Template:
    case = await find_case(key)
    found = await documents.list_documents(key, by=frame.by, now=frame.house.clock())
    erased = not found and await is_reduced(key)
    return frame.page(
        "casefile/documents.html",
        status=UNREADABLE if errors else 200,
        **case_head(frame, case),
        title=_("No document any more") if erased else list_title(len(found)),
        erased=erased,
        documents=[document_item(one, frame.times, f"/cases/{key}/documents") for one in found],
        most=frame.house.settings.document_mib,
        longest=LONGEST_ABOUT,
        **document_choices(),
        **given_back(typed, errors),
    )


@post(f"{PATH}/add", opt=only(STAFF, streams=True), status_code=200)
async def add_document(frame: Framed, key: Key) -> Redirect | Template:
    """Seal a file as it comes in. What is not taken is told beside its field, and nothing typed is lost."""
    form = form_with_file(frame.visit)
    if not form.file_name:
        return await _page(frame, key, form.fields, {"file": _("Choose the file first.")})
    try:
        kind, sharing = _chosen(form.fields)
        brought = Brought(kind, form.file_name, about=form.fields.get("about", ""), sharing=sharing)
        most, now = frame.house.settings.document_mib, frame.house.clock()
        await documents.add_document(key, form.read, brought, most_mib=most, by=frame.by, now=now)
    except BadInput as problem:
        await form.drain()
        return await _page(frame, key, form.fields, {"file": str(problem)})
    return onward(f"/cases/{key}/documents", "document-added")


def _chosen(form: Mapping[str, str]) -> tuple[DocumentKind, Sharing]:
    kind = chosen(DocumentKind, form.get("kind", "")) or DocumentKind.OTHER
    return kind, chosen(Sharing, form.get("sharing", "")) or Sharing.STAFF


@get(ONE, opt=only(STAFF))
async def document_page(frame: Framed, key: Key, document: Key) -> Template:
    """What one document is, and who may read it."""
    return await _one(frame, key, document)


async def _one(
    frame: Frame, key: UUID, document: UUID, typed: Mapping[str, str] | None = None, overtaken: Overtaken | None = None
) -> Template:
    """The page, with what was typed where somebody else has changed the same."""
    case = await find_case(key)
    found = await documents.read_document(document, case=key, by=frame.by, now=frame.house.clock())
    known = {name: str(getattr(found, name)) for name in DESCRIBED}
    errors = beside(overtaken, known, words_of(document_choices())) if overtaken else {}
    return frame.page(
        "casefile/document.html",
        status=UNREADABLE if errors else 200,
        case=case,
        tabs=case_tabs(frame, key),
        title=found.about or found.name,
        about=[case.ref, word(found.kind)],
        document=found,
        path=f"/cases/{key}/documents/{document}",
        facts=[
            {"label": _("File"), "value": found.name},
            {"label": _("What it is"), "value": file_words(found)},
            {"label": _("Added"), "value": frame.times.moment(found.added_at)},
            {"label": _("By"), "value": found.added_by},
        ],
        longest=LONGEST_ABOUT,
        was=known,
        **given_back(known | dict(typed or {}), errors),
        **document_choices(),
    )


@get(f"{ONE}/file", opt=only(STAFF))
async def download(frame: Framed, key: Key, document: Key) -> Stream:
    """The file itself, as a download."""
    found, pieces = await documents.open_document(document, case=key, by=frame.by, now=frame.house.clock())
    return file_answer(pieces, name=found.download_name, media_type=found.file_type.media_type)


@post(ONE, opt=only(STAFF), status_code=200)
async def describe(frame: Framed, key: Key, document: Key) -> Redirect | Template:
    """Keep what of a document was changed: whom somebody else has kept from it meanwhile, reads it no more."""
    form = await frame.sent()
    changed = changed_entries(form, DESCRIBED)
    try:
        await documents.describe_document(
            document,
            case=key,
            kind=chosen(DocumentKind, changed.get("kind", "")),
            about=changed.get("about"),
            sharing=chosen(Sharing, changed.get("sharing", "")),
            opened=opened_with(form, DESCRIBED),
            by=frame.by,
            now=frame.house.clock(),
        )
    except Overtaken as problem:
        return await _one(frame, key, document, changed, problem)
    return onward(f"/cases/{key}/documents", "document-described")


@post(f"{ONE}/remove", opt=only(STAFF))
async def remove(frame: Framed, key: Key, document: Key) -> Redirect:
    """Delete a document for good."""
    await documents.remove_document(document, case=key, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/documents", "document-removed")


ROUTES = (documents_page, document_page, download, describe, remove)
UPLOADS = (add_document,)
