"""A bar's own staff: access given, links that work once, access taken back."""

from datetime import timedelta
from uuid import UUID

import pytest

from core import tables as t
from core.errors import BadInput, Contradicts, NotAllowed, NotFound, TooLate
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Actor
from core.model.vocabulary import AccountRole
from core.services.accounts.passwords import LIFE, PATH, choose_password, drop_old_links, require_password_link
from core.services.accounts.signing_in import hash_password, sign_in, whoami
from core.services.rosters.partners import give_access, partners_of, send_link_again, take_access
from core.services.rosters.tokens import bearer_of, make_token, tokens_of
from core.settings import Settings
from core.store import audit
from core.store.database import Database
from core.store.keys import new_id
from tests import worlds
from tests.rosters import OurBar, members, synced
from tests.worlds import NOW


class OtherBar(OurBar):
    """The roster of another bar."""

    name, bar = "other-bar", "NY"


ADDRESS = "paula@bar.example"
HASHED = hash_password("a few words together")


async def invited(roster: str = "our-bar") -> UUID:
    """Somebody of the bar's staff who has a mail."""
    return await give_access(roster, email=ADDRESS, name="Paula", by=SYSTEM, now=NOW)


async def mailed() -> list[str]:
    """The paths of the mails that brought a link, in their order."""
    rows = await t.Message.select(t.Message.path).where(t.Message.kind == "roster_invited").order_by(t.Message.id)
    return [row["path"] for row in rows]


async def link() -> str:
    """The token of the last mail."""
    return (await mailed())[-1].removeprefix(PATH)


async def signed_in() -> Actor | None:
    """Paula, with the password that she chose."""
    return await whoami(await sign_in(ADDRESS, "a few words together", now=NOW), settings=Settings(), now=NOW)


async def test_whoever_is_given_access_chooses_a_password_by_mail_and_keeps_this_roster_alone(
    database: Database,
) -> None:
    await synced(members(3))
    account = await invited()

    await require_password_link(await link(), now=NOW)
    await choose_password(await link(), HASHED, now=NOW)

    paula = await signed_in()
    assert paula is not None
    assert (paula.roles, paula.rosters, paula.account) == ((AccountRole.PARTNER,), ("our-bar",), account)
    assert (paula.keeps("our-bar"), paula.keeps("other-bar"), paula.is_staff()) == (True, False, False)
    (shown,) = await partners_of("our-bar", by=paula)
    assert (shown.name, shown.may_sign_in) == ("Paula", True)
    kinds = [event.kind for event in await audit.events()]
    assert {"roster_access_given", "password_chosen"} <= set(kinds)
    assert chain_breaks(await audit.events()) is None


async def test_a_link_works_once_not_for_long_and_only_the_last_one_does(database: Database) -> None:
    await synced(members(3))
    account = await invited()
    first = await link()
    await send_link_again("our-bar", account, by=SYSTEM, now=NOW)
    second = await link()

    for token, now in ((first, NOW), (second, NOW + LIFE), ("invented", NOW)):
        with pytest.raises(TooLate, match="does not work any more"):
            await choose_password(token, HASHED, now=now)
    await choose_password(second, HASHED, now=NOW + LIFE - timedelta(seconds=1))
    with pytest.raises(TooLate):
        await choose_password(second, HASHED, now=NOW)
    with pytest.raises(TooLate, match="has chosen a password already"):
        await send_link_again("our-bar", account, by=SYSTEM, now=NOW)


async def test_no_link_is_kept_that_was_used_or_has_ended(database: Database) -> None:
    await synced(members(3))
    await invited()
    token = await link()
    kept = await t.OneTimeLink.select()
    assert token not in str(kept)

    await choose_password(token, HASHED, now=NOW)
    assert await mailed() == ["/"]
    await give_access("our-bar", email="rosa@bar.example", name="Rosa", by=SYSTEM, now=NOW)
    await drop_old_links(now=NOW + LIFE + timedelta(seconds=1))

    assert await mailed() == ["/", "/"]
    assert await t.OneTimeLink.count() == 0


async def test_access_is_lost_with_the_next_request_and_so_are_her_tokens(database: Database) -> None:
    await synced(members(3))
    account = await invited()
    await choose_password(await link(), HASHED, now=NOW)
    session = await sign_in(ADDRESS, "a few words together", now=NOW)
    paula = await whoami(session, settings=Settings(), now=NOW)
    assert paula is not None
    hers = await make_token("our-bar", label="hers", by=paula, now=NOW)
    ours = await make_token("our-bar", label="ours", by=SYSTEM, now=NOW)

    await take_access("our-bar", account, by=SYSTEM, now=NOW)

    after = await whoami(session, settings=Settings(), now=NOW)
    assert after is not None
    assert (after.roles, after.rosters) == ((), ())
    assert await bearer_of(hers, now=NOW) is None
    assert await bearer_of(ours, now=NOW) is not None
    assert [one.label for one in await tokens_of("our-bar", by=SYSTEM)] == ["ours"]
    with pytest.raises(NotFound):
        await partners_of("our-bar", by=after)
    with pytest.raises(NotFound):
        await take_access("our-bar", account, by=SYSTEM, now=NOW)


async def test_whoever_is_a_volunteer_too_keeps_her_role_and_is_told_in_her_inbox(database: Database) -> None:
    await synced(members(3))
    alma = await worlds.joined(worlds.attorney())
    assert alma.account is not None
    await t.Account.update({t.Account.password_hash: HASHED}).where(t.Account.id == alma.account)

    account = await give_access("our-bar", email=alma.email, name="", by=SYSTEM, now=NOW)

    assert account == alma.account
    assert await mailed() == []
    roles = await t.RoleGrant.select(t.RoleGrant.role).where(t.RoleGrant.account == account)
    assert {row["role"] for row in roles} == {"volunteer", "partner"}
    await take_access("our-bar", account, by=SYSTEM, now=NOW)
    roles = await t.RoleGrant.select(t.RoleGrant.role).where(t.RoleGrant.account == account)
    assert {row["role"] for row in roles} == {"volunteer"}


async def test_what_cannot_be_is_refused_and_nothing_is_made(database: Database) -> None:
    await synced(members(3))
    partner = Actor(label="Paula", account=new_id(), roles=(AccountRole.PARTNER,), rosters=("our-bar",))

    with pytest.raises(BadInput, match="Write the person's name"):
        await give_access("our-bar", email=ADDRESS, name=" ", by=SYSTEM, now=NOW)
    with pytest.raises(BadInput, match="not an e-mail address"):
        await give_access("our-bar", email="paula", name="Paula", by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        await give_access("no-bar", email=ADDRESS, name="Paula", by=SYSTEM, now=NOW)
    with pytest.raises(NotAllowed):
        await give_access("our-bar", email=ADDRESS, name="Paula", by=partner, now=NOW)
    assert await t.Account.count() == 0
    await invited()
    with pytest.raises(TooLate, match="has access to the roster already"):
        await invited()
    await t.Account.update({t.Account.active: False}).where(t.Account.email == ADDRESS)
    await synced(members(3), roster=OtherBar())
    with pytest.raises(Contradicts, match="is switched off"):
        await invited("other-bar")
