"""How long the client of a case is kept: legal holds, and forgetting her when she asks."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import WrongEntries
from core.model.clients.retention import ErasureReason
from core.model.states import OPEN_CASE, CaseState
from core.queries.privacy.keeping import Keeping, keeping_of, known_of
from core.services.privacy import holding
from core.services.privacy.erasing import erase_client
from core.store.clients import holds, retention
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head
from web.shapes.clients.retention import hold_item, keeping_facts, keeping_title, known_facts
from web.typed import given_back

PATH: Final = "/cases/{key:uuid}/privacy"
UNREADABLE: Final = 422


class Asked(msgspec.Struct):
    """What the forms send: why a hold is set or lifted, and the reference, typed to confirm an erasure."""

    reason: str = ""
    why: str = ""
    ref: str = ""


AskedForm = Annotated[Asked, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def privacy_page(frame: Framed, key: Key) -> Template:
    """How long the client is kept, what holds that up, and how she is forgotten."""
    return await _page(frame, key, Asked(), {})


async def _page(frame: Frame, key: UUID, typed: Asked, errors: Mapping[str, str]) -> Template:
    one = await keeping_of(key)
    case, rules = one.case, await retention.rules()
    known = await holds.holds_of(key) if one.reduced_at is None else ()
    standing = [hold for hold in known if hold.lifted_at is None]
    return frame.page(
        "casefile/privacy.html",
        status=UNREADABLE if errors else 200,
        **case_head(frame, case),
        path=f"/cases/{key}/privacy",
        title=keeping_title(one, known, rules, frame.times),
        facts=keeping_facts(one, rules, frame.times),
        reduced=frame.times.day(one.reduced_at) if one.reduced_at else "",
        held=[hold_item(hold, frame.times) for hold in standing],
        lifted=[hold_item(hold, frame.times) for hold in known if hold.lifted_at is not None],
        ends=_ends(one),
        known=known_facts(await known_of(key)) if one.reduced_at is None else [],
        longest=holding.WHY,
        **given_back(typed, errors),
    )


def _ends(one: Keeping) -> str:
    """What erasing the client does to a case that is open."""
    if one.case.state not in OPEN_CASE:
        return ""
    if one.case.state is CaseState.ENGAGED:
        return _("The case is withdrawn first: the work of its team stops, and the volunteers are told.")
    if one.case.state is CaseState.MATCHED:
        return _("The case is withdrawn first: its team is released and told that nothing more is needed.")
    return _("The case is withdrawn first.")


@post(f"{PATH}/hold", opt=only(STAFF), status_code=200)
async def set_hold(frame: Framed, key: Key, data: AskedForm) -> Redirect | Template:
    """Put the case under a legal hold."""
    try:
        await holding.hold_case(key, reason=data.reason, by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await _page(frame, key, data, problem.errors)
    return onward(f"/cases/{key}/privacy", "held")


@post(f"{PATH}/lift", opt=only(STAFF), status_code=200)
async def lift_hold(frame: Framed, key: Key, data: AskedForm) -> Redirect | Template:
    """Lift the hold."""
    try:
        await holding.lift_hold(key, why=data.why, by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await _page(frame, key, data, problem.errors)
    return onward(f"/cases/{key}/privacy", "hold-lifted")


@post(f"{PATH}/erase", opt=only(STAFF), status_code=200)
async def forget_client(frame: Framed, key: Key, data: AskedForm) -> Redirect | Template:
    """Erase the client for good, once the reference of the case was typed."""
    case = (await keeping_of(key)).case
    if data.ref.strip().casefold() != case.ref.casefold():
        wrong = _("Type the reference of this case, %(ref)s, to confirm. Nothing was erased.") % {"ref": case.ref}
        return await _page(frame, key, data, {"ref": wrong})
    await erase_client(key, reason=ErasureReason.CLIENT_REQUEST, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}/privacy", "erased")


ROUTES: tuple[Any, ...] = (privacy_page, set_hold, lift_hold, forget_client)
