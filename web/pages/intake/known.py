"""Whether somebody is known already, while her name is typed: names go in the body, never into an address."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Template

from core.model.clients.client import Purpose
from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import NameKind
from core.services.conflicts.name_search import SHOWN, Found, find_people
from web.access import STAFF, only
from web.conflict_words import GRADES, KINDS
from web.frame import Frame, Framed
from web.i18n import gettext as _
from web.shapes.cases.full import title_of
from web.shapes.clients.conflicts import why
from web.words import word

SHORTEST: Final = 3
"""Letters of a name before it is looked for."""
MOST_NAMES: Final = 4
_TONES: Final = {Grade.SAME: "now", Grade.LIKELY: "soon", Grade.POSSIBLE: "plain"}


class Typed(msgspec.Struct):
    """What stands in the fields of the name."""

    name: str = ""
    other_names: str = ""


TypedForm = Annotated[Typed, Body(media_type=RequestEncodingType.URL_ENCODED)]


async def known_items(frame: Frame, name: str, other_names: str) -> list[dict[str, Any]]:
    """Who may be the same person, the likest first: clients before others of the name. Each look is noted."""
    found: dict[tuple[UUID, NameKind], Found] = {}
    for text in names_in(name, other_names):
        people = await find_people(text, by=frame.by, now=frame.house.clock(), purpose=Purpose.DUPLICATES)
        for one in people.people:
            known = found.setdefault((one.case.id, one.kind), one)
            if one.likeness.grade > known.likeness.grade:
                found[one.case.id, one.kind] = one
    likest = sorted(found.values(), key=lambda one: (one.kind is not NameKind.CLIENT, -one.likeness.grade))
    return [_known_item(one) for one in likest[:SHOWN]]


def names_in(name: str, other_names: str) -> list[str]:
    """The names that are typed, long enough to be looked for, each once."""
    typed = [name, *other_names.splitlines()]
    return list(dict.fromkeys(text for one in typed if len(text := " ".join(one.split())) >= SHORTEST))[:MOST_NAMES]


def _known_item(found: Found) -> dict[str, Any]:
    case = found.case
    return {
        "ref": case.ref,
        "href": f"/cases/{case.id}",
        "name": found.name,
        "why": _(GRADES[found.likeness.grade]),
        "tone": _TONES[found.likeness.grade] if found.kind is NameKind.CLIENT else "plain",
        "about": [
            _(KINDS[found.kind]),
            title_of(case.practice_area, case.relief, case.posture),
            word(case.state),
            case.county or case.us_state or _("county not given"),
        ],
        "how": "; ".join(why(found.likeness)),
    }


@post("/intake/known", opt=only(STAFF), status_code=200)
async def known_page(frame: Framed, data: TypedForm) -> Template:
    """Who may be the same person, as a part of a page."""
    return frame.page("intake/known.html", known=await known_items(frame, data.name, data.other_names))


ROUTES = (known_page,)
