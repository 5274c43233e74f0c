"""The page of who may bring a roster up to date: the bar's staff and its programs."""

import re

from core import tables as t
from core.model.people import SYSTEM
from core.services.rosters.tokens import bearer_of, tokens_of
from core.store.audit import events
from tests.rosters import member, members, synced
from tests.web.api.programs import Program
from tests.web.coordinator.scenes import counted
from tests.web.portal import PASSWORD, Page, Portal, Visitor
from tests.worlds import NOW

PATH = "/rosters/our-bar/access"


async def invited(portal: Portal, email: str = "paula@bar.example", name: str = "Paula") -> tuple[Visitor, Page]:
    """A coordinator has given somebody access."""
    visitor = await portal.coordinator()
    page = await visitor.open(PATH)
    return visitor, await visitor.send(page, "/rosters/our-bar/partners", email=email, name=name)


async def link_in_mail(portal: Portal) -> str:
    """The address of the last mail's link."""
    row = await t.Message.select(t.Message.path).order_by(t.Message.id, ascending=False).first()
    assert row is not None
    return str(row["path"])


async def test_from_an_address_to_the_roster_in_one_mail(portal: Portal) -> None:
    await synced(members(3))
    _visitor, page = await invited(portal)
    assert "Access is given. A mail is on its way." in page.text
    assert "paula@bar.example" in page.text
    assert "has not chosen a password yet" in page.text
    link, paula = await link_in_mail(portal), portal.visitor()

    form = await paula.open(link)
    assert form.heading == "Choose a password"
    unlike = await paula.send(form, link, password=PASSWORD, again="another")
    assert "The two passwords are not the same." in unlike.text
    short = await paula.send(unlike, link, password="short", again="short")
    assert "at least 12 characters" in short.text
    sign_in = await paula.send(short, link, password=PASSWORD, again=PASSWORD)
    assert sign_in.heading == "Sign in"
    home = await paula.send(sign_in, "/sign-in", email="paula@bar.example", password=PASSWORD)

    assert "Members of our bar" in home.text
    assert (await paula.open(PATH)).status == 200
    assert (await paula.open(link)).status == 409


async def test_a_link_that_is_only_opened_still_works(portal: Portal) -> None:
    await synced(members(3))
    await invited(portal)
    link = await link_in_mail(portal)

    for _ in range(3):
        assert (await portal.visitor().open(link)).status == 200


async def test_access_that_is_taken_back_ends_at_once(portal: Portal) -> None:
    await synced(members(3))
    partner = await portal.partner("our-bar")
    assert (await partner.open(PATH)).status == 200
    visitor = await portal.coordinator()
    page = await visitor.open(PATH)

    (key,) = set(re.findall(r'name="key" value="([0-9a-f-]{36})"', page.answer.text))
    after = await visitor.send(page, "/rosters/our-bar/partners/remove", key=key)

    assert "Access is taken back" in after.text
    assert "Nobody of the bar's staff can sign in yet." in after.text
    assert (await partner.open(PATH)).status == 403
    assert (await partner.open("/rosters")).status == 403


async def test_who_is_invited_twice_or_by_what_is_no_address_is_told_beside_the_form(portal: Portal) -> None:
    await synced(members(3))
    visitor, _page = await invited(portal)

    for email, name, said in (
        ("paula@bar.example", "", "has access to the roster already"),
        ("rosa@bar.example", "", "Write the person's name"),
        ("rosa", "Rosa", "is not an e-mail address"),
    ):
        page = await visitor.open(PATH)
        answer = await visitor.send(page, "/rosters/our-bar/partners", email=email, name=name)
        assert (answer.status, said in answer.text) == (422, True)
        assert f'value="{email}"' in answer.answer.text


async def test_a_token_is_shown_once_opens_the_roster_and_can_be_revoked(portal: Portal) -> None:
    await synced(members(3))
    partner = await portal.partner("our-bar")
    page = await partner.open(PATH)

    made = await partner.send(page, "/rosters/our-bar/tokens", label="nightly export", days="30")

    (token,) = re.findall(r"amparo_[\w-]{40,}", made.answer.text)
    assert made.answer.headers["cache-control"] == "no-store"
    again = await partner.open(PATH)
    assert token not in again.answer.text
    assert "nightly export Good" in again.text
    assert "made by Paula" in again.text
    program = Program(portal.app, token)
    assert (await program.push([member(1001, county="Taos")])).status_code == 200
    assert "last used on" in (await partner.open(PATH)).text
    (shown,) = await tokens_of("our-bar", by=SYSTEM)
    assert (shown.expires_at - NOW).days == 30
    revoked = await partner.send(again, "/rosters/our-bar/tokens/revoke", key=str(shown.id))
    assert "The token is revoked." in revoked.text
    assert await bearer_of(token, now=NOW) is None
    assert (await program.push([member(1001)])).status_code == 401
    kinds = [event.kind for event in await events()]
    assert [kind for kind in kinds if "token" in kind] == ["roster_token_made", "roster_token_revoked"]
    assert token not in str(await events())


async def test_a_token_that_cannot_be_is_told_beside_the_form(portal: Portal) -> None:
    await synced(members(3))
    visitor = await portal.coordinator()

    for label, days, said in (("", "30", "Give the token a name"), ("x", "0", "1 to 730 days"), ("x", "-3", "730")):
        page = await visitor.open(PATH)
        answer = await visitor.send(page, "/rosters/our-bar/tokens", label=label, days=days)
        assert (answer.status, said in answer.text) == (422, True)
    assert await tokens_of("our-bar", by=SYSTEM) == []


async def test_partners_see_colleagues_without_addresses_and_no_form_to_invite_others(portal: Portal) -> None:
    await synced(members(3))
    await invited(portal, email="rosa@bar.example", name="Rosa Baca")
    partner = await portal.partner("our-bar")

    page = await partner.open(PATH)

    assert "Rosa Baca" in page.text
    assert "rosa@bar.example" not in page.text
    assert "/rosters/our-bar/partners" not in {form["action"] for form in page.forms}
    answer = await partner.client.post("/rosters/our-bar/partners", data={"email": "a@b.example", "name": "A"})
    assert answer.status_code == 403


async def test_the_page_takes_the_same_statements_for_one_and_for_many(portal: Portal) -> None:
    await synced(members(3))
    visitor = await portal.coordinator()
    few, _page = await counted(visitor, PATH)
    for number in range(3):
        await invited(portal, email=f"p{number}@bar.example", name=f"Paula {number}")
        await visitor.send(await visitor.open(PATH), "/rosters/our-bar/tokens", label=f"program {number}", days="30")

    many, _page = await counted(visitor, PATH)

    assert few == many
