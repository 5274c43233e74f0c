"""The tasks of a case: adding one, the page of one, and moving it on."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from core.errors import NotFound, Overtaken, WrongEntries
from core.model.cases.casework import LONGEST_WORDS, Task, TaskKind
from core.model.states import TaskState
from core.services.casework import tasks
from core.services.casework.tasks import STAFF_ROLES, Changes, Wanted
from core.store.accounts import names_with
from core.store.cases.cases import find_case
from web.access.roles import STAFF, only
from web.addresses import Key, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.pages.casefile.notes import UNREADABLE, casework_page
from web.shapes.cases import casework as shapes
from web.shapes.cases.case_tabs import case_tabs
from web.typed import beside, changed_entries, given_back, opened_with, read_day, words_of
from web.words.field import word

ONE: Final = "/cases/{key:uuid}/tasks/{task:uuid}"
LISTS: Final = ("tasks", "today")
"""The pages with lists of tasks, to which a step leads back."""
NAMES: Final = Wanted.__struct_fields__
STEPS: Final = {"done": TaskState.DONE, "drop": TaskState.DROPPED, "reopen": TaskState.OPEN}


@post("/cases/{key:uuid}/tasks", opt=only(STAFF), status_code=200)
async def add_task(frame: Framed, key: Key) -> Redirect | Template:
    """Add a task; what cannot be understood is told beside its field."""
    form = await frame.sent()
    try:
        await tasks.add_task(key, _wanted(form), by=frame.by, now=frame.house.clock())
    except WrongEntries as problem:
        return await casework_page(frame, key, "task", form, problem.errors)
    return onward(f"/cases/{key}/notes", "task-added")


def _wanted(form: Mapping[str, str]) -> Wanted:
    day, assignee = read_day(form.get("due", ""), "due"), form.get("assignee", "").strip()
    try:
        person = UUID(assignee) if assignee else None
    except ValueError as problem:
        raise WrongEntries({"assignee": _("Choose one of the staff.")}) from problem
    kind = chosen(TaskKind, form.get("kind", "")) or TaskKind.OTHER
    return Wanted(kind=kind, words=form.get("words", ""), due=day, assignee=person)


def _changes(form: Mapping[str, str]) -> Changes:
    changed = changed_entries(form, NAMES)
    wanted = _wanted(changed)
    return Changes(**{name: getattr(wanted, name) for name in changed})


def _opened(form: Mapping[str, str]) -> Changes:
    before = _wanted(opened_with(form, NAMES))
    return Changes(**{name: getattr(before, name) for name in NAMES})


@get(ONE, opt=only(STAFF))
async def task_page(frame: Framed, key: Key, task: Key) -> Template:
    """One task, to be changed or moved on. That somebody looked goes into the disclosure log."""
    return await _page(frame, key, task)


async def _page(
    frame: Frame,
    key: UUID,
    task: UUID,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    overtaken: Overtaken | None = None,
) -> Template:
    """The page, with the form as it was sent where something is wrong with it, or others changed the same."""
    case = await find_case(key)
    found = await tasks.read_task(task, case=key, by=frame.by, now=frame.house.clock())
    known = _known(found)
    choices = shapes.task_choices(await names_with(*STAFF_ROLES))
    if overtaken:
        words = words_of(choices) | frame.times.dated_by_value([found.due] if found.due else [])
        form, errors = known | changed_entries(form or {}, NAMES), beside(overtaken, known, words)
    return frame.page(
        "casefile/task.html",
        status=UNREADABLE if errors else 200,
        case=case,
        tabs=case_tabs(frame, key),
        title=word(found.kind),
        about=[case.ref, word(found.state)],
        task=shapes.task_item(found, frame.times),
        path=f"/cases/{key}/tasks/{task}",
        longest=LONGEST_WORDS,
        **choices,
        was=opened_with(form, known) if form and not overtaken else known,
        **given_back(form or known, errors or {}),
    )


def _known(task: Task) -> dict[str, str]:
    return {
        "kind": str(task.kind),
        "words": task.words,
        "due": task.due.isoformat() if task.due else "",
        "assignee": str(task.assignee or ""),
    }


@post(ONE, opt=only(STAFF), status_code=200)
async def change_task(frame: Framed, key: Key, task: Key) -> Redirect | Template:
    """Keep what was changed of what is to be done, by when and by whom."""
    form = await frame.sent()
    try:
        changes, opened = _changes(form), _opened(form)
        await tasks.change_task(task, changes, opened=opened, case=key, by=frame.by, now=frame.house.clock())
    except Overtaken as problem:
        return await _page(frame, key, task, form, overtaken=problem)
    except WrongEntries as problem:
        return await _page(frame, key, task, form, problem.errors)
    return onward(f"/cases/{key}/notes", "task-changed")


@post(f"{ONE}/{{step:str}}", opt=only(STAFF))
async def move_task(frame: Framed, key: Key, task: Key, step: FromPath[str]) -> Redirect:
    """Note that a task is done, is not needed any more, or is to be done after all."""
    if step not in STEPS:
        raise NotFound(_("There is no such step."))
    await tasks.move_task(task, STEPS[step], case=key, by=frame.by, now=frame.house.clock())
    back = (await frame.sent()).get("back", "")
    return onward(f"/{back}" if back in LISTS else f"/cases/{key}/notes", "task-moved")


ROUTES = (add_task, task_page, change_task, move_task)
