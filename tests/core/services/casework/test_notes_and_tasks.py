"""Notes, contacts and tasks: sealed, read with a trace, and told to others without a word of the client."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core import tables as t
from core.envelope import Erased
from core.errors import NotAllowed, NotFound, TooLate, WrongEntries
from core.model.cases.casework import LONGEST_NOTE, Channel, Contact, Counterpart, Direction, Outcome, TaskKind
from core.model.people import SYSTEM, Actor
from core.model.states import TaskState
from core.model.vocabulary import AccountRole
from core.queries.tasks import TaskLine, Whose, count_tasks, open_tasks
from core.services.cases import intake
from core.services.casework import notes, tasks
from core.services.casework.tasks import Changes, Wanted
from core.services.work.working import Worker
from core.store import audit
from core.store.database import Database, open_database, transaction
from core.store.keys import new_id
from core.store.sealed.case_keys import shred
from tests.worlds import NOW, actor_of, attorney, case, clinic, coordinator, joined

SECRET = "Esperanza is afraid of Rodolfo"
TODAY = NOW.date()
MORNING = NOW + timedelta(hours=5)
"""A quarter past seven in Denver."""


async def a_case(ref: str = "") -> tuple[UUID, Actor]:
    by = await coordinator()
    return (await intake.receive_case(case(ref), by=by, now=NOW)).id, by


def contact(key: UUID, **changes: object) -> Contact:
    given = {
        "id": new_id(),
        "case": key,
        "at": NOW - timedelta(hours=2),
        "channel": Channel.PHONE,
        "direction": Direction.OUT,
        "counterpart": Counterpart.CLIENT,
        "outcome": Outcome.LEFT_MESSAGE,
        "noted_at": NOW,
        "language": "mam",
        "interpreted": True,
        "words": SECRET,
    }
    return Contact(**{**given, **changes})  # type: ignore[arg-type]  # -- as above


async def everything(key: UUID, by: Actor) -> None:
    await notes.write_note(key, f" {SECRET} ", by=by, now=NOW)
    await notes.log_contact(contact(key), by=by, now=NOW)
    await tasks.add_task(key, Wanted(TaskKind.CALL_CLIENT, SECRET, TODAY, by.account), by=by, now=NOW)


async def test_what_was_written_is_read_again_by_staff_and_leaves_one_trace(database: Database) -> None:
    key, by = await a_case()
    await everything(key, by)

    file = await notes.read_casework(key, by=by, now=NOW)
    assert [one.text for one in file.notes] == [SECRET]
    assert [(one.words, one.language, one.noted_by) for one in file.contacts] == [(SECRET, "mam", "Carmen")]
    assert [(one.words, one.assignee_name, one.due) for one in file.tasks] == [(SECRET, "Carmen", TODAY)]
    (seen,) = await t.Disclosure.select().output(load_json=True)
    assert (seen["fields"], seen["purpose"]) == (["contacts", "notes", "tasks"], "casework")
    assert "speranza" not in str(await audit.events())


async def test_nothing_that_was_written_stands_in_the_files_of_the_database(sqlite_url: str) -> None:
    opened, folder = await open_database(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///")).parent
    key, by = await a_case()
    await everything(key, by)
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    await opened.close()
    assert b"Esperanza" not in written


async def test_volunteers_may_neither_read_nor_write(database: Database) -> None:
    key, by = await a_case()
    await everything(key, by)
    alma = actor_of(await joined(attorney()))
    for verb in (
        notes.read_casework(key, by=alma, now=NOW),
        notes.write_note(key, "x", by=alma, now=NOW),
        notes.log_contact(contact(key), by=alma, now=NOW),
        tasks.add_task(key, Wanted(TaskKind.SIGN), by=alma, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await verb


async def test_a_note_is_taken_back_by_its_writer_or_an_administrator(database: Database) -> None:
    key, by = await a_case()
    other = await coordinator()
    admin = Actor(label="Ada", account=other.account, roles=(AccountRole.ADMINISTRATOR,))
    for who in (by, admin):
        note = await notes.write_note(key, SECRET, by=by, now=NOW)
        with pytest.raises(NotFound):
            await notes.take_back_note(key, note, by=other, now=NOW)
        await notes.take_back_note(key, note, by=who, now=NOW)
        with pytest.raises(NotFound):
            await notes.take_back_note(key, note, by=who, now=NOW)
    file = await notes.read_casework(key, by=by, now=NOW)
    assert [(one.text, one.taken_back_at) for one in file.notes] == [("", NOW)] * 2
    assert {row["text"] for row in await t.CaseNote.select(t.CaseNote.text)} == {""}


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_NOTE + 1)])
async def test_a_note_of_nothing_and_one_without_end_are_refused(sqlite_url: str, text: str) -> None:
    opened = await open_database(sqlite_url)
    key, by = await a_case()
    with pytest.raises(WrongEntries):
        await notes.write_note(key, text, by=by, now=NOW)
    await opened.close()


async def test_a_contact_cannot_lie_ahead(database: Database) -> None:
    key, by = await a_case()
    for wrong in (NOW + timedelta(hours=1), NOW - timedelta(days=4000)):
        with pytest.raises(WrongEntries):
            await notes.log_contact(contact(key, at=wrong), by=by, now=NOW)
    assert await t.CaseContact.count() == 0


async def test_a_task_is_done_opened_again_and_dropped(database: Database) -> None:
    key, by = await a_case()
    task = await tasks.add_task(key, Wanted(TaskKind.SIGN), by=by, now=NOW)
    for to, ended_by in ((TaskState.DONE, "Carmen"), (TaskState.OPEN, ""), (TaskState.DROPPED, "Carmen")):
        await tasks.move_task(task, to, case=key, by=by, now=NOW)
        with pytest.raises(TooLate):
            await tasks.move_task(task, to, case=key, by=by, now=NOW)
        found = await tasks.read_task(task, case=key, by=by, now=NOW)
        assert (found.state, found.ended_by) == (to, ended_by)
    kinds = [event.kind for event in await audit.events() if event.kind.startswith("task_")]
    assert kinds == ["task_added", "task_done", "task_reopened", "task_dropped"]


async def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(database: Database) -> None:
    key, by = await a_case()
    stranger = (await joined(attorney())).account
    for wanted, field in (
        (Wanted(TaskKind.OTHER), "words"),
        (Wanted(TaskKind.SIGN, "x" * 2000), "words"),
        (Wanted(TaskKind.SIGN, due=date(2062, 1, 1)), "due"),
        (Wanted(TaskKind.SIGN, assignee=stranger), "assignee"),
    ):
        with pytest.raises(WrongEntries) as refused:
            await tasks.add_task(key, wanted, by=by, now=NOW)
        assert list(refused.value.errors) == [field]
    assert await t.CaseTask.count() == 0


async def test_whoever_is_given_a_task_is_told_once_and_reminded_once_on_its_day(database: Database) -> None:
    key, by = await a_case()
    other, at = await coordinator(), clinic(timezone="America/Denver")
    task = await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET, TODAY, other.account), by=by, now=NOW)
    await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET, TODAY, by.account), by=by, now=NOW)
    await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET, TODAY + timedelta(days=1), other.account), by=by, now=NOW)
    assert await told(other) == ["task_given", "task_given"]
    assert await told(by) == []

    for _ in range(2):
        await Worker(at).run_once(MORNING)
    assert await told(other) == ["task_due", "task_given", "task_given"]
    await tasks.change_task(task, Changes(due=TODAY + timedelta(days=2)), case=key, by=by, now=NOW)
    await Worker(at).run_once(MORNING + timedelta(days=2))
    assert await told(other) == ["task_due"] * 3 + ["task_given"] * 2
    assert "speranza" not in str(await t.Message.select())


async def test_two_who_change_one_task_each_keep_what_the_other_changed(database: Database) -> None:
    key, by = await a_case()
    other = await coordinator()
    task = await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET, TODAY, by.account), by=by, now=NOW)

    await tasks.change_task(task, Changes(due=None, assignee=other.account), case=key, by=other, now=NOW)
    await tasks.change_task(task, Changes(kind=TaskKind.OTHER, words="Call her sister."), case=key, by=by, now=NOW)
    found = await tasks.read_task(task, case=key, by=by, now=NOW)

    assert (found.kind, found.words, found.due, found.assignee) == (
        TaskKind.OTHER,
        "Call her sister.",
        None,
        other.account,
    )
    with pytest.raises(WrongEntries, match="what is to be done"):
        await tasks.change_task(task, Changes(words=" "), case=key, by=by, now=NOW)


async def told(who: Actor) -> list[str]:
    rows = await t.Message.select(t.Message.kind).where(t.Message.account == who.account)
    return sorted(row["kind"] for row in rows)


async def test_a_reminder_goes_out_in_the_morning_where_the_clinic_is(database: Database) -> None:
    key, by = await a_case()
    await tasks.add_task(key, Wanted(TaskKind.SIGN, due=date(2026, 11, 25), assignee=by.account), by=by, now=NOW)
    denver, madrid = clinic(timezone="America/Denver"), clinic(timezone="Europe/Madrid")
    for hour, at, told_of in ((5, denver, 0), (5, madrid, 0), (6, denver, 0), (6, madrid, 1), (13, denver, 0)):
        assert await tasks.remind_of_tasks(clinic=at, now=NOW.replace(day=25, hour=hour)) == told_of


async def test_the_list_is_paged_by_day_and_told_apart_by_whose_they_are(database: Database) -> None:
    key, by = await a_case("NM-1")
    days = [None, TODAY + timedelta(days=3), TODAY, None, TODAY, TODAY - timedelta(days=9)]
    for at, due in enumerate(days):
        await tasks.add_task(key, Wanted(TaskKind.SIGN, "", due, by.account if at % 2 else None), by=SYSTEM, now=NOW)
    seen: list[TaskLine] = []
    after = None
    while True:
        page = await open_tasks(Whose.ALL, by.account, after=after, limit=2)
        seen += page.rows
        if not page.next:
            break
        after = UUID(page.next)
    assert [one.due for one in seen] == [*sorted((day for day in days if day), key=str), None, None]
    assert len({one.id for one in seen}) == len(days)
    counts = await count_tasks(by.account)
    assert (counts.mine, counts.nobody, counts.all) == (3, 3, 6)
    for whose, many in ((Whose.MINE, 3), (Whose.NOBODY, 3)):
        assert len((await open_tasks(whose, by.account)).rows) == many


async def test_shredding_the_key_of_a_case_erases_what_was_written(database: Database) -> None:
    key, by = await a_case()
    await everything(key, by)
    async with transaction():
        await shred(key, now=NOW)
    with pytest.raises(Erased):
        await notes.read_casework(key, by=by, now=NOW)
    with pytest.raises(Erased):
        await notes.write_note(key, SECRET, by=by, now=NOW)
    assert len((await open_tasks(Whose.ALL, by.account)).rows) == 1
