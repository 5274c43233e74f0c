"""The portal in this process, as a browser without script meets it: links, forms, cookies; no server, no network."""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cached_property
from html.parser import HTMLParser
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
from litestar import Litestar

from core.host import PluginHost
from core.model.people import SYSTEM, Volunteer
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import create_account, hash_password
from core.services.clinic import Clinic
from core.services.runs.proposing import Clock
from core.settings import Settings
from core.store.accounts import grant_roster, open_session
from core.store.rosters.rosters import find_roster
from tests.hosts import built_in
from tests.worlds import NOW, interpreter, joined
from web.access.sessions import SESSION
from web.app import create_app
from web.surroundings import House, house_of
from web.wiring import furnish

ADDRESS = "http://portal.test"
PASSWORD = "a few words together"


class Reader(HTMLParser):
    """Collects what a page says and what its forms hold; ``selected`` are the choices as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.selected: dict[str, str] = {}
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, forms and hidden fields."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "form":
            self.forms.append({"action": given.get("action") or "", "method": given.get("method"), "fields": {}})
        if tag == "select":
            self._choice = str(given["name"])
            self.selected[self._choice] = ""
        if tag == "option" and "selected" in given:
            self.selected[self._choice] = given.get("value") or ""
        if tag == "input" and given.get("type") == "hidden" and self.forms:
            self.forms[-1]["fields"][str(given["name"])] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words.append(data)


class Page:
    """An answer of the portal, read when somebody looks at what it says."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer, self.status = answer, answer.status_code
        self.path = answer.url.path

    @cached_property
    def _read(self) -> Reader:
        reader = Reader()
        reader.feed(self.answer.text)
        return reader

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        return self._read.links

    @property
    def forms(self) -> list[dict[str, Any]]:
        """The page's forms: ``action``, ``method`` and the hidden ``fields``."""
        return self._read.forms

    @property
    def selected(self) -> dict[str, str]:
        """What is chosen, by the name of the choice."""
        return self._read.selected

    @cached_property
    def text(self) -> str:
        """All words of the page, spaces made single."""
        return re.sub(r"\s+", " ", " ".join(self._read.words)).strip()

    @property
    def heading(self) -> str:
        """The page's h1."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.answer.text, re.DOTALL)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    def form(self, action: str) -> dict[str, str]:
        """The hidden fields of the form that posts to an address."""
        posting = (form for form in self.forms if form["method"] == "post")
        fields: dict[str, str] = next(form["fields"] for form in posting if form["action"] == action)
        return fields


class Visitor:
    """Somebody with a browser."""

    def __init__(self, app: Litestar, **cookies: str) -> None:
        transport = httpx.ASGITransport(app=cast(Any, app), raise_app_exceptions=False, client=("127.0.0.1", 1))
        self.client = httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=cookies)

    async def open(self, path: str) -> Page:
        """Open a page; redirections are followed."""
        return Page(await self.client.get(path, follow_redirects=True))

    async def send(self, page: Page, action: str, **fields: Any) -> Page:
        """Fill in and send the form of a page that posts to an address; redirections are followed."""
        data = page.form(action) | fields
        return Page(await self.client.post(action, data=data, follow_redirects=True))


class Portal:
    """The running application with ways to sign in."""

    def __init__(self, app: Litestar) -> None:
        self.app = app

    @property
    def clinic(self) -> Clinic:
        """Settings and plugins of the portal."""
        return house_of(self.app).clinic

    def visitor(self) -> Visitor:
        """Somebody who is not signed in."""
        return Visitor(self.app)

    async def coordinator(self, *roles: AccountRole) -> Visitor:
        """Somebody signed in as a coordinator, or with other roles."""
        chosen = roles or (AccountRole.COORDINATOR,)
        email = f"{'-'.join(chosen)}-{len(chosen)}-{uuid4().hex[:8]}@example.org"
        account = await create_account(email=email, name="Carmen", roles=chosen, by=SYSTEM, now=NOW)
        if AccountRole.VOLUNTEER in chosen:
            await joined(interpreter("Carmen", email=email))
        return Visitor(self.app, **{SESSION: await open_session(account, now=NOW)})

    async def partner(self, *rosters: str) -> Visitor:
        """Somebody on the staff of the bars that these rosters, which are there already, belong to."""
        email = f"partner-{uuid4().hex[:8]}@example.org"
        account = await create_account(email=email, name="Paula", roles=(AccountRole.PARTNER,), by=SYSTEM, now=NOW)
        for roster in rosters:
            await grant_roster(account, (await find_roster(roster))["id"], now=NOW)
        return Visitor(self.app, **{SESSION: await open_session(account, now=NOW)})

    async def signed_in(self, account: UUID) -> Visitor:
        """Whoever has this account."""
        return Visitor(self.app, **{SESSION: await open_session(account, now=NOW)})

    async def volunteer(self, person: Volunteer) -> Visitor:
        """A volunteer, signed in."""
        assert person.account is not None
        return Visitor(self.app, **{SESSION: await open_session(person.account, now=NOW)})


@asynccontextmanager
async def open_portal(
    database: str,
    host: PluginHost | None = None,
    clock: Clock = lambda: NOW,
    *,
    own_plugins: bool = False,
    **changes: Any,
) -> AsyncIterator[Portal]:
    """The portal on a migrated database, at the moment ``NOW``; its worker rests.

    ``host``: other plugins, running. ``own_plugins``: it starts them itself, with whatever else is installed here, as a
    portal in a process of its own does.
    """
    settings = Settings(database=database, **changes)
    plugins = None if own_plugins else host or built_in(settings)
    with _application(furnish(settings, plugins, clock)) as app:
        async with _alive(app):
            yield Portal(app)


@contextmanager
def _application(surroundings: House) -> Iterator[Litestar]:
    """An application that no other portal has at the moment, in surroundings of its own.

    What Litestar works out of each handler takes a third of a second: it is done once for all tests whose settings
    come to the same routes and headers. One to which a test has added a route is not given to another.
    """
    settings, plugins = surroundings.settings, surroundings.clinic.host
    resting = _resting[settings.document_mib, settings.upload_mib, settings.secure_cookies]
    app = resting.pop() if resting else create_app(settings, plugins, works=False)
    app.state["house"] = surroundings
    routes = len(app.routes)
    yield app
    if len(app.routes) == routes:
        resting.append(app)


_resting: defaultdict[tuple[int, int, bool], list[Litestar]] = defaultdict(list)


@asynccontextmanager
async def _alive(app: Litestar) -> AsyncIterator[None]:
    """Run an application's beginning and, when the block ends, its end."""
    ready, over = asyncio.Event(), asyncio.Event()
    living = asyncio.create_task(_live(app, ready, over))
    started = asyncio.create_task(ready.wait())
    await asyncio.wait((living, started), return_when=asyncio.FIRST_COMPLETED)
    try:
        if living.done():
            started.cancel()
            living.result()
        yield
    finally:
        over.set()
        await living


async def _live(app: Litestar, ready: asyncio.Event, over: asyncio.Event) -> None:
    """Begin and end the application in one task, as Litestar wants it; fixtures begin and end in two."""
    async with app.lifespan():
        ready.set()
        await over.wait()


async def account_with_password(*roles: AccountRole, email: str = "carmen@example.org") -> None:
    """An account that can sign in with ``PASSWORD``."""
    await create_account(
        email=email, name="Carmen", roles=roles, password_hash=hash_password(PASSWORD), by=SYSTEM, now=NOW
    )
    if AccountRole.VOLUNTEER in roles:
        await joined(interpreter("Carmen", email=email))
