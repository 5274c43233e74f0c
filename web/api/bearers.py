"""Who asks, told by the token in the Authorization header and by nothing else."""

from typing import Any

from litestar.connection import ASGIConnection

from core.errors import AmparoError
from core.model.rosters.pushing import Bearer
from core.services.rosters.tokens import bearer_of
from web.surroundings import house_of


class NoToken(AmparoError):
    """There is no good token with the request."""


async def require_token(connection: ASGIConnection[Any, Any, Any, Any]) -> Bearer:
    """Who asks; NoToken, and TooFast where a program asks too often."""
    house = house_of(connection.app)
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        raise NoToken("Send the roster's token with the request: Authorization: Bearer amparo_...")
    bearer = await bearer_of(token.strip(), now=house.clock())
    if bearer is None:
        raise NoToken("This token is not known, has expired or was revoked. Make a new one on the roster's page.")
    house.pace.count(bearer.token, now=house.clock())
    return bearer
