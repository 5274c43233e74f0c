"""Volunteers for coordinators: what they can do, their standing, what they carry."""

from typing import Any, Final

from core.model.languages import LanguageAbility
from core.model.people import BarAdmission, Volunteer, standing_of
from core.model.vocabulary import GOOD_STANDING, REPRESENTING
from core.queries.volunteers.people import Carried, HeldSeat
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import tone, word
from web.words.times import Times, number
from web.words.tongues import language_name

Item = dict[str, Any]
NATIVE: Final = 5.0


def person_item(one: Carried, times: Times) -> Item:
    """A volunteer in a list."""
    person = one.volunteer
    return {
        "name": person.name,
        "href": f"/volunteers/{person.id}",
        "roles": ", ".join(word(role) for role in person.roles) or _("no role yet"),
        "tags": person_tags(one, times),
        "facts": [
            {"label": _("Load"), "value": load(one)},
            {"label": _("Practice areas"), "value": _practice(person) or _("none")},
            {"label": _("Languages"), "value": _spoken(person)},
            {"label": _("Where"), "value": home(person)},
        ],
    }


def load(one: Carried) -> str:
    """How much of her capacity is taken: "1 of 2 places used"."""
    places = one.volunteer.capacity.cases
    said = ngettext("%(part)s of %(num)s place used", "%(part)s of %(num)s places used", places)
    return said % {"part": one.seats, "num": places}


def _mentoring(one: Carried) -> str:
    places = one.volunteer.capacity.mentoring
    said = ngettext("%(part)s of %(num)s place used", "%(part)s of %(num)s places used", places)
    return said % {"part": one.mentoring, "num": places}


def represents(person: Volunteer) -> bool:
    """Whether she could fill an attorney seat, so that a standing matters."""
    return bool(set(person.roles) & set(REPRESENTING))


def person_tags(one: Carried, times: Times) -> list[Item]:
    """What must be known of her first: a bad standing, leave, no free place."""
    person, tags = one.volunteer, []
    standing = standing_of(person.bars)
    if represents(person) and person.bars and standing not in GOOD_STANDING:
        tags.append({"label": word(standing), "tone": "now"})
    if any(leave.starts <= times.today <= leave.ends for leave in person.leave):
        tags.append({"label": _("On leave"), "tone": "soon"})
    if one.seats >= person.capacity.cases:
        tags.append({"label": _("No free place"), "tone": "plain"})
    return tags


def home(person: Volunteer) -> str:
    """Where she works."""
    place = ", ".join(part for part in (person.county, person.us_state) if part) or _("not given")
    return _("%(place)s, also remote") % {"place": place} if person.remote else place


def _practice(person: Volunteer) -> str:
    known = [_("%(area)s %(level)s") % {"area": word(area), "level": n} for area, n in person.practice.items()]
    return ", ".join(known)


def _spoken(person: Volunteer) -> str:
    return ", ".join(language_name(one.language) for one in person.languages) or _("English")


def person_facts(one: Carried) -> list[Item]:
    """The facts of a volunteer on her own page."""
    person, hours = one.volunteer, one.volunteer.capacity.hours_a_month
    facts = [
        (_("Places"), load(one)),
        (_("Mentoring"), _mentoring(one)),
        (_("Hours"), _("no limit given") if hours is None else _("%(num)s a month") % {"num": number(hours)}),
        (_("Where"), home(person)),
        (_("E-mail"), person.email or _("none")),
        (_("Immigration courts"), _("registered") if person.eoir_registered else _("not registered")),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def practice_rows(person: Volunteer) -> list[Item]:
    """Practice areas with their levels."""
    return [{"label": word(area), "value": _("level %(num)s") % {"num": n}} for area, n in person.practice.items()]


def language_item(one: LanguageAbility) -> Item:
    """A language with its level and certification."""
    level = _("native or nearly") if one.ilr >= NATIVE else _("ILR %(num)s") % {"num": number(one.ilr)}
    return {"label": language_name(one.language), "value": ", ".join(filter(None, (level, one.certification)))}


def bar_item(bar: BarAdmission) -> Item:
    """An admission with its standing."""
    good = bar.standing in GOOD_STANDING
    number_said = _("No. %(num)s") % {"num": bar.number} if bar.number else ""
    since = _("since %(year)s") % {"year": bar.admitted_year} if bar.admitted_year else ""
    return {
        "place": bar.jurisdiction,
        "line": ", ".join(filter(None, (number_said, since))),
        "tag": {"label": word(bar.standing), "tone": "ok" if good else "now"},
    }


def seat_item(seat: HeldSeat) -> Item:
    """A seat that she has or had."""
    return {
        "href": f"/matches/{seat.match}",
        "ref": seat.ref,
        "what": f"{word(seat.role)}, {word(seat.practice_area)}",
        "tag": {"label": word(seat.state), "tone": tone(seat.state)},
    }
