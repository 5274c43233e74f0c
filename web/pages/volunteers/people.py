"""Volunteers for coordinators: a list to search, the page of one, and her standing noted by hand."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec.structs import replace

from core.errors import BadInput, NotFound
from core.model.conflicts.organisations import LONGEST
from core.model.languages import language_name
from core.model.people import Leave
from core.model.plugins.showing import PanelPlace
from core.model.vocabulary import PracticeArea, Standing, VolunteerRole
from core.queries.volunteers.duplicates import past_merges
from core.queries.volunteers.people import Search, carried, count_people, find_people, languages_known, seats_held
from core.services.rosters.standings import record_standing
from core.services.volunteers.volunteering import change_volunteer
from core.store.audit import events_of
from core.store.volunteers.merges import absorbed_by
from core.store.volunteers.volunteers import find_volunteer, kept_of
from web.access.roles import STAFF, only
from web.addresses import After, Key, Text, address, chosen, plain
from web.frames.portal import Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.matches.engagements import Form
from web.shapes.plugins.panels import panel_slots
from web.shapes.records import history
from web.shapes.volunteers import people as shapes
from web.shapes.volunteers.merging import merge_item
from web.words.field import language_options, options, word
from web.words.times import Times


class Noted(msgspec.Struct):
    """A standing as a coordinator heard of it."""

    jurisdiction: str = ""
    standing: Standing = Standing.UNKNOWN


@get("/volunteers", opt=only(STAFF))
async def people_page(
    frame: Framed,
    name: Text = "",
    role: Text = "",
    area: Text = "",
    language: Text = "",
    after: After = None,
) -> Template:
    """The volunteers, with filters."""
    given = {"name": name.strip()[:80], "role": role, "area": area, "language": language}
    search = Search(
        name=given["name"],
        role=chosen(VolunteerRole, role),
        area=chosen(PracticeArea, area),
        language=plain(language),
    )
    page = await find_people(search, after=after)
    active = sum(bool(value) for value in given.values())
    return frame.page(
        "volunteers/people.html",
        title=_title(await count_people(search), filtered=bool(active)),
        people=[shapes.person_item(one, frame.times) for one in page.rows],
        given=given,
        active=active,
        roles=options(VolunteerRole),
        areas=options(PracticeArea),
        languages=language_options(await languages_known()),
        following=address("/volunteers", **given, after=page.next) if page.next else None,
        first=address("/volunteers", **given) if after else None,
    )


def _title(found: int, *, filtered: bool) -> str:
    if not found:
        return _("No volunteer is like that") if filtered else _("No volunteer has joined yet")
    said = ngettext("%(num)s volunteer", "%(num)s volunteers", found) % {"num": found}
    return _("%(volunteers)s found") % {"volunteers": said} if filtered else said


@get("/volunteers/{key:uuid}", opt=only(STAFF))
async def person_page(frame: Framed, key: Key) -> Template | Redirect:
    """One volunteer: abilities, admissions, what she carries, leave, history. An old record leads to the kept one."""
    found = await carried([key])
    if not found:
        owner = (await kept_of([key])).get(key)
        if owner is None:
            raise NotFound(_("There is no such volunteer."))
        return Redirect(f"/volunteers/{owner}")
    person = found[0].volunteer
    seats = await seats_held(key)
    told = await events_of([key, *await absorbed_by(key)])
    events = [one for one in told if one.subject == key or one.kind != "record_absorbed"]
    return frame.page(
        "volunteers/person.html",
        volunteer=person,
        title=person.name,
        kicker=[word(role) for role in person.roles],
        mark={"tags": shapes.person_tags(found[0], frame.times)},
        facts=shapes.person_facts(found[0]),
        practice=shapes.practice_rows(person),
        spoken=[shapes.language_item(one) for one in person.languages],
        pairs=[_pair(one) for one in person.interprets],
        bars=[shapes.bar_item(bar) for bar in person.bars],
        represents=shapes.represents(person),
        home_bar=person.bars[0].jurisdiction if person.bars else "",
        standings=options(Standing),
        leave=[_leave_line(one, frame.times) for one in person.leave],
        seats=[shapes.seat_item(seat) for seat in seats],
        merges=[merge_item(one, frame.times) for one in await past_merges(key)],
        history=history(events, frame.times),
        panels=panel_slots(frame, PanelPlace.VOLUNTEER, key),
    )


def _pair(pair: Any) -> str:
    return _("%(one)s and %(other)s") % {"one": language_name(pair.source), "other": language_name(pair.target)}


def _leave_line(leave: Leave, times: Times) -> str:
    return _("%(first)s to %(last)s") % {"first": times.day(leave.starts), "last": times.day(leave.ends)}


@post("/volunteers/{key:uuid}/standing", opt=only(STAFF))
async def note_standing(
    frame: Framed,
    key: Key,
    data: Annotated[Noted, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Note a standing by hand; when she loses good standing, her open offers go on hold."""
    where = data.jurisdiction.strip().upper()
    if len(where) != 2 or not where.isascii() or not where.isalpha():
        raise BadInput(_("A bar is written as two letters, such as NM or DC."))
    await record_standing(key, jurisdiction=where, standing=data.standing, by=frame.by, now=frame.house.clock())
    return onward(f"/volunteers/{key}", "standing")


@post("/volunteers/{key:uuid}/firm", opt=only(STAFF))
async def note_firm(frame: Framed, key: Key, data: Form) -> Redirect:
    """Note whom she works for: she is kept off cases with that organisation on the other side."""
    firm = " ".join(data.text.split())[:LONGEST]
    known = await find_volunteer(key)
    await change_volunteer(replace(known, firm=firm), by=frame.by, now=frame.house.clock())
    return onward(f"/volunteers/{key}", "firm")


ROUTES = (people_page, person_page, note_standing, note_firm)
