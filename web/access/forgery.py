"""Protection against forged requests: every unsafe request must come from a form that we gave to this browser.

A form carries a signature made with the secret in the browser's own cookie, which no other site can read. It needs
no script and no server-side store, and it changes with every sign-in.
"""

import hashlib
import hmac
from typing import Any, Final
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection, Request

from core.errors import NotAllowed
from web.access.kept_forms import FIELD, Kept, what_was_sent
from web.access.sessions import session_token, visit_secret
from web.streamed import StreamedForm, streamed_form

REFUSED: Final = "This form is no longer valid, or it did not come from this page."


class Outdated(NotAllowed):
    """A form of this portal that the browser was given for a session, or a visit, which has ended since."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(REFUSED)
        self.kept = kept


def signature(secret: str) -> str:
    """The signature that a form carries for the holder of this secret."""
    return hmac.new(secret.encode(), b"a form of Amparo", hashlib.sha256).hexdigest()


def form_token(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The signature for the forms of this page; empty where the browser holds no secret yet."""
    secret = session_token(connection) or visit_secret(connection)
    return signature(secret) if secret else ""


async def require_own_form(request: Request[Any, Any, Any]) -> None:
    """Refuse an unsafe request with another origin, or without the signature of this browser's secret."""
    _require_own_origin(request)
    form = await request.form()
    if not _is_signed(request, str(form.get(FIELD, ""))):
        kept = await what_was_sent(request)
        await form.close()  # a file that came with it has no other owner
        raise Outdated(kept) if kept else NotAllowed(REFUSED)


async def require_own_stream(request: Request[Any, Any, Any]) -> StreamedForm:
    """The same for a form whose file is handed on as it comes: it is read as far as that, and returned."""
    _require_own_origin(request)
    form = await streamed_form(request)
    if not _is_signed(request, form.fields.get(FIELD, "")):
        raise NotAllowed(REFUSED)
    return form


def _require_own_origin(request: Request[Any, Any, Any]) -> None:
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotAllowed(REFUSED)


def _is_signed(request: Request[Any, Any, Any], given: str) -> bool:
    secrets = [secret for secret in (session_token(request), visit_secret(request)) if secret]
    return any(hmac.compare_digest(signature(secret).encode(), given.encode()) for secret in secrets)
