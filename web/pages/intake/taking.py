"""An intake by staff, on the telephone or at a table: one page, with who is known already beside it."""

from typing import Any, Final

import msgspec
from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import WrongEntries
from core.services.cases.taking_in import take_in_client
from web.access.roles import STAFF, only
from web.addresses import Text
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.intake.known import Typed, known_people
from web.shapes.clients.client_form import Fields
from web.shapes.intake.form import BY_STAFF, blank_intake, intake_choices, typed_intake
from web.shapes.intake.reading import read_intake
from web.typed import given_back

PATH: Final = "/intake/new"
UNREADABLE: Final = 422


@get(PATH, opt=only(STAFF))
async def new_intake_page(frame: Framed, by: Text = "") -> Template:
    """The page as it begins; ``by`` chooses how clients come, so that a table need not choose each time."""
    way = by if by in set(BY_STAFF) else ""
    return _page(frame, blank_intake(today=frame.times.today.isoformat(), came_by=way), {})


def _page(frame: Frame, typed: Fields, errors: dict[str, str], *, known: dict[str, Any] | None = None) -> Template:
    return frame.page(
        "intake/new.html",
        status=UNREADABLE if errors else 200,
        title=_("Take somebody in"),
        choices=intake_choices(),
        known=known,
        **given_back(typed, errors),
    )


@post(PATH, opt=only(STAFF), status_code=200)
async def take_in(frame: Framed) -> Redirect | Template:
    """Keep what was typed as a case, and go on with it; or look first whether she is known."""
    form = await frame.visit.form()
    typed = typed_intake(form)
    if form.get("do") == "look":
        return _page(frame, typed, {}, known=await known_people(frame, msgspec.convert(typed, Typed)))
    try:
        taken = read_intake(typed, today=frame.times.today)
    except WrongEntries as problem:
        return _page(frame, typed, problem.errors)
    screen, now = form.get("do") == "screen", frame.house.clock()
    case = await take_in_client(
        taken.case,
        client=taken.client,
        parties=taken.parties,
        screen=screen,
        prefix=frame.house.settings.reference,
        by=frame.by,
        now=now,
    )
    return onward(f"/cases/{case.id}/{'eligibility' if screen else 'client'}", "taken-in")


ROUTES = (new_intake_page, take_in)
