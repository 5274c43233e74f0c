"""Joining in words: invitations, whoever waits, and what agrees beside what does not."""

from collections.abc import Mapping
from typing import Any, Final

from core.model.people import Volunteer
from core.model.states import JoiningState
from core.model.volunteers.identity import Suggestion
from core.model.volunteers.joining import Dossier, Invitation, Joining
from core.model.volunteers.terms import Terms
from web.i18n import gettext as _
from web.words.field import marked as _n
from web.words.field import word
from web.words.times import Times

Item = dict[str, Any]
STATES: Final = {
    JoiningState.ASKED: (_n("has not used the link yet"), "plain"),
    JoiningState.WAITING: (_n("Waits to be confirmed"), "soon"),
    JoiningState.VERIFIED: (_n("Confirmed"), "ok"),
    JoiningState.REFUSED: (_n("Refused"), "now"),
}


def invitation_item(one: Invitation, joined: int, waiting: int, times: Times, *, staff: bool) -> Item:
    """An invitation in the list of a roster's."""
    state, tone = _("open until %(day)s") % {"day": times.day(one.expires_at)}, "ok"
    if one.revoked_at is not None:
        state, tone = _("revoked on %(when)s") % {"when": times.moment(one.revoked_at)}, "plain"
    elif not one.is_open(times.now):
        state, tone = _("over since %(day)s") % {"day": times.day(one.expires_at)}, "plain"
    return {
        "id": one.id,
        "made": _("Made by %(who)s on %(when)s") % {"who": one.made_by, "when": times.moment(one.made_at)},
        "tag": {"label": state, "tone": tone},
        "counts": _counts(joined, waiting) if staff else "",
        "open": one.is_open(times.now),
    }


def _counts(joined: int, waiting: int) -> str:
    """How many came by a link. A bar is not told: counts link by link would tell smaller ones beside its figures."""
    return _("Joined: %(joined)s · waiting to be confirmed: %(waiting)s") % {"joined": joined, "waiting": waiting}


def joining_item(one: Joining, times: Times) -> Item:
    """Somebody who joins, in a list."""
    label, tone = STATES[one.state]
    return {
        "href": f"/joinings/{one.id}",
        "name": one.asked.name,
        "bar": one.invitation.title,
        "number": one.asked.number,
        "when": times.moment(one.accepted_at or one.asked_at),
        "tag": {"label": _(label), "tone": tone},
    }


def comparison(dossier: Dossier) -> list[Item]:
    """What was stated beside what the roster says, line by line, each with whether it agrees."""
    asked, agreed = dossier.joining.asked, dossier.agreement
    entry = dossier.entry.entry if dossier.entry else None
    listed = entry is not None and agreed.number
    missing = _("not on the roster any more") if entry is not None else _("not on the roster")
    standing = word(agreed.standing) if agreed.standing else ""
    return [
        _line(_("Number"), asked.number, entry.number if entry and listed else missing, agrees=agreed.number),
        _line(_("Name"), asked.name, entry.name if entry else "", agrees=agreed.name),
        _line(_("E-mail"), asked.email, (entry.email or _("not told")) if entry else "", agrees=agreed.email),
        _line(_("Standing"), "", standing or missing, agrees=agreed.good),
    ]


def _line(label: str, stated: str, roster: str, *, agrees: bool) -> Item:
    tag = {"label": _("agrees"), "tone": "ok"} if agrees else {"label": _("does not agree"), "tone": "now"}
    return {"label": label, "stated": stated, "roster": roster or "–", "tag": tag}


def kin_items(dossier: Dossier, people: Mapping[str, Volunteer]) -> list[Item]:
    """The volunteers whom it may be, the likeliest first, each with what speaks for it."""
    known = {person.id: person for person in people.values()}
    reasons: dict[Any, list[str]] = {}
    if dossier.holder:
        reasons.setdefault(dossier.holder, []).append(_("The number is the same."))
    if dossier.owner:
        reasons.setdefault(dossier.owner, []).append(_("The e-mail address is the same."))
    for one in dossier.alike:
        reasons.setdefault(people[one.volunteer].id, []).extend(_told(one))
    return [_kin(known[key], said) for key, said in reasons.items() if key in known]


def _told(one: Suggestion) -> list[str]:
    return [_(reason) for reason in one.reasons]


def _kin(person: Volunteer, reasons: list[str]) -> Item:
    return {
        "id": person.id,
        "ref": person.ref,
        "name": person.name,
        "href": f"/volunteers/{person.id}",
        "reasons": reasons,
        "email": person.email or _("no e-mail address"),
    }


def terms_item(terms: Terms) -> Item:
    """The terms, to be read."""
    return {
        "version": terms.version,
        "language": terms.language,
        "sections": [{"heading": one.heading, "text": one.text} for one in terms.sections],
    }


def profile_lines(joining: Joining) -> list[Item]:
    """What somebody who waits offers, for whoever decides."""
    offered = joining.profile
    if offered is None:
        return []
    place = ", ".join(part for part in (offered.county, offered.us_state) if part)
    lines = [
        (_("As"), ", ".join(word(role) for role in offered.roles)),
        (_("Practice areas"), ", ".join(f"{word(area)} {level}" for area, level in offered.practice.items())),
        (_("Where"), place),
        (_("Terms accepted"), _("version %(num)s") % {"num": joining.terms_version}),
    ]
    return [{"label": label, "value": value} for label, value in lines if value]
