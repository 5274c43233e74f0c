"""A coordinator looks at somebody who joins and whom the machine could not verify: confirms her, or refuses."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import BadInput, TooLate
from core.model.people import Actor
from core.model.states import JoiningState, may_become
from core.model.volunteers.joining import Dossier
from core.services.clinic import require_staff
from core.services.notifying import tell_account, tell_address
from core.services.volunteers.entering import enter
from core.services.volunteers.recognizing import dossier_of
from core.store import accounts
from core.store.audit import record
from core.store.database import JOINING_LOCK, queue_for, transaction
from core.store.volunteers import joinings

LONGEST_REASON = 500


async def find_dossier(key: UUID, *, by: Actor, number: str | None = None) -> Dossier:
    """What speaks for and against somebody who joins, as it is now; ``number``: with a corrected number."""
    require_staff(by)
    joining = await joinings.find_joining(key)
    if number is not None:
        asked = msgspec.structs.replace(joining.asked, number=" ".join(number.split()))
        joining = msgspec.structs.replace(joining, asked=asked)
    return await dossier_of(joining)


async def confirm_joining(key: UUID, *, number: str, existing: UUID | None = None, by: Actor, now: datetime) -> UUID:
    """Vouch for somebody who joins; returns the volunteer who she is from now on.

    ``number`` is hers at the bar, corrected where she mistyped it, empty for somebody without an admission there;
    ``existing`` the volunteer whom we know already and who she is. Raises Contradicts where that cannot be, TooLate
    where she is confirmed already.
    """
    require_staff(by)
    async with transaction():
        await queue_for(JOINING_LOCK)
        dossier = await find_dossier(key, by=by, number=number)
        _require_movable(dossier, JoiningState.VERIFIED)
        held = await joinings.password_of(key)
        person = await enter(dossier, existing=existing, by=by, now=now, password=held)
        account = await accounts.account_of_volunteer(person)
        if account is not None:
            await tell_account(account, "joining_confirmed", path="/", now=now)
    return person


def _require_movable(dossier: Dossier, to: JoiningState) -> None:
    state = dossier.joining.state
    if not may_become(state, to) or dossier.joining.accepted_at is None:
        raise TooLate("This person does not wait any more: somebody has decided. Load the page again and look.")


async def refuse_joining(key: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Say no to somebody who joins, with a reason that is mailed to her. A person may still confirm her later."""
    require_staff(by)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise BadInput(f"Give the reason in at most {LONGEST_REASON} characters: it is mailed to this person.")
    async with transaction():
        joining = await joinings.find_joining(key)
        await joinings.move_joining(key, JoiningState.REFUSED, decided_at=now, decided_by=by.label, reason=said)
        await record("joining_refused", subject_kind="joining", subject=key, by=by, now=now)
        if joining.account is not None:
            await tell_account(joining.account, "joining_refused", path="/welcome", now=now, more=said)
        else:
            await tell_address(joining.asked.email, "joining_refused", path="/sign-in", now=now, more=said)
