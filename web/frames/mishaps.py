"""Errors as pages, in one place: what happened, what is safe, what to do. Never data, never a trace."""

import secrets
import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlencode

from litestar.connection import Request
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response, Template
from litestar.types import ExceptionHandlersMap

from core.crypto import KeyMissing
from core.envelope import Erased
from core.errors import (
    AmparoError,
    BadInput,
    Contradicts,
    Held,
    MatcherFailed,
    NotAllowed,
    NotEligible,
    NotFound,
    StoreBusy,
    TooLate,
)
from core.host.causes import told_without_data
from core.logs import Log
from web.access.brake import TooManyTries
from web.access.forgery import Outdated, form_token
from web.access.kept_forms import packed, page_of
from web.access.sessions import SignedOut
from web.access.visiting import kept_page, visitor_page
from web.frames.help_mishaps import help_error, is_of_clients
from web.i18n import gettext as _
from web.surroundings import house_of
from web.words.field import marked as _n

log = Log("amparo.web")
Visit = Request[Any, Any, Any]

NOTHING_CHANGED: Final = _n("Nothing was changed.")
MAPPED: Final[tuple[tuple[type[AmparoError], int, str, str], ...]] = (
    (NotFound, 404, _n("This page does not exist"), _n("Go back, or begin anew from the start page.")),
    (NotAllowed, 403, _n("This is not open to you"), _n("Go back, load the page again, and try once more.")),
    (TooLate, 409, _n("Somebody was faster, or the moment has passed"), _n("Go back and look at the page anew.")),
    (Held, 409, _n("A legal hold stands on this case"), _n("The page of its privacy says who set it, and why.")),
    (Erased, 410, _n("This was erased"), _n("What counts for statistics is still on the page of the case.")),
    (Contradicts, 409, _n("This contradicts what was settled before"), _n("Go back, and undo the other one first.")),
    (NotEligible, 422, _n("The rules do not allow this"), _n("The page of the case says which rule it is.")),
    (MatcherFailed, 409, _n("The matcher cannot do this"), _n("Choose another matcher, or ask an administrator.")),
    (TooManyTries, 429, _n("Please wait a moment"), _n("Try again later. Nobody is locked out for good.")),
    (StoreBusy, 503, _n("The portal is very busy"), _n("Go back and try once more in a moment.")),
    (BadInput, 422, _n("Something that was sent cannot be understood"), _n("Go back, correct it, and send it again.")),
)
"""Our own errors: status, heading, what to do. Their sentences are fit for people."""

PLAIN: Final = {
    404: (_n("This page does not exist"), _n("The address is wrong, or the page has moved.")),
    405: (_n("This address cannot be opened like this"), _n("It belongs to a form.")),
    413: (_n("This is too large"), _n("What was sent is larger than this page takes.")),
}


def error_page(
    request: Visit, status: int, title: str, happened: str, *, advice: str = "", safe: str = "", incident: str = ""
) -> Template:
    """The page for any error."""
    if is_of_clients(request):
        return help_error(request, status, incident=incident)
    context = {
        "title": title,
        "happened": happened,
        "safe": safe,
        "advice": advice,
        "incident": incident,
        "action": _way_on(request, status),
        "csrf": form_token(request),
    }
    return Template("error.html", context=context, status_code=status)


def _way_on(request: Visit, status: int) -> dict[str, str]:
    """The one way on: to the case where a part of its file is gone, else to the start."""
    key = request.path_params.get("key")
    if status == HTTPStatus.GONE and request.url.path.startswith(f"/cases/{key}/"):
        return {"label": _("To the case"), "href": f"/cases/{key}"}
    return {"label": _("To the start page"), "href": "/"}


def _ours(request: Visit, problem: AmparoError) -> Response[Any] | Template:
    for kind, status, title, advice in MAPPED:
        if isinstance(problem, kind):
            said = str(problem).replace(NOTHING_CHANGED, "").strip()
            return error_page(request, status, _(title), said, safe=_(NOTHING_CHANGED), advice=_(advice))
    return _unexpected(request, problem)


