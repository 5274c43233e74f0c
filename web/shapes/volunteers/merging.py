"""Possible duplicates, merges and splits in words: for pages, and for the command line."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from core.model.languages import language_name
from core.model.people import Capacity, Volunteer, standing_of
from core.model.volunteers.duplicates import Duplicate, Evidence, Reason
from core.model.volunteers.identity import Likeness
from core.model.volunteers.merging import Part, values_of
from core.model.volunteers.ties import TieKind
from core.queries.volunteers.duplicates import PastMerge
from core.queries.volunteers.people import Carried
from core.services.volunteers.merge_previews import AccountUse, Preview
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.volunteers.people import home, load
from web.words.field import marked as _n
from web.words.field import word
from web.words.times import Times, number

Item = dict[str, Any]

EVIDENCE: Final[Mapping[Evidence, str]] = {
    Evidence.SAME_NUMBER: _n("One number at the bar of %(bar)s"),
    Evidence.SAME_BUT_ZEROS: _n("One number at the bar of %(bar)s but for leading zeros"),
    Evidence.SAME_EMAIL: _n("The same e-mail address"),
    Evidence.NAMES_AGREE: _n("The names agree"),
    Evidence.NEW_SURNAME: _n("The same given name with another surname: a change of name?"),
    Evidence.SAME_COUNTY: _n("The same county"),
    Evidence.OTHER_NUMBER: _n("Two numbers at the bar of %(bar)s"),
    Evidence.NAMES_DIFFER: _n("The names do not agree"),
    Evidence.OTHER_EMAIL: _n("Two e-mail addresses"),
    Evidence.OTHER_COUNTY: _n("Two counties"),
    Evidence.OTHER_GENDER: _n("The gender is another one"),
}
LIKENESS: Final[Mapping[Likeness, tuple[str, str]]] = {
    Likeness.CERTAIN: (_n("Almost certainly one person"), "ok"),
    Likeness.LIKELY: (_n("Likely one person"), "info"),
    Likeness.PERHAPS: (_n("Perhaps one person"), "plain"),
}
PARTS: Final[Mapping[str, str]] = {
    Part.NAME: _n("Name"),
    Part.EMAIL: _n("E-mail"),
    Part.NUMBERS: _n("Numbers at bars"),
    Part.PRACTICE: _n("Levels in practice areas"),
    Part.LANGUAGES: _n("Levels in languages"),
    Part.INTERPRETS: _n("Interpreting"),
    Part.EOIR: _n("Immigration courts"),
    Part.WHERE: _n("Where"),
    Part.REMOTE: _n("Remote work"),
    Part.GENDER: _n("Gender"),
    Part.CAPACITY: _n("Capacity"),
    Part.FIRM: _n("Firm"),
    "roles": _n("Roles"),
    "interests": _n("Interests"),
    "leave": _n("Leave"),
}


def reason(one: Reason) -> str:
    """A piece of evidence in words."""
    return _(EVIDENCE[one.evidence]) % {"bar": one.bar}


def likeness(one: Duplicate) -> Item:
    """How likely two records are one person, as a tag. One number with two names is wrong for one of the two."""
    said, tone = LIKENESS[one.likeness]
    told = {each.evidence for each in (*one.speaks_for, *one.against)}
    if {Evidence.SAME_NUMBER, Evidence.NAMES_DIFFER} <= told and Evidence.SAME_EMAIL not in told:
        said, tone = _n("One number, two names: one person, or a wrong number"), "soon"
    return {"label": _(said), "tone": tone}


def part(code: str) -> str:
    """A part of a record in words."""
    return _(PARTS[code])


def stayed(code: str) -> str:
    """What a split left with the kept record, in words: a part, or the seat of a case."""
    kind, _space, which = code.partition(" ")
    if kind == "bar":
        return _("Admission to %(bar)s") % {"bar": which}
    if kind == "seat":
        return _("Seat in %(ref)s") % {"ref": which}
    if kind == "settled":
        return _("Pinned or ruled out for %(ref)s") % {"ref": which}
    return part(code)


def pair_item(one: Duplicate, known: Mapping[UUID, Carried]) -> Item:
    """Two records side by side, with what speaks for one person and what against."""
    first, second = one.pair
    return {
        "key": f"{first}-{second}",
        "tag": likeness(one),
        "about": _("%(one)s and %(other)s") % {"one": one.one.name, "other": one.other.name},
        "sides": [_side(known[key]) for key in one.pair if key in known],
        "checks": [{"fits": True, "text": reason(each)} for each in one.speaks_for]
        + [{"fits": False, "text": reason(each)} for each in one.against],
        "preview": f"/volunteers/{first}/merge?other={one.other.ref}",
        "apart": {"one": first, "other": second},
    }


def _side(one: Carried) -> Item:
    person = one.volunteer
    return {
        "name": person.name,
        "href": f"/volunteers/{person.id}",
        "roles": ", ".join(word(role) for role in person.roles) or _("no role yet"),
        "facts": [
            {"label": _("Reference"), "value": person.ref},
            {"label": _("Admissions"), "value": admissions(person) or _("none")},
            {"label": _("E-mail"), "value": person.email or _("none")},
            {"label": _("Where"), "value": home(person)},
            {"label": _("Load"), "value": load(one)},
            {"label": _("Account"), "value": _("yes") if person.account else _("none")},
        ],
    }


def admissions(person: Volunteer) -> str:
    """Her admissions in one line: NM 1001, in good standing; TX 5, suspended."""
    said = [
        ", ".join((" ".join(filter(None, (bar.jurisdiction, bar.number))), word(bar.standing).lower()))
        for bar in person.bars
    ]
    return "; ".join(said)


def conflict_item(one: Part, found: Preview, chosen: str) -> Item:
    """A part in which two records differ, with both values to choose from."""
    mine, hers = values_of(found.kept)[one], values_of(found.other)[one]
    return {
        "name": f"take_{one}",
        "label": part(one),
        "options": [("kept", value(one, mine)), ("other", value(one, hers))],
        "chosen": chosen,
    }


def value(one: Part, said: Any) -> str:
    """What a record says of a part, in one line."""
    if isinstance(said, Capacity):
        hours = _("%(num)s hours a month") % {"num": number(said.hours_a_month)} if said.hours_a_month else ""
        cases = ngettext("%(num)s case", "%(num)s cases", said.cases) % {"num": said.cases}
        return ", ".join(filter(None, (cases, _("%(num)s to mentor") % {"num": said.mentoring}, hours)))
    if one is Part.PRACTICE:
        return ", ".join(f"{word(area)} {level}" for area, level in said.items())
    if one is Part.LANGUAGES:
        return ", ".join(f"{language_name(tag)} {number(ability.ilr)}" for tag, ability in said.items())
    if one is Part.INTERPRETS:
        pairs = [f"{language_name(pair.source)}–{language_name(pair.target)}" for pair in said.values()]
        return ", ".join(pairs)
    if one is Part.NUMBERS:
        return ", ".join(f"{bar} {digits}" for bar, digits in said.items())
    if one is Part.WHERE:
        return ", ".join(filter(None, said))
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    return word(said) if one is Part.GENDER else str(said)


def moving_lines(found: Preview) -> list[str]:
    """What goes over to the kept record, in words."""
    lines = [_moving(kind, count) for kind, count in sorted(found.moving.items()) if count]
    told = admissions(found.other)
    return ([_("Admissions: %(bars)s") % {"bars": told}] if told else []) + lines


def _moving(kind: TieKind, count: int) -> str:
    if kind is TieKind.SEAT:
        said = ngettext("%(num)s seat that is held now", "%(num)s seats that are held now", count)
    elif kind is TieKind.CLAIM:
        said = ngettext("%(num)s claim that waits for you", "%(num)s claims that wait for you", count)
    elif kind is TieKind.PROPOSED:
        said = ngettext("%(num)s seat on a proposed team", "%(num)s seats on proposed teams", count)
    elif kind is TieKind.PIN:
        said = ngettext("%(num)s pin to a seat", "%(num)s pins to seats", count)
    elif kind is TieKind.FORBID:
        said = ngettext("ruled out for %(num)s case", "ruled out for %(num)s cases", count)
    else:
        said = ngettext("not proposed again for %(num)s case", "not proposed again for %(num)s cases", count)
    return said % {"num": count}


def account_option(one: AccountUse) -> tuple[str, str]:
    """An account to keep, as a choice."""
    used = _("in use") if one.used else _("nobody has signed in with it")
    return str(one.id), f"{one.email}, {used}"


def becoming(found: Preview) -> list[Item]:
    """How she looks once both records are one."""
    person = found.after
    return [
        {"label": _("Name"), "value": person.name},
        {"label": _("Roles"), "value": ", ".join(word(role) for role in person.roles) or _("no role yet")},
        {"label": _("Admissions"), "value": admissions(person) or _("none")},
        {"label": _("Standing"), "value": word(standing_of(person.bars)) if person.bars else _("none")},
        {"label": _("Practice areas"), "value": value(Part.PRACTICE, person.practice) or _("none")},
        {"label": _("Languages"), "value": value(Part.LANGUAGES, values_of(person)[Part.LANGUAGES]) or _("English")},
        {"label": _("Where"), "value": home(person)},
        {"label": _("Capacity"), "value": value(Part.CAPACITY, person.capacity)},
        {"label": _("E-mail"), "value": person.email or _("none")},
        {"label": _("Sign-in"), "value": _sign_in(found)},
    ]


def _sign_in(found: Preview) -> str:
    if found.must_choose:
        return _("both are in use: choose one")
    return found.account.email if found.account else _("none")


def merge_item(one: PastMerge, times: Times) -> Item:
    """A merge in the history of a volunteer."""
    merge = one.merge
    return {
        "id": merge.id,
        "ref": one.ref,
        "name": one.name,
        "when": times.moment(merge.merged_at),
        "by": one.by or _("the programme"),
        "split": times.moment(merge.split_at) if merge.split_at else "",
        "stayed": [stayed(code) for code in merge.stayed],
        "last": one.last,
    }
