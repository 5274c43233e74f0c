"""Tasks over all cases: mine, nobody's, or everybody's, those due first at the top."""

from litestar import get
from litestar.response import Template

from core.queries.tasks import TaskCounts, Whose, count_tasks, open_tasks
from web.access.roles import STAFF, only
from web.addresses import After, Text, address, chosen
from web.frames.portal import Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.casework import task_line


@get("/tasks", opt=only(STAFF))
async def tasks_page(frame: Framed, whose: Text = "", after: After = None) -> Template:
    """What is to be done. Here a task says its kind and its case; what was written of it is in the case's file."""
    asked = chosen(Whose, whose) or Whose.MINE
    account, counts = frame.by.account, await count_tasks(frame.by.account)
    page = await open_tasks(asked, account, after=after)
    return frame.page(
        "desk/tasks.html",
        title=_title(asked, getattr(counts, asked)),
        tasks=[task_line(one, frame.times) for one in page.rows],
        whose=[_choice(one, asked, counts) for one in Whose],
        elsewhere=counts.all > getattr(counts, asked),
        following=address("/tasks", whose=asked, after=page.next) if page.next else None,
        first=address("/tasks", whose=asked) if after else None,
    )


def _title(asked: Whose, count: int) -> str:
    if not count:
        return _("Nothing is left for you to do") if asked is Whose.MINE else _("Nothing is left to do")
    said = {
        Whose.MINE: ngettext("%(num)s task is yours", "%(num)s tasks are yours", count),
        Whose.NOBODY: ngettext("%(num)s task is nobody's", "%(num)s tasks are nobody's", count),
        Whose.ALL: ngettext("%(num)s task to be done", "%(num)s tasks to be done", count),
    }[asked]
    return said % {"num": count}


def _choice(one: Whose, asked: Whose, counts: TaskCounts) -> dict[str, object]:
    label = {Whose.MINE: _("Mine"), Whose.NOBODY: _("Nobody's"), Whose.ALL: _("Everybody's")}[one]
    count = getattr(counts, one)
    return {"label": label, "href": address("/tasks", whose=one), "current": one is asked, "count": count}


ROUTES = (tasks_page,)
