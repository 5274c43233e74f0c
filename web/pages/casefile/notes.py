"""The notes of a case, whom we spoke with, and what is to be done: one page, one look in the disclosure log."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import WrongEntries
from core.model.cases.casework import LONGEST_NOTE, LONGEST_WORDS, Channel, Contact, Counterpart, Direction, Outcome
from core.model.languages import language_tag
from core.model.states import TaskState
from core.services.casework import notes
from core.services.casework.tasks import STAFF_ROLES
from core.store.accounts import names_with
from core.store.cases.cases import find_case
from core.store.keys import new_id
from core.store.upkeep.erasing import is_reduced
from web.access.roles import STAFF, only
from web.addresses import Key, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases import casework as shapes
from web.shapes.cases.case_tabs import case_head
from web.typed import given_back
from web.words.times import zone

UNREADABLE: Final = 422
FIELDS: Final = {"at": "day", "words": "said"}
"""The fields of the form of a contact, by what the verb calls them."""


@get("/cases/{key:uuid}/notes", opt=only(STAFF))
async def notes_page(frame: Framed, key: Key) -> Template:
    """What is written down beside a case. That somebody looked goes into the disclosure log."""
    return await casework_page(frame, key)


async def casework_page(
    frame: Frame,
    key: UUID,
    form: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Template:
    """The page; with ``form`` the one of its forms that was not taken, as it was typed."""
    case = await find_case(key)
    file = await notes.read_casework(key, by=frame.by, now=frame.house.clock())
    still = [one for one in file.tasks if one.state is TaskState.OPEN]
    there = frame.times.now.astimezone(zone(frame.house.settings.timezone))
    return frame.page(
        "casefile/notes.html",
        status=UNREADABLE if errors else 200,
        **case_head(frame, case),
        path=f"/cases/{key}",
        erased=await is_reduced(key),
        title=shapes.tasks_title(len(still)),
        talk=shapes.talk(file, frame.by, frame.times),
        tasks=[shapes.task_item(one, frame.times) for one in still],
        ended=[shapes.task_item(one, frame.times) for one in file.tasks if one.state is not TaskState.OPEN],
        form=form,
        today=there.date().isoformat(),
        clock=there.strftime("%H:%M"),
        longest_note=LONGEST_NOTE,
        longest=LONGEST_WORDS,
        **shapes.contact_choices(case.languages),
        **shapes.task_choices(await names_with(*STAFF_ROLES)),
        **given_back(typed or {}, errors or {}),
    )


@post("/cases/{key:uuid}/notes", opt=only(STAFF), status_code=200)
async def write_note(frame: Framed, key: Key) -> Redirect | Template:
    """Keep a note, sealed."""
    form = await frame.sent()
    try:
        await notes.write_note(key, form.get("text", ""), by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await casework_page(frame, key, "note", form, problem.errors)
    return onward(f"/cases/{key}/notes", "note-written")


@post("/cases/{key:uuid}/notes/{note:uuid}/take-back", opt=only(STAFF))
async def take_back(frame: Framed, key: Key, note: Key) -> Redirect:
    """Delete what a note says."""
    await notes.take_back_note(key, note, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/notes", "note-taken-back")


@post("/cases/{key:uuid}/contacts", opt=only(STAFF), status_code=200)
async def note_contact(frame: Framed, key: Key) -> Redirect | Template:
    """Note whom we spoke with."""
    form, now = await frame.sent(), frame.house.clock()
    try:
        await notes.log_contact(_contact(key, form, frame), by=frame.by, now=now)
    except WrongEntries as problem:
        errors = {FIELDS.get(name, name): said for name, said in problem.errors.items()}
        return await casework_page(frame, key, "contact", form, errors)
    return onward(f"/cases/{key}/notes", "contact-noted")


def _contact(key: UUID, form: Mapping[str, str], frame: Frame) -> Contact:
    spoken = form.get("language", "")
    codes: dict[str, Any] = {
        "channel": chosen(Channel, form.get("channel", "")) or Channel.PHONE,
        "direction": chosen(Direction, form.get("direction", "")) or Direction.OUT,
        "counterpart": chosen(Counterpart, form.get("counterpart", "")) or Counterpart.CLIENT,
        "outcome": chosen(Outcome, form.get("outcome", "")) or Outcome.REACHED,
    }
    return Contact(
        id=new_id(),
        case=key,
        at=_instant(form, frame),
        noted_at=frame.house.clock(),
        language=language_tag(spoken) if spoken else "",
        interpreted=bool(form.get("interpreted")),
        words=form.get("said", ""),
        **codes,
    )


def _instant(form: Mapping[str, str], frame: Frame) -> datetime:
    """The day and the time of day, in the zone of the clinic; WrongEntries for what is neither."""
    try:
        day = datetime.fromisoformat(form.get("day", "").strip()).date()
    except ValueError as problem:
        raise WrongEntries({"day": _("Write year, month and day: 2026-03-09.")}) from problem
    try:
        clock = time.fromisoformat(form.get("clock", "").strip())
    except ValueError as problem:
        raise WrongEntries({"clock": _("Write the time of day: 14:30.")}) from problem
    return datetime.combine(day, clock.replace(tzinfo=None), zone(frame.house.settings.timezone))


ROUTES = (notes_page, write_note, take_back, note_contact)
