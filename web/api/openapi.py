"""``GET /api/v1/openapi.json``: what programs may send and get, for those who make a client of it (OpenAPI 3.1)."""

from functools import cache
from typing import Any, Final

import msgspec
from litestar import get
from litestar.response import Response

from core.model.rosters.entries import LONGEST
from core.model.rosters.pushing import LONGEST_KEY, LONGEST_PART_NAME, MOST_ENTRIES, PushAnswer
from web.access.roles import ANYONE, only
from web.api.bodies import REMEDIES, PushBody, PushedEntry, WrongEntry

SCHEMAS: Final = "#/components/schemas/{name}"
PROBLEMS: Final = {
    "400": "The body is no JSON",
    "401": "A token is needed",
    "404": "There is no such roster for this token",
    "409": "The key was used for something else, parts are missing, or the roster is being worked on",
    "413": "Too much for one request",
    "415": "Not application/json",
    "422": "Something cannot be understood; errors tells of each entry",
    "429": "Too many requests",
    "500": "Something went wrong on our side",
    "503": "The portal is very busy",
}


class Problem(msgspec.Struct):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongEntry] = []
    count: int = 0


@get("/api/v1/openapi.json", opt=only(ANYONE))
async def openapi_document() -> Response[bytes]:
    """The document. It tells nothing that the manual does not."""
    return Response(document(), media_type="application/json")


@cache
def document() -> bytes:
    """The document as JSON; the schemas are those by which requests are read."""
    _, schemas = msgspec.json.schema_components([PushBody, PushedEntry, PushAnswer, Problem], ref_template=SCHEMAS)
    body, entry = schemas["PushBody"]["properties"], schemas["PushedEntry"]["properties"]
    body["entries"] |= {"items": _ref("PushedEntry"), "maxItems": MOST_ENTRIES}
    body["part_of"]["maxLength"] = LONGEST_PART_NAME
    del entry["origin"]
    for field, said in entry.items():
        said["description"] = REMEDIES[field]
        said |= {"maxLength": LONGEST[field]} if field in LONGEST else {}
    components = {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
    paths = {"/api/v1/rosters/{name}/entries": {"put": _operation()}}
    info = {"title": "Amparo for programs of bars", "version": "1"}
    return msgspec.json.encode({"openapi": "3.1.0", "info": info, "paths": paths, "components": components})


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": SCHEMAS.format(name=name)}


def _operation() -> dict[str, Any]:
    key = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY}
    return {
        "operationId": "push_entries",
        "summary": "Push what changed of a roster, or the whole roster in parts",
        "security": [{"token": []}],
        "parameters": [
            {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "Idempotency-Key", "in": "header", "required": True, "schema": key},
        ],
        "requestBody": {"required": True, "content": _content("application/json", "PushBody")},
        "responses": {
            "200": {"description": "Applied", "content": _content("application/json", "PushAnswer")},
            "202": {"description": "Staged, or held", "content": _content("application/json", "PushAnswer")},
            **{
                status: {"description": said, "content": _content("application/problem+json", "Problem")}
                for status, said in PROBLEMS.items()
            },
        },
    }


def _content(media_type: str, schema: str) -> dict[str, Any]:
    return {media_type: {"schema": _ref(schema)}}


ROUTES = (openapi_document,)
