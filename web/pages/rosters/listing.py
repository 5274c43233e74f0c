"""Bars' rosters: the list, a new one, the page of one, and what a worker is doing with it."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template

from core.errors import BadInput, Contradicts, NotFound
from core.model.people import Actor
from core.model.plugins.showing import PanelPlace
from core.model.rosters.changes import RosterRun
from core.model.rosters.work import HALF_WAY, RosterAct
from core.model.states import RosterRunState
from core.queries.rosters.lists import roster_standing, roster_standings
from core.services.clinic import Clinic, require_roster
from core.services.rosters.asking import ask_to_read
from core.services.rosters.sources import mapping_in
from core.services.rosters.uploads import add_roster
from core.spreadsheets.words import STATE_WORDS
from core.store.rosters import roster_runs, roster_uploads, roster_work
from web.access.roles import ROSTER_KEEPERS, STAFF, only
from web.addresses import address
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.plugins.panels import panel_slots
from web.shapes.rosters import listing as shapes
from web.shapes.rosters.listing import KnownRoster, known_roster, roster_path, run_item, run_path
from web.shapes.rosters.mapping import mapping_rows
from web.shapes.rosters.runs import guard_texts
from web.typed import given_back

Name = FromPath[str]
Before = FromQuery[UUID | None]
RUNS: Final = 10


class NewRoster(msgspec.Struct):
    """The form of a roster that people upload."""

    name: str = ""
    title: str = ""
    bar: str = ""


NewRosterForm = Annotated[NewRoster, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/rosters", opt=only(ROSTER_KEEPERS))
async def rosters_page(frame: Framed) -> Template:
    """Every roster that this person keeps, those that wait for a person first."""
    return await _list(frame, given_back(NewRoster(), {}))


async def _list(frame: Frame, form: dict[str, Any], status: int = 200) -> Template:
    found = await _all_rosters(frame.house.clinic, frame.by)
    states = {letters: name for name, letters in reversed(list(STATE_WORDS.items()))}
    return frame.page(
        "rosters/list.html",
        status=status,
        title=shapes.list_title(found, frame.times.now),
        rosters=shapes.list_items(found, frame.times),
        states=sorted(states.items(), key=lambda one: one[1]),
        staff=frame.by.is_staff(),
        **form,
    )


async def _all_rosters(clinic: Clinic, by: Actor) -> list[KnownRoster]:
    known = {one.name: one for one in await roster_standings()}
    brought = {one.name: one for one in clinic.host.rosters()}
    work = await roster_work.all_work()
    return [
        known_roster(name, brought.get(name), one := known.get(name), work.get(one.id) if one else None)
        for name in sorted(known | brought)
        if by.keeps(name)
    ]


@post("/rosters", opt=only(STAFF))
async def new_roster(frame: Framed, data: NewRosterForm) -> Template | Redirect:
    """Add a roster that people upload."""
    name = data.name.strip().casefold()
    house = frame.house
    try:
        await add_roster(name, title=data.title, bar=data.bar, clinic=house.clinic, by=frame.by, now=house.clock())
    except (BadInput, Contradicts) as problem:
        return await _list(frame, given_back(data, {}, str(problem)), HTTPStatus.UNPROCESSABLE_ENTITY.value)
    return onward(roster_path(name), "roster-added")


async def found_roster(frame: Frame, name: str) -> KnownRoster:
    """The roster of this name, if there is one and this person keeps it; NotFound otherwise."""
    require_roster(frame.by, name)
    brought = next((one for one in frame.house.clinic.host.rosters() if one.name == name), None)
    known = await roster_standing(name)
    if brought is None and known is None:
        raise NotFound(_("There is no such roster."))
    return known_roster(name, brought, known, await roster_work.work_on(known.id) if known else None)


@get("/rosters/{name:str}", opt=only(ROSTER_KEEPERS))
async def roster_page(frame: Framed, name: Name, before: Before = None) -> Template:
    """One roster: what waits, its members by standing, its runs, its file."""
    roster = await found_roster(frame, name)
    runs = await roster_runs.runs_of(roster.known.id, limit=RUNS + 1, before=before) if roster.known else []
    waits, path = shapes.waits_for(roster, frame.times.now), roster_path(name)
    work = roster.work
    return frame.page(
        "rosters/one.html",
        title=shapes.roster_title(roster, frame.times.now),
        roster=roster,
        path=path,
        kicker=[roster.name, _("bar of %(bar)s") % {"bar": roster.bar}, shapes.origin(roster)],
        staff=frame.by.is_staff(),
        step=shapes.next_step(roster, waits),
        under_way=waits is shapes.Waits.WORK,
        problem=work.problem if work and not work.under_way else "",
        runs=[run_item(run, frame.times, frame.by) for run in runs[:RUNS]],
        following=address(path, before=runs[RUNS - 1].id) if len(runs) > RUNS else None,
        first=path if before else None,
        standings=shapes.standing_rows(roster),
        members=f"{roster.members:,}",
        why=await _why(roster, waits, frame.by),
        upload=await _upload(frame, roster),
        limit=frame.house.settings.upload_mib,
        panels=panel_slots(frame, PanelPlace.ROSTER, name),
    )


async def _why(roster: KnownRoster, waits: shapes.Waits, by: Actor) -> list[str]:
    """Why the last run waits, or failed."""
    last = roster.last
    if last is None or waits not in (shapes.Waits.HELD, shapes.Waits.FAILED):
        return []
    return guard_texts(last, by) if last.guards else [last.error]


async def _upload(frame: Frame, roster: KnownRoster) -> dict[str, Any] | None:
    """The file that was uploaded last, and what is settled of its columns; None for a roster that a plugin reads."""
    if not roster.by_hand or (row := await roster_uploads.by_hand_named(roster.name)) is None:
        return None
    last, mapping = await roster_uploads.last_upload(row["roster"]), mapping_in(row)
    return {
        "file": last["file_name"] if last else "",
        "told": shapes.file_line(last, frame.times) if last else "",
        "mapping": mapping_rows(mapping),
    }


@post("/rosters/{name:str}/read", opt=only(ROSTER_KEEPERS))
async def read_now(frame: Framed, name: Name) -> Redirect:
    """Have a roster read, from its plugin or from the last upload."""
    require_roster(frame.by, name)
    await ask_to_read(name, clinic=frame.house.clinic, by=frame.by, now=frame.house.clock())
    return onward(f"{roster_path(name)}/work")


@get("/rosters/{name:str}/work", opt=only(ROSTER_KEEPERS))
async def work_page(frame: Framed, name: Name) -> Template | Redirect:
    """What a worker is doing with a roster; it leads on to what comes of it."""
    roster = await found_roster(frame, name)
    work, last = roster.work, roster.last
    if work is None:
        return onward(roster_path(name))
    if not shapes.is_busy(roster, frame.times.now):
        return onward(_outcome(roster))
    if work.subject is not None and work.act is not RosterAct.LOOK:
        return onward(f"{roster_path(name)}/runs/{work.subject}")
    if last is not None and _is_of(last, roster):
        return onward(run_path(last))
    return frame.page(
        "rosters/under_way.html",
        title=shapes.roster_title(roster, frame.times.now),
        kicker=_("Rosters"),
        back={"label": roster.title, "href": roster_path(name)},
        path=f"{roster_path(name)}/work",
        progress_told=shapes.work_progress(work),
    )


def _is_of(run: RosterRun, roster: KnownRoster) -> bool:
    """Whether the newest run is the one that the work under way reads."""
    known = roster.known
    return run.state in HALF_WAY and known is not None and known.claimed_until is not None


def _outcome(roster: KnownRoster) -> str:
    """Where what came of the last piece of work is looked at."""
    work, last, path = roster.work, roster.last, roster_path(roster.name)
    if work is None:
        return path
    if work.under_way:  # it stopped half-way: the page of its run says what may be done
        return run_path(last) if last is not None else path
    if work.problem:
        failed = last is not None and last.state is RosterRunState.FAILED and last.began_at >= work.asked_at
        return run_path(last) if last is not None and failed else path
    if shapes.columns_wait(roster):
        return f"{path}/mapping"
    return f"{path}/runs/{work.subject}" if work.subject else path


ROUTES = (rosters_page, new_roster, roster_page, read_now, work_page)
