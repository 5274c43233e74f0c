"""What coordinators write down in the demo's last weeks: calls, notes, tasks, papers that come in; all invented."""

from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from core.demo.agenda import Agenda
from core.demo.papers import paper
from core.model.cases.casework import Channel, Contact, Counterpart, Direction, Outcome, TaskKind
from core.model.cases.documents import DocumentKind, Sharing
from core.model.people import Actor
from core.model.states import CaseState, SeatState, TaskState
from core.queries.tasks import Whose, open_tasks
from core.services.casework import documents, notes, tasks
from core.services.casework.documents import Brought, Read
from core.services.casework.tasks import Wanted
from core.store.cases import cases
from core.store.keys import new_id
from core.store.matches import teams

DAYS: Final = 18
"""How many days back the clinic has kept its files here."""
AFTER: Final = timedelta(days=2)
LATELY: Final = 40
"""Of how many of the newest cases something is written down."""
NOTES: Final = (
    "The client would rather be called in the evening. A sister may take messages, nobody else.",
    "Went through the first declaration together. The dates of the second journey are still open.",
    "A social worker at the school can write a letter. She needs the consent form first.",
    "The mother came along and helped with the papers. Everything is copied, the originals are back with the family.",
    "The hearing notice shows an old address. The change of address has to be filed with the court.",
    "Asked about other family members here: a brother with a case of his own, another clinic has it.",
)
CALLS: Final = (
    (Channel.PHONE, Outcome.REACHED, "Went through what happens next. She understood, and has no questions now."),
    (Channel.PHONE, Outcome.NO_ANSWER, ""),
    (Channel.PHONE, Outcome.LEFT_MESSAGE, "Left only our number, as she asked."),
    (Channel.TEXT, Outcome.SENT, "Asked for a good time to call."),
    (Channel.IN_PERSON, Outcome.REACHED, "At the outreach table in the library. Brought the papers along."),
    (Channel.PHONE, Outcome.CALL_BACK, "At work. Calls back after six."),
)
TASKS: Final = (
    (TaskKind.CALL_CLIENT, "Ask for the date of the last arrival."),
    (TaskKind.ASK_DOCUMENT, "The birth certificate of the younger child."),
    (TaskKind.PREPARE_FORM, "The change of address for the court."),
    (TaskKind.FIND_INTERPRETER, "For the declaration, two hours, by phone."),
    (TaskKind.SIGN, "The consent form for the school."),
    (TaskKind.TALK_TO_TEAM, "Who writes the declaration, and by when?"),
)
PAPERS: Final = (
    (DocumentKind.COURT, "Notice of hearing", "hearing-notice.pdf"),
    (DocumentKind.IDENTITY, "Birth certificate, copy", "birth-certificate.pdf"),
    (DocumentKind.EVIDENCE, "Letter of a neighbour", "letter-neighbour.pdf"),
    (DocumentKind.DECLARATION, "Declaration, first draft", "declaration-draft.pdf"),
    (DocumentKind.MEDICAL, "Report of the clinic", "report.pdf"),
)


class Files:
    """Puts what is written down over the last weeks on the agenda."""

    def __init__(self, staff: tuple[Actor, ...], random: Random, *, most_mib: int) -> None:
        self._staff, self._random, self._most_mib = staff, random, most_mib

    def expect(self, agenda: Agenda, evening: datetime) -> None:
        """Let something be written down on each day, and something be left to do for the morning after."""
        for ago in range(DAYS, -1, -1):
            agenda.add(evening - timedelta(days=ago, hours=1), self._day)

    async def _day(self, now: datetime) -> None:
        engaged, waiting = await cases.cases_in(CaseState.ENGAGED), await cases.cases_in(CaseState.WAITLISTED)
        lately = sorted((*engaged, *waiting), key=lambda case: case.ref)[-LATELY:]
        for case in self._random.sample(lately, min(2, len(lately))):
            await self._write(case.id, case.languages[0], shared=case.state is CaseState.ENGAGED, now=now)

    async def share(self, volunteer: UUID, now: datetime) -> None:
        """Let a volunteer find papers of the cases that she is engaged in, and her coordinators others."""
        held = [match for seat, match in await teams.seat_in_live_matches(volunteer) if seat.state is SeatState.ENGAGED]
        for match in held:
            for sharing, (kind, about, name) in zip((*Sharing, Sharing.TEAM), PAPERS, strict=False):
                brought = Brought(kind, name, about=about, sharing=sharing)
                by, most = self._staff[0], self._most_mib
                await documents.add_document(match.case, _read(paper(about)), brought, most_mib=most, by=by, now=now)

    async def _write(self, case: UUID, language: str, *, shared: bool, now: datetime) -> None:
        by, draw = self._random.choice(self._staff), self._random
        await self._call(case, language, by, now)
        if draw.random() < 0.6:
            await notes.write_note(case, draw.choice(NOTES), by=by, now=now)
        if draw.random() < 0.6:
            await self._paper(case, shared=shared, by=by, now=now)
        await self._task(case, by, now)

    async def _call(self, case: UUID, language: str, by: Actor, now: datetime) -> None:
        channel, outcome, words = self._random.choice(CALLS)
        called = Contact(
            id=new_id(),
            case=case,
            at=now - timedelta(minutes=self._random.randint(5, 300)),
            channel=channel,
            direction=Direction.IN if outcome is Outcome.CALL_BACK else Direction.OUT,
            counterpart=Counterpart.CLIENT,
            outcome=outcome,
            noted_at=now,
            language=language if outcome is Outcome.REACHED else "",
            interpreted=language not in ("en", "es") and outcome is Outcome.REACHED,
            words=words,
        )
        await notes.log_contact(called, by=by, now=now)

    async def _paper(self, case: UUID, *, shared: bool, by: Actor, now: datetime) -> None:
        kind, about, name = self._random.choice(PAPERS)
        sharing = self._random.choice((Sharing.ATTORNEYS, Sharing.TEAM)) if shared else Sharing.STAFF
        brought = Brought(kind, name, about=about, sharing=sharing)
        await documents.add_document(case, _read(paper(about)), brought, most_mib=self._most_mib, by=by, now=now)

    async def _task(self, case: UUID, by: Actor, now: datetime) -> None:
        """Something to do within days; what was due is done by now, but for the last days."""
        kind, words = self._random.choice(TASKS)
        due = now.date() + timedelta(days=self._random.randint(1, 12))
        person = self._random.choice((*self._staff, None))
        wanted = Wanted(kind, words, due, person.account if person else None)
        await tasks.add_task(case, wanted, by=by, now=now)
        for old in (await open_tasks(Whose.ALL, None)).rows:
            if old.due and old.due < now.date() - AFTER:
                await tasks.move_task(old.id, TaskState.DONE, case=old.case, by=by, now=now)


def _read(content: bytes) -> Read:
    left = [content]

    async def read(size: int) -> bytes:
        return left.pop() if left else b""

    return read
