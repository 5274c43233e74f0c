"""The conflict check of volunteers: the names, to whoever holds a seat and to her alone, for a while and never unseen.

ABA Model Rules 1.7 and 1.10. Three answers: no conflict; a conflict, which ends the match; or a question first.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from core.errors import BadInput, NotFound, TooLate
from core.model.clients.checks import CheckAnswer, CheckQuestion, NameCheck
from core.model.clients.client import Client, ClientField, Purpose, Stage
from core.model.clients.parties import Party
from core.model.people import Actor
from core.model.plans.teams import Seat
from core.model.states import MatchState, SeatState
from core.services.clients.disclosing import QUESTIONS, note_view, read_people
from core.services.clinic import Clinic, require_staff
from core.services.matches.engagement import end_conflicted
from core.services.notifying import tell_coordinators, tell_volunteer
from core.store.audit import record
from core.store.clients import checks
from core.store.database import transaction
from core.store.keys import new_id
from core.store.matches import teams

NAMES: Final = (ClientField.NAME, ClientField.OTHER_NAMES)
"""What of the client a conflict check needs."""
LONGEST: Final = 2_000
NOT_YOURS: Final = "There is no such match, or it is not yours to see."
NOT_NOW: Final = "The names are open while a complete team checks for conflicts, and this match is not there now."
OVER: Final = "The time to look at the names is over. Ask a coordinator to open them again. Nothing was changed."


class Names(msgspec.Struct, frozen=True):
    """What somebody checks against: the client's names and those on the other side; what she asked before."""

    check: NameCheck
    client: Client
    adverse: tuple[Party, ...]
    questions: tuple[CheckQuestion, ...]


