"""The calendar of all deadlines, on pages and as a file, and what is done about one of them."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Response, Template

from core.errors import BadInput, TooLate, WrongEntries
from core.model.deadlines.acts import Act, place_of
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea
from core.queries.deadlines.calendar import Figures, Line, Sieve, View, calendar, figures, kinds_of_deadline
from core.services.deadlines import acts
from web.access.roles import CLINIC, STAFF, only
from web.addresses import After, Key, Text, address, chosen, plain
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.icalendar import calendar_answer, calendar_of
from web.pages.casefile.dates import REASON, seen_day, show_dates
from web.shapes.deadlines.calendar import OPEN_STATES, day_of, weeks_of
from web.typed import read_day
from web.words.field import options, word

HANDLED: Final = (View.AHEAD, View.MISSED)
HANDS: Final = {"yes": True, "no": False}
SPANS: Final = {"week": 6, "month": 30, "quarter": 91}
"""How many days ahead each span looks."""
MOST_DAYS: Final = 5_000
"""How many deadlines a file holds."""
Given = dict[str, str]


def _given(
    show: Text = "",
    rule: Text = "",
    area: Text = "",
    stands: Text = "",
    hand: Text = "",
    within: Text = "",
) -> Given:
    """The filters as they were chosen; where no day is due yet, nobody sees to it, and no span holds it."""
    view = chosen(View, show) or View.AHEAD
    within = within if view is View.AHEAD else ""
    hand = hand if view in HANDLED else ""
    return {"show": show, "rule": rule, "area": area, "stands": stands, "hand": hand, "within": within}


FILTERS: Final = {"given": Provide(_given, sync_to_thread=False)}
"""The filters of the calendar, the same for the page and for the file."""


@get("/deadlines", opt=only(STAFF), dependencies=FILTERS)
async def deadlines_page(frame: Framed, given: NamedDependency[Given], after: After = None) -> Template:
    """Deadlines by week, with filters; ``show``: those that were missed, or that are not known, or when things open."""
    sieve = _sieve(given, frame.times.today)
    page = await calendar(sieve, today=frame.times.today, after=after)
    counted = await figures(frame.times.today)
    filters = {name: value for name, value in given.items() if name != "show"}
    return frame.page(
        "deadlines/calendar.html",
        title=_title(counted, sieve.view),
        kicker=_kicker(sieve.view, filters),
        figures=_figures(counted),
        weeks=weeks_of(page.rows, sieve.view, frame.times),
        given=given,
        view=str(sieve.view),
        active=sum(bool(value) for value in filters.values()),
        back=address("/deadlines", **given),
        file="" if sieve.view is View.UNKNOWN else address("/deadlines.ics", **given),
        following=address("/deadlines", **given, after=page.next) if page.next else None,
        first=address("/deadlines", **given) if after else None,
        rules=sorted((await kinds_of_deadline()).items(), key=lambda pair: pair[1]),
        areas=options(PracticeArea),
        states=[(str(one), word(one)) for one in OPEN_STATES],
        hands=[("no", _("nobody")), ("yes", _("somebody"))],
        spans=[("week", _("7 days")), ("month", _("30 days")), ("quarter", _("3 months"))],
    )


def _sieve(given: Given, today: date) -> Sieve:
    days = SPANS.get(given["within"])
    return Sieve(
        view=chosen(View, given["show"]) or View.AHEAD,
        rule=plain(given["rule"]),
        area=chosen(PracticeArea, given["area"]),
        state=chosen(CaseState, given["stands"]),
        in_hand=HANDS.get(given["hand"]),
        until=None if days is None else today + timedelta(days=days),
    )


def _title(counted: Figures, view: View) -> str:
    if view is View.UNKNOWN:
        asked = ngettext("%(num)s date must be asked for", "%(num)s dates must be asked for", counted.unknown)
        return asked % {"num": counted.unknown}
    if view is View.MISSED:
        missed = ngettext("%(num)s deadline was missed", "%(num)s deadlines were missed", counted.missed)
        return missed % {"num": counted.missed}
    if view is View.OPENS:
        return _("From when things are possible")
    week = ngettext("%(num)s deadline within 7 days", "%(num)s deadlines within 7 days", counted.week)
    return week % {"num": counted.week}


def _kicker(view: View, filters: Given) -> list[str]:
    order = {View.MISSED: _("the latest first"), View.UNKNOWN: _("the longest known case first")}
    filtered = [_("some are left out by the filters")] if any(filters.values()) else []
    return [_("Deadlines of open cases"), order.get(view, _("the earliest first")), *filtered]


def _figures(counted: Figures) -> list[dict[str, Any]]:
    return [
        {"number": counted.week, "label": _("within 7 days"), "href": address("/deadlines", within="week")},
        {"number": counted.month, "label": _("within 30 days"), "href": address("/deadlines", within="month")},
        {
            "number": counted.idle,
            "label": _("of these in nobody's hands"),
            "href": address("/deadlines", within="month", hand="no"),
        },
        {"number": counted.missed, "label": _("missed in all"), "href": address("/deadlines", show="missed")},
        {"number": counted.unknown, "label": _("dates to ask for"), "href": address("/deadlines", show="unknown")},
    ]


@get("/deadlines.ics", opt=only(STAFF), dependencies=FILTERS)
async def deadlines_file(frame: Framed, given: NamedDependency[Given]) -> Response[bytes]:
    """The same deadlines as a calendar file: cases by their references alone."""
    today = frame.times.today
    lines: tuple[Line, ...] = (await calendar(_sieve(given, today), today=today, limit=MOST_DAYS)).rows
    days = [day for line in lines if (day := day_of(line, frame.house.settings.base_url)) is not None]
    return calendar_answer(calendar_of(days, name=_("Deadlines"), now=frame.times.now), "deadlines")


def _way_back(frame: Frame, key: UUID, form: Given) -> str:
    """Where somebody came from: the calendar as she had it, her match, or the dates of the case."""
    back = form.get("back", "")
    if not frame.by.is_staff():
        return back if back.startswith("/matches/") and back.count("/") == 2 else "/matches"
    return back if back == "/deadlines" or back.startswith("/deadlines?") else place_of(key)


@post("/cases/{key:uuid}/deadlines/hand", opt=only(CLINIC))
async def take_in_hand(frame: Framed, key: Key) -> Redirect:
    """Somebody sees to a deadline."""
    form = await frame.sent()
    await acts.take_in_hand(key, rule=form.get("rule", ""), by=frame.by, now=frame.house.clock())
    return onward(_way_back(frame, key, form), "deadline-in-hand")


@post("/cases/{key:uuid}/deadlines/back", opt=only(CLINIC))
async def give_back(frame: Framed, key: Key) -> Redirect:
    """Nobody sees to a deadline after all."""
    form = await frame.sent()
    await acts.give_back(key, rule=form.get("rule", ""), by=frame.by, now=frame.house.clock())
    return onward(_way_back(frame, key, form), "deadline-back")


@post("/cases/{key:uuid}/deadlines/done", opt=only(CLINIC))
async def meet_deadline(frame: Framed, key: Key) -> Redirect:
    """What a deadline asks for is done."""
    form, clinic, now = await frame.sent(), frame.house.clinic, frame.house.clock()
    rule = form.get("rule", "")
    await acts.meet_deadline(key, rule=rule, seen=seen_day(form.get("seen", "")), clinic=clinic, by=frame.by, now=now)
    return onward(_way_back(frame, key, form), "deadline-done")


@post("/cases/{key:uuid}/deadlines/decide", opt=only(STAFF), status_code=200)
async def decide_deadline(frame: Framed, key: Key) -> Redirect | Template:
    """Set a deadline aside, or give it another day."""
    form = await frame.sent()
    code = form.get("rule", "")
    try:
        due = read_day(form.get(f"due-{code}", ""), "due")
        await acts.decide_deadline(
            key,
            rule=code,
            act=Act.GIVEN if due else Act.SET_ASIDE,
            seen=seen_day(form.get("seen", "")),
            due=due,
            reason=" ".join(form.get(f"reason-{code}", "").split())[:REASON],
            clinic=frame.house.clinic,
            by=frame.by,
            now=frame.house.clock(),
        )
    except WrongEntries as problem:
        errors = {f"{name}-{code}": said for name, said in problem.errors.items()}
        return await show_dates(frame, key, errors=errors, decided=form)
    except (BadInput, TooLate) as problem:
        return await show_dates(frame, key, errors={f"reason-{code}": str(problem)}, decided=form)
    return onward(place_of(key), "deadline-decided")


@post("/cases/{key:uuid}/deadlines/undo", opt=only(STAFF))
async def undo_decision(frame: Framed, key: Key) -> Redirect:
    """Take back what was decided about a deadline."""
    form, clinic = await frame.sent(), frame.house.clinic
    rule = form.get("rule", "")
    await acts.undo_decision(key, rule=rule, clinic=clinic, by=frame.by, now=frame.house.clock())
    return onward(place_of(key), "deadline-reopened")


ROUTES = (deadlines_page, deadlines_file, take_in_hand, give_back, meet_deadline, decide_deadline, undo_decision)