def _no_key(request: Visit, problem: KeyMissing) -> Template:
    """A key is not at hand: where it should be is for the log and for commands, not for a page."""
    log.error("a key is missing", route=request.scope.get("path_template", ""), cause=str(problem))
    return error_page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("What is known of clients cannot be opened just now"),
        _("The key that seals it is not where it should be."),
        safe=_("Nothing is lost, and nothing was changed."),
        advice=_("Ask an administrator to put the key back: the command amparo keys status says which one."),
    )


def _signed_out(request: Visit, problem: SignedOut) -> Redirect | Template:
    if problem.kept:
        context = {"action": "/sign-in", "email": "", "kept": packed(problem.kept)}
        return visitor_page(request, "sign_in.html", context, status=401)
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = back if request.method == "GET" else page_of(request)
    ask = urlencode({"next": back}) if back != "/" and request.url.path != "/sign-out" else ""
    return Redirect("/sign-in" + (f"?{ask}" if ask else ""), status_code=303)


def _outdated(request: Visit, problem: Outdated) -> Response[Any] | Template:
    return _ours(request, problem) if is_of_clients(request) else kept_page(request, problem.kept)


def _of_the_web(request: Visit, problem: HTTPException) -> Response[Any] | Template:
    status = problem.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unexpected(request, problem)
    if status in PLAIN:
        title, happened = PLAIN[status]
        return error_page(request, status, _(title), _(happened), advice=_("Go back, or begin anew."))
    return error_page(
        request,
        422,
        _("Something that was sent cannot be understood"),
        _("A field is missing, or holds something that does not belong there."),
        safe=_(NOTHING_CHANGED),
        advice=_("Go back, correct it, and send it again."),
    )


def trace_of(problem: BaseException) -> list[str]:
    """Where an error came from, place by place, without the values that were there."""
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(problem.__traceback__)[-12:]]


def _unexpected(request: Visit, problem: Exception) -> Template:
    """Isolation boundary: whatever went wrong is logged with an id, and the page tells the id alone."""
    incident = secrets.token_hex(4)
    log.error(
        "unexpected error",
        incident=incident,
        route=request.scope.get("path_template", ""),
        cause=told_without_data(problem),
        trace=trace_of(problem),
    )
    return error_page(
        request,
        500,
        _("Something went wrong on our side"),
        _("The page could not be made."),
        safe=_("Whatever was not confirmed has not happened. Everything else is where it was."),
        advice=_("Try again in a moment. If it stays, tell a coordinator the number below."),
        incident=incident,
    )


def _too_large(request: Visit, problem: HTTPException) -> Template:
    """A file beyond the limit: it says the limit, and that nothing of it was kept."""
    settings, of_case = house_of(request.app).settings, request.route_handler.opt.get("streams", False)
    most = settings.document_mib if of_case else settings.upload_mib
    said = _("This file is larger than the %(num)s MB that are taken. Nothing of it was kept.") % {"num": most}
    remedy = _("Export only the columns that are needed, save it as CSV, or ask an administrator to raise upload_mib.")
    if of_case:
        remedy = _("Scan it with fewer dots, send it in parts, or ask an administrator to raise document_mib.")
    return error_page(request, 413, _("This is too large"), said, advice=remedy)


_BY_KIND: Final[dict[Any, Any]] = {
    SignedOut: _signed_out,
    Outdated: _outdated,
    KeyMissing: _no_key,
    AmparoError: _ours,
    HTTPException: _of_the_web,
    Exception: _unexpected,
}
TOO_LARGE: Final = cast(ExceptionHandlersMap, {413: _too_large})
"""For the addresses that take files."""
HANDLERS: Final = cast(ExceptionHandlersMap, _BY_KIND)
"""Which page an error becomes; the nearest class decides."""
