"""What clients' pages have in common: the browser's open receipt, the other languages, and how a page is rendered."""

from typing import Any, Final
from urllib.parse import urlencode

from babel import Locale
from litestar.enums import MediaType
from litestar.response import Redirect, Template

from core.errors import TooLate
from core.services.help.receipts import Opened, open_visit
from web import i18n
from web.access.sessions import help_token, no_help, no_visit
from web.access.visiting import Visit, visitor_page
from web.surroundings import house_of

PREFIX: Final = "/help"
CLOSED: Final = "This page was closed, so that nobody else can read it."


async def opened_in(request: Visit) -> Opened | None:
    """What this browser has open."""
    token = help_token(request)
    return await open_visit(token, now=house_of(request.app).clock()) if token else None


async def require_opened(request: Visit) -> Opened:
    """The same; TooLate where there is nothing, or it was left alone for too long."""
    opened = await opened_in(request)
    if opened is None:
        raise TooLate(CLOSED)
    return opened


def help_page(
    request: Visit,
    template: str,
    *,
    opened: Opened | None = None,
    here: str = "",
    status: int = 200,
    languages: bool = True,
    form: bool = True,
    **context: Any,
) -> Template:
    """Render a page of clients. ``here`` is where the same page is in another language; empty: where it was asked.

    A page without a ``form`` sets no cookie.
    """
    told = {
        "inside": opened is not None,
        "languages": _others(here or request.url.path) if languages else [],
        "dir": "rtl" if Locale.parse(i18n.locale()).text_direction == "rtl" else "ltr",
        "lang": i18n.locale().replace("_", "-"),
    }
    file, full = f"help/{template}.html", told | context
    if form or opened is not None:
        return visitor_page(request, file, full, status=status)
    return Template(file, context=full, status_code=status, media_type=MediaType.HTML)


def _others(here: str) -> list[dict[str, str]]:
    tags = [tag for tag in i18n.locales_for(i18n.Readers.CLIENTS) if tag != i18n.locale()]
    return [
        {
            "tag": tag.replace("_", "-"),
            "name": (Locale.parse(tag).get_display_name(tag) or tag).capitalize(),
            "href": f"{PREFIX}/in/{tag}?{urlencode({'back': here})}",
        }
        for tag in tags
    ]


def within(path: str) -> str:
    """A path, if it is one of clients' pages; their first page otherwise."""
    safe = path.startswith(PREFIX) and "//" not in path and "\\" not in path and path.isprintable()
    return path if safe and path.removeprefix(PREFIX)[:1] in ("", "/") else PREFIX


def away(request: Visit, path: str) -> Redirect:
    """Lead somewhere with nothing of a client left in the browser."""
    settings = house_of(request.app).settings
    answer = Redirect(path, status_code=303)
    answer.set_cookie(no_help(settings))
    answer.set_cookie(no_visit(settings))
    return answer
