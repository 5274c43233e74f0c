"""Open cases for volunteers, and the page of one case for whoever asks: anonymised, or the file for coordinators."""

from typing import Any

from litestar import get
from litestar.response import Redirect, Template
from markupsafe import Markup

from core.errors import NotFound
from core.model.vocabulary import Forum, PracticeArea
from core.queries.cases.listings import (
    FAMILY,
    NOT_OPEN,
    Wishes,
    languages_listed,
    open_case,
    open_cases,
    open_cases_to_examine,
)
from core.queries.paging import ROWS
from core.services.conflicts.kept_off import cases_kept_from
from core.services.matches.fitting import fits_of, fitting
from web.access.roles import CLINIC, only
from web.addresses import Key, Text, address, chosen, plain
from web.frames.portal import Frame, Framed
from web.i18n import gettext as _
from web.i18n import ngettext
from web.pages.casefile.file import case_file_page
from web.shapes.cases.fits import fit_lines
from web.shapes.cases.listings import (
    language_choices,
    listing_facts,
    listing_row,
    not_told,
    title_of_listing,
    urgency_of_listing,
)
from web.shapes.clients.stages import stage_steps
from web.words.field import options, word


@get("/cases", opt=only(CLINIC))
async def open_cases_page(
    frame: Framed,
    area: Text = "",
    language: Text = "",
    forum: Text = "",
    remote: Text = "",
    hours: Text = "",
    fits: Text = "",
    after: Text = "",
) -> Template | Redirect:
    """The open cases, with filters; coordinators are led to the waitlist."""
    if frame.by.is_staff():
        return Redirect("/waitlist", status_code=303)
    given = {"area": area, "language": language, "forum": forum, "remote": remote, "hours": hours, "fits": fits}
    wishes = Wishes(
        area=chosen(PracticeArea, area),
        language=_language(language),
        forum=chosen(Forum, forum),
        remote=bool(remote),
        hours=_hours(hours),
    )
    rows, following = await _fitting(frame, wishes, after) if fits else await _all(frame, wishes, after)
    active = sum(bool(value) for value in given.values())
    return frame.page(
        "cases/list.html",
        title=_list_title(len(rows), frame.counts.waiting, more=bool(following or after), filtered=bool(active)),
        cases=rows,
        given=given,
        active=active,
        **await _choices(),
        following=address("/cases", **given, after=following) if following else None,
        first=address("/cases", **given) if after else None,
    )


async def _choices() -> dict[str, Any]:
    return {
        "languages": language_choices(*await languages_listed(), FAMILY),
        "areas": options(PracticeArea),
        "forums": options(Forum),
        "hours_choices": [("10", _("up to 10 hours")), ("25", _("up to 25 hours")), ("50", _("up to 50 hours"))],
    }


def _language(text: str) -> str:
    """A tag, or a family of languages behind its mark."""
    return FAMILY + plain(text.removeprefix(FAMILY)) if text.startswith(FAMILY) else plain(text)


def _hours(text: str) -> float | None:
    return float(text) if text.isdigit() and len(text) < 5 else None


def _list_title(shown: int, waiting: int, *, more: bool, filtered: bool) -> str:
    if not filtered:
        said = ngettext("%(num)s case waits for a volunteer", "%(num)s cases wait for a volunteer", waiting)
        return said % {"num": waiting} if waiting else _("No case is waiting")
    if more:
        return _("Cases that match your filters")
    said = ngettext("%(num)s case matches your filters", "%(num)s cases match your filters", shown)
    return said % {"num": shown} if shown else _("No open case matches")


Rows = list[Markup]


async def _all(frame: Frame, wishes: Wishes, after: str) -> tuple[Rows, str]:
    unseen = await cases_kept_from(frame.by.volunteer)
    page = await open_cases(wishes, today=frame.times.today, after=after, without=unseen)
    return [listing_row(listing, False) for listing in page.rows], page.next


async def _fitting(frame: Frame, wishes: Wishes, after: str) -> tuple[Rows, str]:
    """The first cases that fit among the most urgent; the next page goes on behind the last that was looked at."""
    page = await open_cases_to_examine(wishes, today=frame.times.today, after=after)
    fit = await fitting(page.rows, clinic=frame.house.clinic, by=frame.by, now=frame.times.now)
    listings = [listing for listing, fits in zip(page.rows, fit, strict=True) if fits]
    following = listings[ROWS - 1].ref if len(listings) > ROWS else page.next
    return [listing_row(listing, True) for listing in listings[:ROWS]], following


@get("/cases/{key:uuid}", opt=only(CLINIC))
async def case_page(frame: Framed, key: Key) -> Template:
    """One case: what a volunteer may know of it and why it fits her, or the whole file for a coordinator."""
    if frame.by.is_staff():
        return await case_file_page(frame, key)
    found = await open_case(key, today=frame.times.today)
    listing = found.listing
    if key in await cases_kept_from(frame.by.volunteer):
        raise NotFound(NOT_OPEN)
    fits = await fits_of(listing, clinic=frame.house.clinic, by=frame.by, now=frame.times.now)
    held, mine = found.held_by is not None, found.held_by == frame.by.volunteer
    return frame.page(
        "cases/open.html",
        listing=listing,
        title=title_of_listing(listing),
        mark=urgency_of_listing(listing),
        facts=listing_facts(listing),
        hidden=not_told(listing),
        fits=[
            {
                "role": str(fit.role),
                "word": word(fit.role),
                "lines": fit_lines(fit),
                "allowed": fit.verdict.allowed and not held,
                "alone": fit.alone,
            }
            for fit in fits
        ],
        held=held,
        mine=mine,
        stages=stage_steps(hours=frame.house.settings.names_hours),
    )


ROUTES = (open_cases_page, case_page)
