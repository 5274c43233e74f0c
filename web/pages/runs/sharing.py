"""How help is shared out: floors for groups of cases, and work spread over volunteers, set where runs are started."""

from http import HTTPStatus
from typing import Annotated, Any, Final

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.model.plans.sharing import USUAL_POINTS, GroupKind, read_floor, read_points, read_share
from core.queries.cases.listings import languages_waiting
from core.queries.cases.waitlist import counties_waiting
from core.services.runs import sharing
from core.store.settings import read_sharing
from web.access.roles import STAFF, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.runs.sharing import floor_item, group_options, spread_options
from web.typed import given_back

PATH: Final = "/runs/sharing"
DONE: Final = "shared"
UNREADABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY.value


class NewFloor(msgspec.Struct):
    """The form of a floor: a group as ``kind:name``, per cent, points."""

    group: str = ""
    share: str = ""
    points: str = f"{USUAL_POINTS:g}"


class Choice(msgspec.Struct):
    """What a single button sends."""

    chosen: str = ""


FloorForm = Annotated[NewFloor, Body(media_type=RequestEncodingType.URL_ENCODED)]
ChoiceForm = Annotated[Choice, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=only(STAFF))
async def sharing_page(frame: Framed) -> Template:
    """The floors, and how firmly work is spread."""
    return await _page(frame, given_back(NewFloor(), {}))


async def _page(frame: Frame, form: dict[str, Any], status: int = 200) -> Template:
    kept = await read_sharing()
    return frame.page(
        "runs/sharing.html",
        status=status,
        title=_("How help is shared out"),
        floors=[floor_item(floor) for floor in kept.floors],
        groups=group_options(await languages_waiting(), await counties_waiting()),
        spreads=spread_options(kept.spread),
        spread=f"{kept.spread:g}",
        **form,
    )


@post(f"{PATH}/floors", opt=only(STAFF), status_code=200)
async def set_floor(frame: Framed, data: FloorForm) -> Redirect | Template:
    """Set a floor for a group, in place of one that it has."""
    errors = _errors(data)
    if errors:
        return await _page(frame, given_back(data, errors), UNREADABLE)
    try:
        floor = read_floor(f"{data.group}={data.share.strip().removesuffix('%')}%@{data.points}")
        await sharing.set_floor(floor, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        return await _page(frame, given_back(data, {"group": str(problem)}), UNREADABLE)
    return onward(PATH, DONE)


def _errors(data: NewFloor) -> dict[str, str]:
    """What is wrong with the fields of a floor, each told beside it."""
    errors = {} if data.group else {"group": _("Choose the group that the floor is for.")}
    for name, read in (("share", read_share), ("points", read_points)):
        try:
            read(getattr(data, name))
        except BadInput as problem:
            errors[name] = str(problem)
    return errors


@post(f"{PATH}/floors/drop", opt=only(STAFF))
async def drop_floor(frame: Framed, data: ChoiceForm) -> Redirect:
    """Take a floor out."""
    kind, _colon, group = data.chosen.partition(":")
    if kind not in set(GroupKind):
        raise BadInput(_("Choose the floor that is to go."))
    await sharing.drop_floor(GroupKind(kind), group, by=frame.by, now=frame.house.clock())
    return onward(PATH, DONE)


@post(f"{PATH}/spread", opt=only(STAFF))
async def set_spread(frame: Framed, data: ChoiceForm) -> Redirect:
    """Decide how firmly work is spread."""
    if data.chosen not in dict(spread_options((await read_sharing()).spread)):
        raise BadInput(_("Choose one of the ways to spread work."))
    await sharing.set_spread(float(data.chosen), by=frame.by, now=frame.house.clock())
    return onward(PATH, DONE)


ROUTES = (sharing_page, set_floor, drop_floor, set_spread)
