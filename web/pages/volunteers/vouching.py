"""Who joins and waits for a coordinator: what agrees and what does not, side by side, and her decision."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput, Contradicts
from core.model.people import Volunteer
from core.model.states import JoiningState, may_become
from core.model.volunteers.joining import Dossier
from core.queries.rosters.lists import roster_titles
from core.services.volunteers.vouching import confirm_joining, find_dossier, refuse_joining
from core.store.volunteers import joinings, volunteers
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.volunteers.joining import comparison, joining_item, kin_items, profile_lines
from web.typed import given_back

UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value
SHOWN: Final = 50
UNDECIDED: Final = "?"
"""Nobody is chosen yet: where she may be somebody whom we know, a person says so or not."""


class Decision(msgspec.Struct):
    """What the two forms send: who she is, or why not."""

    number: str = ""
    existing: str = ""
    reason: str = ""


Form = Annotated[Decision, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/joinings", opt=only(STAFF))
async def joinings_page(frame: Framed) -> Template:
    """Who waits, who was decided on last, and where invitations are made."""
    waiting = await joinings.joinings_in(JoiningState.WAITING, limit=SHOWN)
    decided = await joinings.decided_last(limit=SHOWN // 5)
    count = frame.counts.joining
    said = ngettext("%(num)s person waits to be confirmed", "%(num)s people wait to be confirmed", count)
    return frame.page(
        "joinings/list.html",
        title=said % {"num": count} if count else _("Nobody waits to be confirmed"),
        waiting=[joining_item(one, frame.times) for one in waiting],
        decided=[joining_item(one, frame.times) for one in decided],
        rosters=[{"name": name, "title": title} for name, title in await roster_titles()],
    )


@get("/joinings/{key:uuid}", opt=only(STAFF))
async def joining_page(frame: Framed, key: Key) -> Template:
    """One of them."""
    dossier = await find_dossier(key, by=frame.by)
    return await _page(frame, dossier, given_back(Decision(dossier.joining.asked.number, UNDECIDED), {}))


async def _page(frame: Frame, dossier: Dossier, form: dict[str, Any], status: int = 200) -> Template:
    joining = dossier.joining
    kin = kin_items(dossier, await _people(dossier))
    asked = joining.accepted_at is not None
    return frame.page(
        "joinings/one.html",
        status=status,
        title=joining.asked.name,
        joining=joining_item(joining, frame.times),
        lines=comparison(dossier),
        kin=kin,
        rivals=dossier.rivals,
        offered=profile_lines(joining),
        may_confirm=asked and may_become(joining.state, JoiningState.VERIFIED),
        may_refuse=asked and may_become(joining.state, JoiningState.REFUSED),
        decided=_decided(dossier, frame),
        **form,
    )


async def _people(dossier: Dossier) -> dict[str, Volunteer]:
    """The volunteers who she may be, by reference."""
    found = await volunteers.volunteers_by_ref(one.volunteer for one in dossier.alike)
    named = await volunteers.volunteers_by_id(key for key in (dossier.holder, dossier.owner) if key)
    return found | {person.ref: person for person in named.values()}


def _decided(dossier: Dossier, frame: Frame) -> str:
    joining = dossier.joining
    if joining.decided_at is None:
        return ""
    known = {"who": joining.decided_by, "when": frame.times.moment(joining.decided_at), "reason": joining.reason}
    if joining.state is JoiningState.REFUSED:
        return _("Refused by %(who)s on %(when)s: %(reason)s") % known
    return _("Confirmed by %(who)s on %(when)s.") % known


@post("/joinings/{key:uuid}/confirm", opt=only(STAFF), status_code=200)
async def confirm(frame: Framed, key: Key, data: Form) -> Redirect | Template:
    """Vouch for her; what cannot be is told on the same page, with what was chosen kept."""
    try:
        existing = _chosen(data.existing)
        person = await confirm_joining(key, number=data.number, existing=existing, by=frame.by, now=frame.house.clock())
    except Contradicts as problem:
        dossier = await find_dossier(key, by=frame.by)
        return await _page(frame, dossier, given_back(data, {}, str(problem)), HTTPStatus.CONFLICT.value)
    return onward(f"/volunteers/{person}", "confirmed")


def _chosen(text: str) -> UUID | None:
    """The volunteer who was chosen, None for somebody new; Contradicts where nobody was."""
    try:
        return UUID(text) if text else None
    except ValueError as problem:
        raise Contradicts(_("Choose who it is.")) from problem


@post("/joinings/{key:uuid}/refuse", opt=only(STAFF), status_code=200)
async def refuse(frame: Framed, key: Key, data: Form) -> Redirect | Template:
    """Say no, with a reason for her."""
    try:
        await refuse_joining(key, reason=data.reason, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        dossier = await find_dossier(key, by=frame.by)
        typed = msgspec.structs.replace(data, number=dossier.joining.asked.number)
        return await _page(frame, dossier, given_back(typed, {"reason": str(problem)}), UNREADABLE)
    return onward("/joinings", "refused")


ROUTES = (joinings_page, joining_page, confirm, refuse)
