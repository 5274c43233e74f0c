"""What clients agreed to: which text, in which language, read by themselves or read to them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from core.errors import TooLate
from core.model.help.consents import Consent, Manner, require_current_consent
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.cases import cases
from core.store.clients import consents
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches.settled import lock_case
from core.store.upkeep.erasing import is_reduced

ERASED: Final = "Nothing is known of this client any more: there is nobody who could agree. Nothing was changed."


async def record_consent(
    case: UUID, version: str, language: str, *, manner: Manner, by: Actor, now: datetime
) -> Consent:
    """Note that a client agreed to the current text, which somebody of the staff read or interpreted to her.

    Raises BadInput where it is not the current one, TooLate where the client was erased. Side effect: an audit event
    with version and language.
    """
    require_staff(by)
    text = require_current_consent(version, language)
    consent = Consent(new_id(), case, text.version, text.language, manner, given_at=now, noted_by=by.label)
    async with transaction():
        await lock_case(case)
        await cases.find_case(case)
        if await is_reduced(case):
            raise TooLate(ERASED)
        await keep_consent(consent, by=by, now=now)
    return consent


async def keep_consent(consent: Consent, *, by: Actor, now: datetime) -> None:
    """Write a consent in the transaction of a verb, with its audit event."""
    await consents.insert_consent(consent)
    await record(
        "consent_given",
        subject_kind="case",
        subject=consent.case,
        by=by,
        now=now,
        version=consent.version,
        language=consent.language,
        manner=str(consent.manner),
    )
