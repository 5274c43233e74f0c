"""Why a case fits a volunteer, or what stands in the way, a line each."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from core.model.listings.attributes import Attribute
from core.model.plans.fit import levels_short, needs_mentor, speaks_directly
from core.model.vocabulary import Forum, SeatRole
from core.services.matches.fitting import Fit
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.full import hours
from web.words.field import languages, word
from web.words.field import marked as _n
from web.words.times import number
from web.words.tongues import language_name

Item = dict[str, Any]


def fit_lines(fit: Fit) -> list[Item]:
    """What stands in the way first, then what fits and what to look at."""
    blocked = [_look(line) for line in what_blocks(fit)]
    codes = {reason.code for reason in fit.verdict.reasons}
    told = _representing(fit, codes) if fit.role is SeatRole.ATTORNEY else _interpreting(fit)
    return [*blocked, *told, *_room(fit, codes), *_agreed(fit)]


def what_blocks(fit: Fit) -> list[str]:
    """The rules that say no, each told to the volunteer herself; a partner's rule is told in its own words."""
    told = [_(_BLOCKED[one.code]) if one.code in _BLOCKED else one.sentence for one in fit.verdict.reasons]
    return list(dict.fromkeys(told))


_BLOCKED: Final[Mapping[str, str]] = {
    "role": _n("You do not represent clients"),
    "standing": _n("We do not know you to be in good standing at a bar"),
    "skill": _n("It asks for more experience in this area than you have told us of"),
    "language": _n("You do not interpret a language of this client"),
    "capacity": _n("You have no free place right now"),
    "hours": _n("It takes more hours than you have free"),
    "time": _n("There is too little working time before the deadline"),
    "location": _n("It has to be done in person, and it is too far from you"),
    "conflict": _n("You have a conflict, have said no to this case before, or it is meant for others"),
    "pinned": _n("This seat is kept for somebody else"),
    "undecided": _n("A rule could not decide; a coordinator has to look at it"),
}


def _fits(text: str) -> Item:
    return {"fits": True, "text": text}


def _look(text: str) -> Item:
    return {"fits": False, "text": text}


def _representing(fit: Fit, codes: set[str]) -> Iterator[Item]:
    case, person = fit.case, fit.volunteer
    level = person.practice.get(case.practice_area)
    if Attribute.AREA in fit.hidden:
        yield _look(_("The practice area is not shown yet: a coordinator sees whether it is yours"))
    elif level and levels_short(case, person) == 0:
        yield _fits(
            _("%(area)s, level %(level)s: the case asks for level %(asked)s")
            % {"area": word(case.practice_area), "level": level, "asked": case.skill_level}
        )
    if needs_mentor(case, person) and "skill" not in codes:
        yield _look(_("A mentor joins you: the case is a step above your level, or you work under supervision"))
    if case.attorneys > 1:
        yield _look(_("The case asks for two attorneys: co-counsel joins you, and you lead"))
    if Attribute.LANGUAGE in fit.hidden:
        yield _look(_("The client's language is not shown yet: an interpreter joins you where you need one"))
    elif speaks_directly(case, person):
        spoken = next(tag for tag in case.languages if person.languages.get(tag, 0) >= 3)
        yield _fits(
            _("You speak %(language)s with the client: no interpreter needed") % {"language": language_name(spoken)}
        )
    else:
        yield _look(
            _("The client speaks %(languages)s: an interpreter joins you") % {"languages": languages(case.languages)}
        )
    if case.forum in (Forum.EOIR, Forum.BIA) and person.eoir_registered:
        yield _fits(_("You are registered with the immigration courts"))


def _interpreting(fit: Fit) -> Iterator[Item]:
    if Attribute.LANGUAGE in fit.hidden:
        yield _look(_("The client's language is not shown yet: a coordinator sees whether you interpret it"))
        return
    for one, other in fit.volunteer.interprets:
        if {one, other} & set(fit.case.languages):
            pair = {"one": language_name(one), "other": language_name(other)}
            yield _fits(_("You interpret between %(one)s and %(other)s") % pair)


def _room(fit: Fit, codes: set[str]) -> Iterator[Item]:
    case, person = fit.case, fit.volunteer
    if "location" not in codes:
        remote = case.remote_ok and person.remote
        yield _fits(_("It can be done remotely")) if remote else _near(fit)
    if person.capacity_cases > 0:
        places = ngettext("You have %(num)s free place", "You have %(num)s free places", person.capacity_cases)
        yield _fits(places % {"num": person.capacity_cases})
    if person.capacity_hours is not None and person.capacity_hours >= case.hours:
        yield _fits(
            _("%(needed)s fit into your %(free)s free hours")
            % {"needed": hours(case.hours), "free": number(person.capacity_hours)}
        )
    if case.deadline is not None and any(starts <= case.deadline for starts, _ends in person.leave):
        yield _look(_("Your leave coincides with a possible date"))


def _near(fit: Fit) -> Item:
    if Attribute.REGION in fit.hidden:
        return _look(_("It is done in person, and the region is not shown yet: a coordinator looks at the distance"))
    return _fits(_("It is within your reach"))


def _agreed(fit: Fit) -> Iterator[Item]:
    if fit.verdict.allowed:
        if fit.hidden & {Attribute.LANGUAGE, Attribute.AREA}:
            yield _fits(_("All rules of the programme allow it, as far as is shown"))
        else:
            yield _fits(_("All rules of the programme allow it"))
