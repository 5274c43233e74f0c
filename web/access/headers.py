"""What every answer tells the browser: load nothing from elsewhere, run nothing inline, keep nothing of a page."""

from collections.abc import Iterable
from typing import Final

from litestar.datastructures import MutableScopeHeaders
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

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


def dresser(*, secure: bool) -> BeforeMessageSendHookHandler:
    """What adds the headers to every answer: pages, files, errors, and addresses that lead nowhere."""
    always = ALWAYS + (ONLY_HTTPS if secure else ())

    async def dress(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            _add(headers, always)
            if "cache-control" not in headers:
                _add(headers, KEEP_NOTHING)

    return dress


def _add(headers: MutableScopeHeaders, pairs: Iterable[tuple[str, str]]) -> None:
    for name, value in pairs:
        headers[name] = value
