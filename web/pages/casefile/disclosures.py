"""Who has seen what of a client: the log of a case, who sees what now, and the log for the client herself."""

from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.enums import MediaType
from litestar.response import Response, Template

from core.model.clients.checks import reached
from core.model.clients.client import Stage
from core.queries.matches.teams import find_team
from core.queries.privacy.disclosures import kept_off, live_match, views_of
from core.services.clients.letters import by_day, take_out
from core.store.cases.cases import find_case
from core.store.clients.checks import checks_of
from web.access.roles import STAFF, only
from web.addresses import After, Key, Text, address
from web.downloads import csv_answer
from web.frames.portal import Frame, Framed
from web.i18n import Readers, choose_locale, locales_for, ngettext
from web.i18n import gettext as _
from web.shapes.cases.case_tabs import case_head
from web.shapes.clients.disclosures import dated, kept_off_item, letter_item, log_table, view_item
from web.words.field import word

PATH: Final = "/cases/{key:uuid}/disclosures"
LANGUAGES: Final = {"en": "English", "es": "Español"}
Item = dict[str, Any]


@get(PATH, opt=only(STAFF))
async def disclosures_page(frame: Framed, key: Key, after: After = None) -> Template:
    """The log of one case, the newest first."""
    case, page = await find_case(key), await views_of(key, after=after)
    path = f"/cases/{key}/disclosures"
    return frame.page(
        "casefile/disclosures.html",
        **case_head(frame, case),
        title=_title(len(page.rows), more=bool(page.next or after)) % {"ref": case.ref},
        views=[view_item(one, frame.times) for one in page.rows],
        following=address(path, after=page.next) if page.next else None,
        first=path if after else None,
        now=await _who_sees_what(key, frame),
        kept_off=[kept_off_item(one, frame.times) for one in await kept_off(key)],
        languages=[(tag, name) for tag, name in LANGUAGES.items() if tag in locales_for(Readers.CLIENTS)],
    )


def _title(looks: int, *, more: bool) -> str:
    if more:
        return _("Who has seen the client of %(ref)s")
    if not looks:
        return _("Nobody has seen the client of %(ref)s yet")
    said = ngettext("%(num)s look at the client of", "%(num)s looks at the client of", looks) % {"num": looks}
    return f"{said} %(ref)s"


async def _who_sees_what(case: UUID, frame: Frame) -> list[Item]:
    """The people on the case's team, with how far each has come."""
    match = await live_match(case)
    if match is None:
        return []
    team, checks = await find_team(match), await checks_of(match)
    return [
        {
            "name": seat.name,
            "role": word(seat.role),
            "href": f"/volunteers/{seat.volunteer}",
            **_stage_item(reached(seat.state, team.state, checks.get(seat.id), now=frame.times.now)),
        }
        for seat in team.seats
    ]


def _stage_item(stage: Stage) -> Item:
    return {
        Stage.LISTING: {"label": _("no name"), "tone": "plain"},
        Stage.NAMES: {"label": _("the names"), "tone": "soon"},
        Stage.FILE: {"label": _("the file"), "tone": "info"},
    }[stage]


@get(f"{PATH}/letter", opt=only(STAFF))
async def letter(frame: Framed, key: Key, language: Text = "en") -> Template:
    """The log in the client's language, to be printed and given to her."""
    tag = language if language in LANGUAGES else "en"
    ref, seen = await take_out(key, language=tag, by=frame.by, now=frame.house.clock())
    choose_locale(tag, Readers.CLIENTS)
    entries = by_day(seen, frame.times.place)
    context = {
        "lang": tag,
        "ref": ref,
        "day": dated(frame.times.today),
        "entries": [letter_item(one) for one in entries],
        "back": f"/cases/{key}/disclosures",
        "file": f"/cases/{key}/disclosures/file?language={tag}",
        "csrf": frame.csrf,
    }
    return Template("casefile/disclosure_letter.html", context=context, media_type=MediaType.HTML)


@get(f"{PATH}/file", opt=only(STAFF))
async def log_file(frame: Framed, key: Key, language: Text = "en") -> Response[bytes]:
    """The same as a file for a spreadsheet."""
    tag = language if language in LANGUAGES else "en"
    ref, seen = await take_out(key, language=tag, by=frame.by, now=frame.house.clock())
    choose_locale(tag, Readers.CLIENTS)
    name = "".join(letter for letter in ref if letter.isalnum() or letter == "-")
    return csv_answer(log_table(by_day(seen, frame.times.place)), f"{name}-disclosures-{tag}")


ROUTES = (disclosures_page, letter, log_file)
