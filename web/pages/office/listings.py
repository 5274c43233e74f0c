"""The list of open cases as the clinic keeps it: how many must look alike, what is told, what needs a look."""

from collections.abc import Mapping
from typing import Any, Final

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import Overtaken, WrongEntries
from core.queries.cases.listing_figures import ListFigures, NeedsALook, list_figures, needing_a_look
from core.services.cases.needs import MOST_COMPARABLE, set_comparable
from core.store.cases.listings import comparable
from web.access.roles import STAFF, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.typed import beside, given_back, opened_with

PATH: Final = "/office/listings"
UNREADABLE: Final = 422


@get(PATH, opt=only(STAFF))
async def listings_page(frame: Framed) -> Template:
    """What volunteers are told of the cases that wait, in figures, and the number behind it."""
    return await _page(frame)


async def _page(
    frame: Frame, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Template:
    k, figures = await comparable(), await list_figures()
    return frame.page(
        "office/listings.html",
        status=UNREADABLE if errors else 200,
        title=_title(figures),
        k=k,
        most=MOST_COMPARABLE,
        figures=_figures(figures) if figures.listed else [],
        looks=[_look(one) for one in await needing_a_look()],
        **given_back(typed or {"comparable": str(k)}, errors or {}),
    )


def _title(figures: ListFigures) -> str:
    if not figures.waiting:
        return _("No case waits, and none is listed")
    said = ngettext(
        "%(listed)s of %(num)s waiting case is listed",
        "%(listed)s of %(num)s waiting cases are listed",
        figures.waiting,
    )
    return said % {"listed": figures.listed, "num": figures.waiting}


def _figures(figures: ListFigures) -> list[dict[str, Any]]:
    told = (
        (_("the language"), figures.language),
        (_("its family only"), figures.family),
        (_("the practice area"), figures.area),
        (_("posture and detention"), figures.posture),
        (_("the form of relief"), figures.relief),
        (_("the region"), figures.region),
        (_("the summary"), figures.summary),
    )
    of = _("%(num)s of %(all)s")
    return [{"label": label, "value": of % {"num": n, "all": figures.listed}} for label, n in told]


def _look(one: NeedsALook) -> dict[str, str]:
    if one.withheld:
        why = _("Kept off the list: %(why)s") % {"why": one.withheld}
    else:
        why = _("It has no summary.") if one.unsaid else _("Its summary tells more than the listing, and is not shown.")
    return {"ref": one.ref, "href": f"/cases/{one.id}/needs", "why": why}


@post(PATH, opt=only(STAFF), status_code=200)
async def keep(frame: Framed) -> Redirect | Template:
    """Decide how many listed cases must look alike."""
    form = await frame.sent()
    opened = _number(opened_with(form, ["comparable"])["comparable"])
    try:
        await set_comparable(_number(form.get("comparable", "")), opened=opened, by=frame.by, now=frame.house.clock())
    except Overtaken as problem:
        return await _page(frame, form, beside(problem, {"comparable": str(await comparable())}))
    except WrongEntries as problem:
        return await _page(frame, form, problem.errors)
    return onward(PATH, "comparable")


def _number(text: str) -> int:
    """The number that was typed; 0 for what is none."""
    typed = text.strip()
    return int(typed) if typed.isdecimal() and len(typed) < 5 else 0


ROUTES = (listings_page, keep)
