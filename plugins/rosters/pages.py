"""The pages of a list that a server gives as JSON: how one follows the other, and which did not change."""

import re
import zlib
from collections.abc import AsyncGenerator
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

import msgspec

from amparo import AmparoError
from plugins.rosters.web import PATIENCE, Served, Server

MOST_KEPT: Final = 64_000_000
"""How many bytes, compressed, are kept of pages that may not change until the next time."""
MOST_PAGES: Final = 100_000
_NEXT: Final = re.compile(r'<([^>]*)>(?=[^<]*;\s*rel="?next"?)')

Records = list[dict[str, Any]]


class _Page(NamedTuple):
    body: bytes
    etag: str
    link: str


class Pages:
    """The pages of one roster. Keeps the bodies of those with an ETag (RFC 9110 section 8.8.3) while it lives."""

    def __init__(self, told: Served) -> None:
        self._told = told
        self._kept: dict[str, _Page] = {}

    async def all(self) -> AsyncGenerator[Records, None]:
        """The members on each page. Raises AmparoError for what is no list, or a list that never ends."""
        import httpx

        kept: dict[str, _Page] = {}
        async with httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False) as client:
            server, before, so_far = Server(self._told, client), b"", 0
            url: str | None = self._first()
            for at in range(1, MOST_PAGES + 1):
                if url is None:
                    break
                page = await self._page(server, url)
                answer = self._decoded(page.body)
                records = self._records(answer)
                if records and page.body == before:
                    raise self._error("gives the same page again and again. If there is only one, write no paging")
                yield records
                self._keep(url, page, kept)
                before, so_far = page.body, so_far + len(records)
                url = self._after(at, url, answer, so_far, page.link) if records else None
            else:
                raise self._error(f"goes on after {MOST_PAGES:,} pages")
        self._kept = kept

    async def _page(self, server: Server, url: str) -> _Page:
        """A page; the one of last time where it did not change since."""
        known = self._kept.get(url)
        response = await server.answer(url, {"If-None-Match": known.etag} if known else {})
        if response.status_code != 304:
            return _Page(response.content, response.headers.get("etag", ""), response.headers.get("link", ""))
        if known is None:
            raise self._error("says that a page did not change which it never gave")
        return known._replace(body=zlib.decompress(known.body))

    def _keep(self, url: str, page: _Page, kept: dict[str, _Page]) -> None:
        packed = zlib.compress(page.body, 1) if page.etag else b""
        if packed and sum(len(each.body) for each in kept.values()) + len(packed) <= MOST_KEPT:
            kept[url] = page._replace(body=packed)

    def _first(self) -> str:
        told = self._told
        if told.paging == "offset":
            return self._counted(told.offset_parameter, 0)
        return self._counted(told.page_parameter, told.first_page) if told.paging == "page" else told.url

    def _counted(self, parameter: str, value: int) -> str:
        import httpx

        counted = {self._told.limit_parameter: str(self._told.page_size), parameter: str(value)}
        return str(httpx.URL(self._told.url).copy_merge_params(counted))

    def _after(self, at: int, url: str, answer: Any, so_far: int, link: str) -> str | None:
        """The address of the page after this one, the ``at``-th; None: there is none. Counted pages end with an empty
        one: a server that gives fewer than it is asked for must not end the list."""
        told = self._told
        match told.paging:
            case "next":
                if at == 1 and not _has(answer, told.next):
                    raise self._error(f"tells no next page at {told.next}. If there is only one, write no paging")
                following = _within(answer, told.next)
                return urljoin(url, following) if isinstance(following, str) and following else None
            case "link":
                found = _NEXT.search(link)
                return urljoin(url, found[1]) if found else None
            case "offset":
                return self._counted(told.offset_parameter, so_far)
            case "page":
                return self._counted(told.page_parameter, told.first_page + at)
        return None

    def _decoded(self, body: bytes) -> Any:
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._error("sends what is no JSON, or only half of it") from None

    def _records(self, answer: Any) -> Records:
        records = _within(answer, self._told.records) if self._told.records else answer
        if isinstance(records, list) and all(isinstance(each, dict) for each in records):
            return records
        has = f" It has: {', '.join(map(str, list(answer)[:20]))}." if isinstance(answer, dict) else ""
        where = f"at {self._told.records}" if self._told.records else "in its answer"
        raise self._error(f"gives no list of members {where}.{has} Correct records")

    def _error(self, what: str) -> AmparoError:
        return AmparoError(f"The server {self._told.host} {what}. Nothing was changed.")


def _within(answer: Any, path: str) -> Any:
    """What stands at a path with dots; None: nothing does."""
    for name in path.split("."):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def _has(answer: Any, path: str) -> bool:
    above, _, name = path.rpartition(".")
    holder = _within(answer, above) if above else answer
    return isinstance(holder, dict) and name in holder