async def open_names(match: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> None:
    """Begin one's own conflict check: from now on, and for ``names_hours``, the names are open to this volunteer.

    Raises NotFound where she has no seat, TooLate where the team is not complete or her time is over. Side effects:
    the check, an audit event. Opening them a second time changes nothing.
    """
    async with transaction():
        seat = await _own_seat(match, by)
        case = await _case_to_check(seat)
        known = await checks.check_of(seat.id)
        if known is not None:
            if not known.is_open(now):
                raise TooLate(OVER)
            return
        until = now + timedelta(hours=clinic.settings.names_hours)
        await record("names_opened", subject_kind="match", subject=match, by=by, now=now, seat=str(seat.id))
        await checks.insert_check(NameCheck(new_id(), case, seat.id, now, until))


async def look_at_names(match: UUID, *, by: Actor, now: datetime) -> Names:
    """The names, for a volunteer who has opened them: each look is logged. TooLate once they are closed."""
    async with transaction():
        seat = await _own_seat(match, by)
        check = await _open_check(seat, now)
        client, adverse = await read_people(check.case, NAMES, purpose=Purpose.CONFLICT_CHECK, by=by, now=now)
        asked = await checks.questions_of(match, case=check.case, seat=seat.id)
    return Names(check, client, adverse, asked)


async def declare_clear(match: UUID, *, by: Actor, now: datetime) -> None:
    """Say that one has no conflict; the names close. When the last of the team has said so, coordinators are told."""
    async with transaction():
        seat = await _own_seat(match, by)
        await _case_to_check(seat)
        await checks.answer_check(seat.id, CheckAnswer.CLEAR, now=now)
        await record("check_clear", subject_kind="match", subject=match, by=by, now=now, seat=str(seat.id))
        if await all_clear(match):
            await tell_coordinators("check_clear", path=f"/matches/{match}", now=now)


async def declare_conflict(match: UUID, *, by: Actor, now: datetime) -> None:
    """Say that one has a conflict: the names close, the match ends, the case waits again, the pair is never proposed
    again. Nobody is told which name it was; that she has looked stays in the disclosure log.

    Once she has looked she may say so at any time: it needs no name before her eyes.
    """
    async with transaction():
        seat = await _own_seat(match, by)
        await _case_to_check(seat)
        await checks.answer_check(seat.id, CheckAnswer.CONFLICT, now=now)
        await end_conflicted(seat, by=by, now=now)
        await tell_coordinators("check_conflict", path=f"/matches/{match}", now=now)


async def ask_more(match: UUID, text: str, *, by: Actor, now: datetime) -> NameCheck:
    """Ask the coordinator something before answering, such as for the names once more when her time is over.

    Returns the check. TooLate where she has answered. Side effects: the question, sealed; audit event; messages.
    """
    async with transaction():
        seat = await _own_seat(match, by)
        await _case_to_check(seat)
        check = await checks.check_of(seat.id)
        if check is None or check.answer is not None:
            raise TooLate(OVER)
        await checks.insert_question(new_id(), check, _written(text), now=now)
        await record("check_question", subject_kind="match", subject=match, by=by, now=now, seat=str(seat.id))
        await tell_coordinators("check_question", path=f"/matches/{match}/checks", now=now)
    return check


async def read_questions(match: UUID, *, by: Actor, now: datetime) -> tuple[CheckQuestion, ...]:
    """What the volunteers of a match have asked, for staff. Side effect where there is anything: the disclosure log."""
    require_staff(by)
    async with transaction():
        case = (await teams.find_match(match)).case
        asked = await checks.questions_of(match, case=case)
        shown, why = [QUESTIONS] if asked else [], Purpose.CONFLICT_CHECK
        await note_view(case, shown, needed=Stage.STAFF, purpose=why, by=by, now=now)
    return asked


async def reply(question: UUID, text: str, *, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    """Reply to a question; the names are open to who asked for the whole time again. Returns the match."""
    require_staff(by)
    async with transaction():
        case, seat = await checks.place_of_question(question)
        await checks.reply_to(question, case, _written(text), by=by.account, now=now)
        return await _again(seat, "check_reply", clinic, by, now)


async def open_names_again(seat: UUID, *, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    """Give a volunteer whose time is over another one; returns the match. TooLate where she has answered."""
    require_staff(by)
    async with transaction():
        return await _again(seat, "names_opened_again", clinic, by, now)


async def _again(seat: UUID, kind: str, clinic: Clinic, by: Actor, now: datetime) -> UUID:
    found = await teams.find_seat(seat)
    await _case_to_check(found)
    if not await checks.open_again(seat, until=now + timedelta(hours=clinic.settings.names_hours)):
        raise TooLate("The volunteer has answered already, or has not begun. Nothing was changed.")
    await record(kind, subject_kind="match", subject=found.match, by=by, now=now, seat=str(seat))
    await tell_volunteer(found.volunteer, "names_open", path=f"/matches/{found.match}", now=now)
    return found.match


async def all_clear(match: UUID) -> bool:
    """Whether everybody on a team has looked and has no conflict."""
    known = await checks.checks_of(match)
    seats = await teams.seats_of(match)
    return all(one.id in known and known[one.id].answer is CheckAnswer.CLEAR for one in seats)


async def _own_seat(match: UUID, by: Actor) -> Seat:
    mine = [seat for seat in await teams.seats_of(match) if by.volunteer is not None and seat.volunteer == by.volunteer]
    if not mine:
        raise NotFound(NOT_YOURS)
    return mine[0]


async def _case_to_check(seat: Seat) -> UUID:
    """The case of a seat whose complete team checks for conflicts now; TooLate otherwise."""
    match = await teams.find_match(seat.match)
    if match.state is not MatchState.ACCEPTED or seat.state is not SeatState.ACCEPTED:
        raise TooLate(NOT_NOW)
    return match.case


async def _open_check(seat: Seat, now: datetime) -> NameCheck:
    await _case_to_check(seat)
    check = await checks.check_of(seat.id)
    if check is None or not check.is_open(now):
        raise TooLate(OVER)
    return check


def _written(text: str) -> str:
    written = text.strip()[:LONGEST]
    if not written:
        raise BadInput("Write what you need to know, or what the answer is. Nothing was changed.")
    return written
