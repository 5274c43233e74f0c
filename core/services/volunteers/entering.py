"""Making a volunteer of somebody who joins: one record of her, with an account, her admission and her profile."""

from datetime import datetime
from uuid import UUID

from core.errors import Contradicts
from core.model.people import Actor, BarAdmission, Volunteer
from core.model.states import JoiningState
from core.model.vocabulary import AccountRole, Standing
from core.model.volunteers.identity import without_zeros
from core.model.volunteers.joining import Dossier
from core.model.volunteers.profile import Profile
from core.services.accounts.signing_in import create_account
from core.services.rosters.standings import record_standing
from core.store import accounts
from core.store.audit import record
from core.store.keys import new_id
from core.store.matches.teams import lock_volunteers
from core.store.volunteers import joinings, volunteers

PLAIN = frozenset({AccountRole.VOLUNTEER})


async def enter(
    dossier: Dossier, *, existing: UUID | None, by: Actor, now: datetime, password: str = "", **also: object
) -> UUID:
    """Make her the volunteer of this record of ours, or a new one; her joining is verified. Returns the volunteer's id.

    ``password`` is the hash for an account that she does not have yet. Raises Contradicts where the record is already
    signed in to by somebody, or her number or address is another volunteer's. Within the caller's transaction.
    """
    joining = dossier.joining
    await _refuse_anothers(dossier, existing)
    account = joining.account or await _account(dossier, password, by=by, now=now)
    profile = joining.profile or Profile()
    if existing is None:
        person = await _new(dossier, profile, account, by=by, now=now)
    else:
        person = await _known(existing, dossier, profile, account, by=by, now=now)
    await joinings.move_joining(
        joining.id,
        JoiningState.VERIFIED,
        number=joining.asked.number,
        account=account,
        volunteer=person,
        password_hash="",
        decided_at=now,
        decided_by=by.label,
        reason="",
        **also,
    )
    await record(
        "volunteer_verified",
        subject_kind="volunteer",
        subject=person,
        by=by,
        now=now,
        joining=str(joining.id),
        record="known" if existing else "new",
    )
    return person


async def _refuse_anothers(dossier: Dossier, existing: UUID | None) -> None:
    for whose, what in ((dossier.holder, "number"), (dossier.owner, "address")):
        if whose is not None and whose != existing:
            other = (await volunteers.find_volunteer(whose)).ref
            raise Contradicts(
                f"This {what} is that of {other}. Choose that volunteer, or correct it. Nothing was changed."
            )
    if existing is None:
        return
    person = await volunteers.find_volunteer(existing)
    if person.account is not None and (await accounts.state_of(person.account)).has_password:
        raise Contradicts(
            f"{person.ref} can sign in already, so this is somebody else or not needed. Nothing was changed."
        )


async def may_have_account(email: str) -> bool:
    """Whether the address has no account yet, or only that of a volunteer whom nobody can sign in as."""
    known = await accounts.account_id_by_email(email)
    if known is None:
        return True
    state = await accounts.state_of(known)
    return state.roles <= PLAIN and not state.has_password


async def _account(dossier: Dossier, password: str, *, by: Actor, now: datetime) -> UUID:
    asked = dossier.joining.asked
    if not await may_have_account(asked.email):
        raise Contradicts(
            "This address has an account already, with a password or with other work. Nothing was changed."
        )
    known = await accounts.account_id_by_email(asked.email)
    if known is None:
        return await create_account(
            email=asked.email, name=asked.name, roles=tuple(PLAIN), password_hash=password, by=by, now=now
        )
    await accounts.set_password(known, password_hash=password)
    await accounts.grant_roles(known, tuple(PLAIN))
    await record("password_set", subject_kind="account", subject=known, by=by, now=now)
    return known


async def _new(dossier: Dossier, profile: Profile, account: UUID, *, by: Actor, now: datetime) -> UUID:
    asked, bar, key = dossier.joining.asked, _admission(dossier), new_id()
    ref = f"{bar.jurisdiction}-{bar.number}" if bar else f"J-{key.hex[-12:]}"
    if await volunteers.volunteers_by_ref([ref]):
        ref = f"J-{key.hex[-12:]}"
    plain = Volunteer(id=key, ref=ref, name=asked.name, email=asked.email, bars=(bar,) if bar else (), account=account)
    await volunteers.insert_volunteer(profile.applied_to(plain), now=now)
    await record("volunteer_registered", subject_kind="volunteer", subject=key, by=by, now=now)
    return key


async def _known(key: UUID, dossier: Dossier, profile: Profile, account: UUID, *, by: Actor, now: datetime) -> UUID:
    await lock_volunteers([key])
    before = await volunteers.find_volunteer(key)
    await volunteers.give_account(key, account, email=dossier.joining.asked.email)
    await volunteers.update_offer(profile.applied_to(before), now=now)
    await record("volunteer_changed", subject_kind="volunteer", subject=key, by=by, now=now)
    if bar := _admission(dossier):
        _require_one_number(before, bar)
        await volunteers.set_number(key, jurisdiction=bar.jurisdiction, number=bar.number)
        await record_standing(
            key, jurisdiction=bar.jurisdiction, number=bar.number, standing=bar.standing, by=by, now=now
        )
    return key


def _require_one_number(person: Volunteer, bar: BarAdmission) -> None:
    known = next((one.number for one in person.bars if one.jurisdiction == bar.jurisdiction), "")
    if known and without_zeros(known) != without_zeros(bar.number):
        raise Contradicts(
            f"{person.ref} has the number {known} at the bar of {bar.jurisdiction}, and so is not {bar.number}. "
            "If that number is wrong, change it first. Nothing was changed."
        )


def _admission(dossier: Dossier) -> BarAdmission | None:
    """Her admission as the roster tells it; of a number that it does not list nobody knows the standing."""
    number, known = dossier.joining.asked.number, dossier.entry
    if not number:
        return None
    bar, said = dossier.joining.invitation.bar, dossier.agreement.standing
    if known is None or said is None:
        return BarAdmission(bar, number, Standing.UNKNOWN)
    return BarAdmission(bar, known.entry.number, said, known.entry.admitted or None)
