"""``PUT /api/v1/rosters/{name}/entries``: a bar's program pushes what changed, or a whole roster in parts."""

import asyncio
import hashlib
from typing import Any

from litestar import put
from litestar.connection import Request
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.response import Response

from core.errors import BadInput
from core.model.rosters.pushing import LONGEST_KEY, PushAnswer, Pushed
from core.services.clinic import require_roster
from core.services.rosters.pushing import push_entries
from web.access.roles import with_token
from web.api.bodies import MOST_BYTES, body_in
from web.surroundings import house_of


@put("/api/v1/rosters/{name:str}/entries", opt=with_token(), request_max_body_size=MOST_BYTES)
async def put_entries(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[PushAnswer]:
    """Take entries; 200 once they are applied, 202 where they are staged or held for a person."""
    house, by = house_of(request.app), request.user.by
    require_roster(by, name)
    key = _key(request)
    if request.content_type[0] != "application/json":
        raise HTTPException("Send application/json.", status_code=415)
    text = await request.body()
    body, entries = await asyncio.to_thread(body_in, text)
    pushed = Pushed(
        key=key,
        digest=hashlib.sha256(text).hexdigest(),
        entries=entries,
        part_of=body.part_of,
        final=body.final,
        total=body.total,
        as_of=body.as_of,
    )
    status, answer = await push_entries(name, pushed, by=by, clock=house.clock)
    return Response(answer, status_code=status)


def _key(request: Request[Any, Any, Any]) -> str:
    """The idempotency key, with or without the quotation marks that structured headers have (RFC 9651)."""
    key: str = request.headers.get("idempotency-key", "").strip().strip('"')
    if not key or len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise BadInput(
            f"Send an Idempotency-Key of 1 to {LONGEST_KEY} characters, a new one with each request, such as a UUID; "
            "and the same one where you send the same request again."
        )
    return key


ROUTES = (put_entries,)
