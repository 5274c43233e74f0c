"""Volunteers for coordinators: a list to search, and the page of one."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.response import Template

from core.errors import NotFound
from core.model.languages import language_name
from core.model.people import Volunteer, standing_of
from core.model.vocabulary import GOOD_STANDING, REPRESENTING, PracticeArea, VolunteerRole
from core.queries.people import Carried, HeldSeat, Search, carried, find_people, seats_held
from core.store.audit import events_of
from web.access import STAFF, only
from web.addresses import address, chosen, plain
from web.frame import Frame
from web.i18n import gettext as _
from web.shapes.records import history
from web.times import Times, number
from web.words import options, tone, word

Item = dict[str, Any]


@get("/volunteers", opt=only(STAFF))
async def people_page(
    frame: Frame, name: str = "", role: str = "", area: str = "", language: str = "", after: UUID | None = None
) -> Template:
    """The volunteers, with filters."""
    search = Search(
        name=name.strip()[:80],
        role=chosen(VolunteerRole, role),
        area=chosen(PracticeArea, area),
        language=plain(language),
    )
    given = {"name": name.strip(), "role": role, "area": area, "language": language}
    page = await find_people(search, after=after)
    return frame.page(
        "coordinator/people.html",
        title=_("Volunteers") if page.rows else _("No volunteer matches"),
        people=[_person_item(one, frame.times) for one in page.rows],
        given=given,
        active=sum(bool(value) for value in given.values()),
        roles=options(VolunteerRole),
        areas=options(PracticeArea),
        following=address("/volunteers", **given, after=page.next) if page.next else None,
    )


def _person_item(one: Carried, times: Times) -> Item:
    person = one.volunteer
    return {
        "ref": person.name,
        "href": f"/volunteers/{person.id}",
        "title": ", ".join(word(role) for role in person.roles) or _("no role yet"),
        "tags": _tags(person, times),
        "line": [_practice(person), _spoken(person)] if person.practice else _spoken(person),
        "facts": [
            {"label": _("Seats"), "value": _of(one.seats, person.capacity.cases)},
            {"label": _("Where"), "value": _home(person)},
        ],
    }


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s used") % {"part": part, "whole": whole}


def _home(person: Volunteer) -> str:
    home = person.county or person.us_state or _("not given")
    return _("%(home)s, also remote") % {"home": home} if person.remote else home


def _practice(person: Volunteer) -> str:
    return ", ".join(
        _("%(area)s level %(level)s") % {"area": word(area), "level": level} for area, level in person.practice.items()
    )


def _spoken(person: Volunteer) -> str:
    return ", ".join(f"{language_name(one.language)} {number(one.ilr)}" for one in person.languages) or _("English")


def _tags(person: Volunteer, times: Times) -> list[Item]:
    tags = []
    standing = standing_of(person.bars)
    if set(person.roles) & set(REPRESENTING) and standing not in GOOD_STANDING and person.bars:
        tags.append({"label": word(standing), "tone": "now"})
    if any(one.starts <= times.today <= one.ends for one in person.leave):
        tags.append({"label": _("On leave"), "tone": "soon"})
    return tags


@get("/volunteers/{key:uuid}", opt=only(STAFF))
async def person_page(frame: Frame, key: UUID) -> Template:
    """One volunteer: abilities, admissions, what she carries, leave, history."""
    found = await carried([key])
    if not found:
        raise NotFound("There is no such volunteer.")
    person = found[0].volunteer
    held = await seats_held(key)
    return frame.page(
        "coordinator/person.html",
        person=person,
        title=person.name,
        kicker=[word(role) for role in person.roles],
        tags=_tags(person, frame.times),
        facts=_facts(found[0]),
        practice=[{"label": word(area), "value": _("level %(n)s") % {"n": n}} for area, n in person.practice.items()],
        spoken=[_language_item(person, one) for one in person.languages],
        pairs=[f"{language_name(one.source)} ↔ {language_name(one.target)}" for one in person.interprets],
        bars=[_bar_item(bar) for bar in person.bars],
        leave=[f"{frame.times.day(one.starts)} – {frame.times.day(one.ends)}" for one in person.leave],
        seats=[_seat_item(seat) for seat in held],
        history=history(await events_of([key]), frame.times),
    )


def _facts(one: Carried) -> list[Item]:
    capacity = one.volunteer.capacity
    hours = (
        _("no limit") if capacity.hours_a_month is None else _("%(n)s a month") % {"n": number(capacity.hours_a_month)}
    )
    return [
        {"label": _("Seats"), "value": _of(one.seats, capacity.cases)},
        {"label": _("Mentoring"), "value": _of(one.mentoring, capacity.mentoring)},
        {"label": _("Hours"), "value": hours},
        {"label": _("Where"), "value": _home(one.volunteer)},
        {"label": _("E-mail"), "value": one.volunteer.email or _("none")},
        {
            "label": _("Immigration courts"),
            "value": _("registered") if one.volunteer.eoir_registered else _("not registered"),
        },
    ]


def _language_item(person: Volunteer, one: Any) -> Item:
    certified = f", {one.certification}" if one.certification else ""
    return {"label": language_name(one.language), "value": f"ILR {number(one.ilr)}{certified}"}


def _bar_item(bar: Any) -> Item:
    good = bar.standing in GOOD_STANDING
    return {
        "place": bar.jurisdiction,
        "number": bar.number,
        "tag": {"label": word(bar.standing), "tone": "ok" if good else "now"},
    }


def _seat_item(seat: HeldSeat) -> Item:
    return {
        "href": f"/matches/{seat.match}",
        "ref": seat.ref,
        "what": f"{word(seat.role)}, {word(seat.practice_area)}",
        "tag": {"label": word(seat.state), "tone": tone(seat.state)},
    }


ROUTES = (people_page, person_page)
