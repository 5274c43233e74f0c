"""Signing in and out."""

from datetime import timedelta

from core.model.vocabulary import AccountRole
from core.store.accounts import session_account
from tests.web.portal import PASSWORD, Page, Portal, Visitor, account_with_password, open_portal
from tests.worlds import NOW
from web.access.sessions import SESSION, VISIT

WEEK = timedelta(days=7)


async def sign_in(visitor: Visitor, *, email: str = "carmen@example.org", password: str = PASSWORD) -> Page:
    """Open the form and send it."""
    return await visitor.send(await visitor.open("/sign-in"), "/sign-in", email=email, password=password)


async def test_a_coordinator_signs_in_and_begins_with_today(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)

    page = await sign_in(portal.visitor())

    assert (page.status, str(page.answer.url.path)) == (200, "/today")


async def test_a_volunteer_signs_in_and_begins_with_the_open_cases(portal: Portal) -> None:
    await account_with_password(AccountRole.VOLUNTEER)

    page = await sign_in(portal.visitor())

    assert (page.status, str(page.answer.url.path)) == (200, "/cases")


async def test_after_signing_in_people_are_where_they_wanted_to_go(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    visitor = portal.visitor()

    form = await visitor.open("/waitlist?tier=now")
    page = await visitor.send(form, "/sign-in", email="carmen@example.org", password=PASSWORD)

    assert str(page.answer.url.raw_path, "ascii") == "/waitlist?tier=now"


async def test_nobody_is_led_out_of_the_portal_after_signing_in(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    visitor = portal.visitor()

    form = await visitor.open("/sign-in?next=//elsewhere.example/today")
    page = await visitor.send(form, "/sign-in", email="carmen@example.org", password=PASSWORD)

    assert (page.answer.url.host, page.answer.url.path) == ("portal.test", "/today")


async def test_a_wrong_password_and_an_unknown_address_are_answered_alike_and_keep_the_address(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)

    wrong = await sign_in(portal.visitor(), password="something else")
    unknown = await sign_in(portal.visitor(), email="nobody@example.org")

    assert (wrong.status, unknown.status) == (403, 403)
    assert wrong.text.replace("carmen", "x") == unknown.text.replace("nobody", "x")
    assert 'value="carmen@example.org"' in wrong.answer.text
    assert PASSWORD not in wrong.answer.text


async def test_every_sign_in_opens_a_session_of_its_own_and_ends_the_one_before(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    visitor = portal.visitor()
    await sign_in(visitor)
    before = visitor.client.cookies[SESSION]

    await sign_in(visitor)

    assert visitor.client.cookies[SESSION] != before
    assert await session_account(before, now=NOW, idle=WEEK, absolute=WEEK) is None


async def test_signing_out_ends_the_session_in_the_database_too(portal: Portal) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    visitor = portal.visitor()
    today = await sign_in(visitor)
    token = visitor.client.cookies[SESSION]

    page = await visitor.send(today, "/sign-out")

    assert page.heading == "Sign in"
    assert SESSION not in visitor.client.cookies
    assert await session_account(token, now=NOW, idle=WEEK, absolute=WEEK) is None


async def test_guessing_is_slowed_for_one_address_from_one_place_and_nobody_is_locked_out_for_good(
    portal: Portal,
) -> None:
    await account_with_password(AccountRole.COORDINATOR)
    guesser = portal.visitor()
    for _guess in range(8):
        await sign_in(guesser, password="a wrong guess")

    stopped = await sign_in(guesser)
    somebody_else = await sign_in(guesser, email="nobody@example.org")

    assert stopped.status == 429
    assert "opens again in 15 minutes" in stopped.text
    assert somebody_else.status == 403


async def test_cookies_are_out_of_reach_for_scripts_and_other_sites(portal: Portal) -> None:
    answer = await portal.visitor().client.get("/sign-in")

    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{VISIT}=")
    assert [part for part in ("httponly", "samesite=lax", "path=/") if part not in cookie] == []
    assert "secure" not in cookie


async def test_behind_https_cookies_belong_to_this_very_host(database_url: str) -> None:
    async with open_portal(database_url, secure_cookies=True) as portal:
        answer = await portal.visitor().client.get("/sign-in")

    assert answer.headers["set-cookie"].startswith(f"__Host-{VISIT}=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
