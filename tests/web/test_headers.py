"""What an answer allows the browser to do, and what it does not hold."""

import re

from core.model.vocabulary import AccountRole
from tests.web.portal import Page, Portal

OURS = "'self'"


def rules(page: Page) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = page.answer.headers["content-security-policy"].split("; ")
    return {name: value for name, _space, value in (part.partition(" ") for part in parts)}


async def test_pages_errors_and_files_alike_load_nothing_from_elsewhere_and_run_nothing_inline(portal: Portal) -> None:
    visitor = await portal.coordinator()
    for path in ("/today", "/nowhere", "/static/css/tokens.css"):
        policy = rules(await visitor.open(path))
        assert set(policy.values()) == {"'none'", OURS}
        assert policy["script-src"] == policy["style-src"] == OURS
        assert policy["default-src"] == policy["frame-ancestors"] == "'none'"


async def test_a_page_holds_no_inline_script_or_style_and_no_address_of_another_host(portal: Portal) -> None:
    html = (await (await portal.coordinator()).open("/today")).answer.text

    assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", html) == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', html) == []


async def test_pages_are_kept_nowhere_and_files_for_good_under_an_address_of_their_content(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await visitor.open("/today")
    sheet = re.search(r'href="(/static/css/tokens\.css\?v=[0-9a-f]{12})"', page.answer.text)

    assert page.answer.headers["cache-control"] == "no-store"
    assert sheet is not None
    assert "immutable" in (await visitor.open(sheet[1])).answer.headers["cache-control"]


async def test_an_unknown_page_says_so_with_a_way_on(portal: Portal) -> None:
    page = await (await portal.coordinator(AccountRole.VOLUNTEER)).open("/nowhere")

    assert (page.status, page.heading) == (404, "This page does not exist")
    assert "/" in page.links
