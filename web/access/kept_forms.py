"""A form that came too late, after its session had ended: kept in the browser that sent it, until it is sent again.

Nobody knows at that moment who asks, so the server keeps nothing. What was written goes back to the browser as hidden
fields, through the sign-in, to a page that sends it once the person there says so.
"""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from litestar.connection import ASGIConnection, Request
from litestar.enums import RequestEncodingType

from web.addresses import within

FIELD: Final = "_csrf_token"
SECRET: Final = ("password", "again")
SIGN_IN: Final = "/sign-in"
MOST: Final = 200_000
"""Characters that are kept; the sign-in form must still be small enough to be taken."""
PASSAGE: Final = 20
"""From so many characters on an answer is shown again, so that whoever wrote it sees that it is there."""
Pairs = tuple[tuple[str, str], ...]


class Kept(msgspec.Struct, frozen=True):
    """A form that was not taken: where it goes, the page that it stood on, its fields as they were sent."""

    path: str
    page: str
    fields: Pairs

    def passages(self) -> Sequence[str]:
        """The longer answers, as somebody would miss them."""
        visible = (value.strip() for name, value in self.fields if not name.startswith("was-"))
        return [value for value in visible if len(value) >= PASSAGE and " " in value]


def names_own_origin(request: Request[Any, Any, Any]) -> bool:
    """Whether the browser says that a page of ours sent this: one that says nothing is not believed here."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


async def what_was_sent(connection: ASGIConnection[Any, Any, Any, Any]) -> Kept | None:
    """The form of a request that cannot be taken, without its passwords; None for a file, and for no form of ours."""
    if not isinstance(connection, Request) or connection.method != "POST" or not names_own_origin(connection):
        return None
    if connection.content_type[0] != RequestEncodingType.URL_ENCODED:
        return None
    form = (await connection.form()).multi_items()
    sent = tuple((name, str(value)) for name, value in form if name != FIELD and name not in SECRET)
    if not sent or connection.url.path == SIGN_IN or sum(len(name) + len(value) for name, value in sent) > MOST:
        return None
    return Kept(_address(connection.url.path, connection.url.query), page_of(connection), sent)


def page_of(request: Request[Any, Any, Any]) -> str:
    """The page of ours whose form was sent, as the browser says; the start where it does not."""
    came_from = urlsplit(request.headers.get("referer", ""))
    ours = came_from.netloc == request.headers.get("host")
    return within(_address(came_from.path, came_from.query)) if ours else "/"


def packed(kept: Kept | None) -> str:
    """The form as one hidden field; empty for none."""
    return msgspec.json.encode(kept).decode() if kept else ""


def unpacked(text: str) -> Kept | None:
    """The form in a hidden field; None where there is none, or none that this portal takes."""
    try:
        kept = msgspec.json.decode(text, type=Kept) if text else None
    except msgspec.DecodeError:
        return None
    return kept if kept and within(kept.path) == kept.path and within(kept.page) == kept.page else None


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
