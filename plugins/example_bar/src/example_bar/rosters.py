"""The bar's members, from a JSON service over HTTPS, page by page."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from amparo import AmparoError, Roster, RosterEntry, Settings, Spoken, Standing, hookimpl

amparo_api = "1.0"
ADDRESS, TOKEN = "EXAMPLE_BAR_MEMBERS", "EXAMPLE_BAR_TOKEN"
NEARBY = ("127.0.0.1", "localhost")
STANDINGS = {
    "good standing": Standing.ACTIVE,
    "pro bono emeritus": Standing.EMERITUS,
    "retired": Standing.INACTIVE,
    "suspended": Standing.SUSPENDED,
    "disbarred": Standing.DISBARRED,
}


class NoRedirects(HTTPRedirectHandler):
    """The token goes to the address that was set, and nowhere else."""

    def redirect_request(self, *answer: Any) -> None:
        """Follow none."""


class Members:
    """Every member, one page of a hundred or so after another."""

    name, title, bar, every = "example-bar", "Members of the Example Bar", "NM", timedelta(days=1)

    def __init__(self, address: str, token: str) -> None:
        if urlsplit(address).scheme != "https" and urlsplit(address).hostname not in NEARBY:
            raise AmparoError(f"{ADDRESS} must begin with https: the token would travel unencrypted.")
        self.address, self.token = address, token
        self.opener = build_opener(NoRedirects)

    async def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Ask for a page at a time, aside, and give its members before asking for the next."""
        page: str | None = self.address
        while page:
            answer = await asyncio.to_thread(self._page, page)
            for member in answer["members"]:
                yield entry_of(member)
            page = self._next(page, answer.get("next"))

    def _page(self, address: str) -> Any:
        request = Request(address, headers={"Authorization": f"Bearer {self.token}"})
        with self.opener.open(request, timeout=30) as answer:
            return json.load(answer)

    def _next(self, page: str, link: str | None) -> str | None:
        following = urljoin(page, link) if link else None
        if following and urlsplit(following)[:2] != urlsplit(self.address)[:2]:
            raise AmparoError("The next page is on another server than the first: it was not asked for.")
        return following


def entry_of(member: dict[str, Any]) -> RosterEntry:
    """A member in Amparo's words. A status that we do not know is unknown, and a person looks at it."""
    status = str(member["status"])
    return RosterEntry(
        number=str(member["number"]),
        name=str(member["name"]),
        status=status,
        standing=STANDINGS.get(status.casefold(), Standing.UNKNOWN),
        email=str(member.get("email") or ""),
        county=str(member.get("county") or ""),
        admitted=int(member.get("admitted") or 0),
        languages=tuple(Spoken(str(tag)) for tag in member.get("languages", ())),
        origin=f"member {member['number']}",
    )


@hookimpl
def amparo_rosters(settings: Settings) -> Sequence[Roster]:
    """The members, where an address is set; the token comes from the environment, never from code."""
    address = os.environ.get(ADDRESS)
    return [Members(address, os.environ.get(TOKEN, ""))] if address else []
