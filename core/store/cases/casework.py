"""Notes, contacts and tasks in the database, what was written in them sealed with the data key of their case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core import tables as t
from core.crypto import Place
from core.envelope import DataKey
from core.errors import NotFound
from core.model.cases.casework import Contact, Note, Task
from core.model.states import TaskState
from core.store.moving import move
from core.store.paths import via
from core.store.sealed.case_keys import key_of, known_key

Row = dict[str, Any]
NOTES, CONTACTS, TASKS = "case_note", "case_contact", "case_task"


def _place(table: str, row: UUID) -> Place:
    return Place(table, "words", str(row))


async def insert_note(note: Note, *, now: datetime) -> None:
    """Write a note."""
    key = await key_of(note.case, now=now)
    values = msgspec.structs.asdict(note) | {"text": key.seal(note.text, _place(NOTES, note.id))}
    await t.CaseNote.insert(t.CaseNote(**values))


async def notes_of(case: UUID) -> list[Note]:
    """The notes of a case, the newest first; of those that were taken back, that they were there."""
    n = t.CaseNote
    rows = await n.select().where(n.case == case).order_by(n.id, ascending=False)
    key = await known_key(case) if rows else None
    return [_note(row, key) for row in rows if key]


def _note(row: Row, key: DataKey) -> Note:
    text = "" if row["taken_back_at"] else key.open(row["text"], _place(NOTES, row["id"]))
    return msgspec.convert({**row, "text": text}, Note)


async def take_back_note(note: UUID, *, case: UUID, account: UUID | None, now: datetime) -> None:
    """Delete what a note says; with ``account``, if it is hers. NotFound where there is none to take back."""
    n = t.CaseNote
    mine = (n.account == account,) if account else ()
    there = n.update({n.text: "", n.taken_back_at: now}).where(
        n.id == note, n.case == case, n.taken_back_at.is_null(), *mine
    )
    if not await there.returning(n.id):
        raise NotFound("There is no such note, or somebody else wrote it.")


async def insert_contact(contact: Contact, *, by: UUID | None, now: datetime) -> None:
    """Write a contact."""
    key = await key_of(contact.case, now=now)
    codes = {name: str(getattr(contact, name)) for name in ("channel", "direction", "counterpart", "outcome")}
    words = key.seal(contact.words, _place(CONTACTS, contact.id))
    values = msgspec.structs.asdict(contact) | codes | {"words": words}
    await t.CaseContact.insert(t.CaseContact(**values, account=by))


async def contacts_of(case: UUID) -> list[Contact]:
    """The contacts of a case, the latest first."""
    c = t.CaseContact
    rows = await c.select().where(c.case == case).order_by(c.at, c.id, ascending=False)
    key = await known_key(case) if rows else None
    return [_opened(row, key, CONTACTS, Contact) for row in rows if key]


def _opened(row: Row, key: DataKey, table: str, kind: Any) -> Any:
    return msgspec.convert({**row, "words": key.open(row["words"], _place(table, row["id"]))}, kind)


async def insert_task(task: Task, *, by: UUID | None, now: datetime) -> None:
    """Write a task."""
    key = await key_of(task.case, now=now)
    values = msgspec.structs.asdict(task) | {
        "kind": str(task.kind),
        "state": str(task.state),
        "words": key.seal(task.words, _place(TASKS, task.id)),
    }
    del values["assignee_name"]
    await t.CaseTask.insert(t.CaseTask(**values, account=by))


def _tasks() -> Any:
    c = t.CaseTask
    return c.select(*c.all_columns(), via(c.assignee).name.as_alias("assignee_name"))


async def tasks_of(case: UUID) -> list[Task]:
    """The tasks of a case: the open ones by their day, then the others, the last one ended first."""
    rows = await _tasks().where(t.CaseTask.case == case)
    key = await known_key(case) if rows else None
    tasks = [_task(row, key) for row in rows if key]
    still = sorted((one for one in tasks if one.state is TaskState.OPEN), key=lambda one: (one.due or date.max, one.id))
    ended = [one for one in tasks if one.state is not TaskState.OPEN]
    return [*still, *sorted(ended, key=lambda one: (one.ended_at or one.made_at, one.id), reverse=True)]


def _task(row: Row, key: DataKey) -> Task:
    task: Task = _opened({**row, "assignee_name": row["assignee_name"] or ""}, key, TASKS, Task)
    return task


async def find_task(task: UUID, *, case: UUID) -> Task:
    """A task of a case; NotFound otherwise."""
    row = await _tasks().where(t.CaseTask.id == task, t.CaseTask.case == case).first()
    key = await known_key(case) if row else None
    if row is None or key is None:
        raise NotFound("There is no such task.")
    return _task(row, key)


async def move_task(task: UUID, to: TaskState, *, by: str, now: datetime) -> None:
    """Move a task to a state; TooLate where its state has no such arrow."""
    ended: Row = {"ended_at": None, "ended_by": ""} if to is TaskState.OPEN else {"ended_at": now, "ended_by": by[:200]}
    await move(t.CaseTask, task, to, subject="task", **ended)


async def update_task(task: Task, *, now: datetime) -> None:
    """Write what is to be done, by when and by whom; its reminder goes out anew."""
    c, key = t.CaseTask, await key_of(task.case, now=now)
    columns: dict[Any, Any] = {
        c.kind: str(task.kind),
        c.words: key.seal(task.words, _place(TASKS, task.id)),
        c.due: task.due,
        c.assignee: task.assignee,
        c.reminded_on: None,
    }
    await c.update(columns).where(c.id == task.id)


async def tasks_to_remind_of(today: date) -> list[Row]:
    """The open tasks that are due by today and somebody's, and of which nobody was reminded for their day yet."""
    c = t.CaseTask
    due = (c.state == str(TaskState.OPEN)) & (c.due <= today) & c.assignee.is_not_null()
    return await c.select(c.id, c.assignee, c.due).where(due, c.reminded_on.is_null()).order_by(c.id)


async def note_reminder(task: UUID, day: date) -> bool:
    """Note that somebody is reminded of a task; False where another worker was faster."""
    c = t.CaseTask
    query = c.update({c.reminded_on: day}).where(c.id == task, c.reminded_on.is_null())
    return bool(await query.returning(c.id))


async def delete_casework_of(case: UUID) -> None:
    """Delete the notes, contacts and tasks of a case."""
    for table in (t.CaseNote, t.CaseContact, t.CaseTask):
        await table.delete().where(table.case == case)
