"""The portal as an ASGI application."""

import logging
import sys
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.static_files import create_static_files_router

from core.host import PluginHost
from core.logs import configure_by
from core.services.runs.proposing import Clock, utc_now
from core.settings import Settings, settings_from
from web.access.headers import dresser
from web.access.roles import ANYONE, admit, only, require_declared_roles
from web.api import entries, openapi
from web.api.problems import beside_pages
from web.frames.mishaps import HANDLERS, TOO_LARGE
from web.frames.portal import frame_of
from web.pages import ROUTES, UPLOADS
from web.templating import STATIC, template_config
from web.wiring import furnish, lifespan

__all__ = ["create_app", "served"]

LARGEST_REQUEST = 1_000_000
"""Bytes of a form. Files have an address of their own, see ``_uploads``."""


def create_app(
    settings: Settings, host: PluginHost | None = None, *, clock: Clock = utc_now, works: bool | None = None
) -> Litestar:
    """Make the portal. ``works`` tells whether a worker runs in this process; unless given, on SQLite.

    The database is opened when the application starts, and a schema of another version stops it there.
    """
    app = Litestar(
        route_handlers=[*ROUTES, *entries.ROUTES, *openapi.ROUTES, *_uploads(settings), _static_files()],
        state=State({"house": furnish(settings, host, clock)}),
        lifespan=[lifespan(works=settings.on_sqlite if works is None else works)],
        guards=[admit],
        dependencies={"frame": Provide(frame_of)},
        before_send=[dresser(secure=settings.secure_cookies)],
        exception_handlers=beside_pages(HANDLERS),
        template_config=template_config(),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=LARGEST_REQUEST,
    )
    require_declared_roles(app)
    return app


def _uploads(settings: Settings) -> list[Router]:
    """The addresses that take files, with room for one and for the other fields of its form."""
    of_cases = [handler for handler in UPLOADS if handler.opt.get("streams")]
    others = [handler for handler in UPLOADS if not handler.opt.get("streams")]
    return [_with_room(of_cases, settings.document_mib), _with_room(others, settings.upload_mib)]


def _with_room(handlers: list[Any], mib: int) -> Router:
    room = mib * 2**20 + LARGEST_REQUEST
    return Router(path="/", route_handlers=handlers, request_max_body_size=room, exception_handlers=TOO_LARGE)


def _static_files() -> Router:
    forever = CacheControlHeader(max_age=31_536_000, public=True, immutable=True)
    return create_static_files_router(
        path="/static", directories=[STATIC], cache_control=forever, opt=only(ANYONE), name="static"
    )


def served() -> Litestar:
    """The portal with the settings of the environment: what a server process runs."""
    configure_by(log_plainly)
    return create_app(settings_from())


def log_plainly() -> None:
    """Write one line an event to standard error; a trace of an error shows places and never the values there."""
    import structlog  # here, as core.logs says

    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
