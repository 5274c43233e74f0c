"""Looking around in the whole portal: every route that the application has, filled in with what there is in the world.

Routes are read from the application, so a page that somebody adds is walked over by being there.
"""

import itertools
import re
from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute

from core import tables as t
from core.host import PluginHost
from core.queries.reading import select
from tests.web.portal import Visitor
from web.access.forgery import signature
from web.access.kept_forms import FIELD
from web.access.sessions import SESSION

SEGMENTS = {
    "cases": "legal_case",
    "offers": "offer",
    "claims": "proposal",
    "matches": "case_match",
    "seats": "seat",
    "questions": "check_question",
    "screens": "screened_off",
    "proposals": "proposal",
    "runs": "matching_run",
    "settled": "settled_pair",
    "volunteers": "volunteer",
    "joinings": "joining",
    "alerts": "alert",
    "inbox": "message",
    "merges": "record_merge",
}
"""Of what the id behind the first part of an address is. Any other one is tried of every table that sounds like it."""
FILES = "/static"
WORDS = {"waitlist": "SELECT reference AS said FROM legal_case", "rosters": "SELECT name AS said FROM roster"}
"""Where parts of an address that are no ids are found, by its first part."""


class Answer(msgspec.Struct, frozen=True):
    """What the portal said to one request: the route, the status, and everything that a person could read of it."""

    route: str
    path: str
    status: int
    said: str


class World:
    """The ids of everything there is, by table, at the moment of making."""

    def __init__(self, ids: dict[str, list[UUID]], words: dict[str, list[str]]) -> None:
        self.ids, self.words = ids, words

    @classmethod
    async def now(cls, host: PluginHost) -> "World":
        """Read them, and what plugins add."""
        ids: dict[str, list[UUID]] = {}
        for table in t.TABLES:
            name, key = table._meta.tablename, table._meta.primary_key._meta.db_column_name
            rows = await select(f"SELECT {key} AS id FROM {name}")
            ids[name] = [row["id"] for row in rows if isinstance(row["id"], UUID)]
        words = {first: [row["said"] for row in await select(sql)] for first, sql in WORDS.items()}
        words["reports"] = [host.name_of(one) for one in host.reports()]
        words["panels"] = [f"{host.name_of(one)}?about={case}" for one in host.panels() for case in ids["legal_case"]]
        return cls(ids, words)

    def addresses(self, route: str, most: int) -> Iterator[str]:
        """The paths of a route with what there is; one with ids of nothing where there is nothing."""
        names = re.findall(r"\{(\w+)\}", route)
        choices = [self._choices(route, name, most) for name in names]
        for values in itertools.islice(itertools.product(*choices), most * 2):
            yield route.format(**dict(zip(names, values, strict=True)))

    def _choices(self, route: str, name: str, most: int) -> list[str]:
        first = route.split("/")[1]
        if name in ("ref", "name") and first in self.words:
            return self.words[first][:most] or ["nothing"]
        table = SEGMENTS.get(first) if route.startswith(f"/{first}/{{{name}}}") else None
        alike = [table] if table else [one for one in self.ids if name in one] if name != "key" else list(self.ids)
        found = [str(key) for one in alike for key in self.ids[one][: most if len(alike) == 1 else 1]]
        return found or [str(UUID(int=7))]


def routes_of(app: Litestar, method: str) -> list[str]:
    """The routes for a method, such as ``/cases/{key}``, static files left out."""
    found = {
        route.path_format
        for route in app.routes
        if isinstance(route, HTTPRoute) and not route.path.startswith(FILES)
        for handler in route.route_handlers
        if method in handler.http_methods
    }
    return sorted(found)


async def looked_around(visitor: Visitor, world: World, routes: list[str], *, most: int = 6) -> AsyncIterator[Answer]:
    """Open every page that there is, whoever it is for."""
    for route in routes:
        for path in world.addresses(route, most):
            yield await _asked(visitor, "GET", route, path)


async def tried_everything(visitor: Visitor, world: World, routes: list[str]) -> AsyncIterator[Answer]:
    """Send an empty form, correctly signed, to every address that takes one, but to that which signs out."""
    token = visitor.client.cookies.get(SESSION)
    fields = {FIELD: signature(token)} if token else {}
    for route in routes:
        if route != "/sign-out":
            for path in world.addresses(route, 1):
                yield await _asked(visitor, "POST", route, path, fields)


async def _asked(visitor: Visitor, method: str, route: str, path: str, fields: dict[str, str] | None = None) -> Answer:
    answer = await visitor.client.request(method, path, data=fields)
    return Answer(route, path, answer.status_code, f"{answer.headers}\n{answer.text}")
