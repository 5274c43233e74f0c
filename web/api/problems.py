"""Errors for programs: problem documents (RFC 9457), with what to do and, where it helps, when to try again."""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, cast

import msgspec
from litestar.connection import Request
from litestar.exceptions import HTTPException
from litestar.response import Response
from litestar.types import ExceptionHandlersMap

from core.errors import AmparoError, BadInput, Contradicts, NotAllowed, NotFound, StoreBusy, TooLate
from core.host.causes import told_without_data
from core.logs import Log
from core.services.rosters.pushing import InHand
from web.api.bearers import NoToken
from web.api.bodies import NotJson, TooLarge, WrongEntries
from web.api.pace import TooFast
from web.frames.mishaps import trace_of

log = Log("amparo.api")
Asked = Request[Any, Any, Any]
PLACE: Final = "/api/"
MEDIA_TYPE: Final = "application/problem+json"
AGAIN_SECONDS: Final = "30"
"""When to ask again while another program works on a roster: its claim has run out by then if it died."""
MAPPED: Final[tuple[tuple[type[AmparoError], int, str], ...]] = (
    (NoToken, 401, "A token is needed"),
    (TooFast, 429, "Too many requests"),
    (NotJson, 400, "The body is no JSON"),
    (TooLarge, 413, "Too much for one request"),
    (BadInput, 422, "Something cannot be understood"),
    (NotFound, 404, "There is no such thing"),
    (NotAllowed, 403, "This is not allowed"),
    (InHand, 409, "The same request is being worked on"),
    (TooLate, 409, "Another program works on this roster"),
    (Contradicts, 409, "This contradicts what was sent before"),
    (StoreBusy, 503, "The portal is very busy"),
)
"""Our own errors: status and title. Their sentences are fit to be told."""


def problem_of(request: Asked, problem: Exception) -> Response[bytes]:
    """The answer for any error."""
    for kind, status, title in MAPPED:
        if isinstance(problem, kind):
            more = {"errors": problem.errors, "count": problem.count} if isinstance(problem, WrongEntries) else {}
            return _document(status, title, str(problem), headers=_headers(problem, status), **more)
    if isinstance(problem, HTTPException) and problem.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _of_the_web(problem)
    return _unexpected(request, problem)


def _headers(problem: AmparoError, status: int) -> dict[str, str]:
    if isinstance(problem, TooFast):
        return {"Retry-After": str(problem.seconds)}
    if isinstance(problem, (TooLate, StoreBusy)):
        return {"Retry-After": AGAIN_SECONDS}
    return {"WWW-Authenticate": 'Bearer realm="Amparo"'} if status == HTTPStatus.UNAUTHORIZED else {}


def _of_the_web(problem: HTTPException) -> Response[bytes]:
    title = HTTPStatus(problem.status_code).phrase
    headers = {name: value for name, value in (problem.headers or {}).items() if name.casefold() == "allow"}
    return _document(problem.status_code, title, f"{title}. The manual says how this address is used.", headers=headers)


def _unexpected(request: Asked, problem: Exception) -> Response[bytes]:
    """Isolation boundary: whatever went wrong is logged with an id, and the answer tells the id alone."""
    incident = secrets.token_hex(4)
    route, cause = request.scope.get("path_template", ""), told_without_data(problem)
    log.error("unexpected error", incident=incident, route=route, cause=cause, trace=trace_of(problem))
    said = f"Send the same request again with the same key. If it stays, tell a coordinator {incident}."
    return _document(500, "Something went wrong on our side", said, headers={"Retry-After": AGAIN_SECONDS})


def _document(status: int, title: str, detail: str, *, headers: dict[str, str], **more: Any) -> Response[bytes]:
    said = msgspec.json.encode({"type": "about:blank", "title": title, "status": status, "detail": detail, **more})
    return Response(said, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def beside_pages(pages: ExceptionHandlersMap) -> ExceptionHandlersMap:
    """The handlers of pages, with documents instead for every address of programs."""

    def either(page: Callable[[Asked, Any], Any]) -> Callable[[Asked, Any], Any]:
        return lambda request, problem: (
            problem_of(request, problem) if request.scope["path"].startswith(PLACE) else page(request, problem)
        )

    handlers = cast(dict[Any, Callable[[Asked, Any], Any]], pages)
    return cast(ExceptionHandlersMap, {kind: either(page) for kind, page in handlers.items()})
