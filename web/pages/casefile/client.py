"""The client's record: how to reach her safely, who she is, what she told; each look is noted, each change too."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.envelope import Erased
from core.errors import Overtaken
from core.model.cases.case import Case
from core.model.clients.client import Client, ClientField, Purpose
from core.services.clients.correcting import correct_record, version_of_client
from core.services.clients.disclosing import read_client
from core.store.cases.cases import find_case
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head, case_tabs
from web.shapes.clients import client as shapes
from web.shapes.clients.client_form import SHOWN, Fields, client_choices, known_fields, line_in, typed_fields
from web.shapes.clients.client_reading import ClientReader
from web.typed import given_back
from web.words.field import languages

PATH: Final = "/cases/{key:uuid}/client"
UNREADABLE: Final = 422


@get(PATH, opt=only(STAFF))
async def client_page(frame: Framed, key: Key) -> Template:
    """What is known of the client, with how to reach her first."""
    case = await find_case(key)
    try:
        client = await read_client(key, SHOWN, purpose=Purpose.CONTACT, by=frame.by, now=frame.house.clock())
    except Erased as problem:
        return _record(frame, case, {}, erased=str(problem))
    return _record(frame, case, client)


def _record(frame: Frame, case: Case, client: Client, erased: str = "") -> Template:
    return frame.page(
        "casefile/client.html",
        **case_head(frame, case),
        name=client.get(ClientField.NAME) or _("Nothing is known of the client"),
        spoken=languages(case.languages),
        known=bool(client),
        erased=erased,
        contact=shapes.contact_item(client),
        identity=shapes.identity_facts(client, frame.times),
        household=shapes.household_line(client),
        interpreted=shapes.interpreted_item(client),
        story=client.get(ClientField.STORY, ""),
    )


@get(f"{PATH}/edit", opt=only(STAFF))
async def edit_page(frame: Framed, key: Key) -> Template:
    """What is known of the client, to be corrected."""
    now = frame.house.clock()
    client = await read_client(key, SHOWN, purpose=Purpose.CORRECTION, by=frame.by, now=now)
    return await _form(frame, key, known_fields(client), {}, version=version_of_client(client))


async def _form(
    frame: Frame, key: UUID, typed: Fields, errors: dict[str, str], *, version: str, overtaken: Client | None = None
) -> Template:
    case = await find_case(key)
    return frame.page(
        "casefile/client_edit.html",
        status=UNREADABLE if errors or overtaken is not None else 200,
        case=case,
        tabs=case_tabs(frame, key),
        title=_("The client of %(ref)s") % {"ref": case.ref},
        version=version,
        overtaken=shapes.differing_facts(known_fields(overtaken), typed) if overtaken is not None else None,
        choices=client_choices(),
        **given_back(typed, errors),
    )


@post(f"{PATH}/edit", opt=only(STAFF), status_code=200)
async def correct(frame: Framed, key: Key) -> Redirect | Template:
    """Keep what was corrected, unless somebody else has changed the record since the form was opened."""
    form = await frame.visit.form()
    typed = typed_fields(form)
    reader, version = ClientReader(typed, frame.times.today), line_in(form, "version")
    client, now = reader.client(), frame.house.clock()
    if reader.errors:
        return await _form(frame, key, typed, reader.errors, version=version)
    try:
        await correct_record(key, client, version=version, by=frame.by, now=now)
    except Overtaken:
        known = await read_client(key, SHOWN, purpose=Purpose.CORRECTION, by=frame.by, now=now)
        return await _form(frame, key, typed, {}, version=version_of_client(known), overtaken=known)
    return onward(f"/cases/{key}/client", "client-kept")


ROUTES = (client_page, edit_page, correct)
