"""Errors on clients' pages: in their words and layout, and never what went wrong inside."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from litestar.response import Template

from web.access.roles import speak_to
from web.access.sessions import help_token
from web.access.visiting import Visit
from web.frames.help import PREFIX, help_page
from web.i18n import Readers
from web.i18n import gettext as _
from web.words.field import marked as _n

CLOSED: Final = (
    _n("This page was closed"),
    _n("It closes after an hour, or when it is opened somewhere else, so that nobody else can read it."),
)
SAID: Final[Mapping[int, tuple[str, str]]] = {
    403: CLOSED,
    404: (_n("This page does not exist"), _n("The address is wrong, or the page has moved.")),
    405: (_n("This page does not exist"), _n("The address is wrong, or the page has moved.")),
    409: CLOSED,
    413: (_n("This file is too large"), _n("Take the photo again in a smaller size, or send one page at a time.")),
    422: (_n("Something was not understood"), _n("Nothing is lost. Go back, and try once more.")),
    429: (_n("Please wait a little"), _n("Too many tries from here. Please try again in 15 minutes.")),
    503: (_n("Please wait a little"), _n("Many people are here at the same time. Go back, and try once more.")),
}
SHUT: Final = (403, 409)
"""After these nothing is open in this browser that one could go back to."""
GO_ON: Final = f"{PREFIX}/go-on"
PAPERS: Final = f"{PREFIX}/case/papers"
OURS: Final = (
    _n("Something went wrong on our side"),
    _n("What you sent before is safe. Please try again in some minutes."),
)


def is_of_clients(request: Visit) -> bool:
    """Whether a request is for one of clients' pages."""
    path: str = request.scope["path"]
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def help_error(request: Visit, status: int, *, incident: str = "") -> Template:
    """The page for any error that a client meets."""
    speak_to(request, Readers.CLIENTS)  # an address that leads nowhere has not been asked for by any route
    title, happened = SAID.get(status, OURS)
    told: dict[str, Any] = {"title": _(title), "happened": _(happened), "incident": incident, "back": ""}
    if status not in SHUT and help_token(request):
        told["back"] = PAPERS if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else GO_ON
    return help_page(request, "closed", here=PREFIX, form=False, status=status, **told)
