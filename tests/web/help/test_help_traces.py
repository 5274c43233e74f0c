"""What stays of a visit in a browser that others use, too: nothing that opens or tells anything; and the way out."""

import re
from typing import Any, cast

import pytest
from litestar.types import Message

from core import tables as t
from tests.web.help.conftest import EXIT, PHONE
from tests.web.help.test_help_pages import answer_all, asking, begin
from tests.web.portal import Portal
from web.access.sessions import HELP
from web.pages.help import helping


async def receive() -> Any:
    """A request without a body."""
    return {"type": "http.request", "body": b"", "more_body": False}


async def test_the_way_out_closes_what_is_open_and_leaves_nothing_in_the_browser(portal: Portal) -> None:
    maria = await asking(portal)
    await begin(maria)
    await maria.open("/help/in/es")
    kept = [cookie for cookie in maria.client.cookies.jar if cookie.expires is not None]

    answer = await maria.client.get("/help/leave")

    assert kept == []
    assert answer.headers["location"] == EXIT
    assert [*maria.client.cookies] == []
    assert await t.Receipt.count() == 0
    gone = await maria.open("/help/ask/who")
    assert (gone.status, gone.heading) == (409, "This page was closed")
    assert gone.links.count("/help/code") == 1


async def test_the_way_out_waits_for_no_database(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = await asking(portal)
    await begin(maria)
    told, when_closing = list[str](), list[str]()

    async def close(token: str) -> None:
        when_closing.extend(told)

    async def send(message: Message) -> None:
        told.append(message["type"])

    monkeypatch.setattr(helping, "close_visit", close)
    headers = [(b"cookie", f"{HELP}={maria.client.cookies[HELP]}".encode()), (b"host", b"portal.test")]
    scope = {"type": "http", "method": "GET", "path": "/help/leave", "query_string": b"", "headers": headers}
    await portal.app(cast(Any, scope | {"client": ("127.0.0.1", 1), "server": ("portal.test", 80)}), receive, send)

    assert when_closing == ["http.response.start", "http.response.body"]


async def test_every_page_has_the_way_out_no_foreign_address_and_nothing_that_is_kept(portal: Portal) -> None:
    maria = await asking(portal)
    await answer_all(maria)
    paths = ("", "/begin", "/data", "/code", "/ask/story", "/ask/language", "/ask/birth", "/check", "/pause")
    pages = [await maria.open(f"/help{path}") for path in paths]

    for page in pages:
        assert page.status == 200
        assert "/help/leave" in page.links
        assert re.findall(r"(?:https?:)?//[a-z]", page.answer.text) == []
        assert page.answer.headers["cache-control"] == "no-store"
        assert re.search(r"<(style|script(?! type=\"module\" src=\"/static))|\son\w+=|style=", page.answer.text) is None


async def test_the_first_page_asks_the_database_nothing_and_sets_no_cookie(portal: Portal) -> None:
    answer = await portal.visitor().client.get("/help")

    assert "set-cookie" not in answer.headers
    assert PHONE in answer.text


async def test_what_is_open_is_found_again_from_the_first_page_and_closed_only_by_a_new_beginning(
    portal: Portal,
) -> None:
    maria = await asking(portal)
    page = await begin(maria)
    await maria.send(page, page.path, answer="me")

    again = await maria.open(next(link for link in (await maria.open("/help")).links if link == "/help/go-on"))
    anew = await maria.open("/help/begin")
    await maria.send(anew, "/help/begin")

    assert again.path == "/help/ask/help"
    assert ("/help/go-on" in anew.links, "A request is open in this browser." in anew.text) == (True, True)
    assert await t.Receipt.count() == 1
    assert "/help/go-on" not in (await portal.visitor().open("/help")).links


async def test_what_the_browser_keeps_as_titles_tells_neither_a_question_nor_how_it_goes(portal: Portal) -> None:
    maria = await asking(portal)
    check = await answer_all(maria)
    question = await maria.open("/help/ask/against")
    await maria.send(check, "/help/send")
    case = await maria.open("/help/case")

    for page in (question, case):
        assert page.heading not in page.answer.text.partition("</title>")[0]
    assert "<title>Your request · Amparo</title>" in case.answer.text
