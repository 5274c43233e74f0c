"""What every answer tells the browser: load nothing from elsewhere, run nothing inline, keep nothing of a page."""

from collections.abc import Iterable
from typing import Any, Final

from litestar.datastructures import MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
KEEP_NOTHING: Final = (("Cache-Control", "no-store"),)
ONLY_HTTPS: Final = (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)


class SafeHeaders:
    """Adds the headers to every answer, errors and static files included."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app, self.secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                _add(headers, ALWAYS + (ONLY_HTTPS if self.secure else ()))
                if "cache-control" not in headers:
                    _add(headers, KEEP_NOTHING)
            await send(message)

        await self.app(scope, receive, dressed)


def _add(headers: MutableScopeHeaders, pairs: Iterable[tuple[str, Any]]) -> None:
    for name, value in pairs:
        headers[name] = value
