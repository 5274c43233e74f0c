"""Who may use a route: each route names its roles, and a route that names none cannot be registered.

One guard, for every route: it finds out who is asking, refuses whoever has none of the route's roles, and refuses
every unsafe request that does not come from a form of ours. Routes for programs ask for a token instead.
"""

from typing import Any, Final
from uuid import UUID

from litestar import Litestar
from litestar.connection import ASGIConnection, Request
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute

from core.errors import NotAllowed
from core.model.people import Actor
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import whoami
from core.services.privacy.screening_off import hide_from
from core.store.clients.screens import require_open
from core.store.engines.hiding import NOTHING, hide
from web.access.forgery import require_own_form, require_own_stream
from web.access.kept_forms import what_was_sent
from web.access.sessions import SignedOut, chosen_language, session_token
from web.api.bearers import require_token
from web.i18n import Readers, choose_locale
from web.surroundings import house_of

Roles = frozenset[AccountRole]
SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS"))
ANYONE: Final[Roles] = frozenset()
VOLUNTEERS: Final[Roles] = frozenset({AccountRole.VOLUNTEER})
STAFF: Final[Roles] = frozenset({AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR})
CLINIC: Final[Roles] = VOLUNTEERS | STAFF
"""Who works on cases."""
PARTNERS: Final[Roles] = frozenset({AccountRole.PARTNER})
ROSTER_KEEPERS: Final[Roles] = STAFF | PARTNERS
"""Who may use pages of a roster; which one, ``core.services.clinic.require_roster`` says."""
EVERYBODY: Final[Roles] = CLINIC | PARTNERS


def only(
    roles: Roles, *, unverified: bool = False, streams: bool = False, readers: Readers = Readers.VOLUNTEERS
) -> dict[str, Any]:
    """What a route's ``opt`` says of who may use it: ``@get("/today", opt=only(STAFF))``.

    ``unverified`` opens it to volunteers whom nobody has vouched for yet. Routes that do not say so are closed to them.
    ``streams``: its form has a file, which the handler takes with ``web.streamed.form_with_file`` as it comes in.
    ``readers`` settles which languages it is shown in to whoever is not signed in.
    """
    return {"roles": roles, "unverified": unverified, "streams": streams, "readers": readers}


def with_token() -> dict[str, Any]:
    """What the ``opt`` of a route for programs says: a token of a roster opens it, and no session, cookie or form."""
    return {"token": True}


def require_declared_roles(app: Litestar) -> None:
    """Refuse to start with a route that does not say who may use it."""
    silent = sorted(
        f"{' '.join(sorted(handler.http_methods))} {route.path}"
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.http_methods != {"OPTIONS"} and not handler.opt.keys() & {"roles", "token"}
    )
    if silent:
        raise ImproperlyConfiguredException(
            f"No roles are declared for {', '.join(silent)}: add opt=only(...), or with_token() for programs."
        )


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard. Raises SignedOut, NotAllowed, NoToken; deny is the default."""
    hide(NOTHING)  # whatever the request before it in this context has hidden
    if handler.opt.get("token"):
        connection.scope["user"] = await require_token(connection)
        return
    roles: Roles | None = handler.opt.get("roles")
    if roles is None:
        raise NotAllowed("This address is not open to anybody.")
    speak_to(connection, handler.opt.get("readers", Readers.VOLUNTEERS))
    if roles:
        connection.scope["user"] = await _who(connection, roles, unverified=handler.opt.get("unverified", False))
        speak_to(connection, _reads_as(connection.user))
        await hide_from(connection.user)
        await require_open(key for key in connection.path_params.values() if isinstance(key, UUID))
    if isinstance(connection, Request) and connection.method not in SAFE:
        if handler.opt.get("streams"):
            connection.state.streamed = await require_own_stream(connection)
        else:
            await require_own_form(connection)


def speak_to(connection: ASGIConnection[Any, Any, Any, Any], readers: Readers) -> None:
    """Speak the language that was chosen in this browser, or else one that it asks for, where there is one."""
    accepted = (chosen_language(connection), connection.headers.get("accept-language", ""))
    choose_locale(",".join(filter(None, accepted)), readers)


def _reads_as(actor: Actor) -> Readers:
    """Pages of staff and of bars' staff are shown in the languages that say all of them."""
    return Readers.EVERYBODY if actor.is_staff() or AccountRole.PARTNER in actor.roles else Readers.VOLUNTEERS


async def _who(connection: ASGIConnection[Any, Any, Any, Any], roles: Roles, *, unverified: bool) -> Actor:
    house = house_of(connection.app)
    token = session_token(connection)
    actor = await whoami(token, settings=house.settings, now=house.clock()) if token else None
    if actor is None:
        raise SignedOut(await what_was_sent(connection))
    held = roles & set(actor.roles)
    if not held:
        raise NotAllowed("This page is not for your role.")
    if not (unverified or roles & actor.acting_roles()):
        raise NotAllowed("A coordinator confirms who you are first. Until then nothing about cases is shown.")
    return actor
