"""A client sends what she has written, from here on a case that the programme can read; and she ends it again."""

from datetime import datetime
from typing import Final

import msgspec

from core.errors import BadInput, NotFound
from core.model.help.asking import unanswered
from core.model.help.consents import Consent, Manner
from core.model.help.requests import MOST_PARTIES, case_of, client_of, dates_of, parties_of
from core.model.states import OPEN_CASE
from core.services.cases.intake import receive_case, withdraw_case
from core.services.clinic import Clinic
from core.services.deadlines.dated_facts import record_dates
from core.services.help.consents import keep_consent
from core.services.help.receipts import CLIENT, Opened, still_open
from core.services.notifying import tell_coordinators
from core.store.cases import cases
from core.store.cases.references import next_reference
from core.store.clients import receipts
from core.store.database import transaction
from core.store.keys import new_case_id, new_id

NO_HELP_NEEDED: Final = "The client does not need help any more."


async def send_request(opened: Opened, *, language: str, clinic: Clinic, now: datetime) -> Opened:
    """Make a case of the answers; what is returned is tied to it.

    Raises BadInput where a question that must be answered is not, TooLate where it was sent or closed meanwhile.
    Side effects, in one transaction: the case with the client sealed, the consent, the dates, a message to the
    coordinators; what was sealed for her alone is deleted.
    """
    async with transaction():
        current = await still_open(opened, now=now)
        if unanswered(current.answers):
            raise BadInput("Some questions still need an answer.")
        key, answers = new_case_id(), current.answers
        ref = await next_reference(clinic.settings.reference, now=now)
        case = await receive_case(
            case_of(answers, key=key, ref=ref, today=clinic.today(now)),
            client=client_of(answers),
            parties=parties_of(answers, case=key, keys=tuple(new_id() for _ in range(MOST_PARTIES))),
            by=CLIENT,
            now=now,
        )
        version, spoken = current.consent
        given = current.begun_at or now
        await keep_consent(Consent(new_id(), key, version, spoken, Manner.READ, given_at=given), by=CLIENT, now=now)
        if dates := dates_of(answers):
            await record_dates(case.id, dates, clinic=clinic, by=CLIENT, now=now)
        await receipts.become_case(current.receipt, key, now=now)
        await receipts.keep_language(current.receipt, language)
        await tell_coordinators("request_came", path=f"/cases/{key}", now=now)
    return msgspec.structs.replace(current, case=key, answers={}, secret=b"", language=language)


async def stop_request(opened: Opened, *, now: datetime) -> None:
    """End the case at the client's wish; nothing where it has ended. Its team is released and told.

    The coordinators are told as well: whoever has her code, or her phone, can do this in her place, and a case that was
    ended so is opened again with the time that it has waited.
    """
    if opened.case is None:
        raise NotFound("This was not sent yet.")
    async with transaction():
        await still_open(opened, now=now)
        if (await cases.find_case(opened.case)).state in OPEN_CASE:
            await withdraw_case(opened.case, reason=NO_HELP_NEEDED, by=CLIENT, now=now)
            await tell_coordinators("request_stopped", path=f"/cases/{opened.case}", now=now)
