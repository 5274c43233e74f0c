"""Whether somebody is known already, while her name is typed: names go in the body, never into an address."""

from typing import Annotated, Any, Final

import msgspec
from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Template

from core.model.clients.client import ClientField
from core.model.conflicts.evidence import COMPARED
from core.model.conflicts.grading import Grade
from core.model.conflicts.hits import NameKind
from core.model.conflicts.keys import is_narrow
from core.model.conflicts.words import read_name
from core.services.conflicts.name_search import Found, find_people
from web.access.roles import STAFF, only
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.shapes.cases.full import title_of
from web.shapes.clients.conflicts import evidence_tags, why
from web.words.conflicts import GRADES, KINDS
from web.words.field import word

SHORTEST: Final = 3
"""Letters of a name before it is looked for."""
MOST_NAMES: Final = 4
_TONES: Final = {Grade.SAME: "now", Grade.LIKELY: "soon", Grade.POSSIBLE: "plain"}


class Typed(msgspec.Struct):
    """What stands in the fields that tell who she is."""

    name: str = ""
    other_names: str = ""
    phone: str = ""
    a_number: str = ""
    birth_date: str = ""


TypedForm = Annotated[Typed, Body(media_type=RequestEncodingType.URL_ENCODED)]


async def known_people(frame: Frame, typed: Typed) -> dict[str, Any]:
    """Who may be the same person, the likest first: clients before others of the name. Each look is noted."""
    names = names_in(typed.name, typed.other_names)
    given = {ClientField(field): text for field in COMPARED if (text := getattr(typed, field).strip())}
    found = await find_people("\n".join(names), given=given, by=frame.by, now=frame.house.clock())
    narrow = bool(names) and all(is_narrow(read_name(name)) for name in names)
    return {"people": [_known_item(one) for one in found.people], "more": found.more, "narrow": narrow}


def names_in(name: str, other_names: str) -> list[str]:
    """The names that are typed, long enough to be looked for, each once."""
    typed = [name, *other_names.splitlines()]
    return list(dict.fromkeys(text for one in typed if len(text := " ".join(one.split())) >= SHORTEST))[:MOST_NAMES]


def _known_item(found: Found) -> dict[str, Any]:
    case, likeness = found.case, found.likeness
    return {
        "ref": case.ref,
        "href": f"/cases/{case.id}",
        "name": found.name,
        "why": _(GRADES[likeness.grade]) if likeness else _("another name"),
        "tone": _TONES[likeness.grade] if likeness and found.kind is NameKind.CLIENT else "plain",
        "evidence": evidence_tags(found.evidence),
        "about": [
            _(KINDS[found.kind]),
            title_of(case.practice_area, case.relief, case.posture),
            word(case.state),
            case.county or case.us_state or _("county not given"),
        ],
        "how": "; ".join(why(likeness)) if likeness else "",
    }


@post("/intake/known", opt=only(STAFF), status_code=200)
async def known_page(frame: Framed, data: TypedForm) -> Template:
    """Who may be the same person, as a part of a page."""
    return frame.page("intake/known.html", known=await known_people(frame, data))


ROUTES = (known_page,)
