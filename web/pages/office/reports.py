"""Reports: which there are, one for a period as a table, and the same as a file."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from core.errors import BadInput, WrongEntries
from core.services.plugins.reporting import Made, Period, last_year, make_report, reports_for, require_period
from web.access.roles import ROSTER_KEEPERS, only
from web.addresses import Text
from web.downloads import csv_answer
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.plugins.tables import table_item
from web.typed import given_back

PATH = "/reports"
Item = dict[str, Any]


@get(PATH, opt=only(ROSTER_KEEPERS))
async def reports_page(frame: Framed) -> Template:
    """The reports that this person may read, with what each answers."""
    found = reports_for(frame.by, frame.house.clinic)
    said = ngettext("%(num)s question has an answer here", "%(num)s questions have an answer here", len(found))
    return frame.page(
        "reports/list.html",
        title=said % {"num": len(found)} if found else _("There is no report for you"),
        reports=[
            {"title": one.title, "answers": one.answers, "href": f"{PATH}/{one.name}", "plugin": one.plugin}
            for one in found
        ],
    )


@get(PATH + "/{name:str}", opt=only(ROSTER_KEEPERS))
async def report_page(frame: Framed, name: FromPath[str], starts: Text = "", ends: Text = "") -> Template:
    """One report for a period; where the period cannot be understood, that is told beside the field."""
    usual = last_year(frame.times.today)
    try:
        period = _period(starts, ends, usual)
        form = given_back(_days(period), {})
    except BadInput as wrong:
        period = usual
        errors = wrong.errors if isinstance(wrong, WrongEntries) else {"ends": str(wrong)}
        form = given_back({"starts": starts, "ends": ends}, errors)
    return _page(frame, await _report(frame, name, period), period, **form)


def _period(starts: str, ends: str, usual: Period) -> Period:
    days, wrong = {"starts": usual.starts, "ends": usual.ends}, {}
    for field, text in (("starts", starts), ("ends", ends)):
        try:
            days[field] = date.fromisoformat(text) if text else days[field]
        except ValueError:
            wrong[field] = _("This is no day. Write it as 2026-11-27.")
    if wrong:
        raise WrongEntries(wrong)
    return require_period(Period(**days))


def _days(period: Period) -> dict[str, str]:
    return {"starts": period.starts.isoformat(), "ends": period.ends.isoformat()}


async def _report(frame: Frame, name: str, period: Period) -> Made:
    return await make_report(name, period, clinic=frame.house.clinic, by=frame.by, now=frame.times.now)


def _page(frame: Frame, made: Made, period: Period, **form: Any) -> Template:
    path = f"{PATH}/{made.line.name}"
    return frame.page(
        "reports/one.html",
        title=made.line.title,
        line=made.line,
        path=path,
        download=f"{path}/csv?{urlencode(_days(period))}",
        table=table_item(made.table) if made.table else None,
        caption=_("%(first)s to %(last)s")
        % {"first": frame.times.day(period.starts), "last": frame.times.day(period.ends)},
        failed=_failed(made) if made.cause else "",
        coarse=made.coarse,
        **form,
    )


def _failed(made: Made) -> str:
    said = _("The plugin %(plugin)s could not make this report: %(cause)s. Everything else works as before.")
    return said % {"plugin": made.line.plugin, "cause": made.cause.rstrip(".")}


@get(PATH + "/{name:str}/csv", opt=only(ROSTER_KEEPERS))
async def report_file(
    frame: Framed, name: FromPath[str], starts: Text = "", ends: Text = ""
) -> Response[bytes] | Redirect:
    """The whole table as a file; where there is none, the page says why."""
    period = _period(starts, ends, last_year(frame.times.today))
    made = await _report(frame, name, period)
    if made.table is None:
        return Redirect(f"{PATH}/{made.line.name}?{urlencode(_days(period))}", status_code=303)
    return csv_answer(made.table, f"{made.line.name}-{period.starts}-{period.ends}")


ROUTES = (reports_page, report_page, report_file)
