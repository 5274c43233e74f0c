"""The office: what a clinic sets up once and looks at now and then."""

from typing import Any, Final

from litestar import get
from litestar.response import Template

from web.access.roles import STAFF, only
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.words.field import marked as _n

OFFICE: Final = (
    (
        "/office/eligibility",
        _n("Whom the programme serves"),
        _n("Places, kinds of cases and income, with their history."),
    ),
    (
        "/office/listings",
        _n("What volunteers are told of a case"),
        _n("How many listed cases must look alike, what is told of them, and which need a look."),
    ),
    ("/plugins", _n("Plugins"), _n("What each plugin brings, how it fares, and its switch.")),
    (
        "/runs/sharing",
        _n("How help is shared out"),
        _n("Floors by group, and how much one person is given."),
    ),
    ("/office/disclosures", _n("Who has looked"), _n("Every look at who a client is: who, what, when and why.")),
    (
        "/office/retention",
        _n("Retention"),
        _n("For how long clients are kept, what is held, and who was forgotten."),
    ),
    ("/office/keys", _n("Keys"), _n("The key that seals what is known of clients, and when to change it.")),
    ("/office/places", _n("Places of help"), _n("Other organisations that clients are sent to.")),
    (
        "/deadlines/rules",
        _n("Rules about deadlines"),
        _n("Each with its citation and where it stands, what coordinators say of it, and how the rules changed."),
    ),
    (
        "/help",
        _n("Clients’ pages"),
        _n("What clients meet who ask for help, or follow their case by a code."),
    ),
    ("/joinings", _n("Joining"), _n("Who asks to join, and the invitations of bars.")),
)
"""The pages that the office leads to: address, name, and what one finds there."""

FOR_DEMO: Final = (("/outgoing", _n("Outgoing mail"), _n("Every mail that this demonstration would have sent.")),)


@get("/office", opt=only(STAFF))
async def office_page(frame: Framed) -> Template:
    """All that is set up seldom, each with a sentence."""
    places = (*OFFICE, *(FOR_DEMO if frame.house.settings.demo else ()))
    return frame.page("office/index.html", title=_("What is set up, and where"), places=list(map(_place, places)))


def _place(place: tuple[str, str, str]) -> dict[str, Any]:
    href, name, about = place
    return {"href": href, "name": _(name), "about": _(about)}


ROUTES = (office_page,)
