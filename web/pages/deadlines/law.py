"""The rules about deadlines: what each says, where it stands, what coordinators say of it, and how it changed."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from core.errors import BadInput, NotFound, WrongEntries
from core.model.deadlines.rules import DeadlineRule, RuleStatus
from core.queries.deadlines.law import amended_by, cases_by_rule, cases_moved, change_noticed, changes_noticed
from core.services.deadlines import law as services
from core.services.deadlines.following import law_of
from web.access.roles import STAFF, only
from web.addresses import After, Key, address, chosen
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.casefile.dates import REASON
from web.shapes.deadlines.law import PARTS, amended_line, change_item, moved_item, rule_item, which_cases
from web.typed import given_back, read_day
from web.words.field import options

UNREADABLE = 422
SHOWN = ("published", "effective_from", "effective_until", "facts_from", "facts_until", "reviewed")


class Amended(msgspec.Struct):
    """Where a rule stands, as a coordinator says."""

    status: str = ""
    effective_from: str = ""
    effective_until: str = ""
    reason: str = ""


AmendedForm = Annotated[Amended, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/deadlines/rules", opt=only(STAFF))
async def rules_page(frame: Framed) -> Template:
    """All rules with where they stand."""
    law = await law_of(frame.house.clinic, now=frame.times.now)
    cases, amended = await cases_by_rule(), await amended_by()
    n = len(law.rules)
    return frame.page(
        "deadlines/rules.html",
        title=ngettext("%(num)s rule about deadlines", "%(num)s rules about deadlines", n) % {"num": n},
        rules=[rule_item(rule, cases.get(rule.code, 0), amended.get(rule.code), frame.times) for rule in law.rules],
    )


@get("/deadlines/rules/{name:str}", opt=only(STAFF))
async def rule_page(frame: Framed, name: FromPath[str]) -> Template:
    """One rule: what it says, who says where it stands, and how it changed."""
    return await _page(frame, name)


async def _page(
    frame: Frame, code: str, typed: Amended | None = None, errors: dict[str, str] | None = None
) -> Template:
    law = await law_of(frame.house.clinic, now=frame.times.now)
    rule = law.rule(code)
    if rule is None:
        raise NotFound(_("There is no such rule."))
    cases, amended, wrong = await cases_by_rule(), (await amended_by()).get(code), errors or {}
    page = await changes_noticed(code=code)
    return frame.page(
        "deadlines/rule.html",
        status=UNREADABLE if wrong else 200,
        title=rule.title,
        rule=rule_item(rule, cases.get(code, 0), amended, frame.times),
        note=rule.note,
        parts=_parts(rule, frame),
        amended=amended_line(amended, frame.times),
        changes=[change_item(one, frame.times) for one in page.rows],
        statuses=options(RuleStatus),
        **given_back(typed or _as_it_stands(rule), wrong),
    )


def _as_it_stands(rule: DeadlineRule) -> Amended:
    begin, end = (day.isoformat() if day else "" for day in (rule.effective_from, rule.effective_until))
    return Amended(str(rule.status), begin, end)


def _parts(rule: DeadlineRule, frame: Frame) -> list[dict[str, Any]]:
    days = [(name, getattr(rule, name)) for name in SHOWN]
    shown = which_cases(rule)
    shown += [{"label": _(PARTS[name]), "value": frame.times.dated(day)} for name, day in days if day]
    if rule.reminders:
        shown.append({"label": _(PARTS["reminders"]), "value": ", ".join(map(str, rule.reminders))})
    return shown


@post("/deadlines/rules/{name:str}", opt=only(STAFF), status_code=200)
async def amend_rule(frame: Framed, name: FromPath[str], data: AmendedForm) -> Redirect | Template:
    """Say where a rule stands; all open cases are counted anew."""
    try:
        await services.amend_rule(
            name,
            status=chosen(RuleStatus, data.status) or RuleStatus.IN_FORCE,
            effective_from=read_day(data.effective_from, "effective_from"),
            effective_until=read_day(data.effective_until, "effective_until"),
            reason=" ".join(data.reason.split())[:REASON],
            clinic=frame.house.clinic,
            by=frame.by,
            now=frame.house.clock(),
        )
    except WrongEntries as problem:
        return await _page(frame, name, data, problem.errors)
    except BadInput as problem:
        return await _page(frame, name, data, {"reason": str(problem)})
    return onward(f"/deadlines/rules/{name}", "rule-amended")


@post("/deadlines/rules/{name:str}/restore", opt=only(STAFF))
async def restore_rule(frame: Framed, name: FromPath[str]) -> Redirect:
    """Let a rule be again what its plugin says."""
    await services.restore_rule(name, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"/deadlines/rules/{name}", "rule-restored")


@get("/deadlines/changes", opt=only(STAFF))
async def changes_page(frame: Framed, after: After = None) -> Template:
    """How the rules changed, the newest first."""
    page = await changes_noticed(after=after)
    return frame.page(
        "deadlines/changes.html",
        title=_("How the rules changed") if page.rows else _("No rule has changed"),
        changes=[change_item(one, frame.times) for one in page.rows],
        following=address("/deadlines/changes", after=page.next) if page.next else None,
        first="/deadlines/changes" if after else None,
    )


@get("/deadlines/changes/{key:uuid}", opt=only(STAFF))
async def change_page(frame: Framed, key: Key, after: After = None) -> Template:
    """What one change made of the open cases."""
    noticed = await change_noticed(key)
    page = await cases_moved(key, after=after)
    path = f"/deadlines/changes/{key}"
    item = change_item(noticed, frame.times)
    return frame.page(
        "deadlines/change.html",
        title=_("%(rule)s: %(moved)s") % {"rule": noticed.change.title, "moved": item["moved"]},
        change=item,
        cases=[moved_item(one, frame.times) for one in page.rows],
        following=address(path, after=page.next) if page.next else None,
        first=path if after else None,
    )


ROUTES = (rules_page, rule_page, amend_rule, restore_rule, changes_page, change_page)
