"""A form that comes after its session has ended is not lost: it is sent once whoever wrote it has signed in again."""

from typing import Any
from uuid import UUID

import pytest

from core.model.vocabulary import AccountRole
from core.services.casework.notes import read_casework
from tests.web.portal import ADDRESS, PASSWORD, Page, Portal, Visitor, account_with_password
from tests.worlds import NOW, coordinator, waiting
from web.access.forgery import signature
from web.access.kept_forms import FIELD
from web.access.sessions import SESSION

WRITTEN = "She called twice.\nHer brother’s number is the one to use <now>."


async def sent(visitor: Visitor, action: str, origin: str = ADDRESS, **fields: Any) -> Page:
    """What a browser gets that sends a form with the signature of a session long gone."""
    headers = {"origin": origin, "referer": f"{ADDRESS}{action}"}
    data = {FIELD: signature("a session long gone"), **fields}
    return Page(await visitor.client.post(action, data=data, headers=headers, follow_redirects=True))


async def notes_of(case: UUID) -> list[str]:
    """The notes of a case, as its page shows them."""
    return [note.text for note in (await read_casework(case, by=await coordinator(), now=NOW)).notes]


async def test_what_was_written_after_the_session_ended_is_sent_after_the_next_sign_in(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    key, visitor = (await waiting()).id, portal.visitor()
    notes = f"/cases/{key}/notes"

    asked = await sent(visitor, notes, text=WRITTEN)
    wrong = await visitor.send(asked, "/sign-in", email="carmen@example.org", password="not this one")
    shown = await visitor.send(wrong, "/sign-in", email="carmen@example.org", password=PASSWORD)
    before = await notes_of(key)
    await visitor.send(shown, notes)

    assert (asked.status, asked.heading) == (401, "Sign in")
    assert "What you wrote is not lost" in asked.text
    assert "What you wrote is not lost" in wrong.text
    assert shown.heading == "What you wrote has not been sent yet"
    assert "Her brother’s number is the one to use <now>." in shown.text
    assert before == []
    assert await notes_of(key) == [WRITTEN]


async def test_a_form_from_before_one_signed_in_anew_can_still_be_sent(portal: Portal) -> None:
    key, visitor = (await waiting()).id, await portal.coordinator()
    notes = f"/cases/{key}/notes"

    shown = await sent(visitor, notes, text=WRITTEN)
    before = await notes_of(key)
    await visitor.send(shown, notes)

    assert (shown.status, notes in shown.links) == (403, True)
    assert before == []
    assert await notes_of(key) == [WRITTEN]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
async def test_nothing_is_kept_of_a_form_that_did_not_come_from_here(portal: Portal, origin: str) -> None:
    notes = f"/cases/{(await waiting()).id}/notes"

    signed_out = await sent(portal.visitor(), notes, origin, text=WRITTEN)
    signed_in = await sent(await portal.coordinator(), notes, origin, text=WRITTEN)

    assert signed_out.heading == "Sign in"
    assert signed_in.status == 403
    assert "brother" not in signed_out.answer.text + signed_in.answer.text


async def test_a_password_is_never_given_back(portal: Portal) -> None:
    page = await sent(portal.visitor(), "/join/confirm/some-token", password=PASSWORD, motto="a few lines about me")

    assert "a few lines about me" in page.text
    assert PASSWORD not in page.answer.text


@pytest.mark.parametrize("kept", ["{", "[]", '{"path": "//elsewhere.example/x", "page": "/", "fields": []}'])
async def test_what_is_no_kept_form_of_this_portal_leads_nowhere(portal: Portal, kept: str) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    visitor = portal.visitor()
    form = await visitor.open("/sign-in")

    page = await visitor.send(form, "/sign-in", email="carmen@example.org", password=PASSWORD, kept=kept)

    assert page.path == "/today"


async def test_a_button_alone_leads_back_to_its_page(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    visitor = portal.visitor()

    asked = await sent(visitor, "/runs")
    page = await visitor.send(asked, "/sign-in", email="carmen@example.org", password=PASSWORD)

    assert page.path == "/runs"
    assert SESSION in visitor.client.cookies
