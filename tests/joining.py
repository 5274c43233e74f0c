"""Joining in tests: a bar with a roster, an invitation, somebody with a mail, and what she fills in."""

from datetime import datetime
from typing import Any

import msgspec

from core import tables as t
from core.model.people import SYSTEM
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import PracticeArea, Standing
from core.model.volunteers.joining import Asked, Joining
from core.model.volunteers.profile import Profile
from core.model.volunteers.terms import terms_in
from core.services.accounts.signing_in import hash_password
from core.services.clinic import Clinic
from core.services.volunteers import joining as verbs
from core.services.volunteers.inviting import invite_members
from tests.rosters import member, members, synced
from tests.worlds import NOW, clinic

PASSWORD = "a few words together"
ALMA = Asked("0042", "Alma Reyes", "alma@firm.example")
OFFER = Profile(practice={PracticeArea.ASYLUM: 2}, county="Bernalillo", us_state="NM")


def entry_of(asked: Asked, **said: Any) -> RosterEntry:
    """The entry of somebody as her bar writes it."""
    plain = member(0, Standing.ACTIVE, name=asked.name, email=asked.email, admitted=2011)
    return msgspec.structs.replace(plain, number=asked.number, **said)


async def invited(*entries: RosterEntry, at: Clinic | None = None, now: datetime = NOW) -> str:
    """The token of an invitation of a bar that lists these members and twenty others."""
    await synced([*entries, *members(20, 2001)], now=now)
    return await invite_members("our-bar", clinic=at or clinic(), by=SYSTEM, now=now)


async def mailed(address: str) -> str:
    """The token in the last mail with a link to this address."""
    m = t.Message
    rows = await m.select(m.path).where(m.address == address, m.kind == "joining_link").order_by(m.id)
    return str(rows[-1]["path"]).removeprefix("/join/confirm/")


async def asked(token: str, who: Asked = ALMA, *, now: datetime = NOW) -> str:
    """Somebody asks to join; the token of the link in her mail."""
    await verbs.ask_to_join(token, who, clinic=clinic(), now=now)
    return await mailed(who.email)


async def joined(token: str, who: Asked = ALMA, *, profile: Profile = OFFER, now: datetime = NOW) -> Joining:
    """Somebody asks to join and uses her link."""
    return await complete(await asked(token, who, now=now), profile=profile, now=now)


async def complete(link: str, *, profile: Profile = OFFER, now: datetime = NOW) -> Joining:
    """Somebody uses her link."""
    return await verbs.complete_joining(
        link, password_hash=hash_password(PASSWORD), terms=terms_in("en"), profile=profile, now=now
    )
