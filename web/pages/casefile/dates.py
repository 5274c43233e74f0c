"""The dates of a case: entering and correcting dated facts, and giving another deadline than the rules do."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from core.errors import Overtaken, TooLate, WrongEntries
from core.model.clients.client import ClientField, Purpose
from core.model.deadlines.rules import DatedFact
from core.model.states import OPEN_CASE
from core.queries.cases.waitlist import CaseFile, case_file
from core.services.clients.disclosing import read_client
from core.services.deadlines import dated_facts
from core.services.deadlines.following import Law, deadlines_in, law_of
from core.store.cases.deadlines import kept_deadlines
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head
from web.shapes.cases.urgency import why_urgent
from web.shapes.deadlines.following import date_fields, deadline_items, working_line
from web.typed import beside, changed_entries, given_back, opened_with, read_day
from web.words.field import word

UNREADABLE: Final = 422
KIND, REASON = 100, 200


class Given(msgspec.Struct):
    """Another deadline than the one that follows: its day, what it is, and why. Without a day: none."""

    due: str = ""
    kind: str = ""
    reason: str = ""
    seen: str = ""


GivenForm = Annotated[Given, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/cases/{key:uuid}/dates", opt=only(STAFF))
async def dates_page(frame: Framed, key: Key) -> Template:
    """The dated facts of a case, and its deadline."""
    return await show_dates(frame, key)


async def show_dates(
    frame: Frame,
    key: UUID,
    typed: Mapping[str, str] | None = None,
    opened: Mapping[str, str] | None = None,
    given: Given | None = None,
    errors: Mapping[str, str] | None = None,
    decided: Mapping[str, str] | None = None,
) -> Template:
    """The page, with the forms as they were sent where something is wrong with them.

    ``opened``: what stood in the form of the dates when it was opened, so that what others changed since stays theirs.
    """
    file, law, wrong = await case_file(key), await law_of(frame.house.clinic, now=frame.times.now), errors or {}
    case = file.case
    if DatedFact.BIRTH in file.dates:
        await read_client(key, (ClientField.BIRTH_DATE,), purpose=Purpose.SCREENING, by=frame.by, now=frame.times.now)
    was = {str(fact): day.isoformat() for fact, day in file.dates.items()}
    asked, others = date_fields(case, was if typed is None else typed, law, wrong)
    return frame.page(
        "casefile/dates.html",
        status=UNREADABLE if wrong else 200,
        **case_head(frame, case),
        title=_("Dates of %(ref)s") % {"ref": case.ref},
        asked=asked,
        others=others,
        was=was if opened is None else opened,
        **await _deadlines(frame, file, law),
        decided=decided or {},
        kinds=[word(fact) for fact in DatedFact],
        **given_back(given or Given(kind=case.deadline_kind), wrong),
    )


async def _deadlines(frame: Frame, file: CaseFile, law: Law) -> dict[str, Any]:
    """What follows from the dates: all deadlines, and the one that is worked by; just the dates of an ended case."""
    case, ended = file.case, file.case.state not in OPEN_CASE
    kept, found = (await kept_deadlines([case.id]))[case.id], await deadlines_in(case, file.dates, law=law)
    return {
        "ended": _("Its dates are left as they are. To change them, open it again.") if ended else "",
        "known": [{"label": word(fact), "value": frame.times.dated(day)} for fact, day in file.dates.items()],
        "working": working_line(case, law, frame.times),
        "urgent": why_urgent(case, frame.times),
        "deadlines": deadline_items(case, [one for one in found if one.since or not ended], frame.times, kept),
        "by_hand": not case.follows_rules,
    }


@post("/cases/{key:uuid}/dates", opt=only(STAFF), status_code=200)
async def record_dates(frame: Framed, key: Key) -> Redirect | Template:
    """Write the dated facts; what is no date is told beside its field, and nothing typed is lost."""
    form = {name: value.strip() for name, value in (await frame.sent()).items()}
    typed = {str(fact): form.get(fact, "") for fact in DatedFact}
    try:
        changes, opened = _read(changed_entries(form, DatedFact)), _read(opened_with(form, typed))
        clinic, now = frame.house.clinic, frame.house.clock()
        await dated_facts.record_dates(key, changes, opened=opened, clinic=clinic, by=frame.by, now=now)
    except Overtaken as problem:
        days = (await case_file(key)).dates
        stands = {str(fact): day.isoformat() for fact, day in days.items()}
        words = frame.times.dated_by_value(days.values())
        merged = stands | changed_entries(form, DatedFact)
        return await show_dates(frame, key, typed=merged, errors=_named(beside(problem, stands, words)))
    except WrongEntries as problem:
        before = opened_with(form, typed)
        return await show_dates(frame, key, typed=typed, opened=before, errors=_named(problem.errors))
    return onward(f"/cases/{key}", "dates")


def _read(typed: Mapping[str, str]) -> dict[DatedFact, date | None]:
    dates, errors = dict[DatedFact, date | None](), dict[str, str]()
    for name, text in typed.items():
        try:
            dates[DatedFact(name)] = read_day(text, name)
        except WrongEntries as problem:
            errors |= problem.errors
    if errors:
        raise WrongEntries(errors)
    return dates


def _named(errors: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{word(DatedFact(name))}: {said}" for name, said in errors.items()}


@post("/cases/{key:uuid}/deadline", opt=only(STAFF), status_code=200)
async def set_deadline(frame: Framed, key: Key, data: GivenForm) -> Redirect | Template:
    """Give the case another deadline, or none, with a reason."""
    try:
        due = _due(data)
        await dated_facts.set_deadline(
            key,
            due=due,
            kind=" ".join(data.kind.split())[:KIND],
            reason=" ".join(data.reason.split())[:REASON],
            seen=seen_day(data.seen),
            clinic=frame.house.clinic,
            by=frame.by,
            now=frame.house.clock(),
        )
    except WrongEntries as problem:
        return await show_dates(frame, key, given=data, errors=problem.errors)
    except TooLate as problem:
        return await show_dates(frame, key, given=data, errors={"reason": str(problem)})
    return onward(f"/cases/{key}", "deadline-set")


def seen_day(text: str) -> date | None:
    """The day of a deadline on the page that somebody acted on; None where it had none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _due(data: Given) -> date | None:
    errors, due = dict[str, str](), None
    try:
        due = read_day(data.due, "due")
    except WrongEntries as problem:
        errors |= problem.errors
    if due and not data.kind.strip():
        errors["kind"] = _("Say what the deadline is, such as an individual hearing.")
    if not data.reason.strip():
        errors["reason"] = _("Write in a few words why.")
    if errors:
        raise WrongEntries(errors)
    return due


@post("/cases/{key:uuid}/deadline/follow", opt=only(STAFF))
async def follow_rules(frame: Framed, key: Key) -> Redirect:
    """Leave the deadline to the rules again."""
    await dated_facts.follow_rules(key, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/cases/{key}", "deadline-freed")


ROUTES = (dates_page, record_dates, set_deadline, follow_rules)
