"""Cookies: the session of who is signed in, and a visit of who is not yet.

The session's token is random and kept as a hash in the database. A visit carries nothing but a random secret, so
that the sign-in form, too, can be bound to the browser that asked for it.
"""

import secrets
from typing import Any, Final, Literal

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from core.errors import AmparoError
from core.settings import Settings
from web.access.kept_forms import Kept
from web.surroundings import house_of

SESSION: Final = "amparo-session"
VISIT: Final = "amparo-visit"
Connection = ASGIConnection[Any, Any, Any, Any]


class SignedOut(AmparoError):
    """Nobody is signed in, or the session has ended; ``kept`` is the form that came all the same."""

    def __init__(self, kept: Kept | None = None) -> None:
        super().__init__("Please sign in first.")
        self.kept = kept


def _named(name: str, settings: Settings) -> str:
    """A cookie with the prefix ``__Host-`` cannot be set by a neighbouring host; browsers want it secure, too."""
    return f"__Host-{name}" if settings.secure_cookies else name


def _cookie(name: str, value: str, settings: Settings, *, max_age: int | None) -> Cookie:
    same_site: Literal["lax"] = "lax"
    return Cookie(
        key=_named(name, settings),
        value=value,
        path="/",
        max_age=max_age,
        httponly=True,
        samesite=same_site,
        secure=settings.secure_cookies,
    )


def session_token(connection: Connection) -> str | None:
    """The token of the session that this request says it belongs to."""
    return connection.cookies.get(_named(SESSION, house_of(connection.app).settings))


def visit_secret(connection: Connection) -> str | None:
    """The secret of a visitor who is not signed in."""
    return connection.cookies.get(_named(VISIT, house_of(connection.app).settings))


def session_cookie(token: str, settings: Settings) -> Cookie:
    """The cookie of a new session."""
    return _cookie(SESSION, token, settings, max_age=settings.session_days * 86_400)


def no_session(settings: Settings) -> Cookie:
    """What ends the session in the browser."""
    return _cookie(SESSION, "", settings, max_age=0)


def visit_cookie(secret: str, settings: Settings) -> Cookie:
    """The cookie of a visit, gone when the browser closes."""
    return _cookie(VISIT, secret, settings, max_age=None)


def new_secret() -> str:
    """A fresh secret for a visit."""
    return secrets.token_urlsafe(32)


HELP: Final = "amparo-help"
LANGUAGE: Final = "amparo-language"


def help_token(connection: Connection) -> str | None:
    """The token of the receipt that a client has open in this browser."""
    return connection.cookies.get(_named(HELP, house_of(connection.app).settings))


def help_cookie(token: str, settings: Settings) -> Cookie:
    """What keeps a receipt open, gone when the browser closes."""
    return _cookie(HELP, token, settings, max_age=None)


def no_help(settings: Settings) -> Cookie:
    """What closes it in the browser."""
    return _cookie(HELP, "", settings, max_age=0)


def no_visit(settings: Settings) -> Cookie:
    """What ends a visit in the browser."""
    return _cookie(VISIT, "", settings, max_age=0)


def chosen_language(connection: Connection) -> str:
    """The language that somebody chose in this browser; empty where she chose none."""
    return connection.cookies.get(_named(LANGUAGE, house_of(connection.app).settings), "")


def language_cookie(language: str, settings: Settings) -> Cookie:
    """What remembers a language, gone when the browser closes: nothing tells later who was here on a shared phone."""
    return _cookie(LANGUAGE, language, settings, max_age=None)


def no_language(settings: Settings) -> Cookie:
    """What forgets it."""
    return _cookie(LANGUAGE, "", settings, max_age=0)
