"""One web server: where it is, who we are there, and its answers; whatever it refuses is told in a sentence.

httpx is imported when it is needed: few commands read a roster.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

import msgspec

from amparo import AmparoError
from plugins.rosters.configured import NEARBY, Described, secret

if TYPE_CHECKING:
    import httpx

PATIENCE: Final = 60.0
"""Seconds for a connection and between two pieces of an answer."""
MOST_BYTES: Final = 64_000_000
"""How large one page may be."""


class OAuth(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Client credentials (RFC 6749 section 4.4); ``secret_env`` is the environment variable with the secret."""

    token_url: str
    client_id: str
    secret_env: str
    scope: str = ""


class Served(Described, frozen=True, kw_only=True):
    """Where the pages are and how they follow each other.

    ``records`` is where in an answer the members are, such as "data.members"; empty: the answer is their list.
    ``paging`` is ``none``, ``next`` (the answer holds the next page's address at ``next``), ``link`` (a Link header
    does, RFC 8288), ``offset`` or ``page`` (both counted by us, until a page is empty).
    """

    url: str
    records: str = ""
    paging: Literal["none", "next", "link", "offset", "page"] = "none"
    next: str = "next"
    page_size: int = 1_000
    limit_parameter: str = "limit"
    offset_parameter: str = "offset"
    page_parameter: str = "page"
    first_page: int = 1
    token_env: str = ""
    oauth: OAuth | None = None

    @property
    def host(self) -> str:
        """The server, as messages name it: without a path, which may hold what is not for a log."""
        return urlsplit(self.url).hostname or self.url


def require_sense(told: Served) -> None:
    """Raise AmparoError for a description by which members or secrets would travel unencrypted."""
    addresses = [told.url, *([told.oauth.token_url] if told.oauth else [])]
    for parts in map(urlsplit, addresses):
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in NEARBY):
            raise AmparoError(f"AMPARO_ROSTERS: {told.name}: write an address that begins with https://.")


class Server:
    """A connection with the credentials of one roster. Addresses elsewhere are not asked: they would get the token."""

    def __init__(self, told: Served, client: "httpx.AsyncClient") -> None:
        self._told, self._client, self._token = told, client, ""

    async def answer(self, url: str, headers: dict[str, str]) -> "httpx.Response":
        """The answer to a GET, its body read: 200, or 304 where ``headers`` ask so. Raises AmparoError."""
        if urlsplit(url)[:2] != urlsplit(self._told.url)[:2]:
            raise AmparoError(f"{self._named} leads to another server for its next page, which is not asked.")
        response = await self._get(url, headers)
        if response.status_code == 401 and self._told.oauth and self._token:
            self._token = ""  # it may have ended while we read
            response = await self._get(url, headers)
        if response.status_code not in (200, 304):
            raise AmparoError(f"{self._named} answers {response.status_code}{_advice(response.status_code)}.")
        return response

    @property
    def _named(self) -> str:
        return f"The server {self._told.host}"

    async def _get(self, url: str, headers: dict[str, str]) -> "httpx.Response":
        import httpx

        headers = {"Accept": "application/json", **headers, **await self._authorization()}
        with self._told_plainly():
            async with self._client.stream("GET", url, headers=headers) as response:
                body = bytearray()
                async for piece in response.aiter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise AmparoError(f"{self._named} sends a page of more than {MOST_BYTES // 10**6} MB.")
        kept = {name: value for name, value in response.headers.items() if name in ("etag", "link")}
        return httpx.Response(response.status_code, headers=kept, content=bytes(body))

    async def _authorization(self) -> dict[str, str]:
        told = self._told
        if told.oauth and not self._token:
            self._token = await self._granted(told.oauth)
        token = self._token or (secret(told.token_env) if told.token_env else "")
        return {"Authorization": f"Bearer {token}"} if token else {}

    async def _granted(self, oauth: OAuth) -> str:
        form = {"grant_type": "client_credentials", **({"scope": oauth.scope} if oauth.scope else {})}
        identity = (oauth.client_id, secret(oauth.secret_env))
        with self._told_plainly():
            response = await self._client.post(oauth.token_url, data=form, auth=identity)
        try:
            granted: Any = msgspec.json.decode(response.content) if response.status_code == 200 else {}
            return str(granted["access_token"])
        except (msgspec.DecodeError, KeyError, TypeError):
            raise AmparoError(
                f"{self._named} grants no token ({response.status_code}): check client_id and {oauth.secret_env}."
            ) from None

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        import httpx

        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise AmparoError(f"{self._named} does not answer as it should ({type(problem).__name__}).") from problem


def _advice(status: int) -> str:
    if status in (401, 403):
        return ": check the token or the client credentials"
    if 300 <= status < 400:
        return ": it has moved, write its new address"
    return ": it is busy, try again later" if status in (429, 503) else ""
