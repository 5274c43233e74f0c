"""Tasks: what is still to be done for a case, by when and by whom, and the reminder on its day.

Lists and messages tell a task by its kind alone; what somebody wrote of it is sealed and read in the case's file.
"""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from core.errors import WrongEntries
from core.model.cases.casework import LONGEST_WORDS, Task, TaskKind
from core.model.clients.client import Purpose, Stage
from core.model.concurrent_edits import require_untouched
from core.model.deadlines.workdays import ONE_DAY
from core.model.people import Actor
from core.model.states import TaskState
from core.model.vocabulary import AccountRole
from core.services.clients.disclosing import note_view
from core.services.clinic import Clinic, require_staff
from core.services.notifying import tell_account
from core.store import accounts
from core.store.audit import record
from core.store.cases import cases, casework
from core.store.database import transaction
from core.store.days import day_of
from core.store.keys import new_id
from core.store.matches.settled import lock_case

FAR: Final = timedelta(days=3653)
MORNING: Final = 7
"""The hour from which on a reminder goes out."""
STAFF_ROLES: Final = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)
MOVED: Final = {TaskState.DONE: "task_done", TaskState.DROPPED: "task_dropped", TaskState.OPEN: "task_reopened"}
LIST: Final = "/tasks"


class Wanted(msgspec.Struct, frozen=True):
    """What is to be done, by which day, and by whom: an account of the staff, or whoever can."""

    kind: TaskKind
    words: str = ""
    due: date | None = None
    assignee: UUID | None = None


class Changes(msgspec.Struct, frozen=True):
    """What of a task is to be another; what is left out stays, as somebody may have changed it meanwhile."""

    kind: TaskKind | UnsetType = UNSET
    words: str | UnsetType = UNSET
    due: date | UnsetType | None = UNSET
    assignee: UUID | UnsetType | None = UNSET

    def to(self, known: Task) -> Wanted:
        """The task with these changes."""
        given = msgspec.structs.asdict(self)
        names = Wanted.__struct_fields__
        return Wanted(**{name: getattr(known, name) if given[name] is UNSET else given[name] for name in names})


async def add_task(case: UUID, wanted: Wanted, *, by: Actor, now: datetime) -> UUID:
    """Add a task to a case; its id. Raises WrongEntries.

    Side effects, in one transaction: the task, an audit event, and a message to whoever is to do it, unless it is
    herself.
    """
    require_staff(by)
    async with transaction():
        await _check(wanted, now)
        await cases.find_case(case)
        task = Task(
            id=new_id(),
            case=case,
            kind=wanted.kind,
            state=TaskState.OPEN,
            made_at=now,
            made_by=by.label[:200],
            due=wanted.due,
            assignee=wanted.assignee,
            words=wanted.words.strip(),
        )
        await casework.insert_task(task, by=by.account, now=now)
        await _record("task_added", task, by, now)
        await _tell(task, by, now)
    return task.id


async def read_task(task: UUID, *, case: UUID, by: Actor, now: datetime) -> Task:
    """A task with what somebody wrote of it, for staff. Side effect: the disclosure log."""
    require_staff(by)
    async with transaction():
        found = await casework.find_task(task, case=case)
        await note_view(case, ["tasks"], needed=Stage.STAFF, purpose=Purpose.CASEWORK, by=by, now=now)
    return found


async def change_task(
    task: UUID, changes: Changes, *, opened: Changes | None = None, case: UUID, by: Actor, now: datetime
) -> None:
    """Change what is to be done, by when or by whom. Side effects as those of ``add_task``.

    Raises WrongEntries; Overtaken where somebody else has changed the same since it stood as ``opened``.
    """
    require_staff(by)
    async with transaction():
        await lock_case(case)
        known = await casework.find_task(task, case=case)
        wanted = changes.to(known)
        if opened is not None:
            names = [name for name, given in msgspec.structs.asdict(changes).items() if given is not UNSET]
            require_untouched(*({name: getattr(one, name) for name in names} for one in (wanted, opened, known)))
        await _check(wanted, now)
        changed = msgspec.structs.replace(
            known, kind=wanted.kind, words=wanted.words.strip(), due=wanted.due, assignee=wanted.assignee
        )
        if changed == known:
            return
        await casework.update_task(changed, now=now)
        await _record("task_changed", changed, by, now)
        if changed.assignee != known.assignee:
            await _tell(changed, by, now)


async def move_task(task: UUID, to: TaskState, *, case: UUID, by: Actor, now: datetime) -> None:
    """Note that a task is done, is not needed any more, or is to be done after all. Side effect: an audit event."""
    require_staff(by)
    async with transaction():
        known = await casework.find_task(task, case=case)
        await casework.move_task(task, to, by=by.label, now=now)
        await _record(MOVED[to], known, by, now)


async def remind_of_tasks(*, clinic: Clinic, now: datetime) -> int:
    """Tell everybody who has a task that is due today or before, once a task and day, from the morning of that day on.

    Returns how many were told of. Day and morning are those of the clinic's time zone.
    """
    there, told = now.astimezone(ZoneInfo(clinic.settings.timezone)), 0
    due = there.date() if there.hour >= MORNING else there.date() - ONE_DAY
    for row in await casework.tasks_to_remind_of(due):
        async with transaction():
            if await casework.note_reminder(row["id"], row["due"]):
                await tell_account(row["assignee"], "task_due", path=LIST, now=now)
                told += 1
    return told


async def _check(wanted: Wanted, now: datetime) -> None:
    errors = {}
    if wanted.kind is TaskKind.OTHER and not wanted.words.strip():
        errors["words"] = "Say what is to be done."
    if len(wanted.words) > LONGEST_WORDS:
        errors["words"] = f"Write at most {LONGEST_WORDS:,} characters."
    if wanted.due and abs(wanted.due - day_of(now)) > FAR:
        errors["due"] = "This day is more than ten years away. Look at the year."
    if wanted.assignee and wanted.assignee not in await accounts.accounts_with(*STAFF_ROLES):
        errors["assignee"] = "Choose one of the staff who can sign in."
    if errors:
        raise WrongEntries(errors)


async def _tell(task: Task, by: Actor, now: datetime) -> None:
    if task.assignee and task.assignee != by.account:
        await tell_account(task.assignee, "task_given", path=LIST, now=now)


async def _record(kind: str, task: Task, by: Actor, now: datetime) -> None:
    told = {"task": str(task.id), "task_kind": str(task.kind), "due": task.due.isoformat() if task.due else ""}
    await record(kind, subject_kind="case", subject=task.case, by=by, now=now, **told)
