"""What was asked beside a run, for pages: whom to recruit, and what a scenario would change."""

from typing import Any, Final

from core.model.languages import language_name
from core.model.plans.advice import Recruit, Verified, WhatIf
from core.model.plans.changes import AddAbilities, AddVolunteers, Change, RemoveVolunteer, SetCapacity
from core.model.plans.comparing import Served
from core.model.plans.snapshot import VolunteerFacts
from core.model.vocabulary import PracticeArea
from core.queries.runs.questions import Asked
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.runs.board import GROUPS
from web.words.field import word
from web.words.times import Times

Item = dict[str, Any]
SHOWN: Final = 25


def recruit_title(asked: Asked | None) -> str:
    """What the page answers: "One more Mam and Spanish interpreter would free 14 cases"."""
    if asked is None or not asked.recruit:
        return _("Whom to recruit")
    best = max(asked.recruit, key=lambda one: one.verified.cases if one.verified else 0)
    if best.verified is None or best.verified.cases < 1:
        return _("No single volunteer would free a case")
    said = ngettext(
        "One more like this would free %(num)s case: %(kind)s",
        "One more like this would free %(num)s cases: %(kind)s",
        best.verified.cases,
    )
    return said % {"num": best.verified.cases, "kind": best.kind}


def advice_rows(kinds: tuple[Recruit, ...]) -> list[Item]:
    """The best kinds of volunteer in few words, beside a run."""
    known = [one for one in kinds if one.verified and one.verified.cases > 0]
    best = sorted(known, key=lambda one: -one.verified.cases if one.verified else 0)
    return [{"n": f"{one.verified.cases:+d}", "what": one.kind} for one in best[:3] if one.verified]


def recruit_item(one: Recruit, asked: Asked) -> Item:
    """A kind of volunteer: how many cases it could help, what was predicted, what solving again gave."""
    waiting = sum(one.waiting.values())
    could = ngettext(
        "%(num)s waiting case could use this volunteer", "%(num)s waiting cases could use this volunteer", waiting
    )
    urgent = one.waiting.get("now", 0)
    item: Item = {
        "kind": one.kind,
        "line": [could % {"num": waiting} if waiting else _("would free others for waiting cases")],
        "predicted": _("predicted: up to %(num)s") % {"num": one.predicted_cases},
    }
    if urgent:
        item["line"].append(ngettext("%(num)s of them urgent", "%(num)s of them urgent", urgent) % {"num": urgent})
    return item | (_verified(one.verified, asked) if one.verified else {"cases": None})


def _verified(found: Verified, asked: Asked) -> Item:
    return {
        "cases": f"{found.cases:+d}",
        "proof": _("solved again, proved") if found.proved else _("solved again, within the stated gap"),
        "freed": [_case(ref, asked) for ref in found.freed[:SHOWN]],
        "more": max(0, len(found.freed) - SHOWN),
        "lost": [_case(ref, asked) for ref in found.lost[:SHOWN]],
    }


def _case(ref: str, asked: Asked) -> Item:
    key = asked.cases.get(ref)
    return {"ref": ref, "href": f"/cases/{key}" if key else None}


def what_if_title(asked: Asked | None) -> str:
    """What the page answers: "14 more cases would be served"."""
    if asked is None or asked.what_if is None:
        return _("What if…")
    more = asked.what_if.served_after - asked.what_if.served_before
    if more > 0:
        said = ngettext("%(num)s more case would be served", "%(num)s more cases would be served", more)
    elif more < 0:
        said = ngettext("%(num)s case less would be served", "%(num)s cases less would be served", -more)
    else:
        return _("As many cases would be served as now")
    return said % {"num": abs(more)}


def asked_item(asked: Asked, times: Times) -> Item:
    """A question with its answer, or how far it is."""
    item: Item = {
        "when": times.moment(asked.asked_at),
        "open": asked.is_open,
        "stage": asked.stage or _("Waiting for a worker"),
        "error": asked.error,
        "changes": [told(change, asked) for change in asked.question.what_if],
    }
    return item | (scenario_item(asked.what_if, asked) if asked.what_if else {})


def scenario_item(found: WhatIf, asked: Asked) -> Item:
    """What a scenario would change."""
    changed = ngettext("%(num)s team would change", "%(num)s teams would change", len(found.changed))
    return {
        "answer": _("%(after)s of %(waiting)s cases served instead of %(before)s")
        % {"after": found.served_after, "before": found.served_before, "waiting": asked.waiting},
        "changed": changed % {"num": len(found.changed)},
        "proof": _("both proved best possible") if found.proved else _("within the stated gap"),
        "groups": [_group(one) for one in found.languages],
        "gained": [_case(team.case, asked) for team in found.gained[:SHOWN]],
        "more_gained": max(0, len(found.gained) - SHOWN),
        "lost": [_case(left.case, asked) for left in found.lost[:SHOWN]],
        "more_lost": max(0, len(found.lost) - SHOWN),
    }


def _group(one: Served) -> list[str]:
    return [_(GROUPS[one.group]), str(one.cases), str(one.before), str(one.after)]


def told(change: Change, asked: Asked) -> str:
    """One change of a scenario, with the name of whom it is about."""
    match change:
        case AddVolunteers(person, copies):
            said = ngettext("%(num)s more volunteer: %(who)s", "%(num)s more volunteers: %(who)s", copies)
            return said % {"num": copies, "who": described(person)}
        case RemoveVolunteer(ref):
            return _("%(name)s leaves") % {"name": _name(ref, asked)}
        case SetCapacity(ref, cases):
            said = ngettext("%(name)s has %(num)s free place", "%(name)s has %(num)s free places", cases or 0)
            return said % {"name": _name(ref, asked), "num": cases or 0}
        case AddAbilities(ref, languages):
            spoken = ", ".join(language_name(tag) for tag in languages)
            return _("%(name)s speaks %(languages)s") % {"name": _name(ref, asked), "languages": spoken}
    return _("a pair is settled otherwise")


def _name(ref: str, asked: Asked) -> str:
    return asked.names.get(ref, _("somebody who has left"))


def described(person: VolunteerFacts) -> str:
    """An invented volunteer: her role, what she knows, what she speaks."""
    parts = [word(person.roles[0])]
    parts += [
        _("%(area)s level %(level)s") % {"area": word(PracticeArea(area)), "level": level}
        for area, level in person.practice.items()
    ]
    parts += [_(" and ").join(language_name(tag) for tag in pair) for pair in person.interprets]
    parts += [language_name(tag) for tag in person.languages if tag != "en" and not person.interprets]
    return ", ".join(parts)
