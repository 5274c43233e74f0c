"""Pages for whoever is not signed in: their forms are bound to the browser that asked for them by a visit's secret."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from litestar.connection import Request
from litestar.enums import MediaType
from litestar.response import Redirect, Template

from core.services.accounts import signing_in
from web.access.forgery import form_token, signature
from web.access.kept_forms import Kept
from web.access.sessions import new_secret, session_cookie, session_token, visit_cookie
from web.surroundings import house_of

Visit = Request[Any, Any, Any]


def visitor_page(request: Visit, template: str, context: dict[str, Any], *, status: int = 200) -> Template:
    """Render a page with a form; a browser without any secret gets one."""
    token, secret = form_token(request), ""
    if not token:
        secret = new_secret()
        token = signature(secret)
    answer = Template(template, context=context | {"csrf": token}, status_code=status, media_type=MediaType.HTML)
    if secret:
        answer.set_cookie(visit_cookie(secret, house_of(request.app).settings))
    return answer


def place_of(request: Visit) -> str:
    """Where a request comes from, as far as a brake on tries needs it.

    Of an IPv6 address the first 64 bits: everybody has at least all those that begin so (RFC 6177), and could take
    another one for each try.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((address, 64), strict=False))
    return host


async def signed_in(request: Visit, token: str, path: str, kept: Kept | None = None) -> Redirect | Template:
    """Lead on to a path with a new session, or to a form that came too late; a session from before ends."""
    if before := session_token(request):
        await signing_in.sign_out(before)
    answer: Redirect | Template = Redirect(path, status_code=303)
    if kept:
        context = {"kept": kept, "passages": kept.passages(), "csrf": signature(token)}
        answer = Template("kept.html", context=context, media_type=MediaType.HTML)
    answer.set_cookie(session_cookie(token, house_of(request.app).settings))
    return answer


def kept_page(request: Visit, kept: Kept) -> Template:
    """The page for a form that came too late: it sends it once whoever is there says so."""
    return visitor_page(request, "kept.html", {"kept": kept, "passages": kept.passages()}, status=403)
