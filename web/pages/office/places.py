"""Where else clients are sent: the clinic's own list of other organisations."""

from typing import Annotated, Any, Final

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import WrongEntries
from core.model.cases.relating import PLACE_LINE, PLACE_NAME, PLACE_NOTE, PlaceOfHelp
from core.model.vocabulary import PracticeArea
from core.services.cases import referring
from core.store.cases.relating import find_place, places_of_help
from core.store.keys import new_id
from web.access.roles import STAFF, only
from web.addresses import After, listed_key
from web.frames.portal import Frame, Framed, onward
from web.i18n import ngettext
from web.shapes.cases.relating import place_item
from web.typed import given_back
from web.words.field import options

PATH: Final = "/office/places"
UNREADABLE: Final = 422


class Typed(msgspec.Struct):
    """A place as it is typed; ``place`` is the one that is corrected, empty for a new one."""

    name: str = ""
    phone: str = ""
    website: str = ""
    address: str = ""
    languages: str = ""
    note: str = ""
    place: str = ""


@get(PATH, opt=only(STAFF))
async def places_page(frame: Framed, place: After = None) -> Template:
    """The list, and the form for one more, or for the one that is to be corrected."""
    if place is None:
        return await _page(frame, Typed(), (), {})
    found = await find_place(place)
    values = {name: getattr(found, name) for name in Typed.__struct_fields__ if name != "place"}
    return await _page(frame, Typed(**values, place=str(place)), found.areas, {})


async def _page(frame: Frame, typed: Typed, areas: tuple[str, ...], errors: dict[str, str]) -> Template:
    places = await places_of_help(retired=True)
    n = sum(not one.retired for one in places)
    said = ngettext("%(num)s place that clients are sent to", "%(num)s places that clients are sent to", n)
    return frame.page(
        "office/places.html",
        status=UNREADABLE if errors else 200,
        title=said % {"num": n},
        places=[place_item(one) for one in places if not one.retired],
        retired=[place_item(one) for one in places if one.retired],
        areas=options(PracticeArea),
        ticked=[str(area) for area in areas],
        longest={"name": PLACE_NAME, "line": PLACE_LINE, "note": PLACE_NOTE},
        **given_back(typed, errors),
    )


@post(PATH, opt=only(STAFF), status_code=200)
async def keep_place(frame: Framed) -> Redirect | Template:
    """Write down a place, or correct one."""
    sent: Any = await frame.visit.form()
    form = {name: str(value).strip() for name, value in sent.items()}
    typed = Typed(**{name: form.get(name, "")[:PLACE_NOTE] for name in Typed.__struct_fields__})
    ticked = {str(value) for name, value in sent.multi_items() if name == "area"}
    areas = tuple(area for area in PracticeArea if area in ticked)
    key = listed_key(typed.place) if typed.place else new_id()
    if typed.place:
        await find_place(key)
    values = {name: getattr(typed, name) for name in Typed.__struct_fields__ if name != "place"}
    try:
        await referring.keep_place(PlaceOfHelp(key, areas=areas, **values), by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await _page(frame, typed, areas, problem.errors)
    return onward(PATH, "place-kept")


class Retired(msgspec.Struct):
    """A place that nobody is sent to any more, or again."""

    place: str = ""
    back: str = ""


@post("/office/places/retire", opt=only(STAFF))
async def retire_place(
    frame: Framed, data: Annotated[Retired, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Redirect:
    """Take a place off the list, or put it back."""
    retired = data.back != "yes"
    await referring.retire_place(listed_key(data.place), retired=retired, by=frame.by, now=frame.house.clock())
    return onward(PATH, "place-retired" if retired else "place-kept")


ROUTES = (places_page, keep_place, retire_place)
