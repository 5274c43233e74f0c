"""Joining by an invitation: a link by mail, then password, terms and profile, then verified or waiting for a person."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from core.errors import BadInput, NotFound, TooLate
from core.model.people import SYSTEM, Actor
from core.model.rosters.entries import LONGEST
from core.model.states import JoiningState
from core.model.volunteers.joining import VISITOR, Asked, Dossier, Joining
from core.model.volunteers.profile import Profile
from core.model.volunteers.terms import Terms
from core.services.accounts.signing_in import create_account
from core.services.clinic import Clinic
from core.services.notifying import tell_account, tell_address, tell_coordinators
from core.services.volunteers.entering import PLAIN, enter, may_have_account
from core.services.volunteers.profiles import require_sound_profile
from core.services.volunteers.recognizing import dossier_of
from core.store import accounts
from core.store.audit import record
from core.store.database import JOINING_LOCK, queue_for, transaction
from core.store.keys import new_id
from core.store.tokens import new_token
from core.store.volunteers import joinings, volunteers

OVER = "This invitation is over. Ask your bar for a new link."
GONE = "This link does not work any more. Begin anew with the link of your bar."


async def ask_to_join(token: str, asked: Asked, *, clinic: Clinic, now: datetime) -> None:
    """Send a link to the address of somebody who has an invitation. Nothing tells her what we know of the number.

    Whose address has an account that can be signed in to gets a mail that says so instead. Raises BadInput for what
    no bar writes, NotFound and TooLate for the invitation.
    """
    _require_sound(asked)
    async with transaction():
        invitation = await joinings.invitation_by_token(token)
        if invitation is None:
            raise NotFound("This link is not one of ours, or not whole. Copy it once more.")
        if not invitation.is_open(now):
            raise TooLate(OVER)
        known = await accounts.account_id_by_email(asked.email)
        if known is not None and not await may_have_account(asked.email):
            await tell_account(known, "joining_known", path="/sign-in", now=now)
            await record("joining_known", subject_kind="account", subject=known, by=_nobody(), now=now)
            return
        key, link = new_id(), new_token()
        until = now + timedelta(hours=clinic.settings.joining_hours)
        await joinings.insert_joining(key, invitation=invitation.id, asked=asked, token=link, now=now, until=until)
        await tell_address(asked.email, "joining_link", path=f"/join/confirm/{link}", now=now)
        await record("joining_asked", subject_kind="joining", subject=key, by=_nobody(), now=now)


def _nobody() -> Actor:
    return Actor(label=VISITOR)


def _require_sound(asked: Asked) -> None:
    for name in ("number", "name", "email"):
        text: str = getattr(asked, name)
        if not text or len(text) > LONGEST[name] or text != " ".join(text.split()):
            raise BadInput(f"Write the {name} in one line of at most {LONGEST[name]} characters.")
    if "@" not in asked.email or " " in asked.email or asked.email != asked.email.casefold():
        raise BadInput("This is not an e-mail address. Write one such as name@example.org.")


async def find_link(token: str, *, now: datetime) -> Joining:
    """Whose mailed link this is, while it works; raises TooLate when it is used, too old, or the invitation revoked."""
    joining = await joinings.joining_by_token(token)
    if joining is None or joining.state is not JoiningState.ASKED or now >= joining.expires_at:
        raise TooLate(GONE)
    if joining.invitation.revoked_at is not None:
        raise TooLate(OVER)
    return joining


async def profile_to_begin_with(joining: Joining) -> Profile:
    """What the form of her profile shows at first, to whoever holds the link in her mail.

    Her own record where number and address are both hers; her county where the roster has her address; else nothing.
    """
    dossier = await dossier_of(joining)
    if dossier.record is not None:
        return Profile.of(await volunteers.find_volunteer(dossier.record))
    if dossier.entry is None or not (dossier.agreement.member and dossier.agreement.email):
        return Profile()
    return Profile(county=dossier.entry.entry.county, us_state=dossier.entry.entry.us_state)


async def complete_joining(token: str, *, password_hash: str, terms: Terms, profile: Profile, now: datetime) -> Joining:
    """Use the link up: she has accepted the terms, and is a volunteer now or waits for a person. Returns her joining.

    In one transaction: her account, where she may have one yet, the volunteer where everything agrees, messages and
    audit events. Raises TooLate where the link does not work, BadInput for a profile that cannot be.
    """
    require_sound_profile(profile)
    async with transaction():
        await queue_for(JOINING_LOCK)
        joining = msgspec.structs.replace(await find_link(token, now=now), profile=profile)
        if not await may_have_account(joining.asked.email):
            raise TooLate("This address has an account by now. Please sign in with it.")
        dossier = await dossier_of(joining)
        said = {
            "profile": msgspec.json.encode(profile).decode(),
            "terms_version": terms.version,
            "terms_language": terms.language,
            "accepted_at": now,
        }
        if dossier.speaks_for_herself:
            await _welcome(dossier, password_hash, said, now=now)
        else:
            await _let_wait(dossier, password_hash, said, now=now)
        await _note_terms(joining, terms, now=now)
        await joinings.drop_asked(email=joining.asked.email)
        return await joinings.find_joining(joining.id)


async def _welcome(dossier: Dossier, password_hash: str, said: dict[str, object], *, now: datetime) -> None:
    person = await enter(dossier, existing=dossier.record, by=SYSTEM, now=now, password=password_hash, **said)
    account = await accounts.account_of_volunteer(person)
    if account is not None:
        await tell_account(account, "joining_welcome", path="/", now=now)


async def _let_wait(dossier: Dossier, password_hash: str, said: dict[str, object], *, now: datetime) -> None:
    """Give her an account to wait with, unless her address is a volunteer's of ours: then a person decides first."""
    joining = dossier.joining
    account: UUID | None = None
    if await accounts.account_id_by_email(joining.asked.email) is None:
        account = await create_account(
            email=joining.asked.email,
            name=joining.asked.name,
            roles=tuple(PLAIN),
            password_hash=password_hash,
            by=SYSTEM,
            now=now,
        )
    held = "" if account else password_hash
    await joinings.move_joining(joining.id, JoiningState.WAITING, account=account, password_hash=held, **said)
    agreed = dossier.agreement
    await record(
        "joining_waits",
        subject_kind="joining",
        subject=joining.id,
        by=SYSTEM,
        now=now,
        number=agreed.number,
        name=agreed.name,
        email=agreed.email,
        standing=str(agreed.standing) if agreed.standing else None,
    )
    await tell_coordinators("joining_waits", path=f"/joinings/{joining.id}", now=now)


async def _note_terms(joining: Joining, terms: Terms, *, now: datetime) -> None:
    await record(
        "terms_accepted",
        subject_kind="joining",
        subject=joining.id,
        by=_nobody(),
        now=now,
        version=terms.version,
        language=terms.language,
    )


async def drop_forgotten_links(*, now: datetime) -> None:
    """Forget whoever asked for a link and never used it: nothing about her is kept."""
    async with transaction():
        await joinings.drop_asked(before=now)
