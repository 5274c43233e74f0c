"""Rosters for pages: what each lists, what waits for a person, and what may be done about it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote

import msgspec

from core.model.people import Actor
from core.model.rosters.changes import RosterRun, RosterStanding
from core.model.rosters.work import HALF_WAY, RosterAct, RosterWork, is_abandoned, stopped_half_way
from core.model.states import RosterRunState
from core.protocols import Roster
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.field import tone, word
from web.words.times import Times, number

Item = dict[str, Any]


class Waits(StrEnum):
    """What a roster waits for; all but the first two and the last are a person's."""

    NOTHING = "nothing"
    WORK = "work"
    HELD = "held"
    DECISION = "decision"
    HALF_WAY = "half_way"
    COLUMNS = "columns"
    FAILED = "failed"
    FIRST = "first"


LABELS: Final = {
    Waits.NOTHING: (_n("In use"), "ok"),
    Waits.WORK: (_n("Under way"), "info"),
    Waits.HELD: (_n("Held for a person"), "now"),
    Waits.DECISION: (_n("Waits for a decision"), "soon"),
    Waits.HALF_WAY: (_n("Interrupted"), "now"),
    Waits.COLUMNS: (_n("Columns to be chosen"), "soon"),
    Waits.FAILED: (_n("Could not be read"), "now"),
    Waits.FIRST: (_n("Not read yet"), "plain"),
}
PRESSING: Final = (Waits.HELD, Waits.DECISION, Waits.HALF_WAY, Waits.COLUMNS, Waits.FAILED)


class KnownRoster(msgspec.Struct, frozen=True):
    """A roster as its plugin declares it and as it is known here; one of both may be missing."""

    name: str
    title: str
    bar: str
    brought: bool
    hours: float = 0.0
    known: RosterStanding | None = None
    work: RosterWork | None = None

    @property
    def by_hand(self) -> bool:
        """Whether people upload it; a plugin of the same name comes first."""
        return not self.brought and self.known is not None and self.known.by_hand

    @property
    def last(self) -> RosterRun | None:
        """The newest run over it."""
        return self.known.last if self.known else None

    @property
    def members(self) -> int:
        """How many members it lists."""
        return self.known.members if self.known else 0


def known_roster(
    name: str, brought: Roster | None, known: RosterStanding | None, work: RosterWork | None
) -> KnownRoster:
    """Put together what a plugin and what the database say of a roster."""
    declared = brought or known
    assert declared is not None
    hours = brought.every.total_seconds() / 3600 if brought else 0.0
    return KnownRoster(name, declared.title, declared.bar, brought is not None, hours, known, work)


def roster_path(name: str) -> str:
    """The address of a roster's page."""
    return f"/rosters/{quote(name, safe='')}"


def run_path(run: RosterRun) -> str:
    """The address of a run's page."""
    return f"{roster_path(run.name)}/runs/{run.id}"


def is_busy(roster: KnownRoster, now: datetime) -> bool:
    """Whether a worker is to do something with a roster, or is at it as far as anybody knows."""
    work, until = roster.work, roster.known.claimed_until if roster.known else None
    return work is not None and work.under_way and not is_abandoned(work, roster.last, until, now)


def waits_for(roster: KnownRoster, now: datetime) -> Waits:
    """What a roster waits for."""
    last, known = roster.last, roster.known
    if is_busy(roster, now):
        return Waits.WORK
    if columns_wait(roster):
        return Waits.COLUMNS
    if last is None or known is None:
        return Waits.FIRST
    if last.state in HALF_WAY:
        return Waits.HALF_WAY if stopped_half_way(last, known.claimed_until, now) else Waits.WORK
    return {
        RosterRunState.HELD: Waits.HELD,
        RosterRunState.PREVIEWED: Waits.DECISION,
        RosterRunState.FAILED: Waits.FAILED,
    }.get(last.state, Waits.NOTHING if known.applied else Waits.FIRST)


def columns_wait(roster: KnownRoster) -> bool:
    """Whether an upload was looked through and its columns are still to be chosen."""
    work, last = roster.work, roster.last
    looked = work is not None and work.act is RosterAct.LOOK and not work.under_way and not work.problem
    return looked and work is not None and (last is None or last.id != work.subject)


def list_title(rosters: list[KnownRoster], now: datetime) -> str:
    """What the list answers: how many rosters wait for a person."""
    if not rosters:
        return _("No bar's roster is here yet")
    n = sum(waits_for(one, now) in PRESSING for one in rosters)
    if not n:
        return _("No roster waits for a person")
    return ngettext("%(num)s roster waits for a person", "%(num)s rosters wait for a person", n) % {"num": n}


def list_items(rosters: list[KnownRoster], times: Times) -> list[Item]:
    """The rosters, those that wait for a person first."""
    ranked = sorted(rosters, key=lambda one: (waits_for(one, times.now) not in PRESSING, one.name))
    return [_item(one, times) for one in ranked]


def _item(roster: KnownRoster, times: Times) -> Item:
    waits = waits_for(roster, times.now)
    label, shade = LABELS[waits]
    last = roster.last
    return {
        "title": roster.title,
        "href": roster_path(roster.name),
        "state": _(label),
        "tone": shade,
        "line": [roster.name, origin(roster)],
        "facts": [
            {"label": _("Bar"), "value": roster.bar},
            {"label": _("Members"), "value": f"{roster.members:,}"},
            {"label": _("Last run"), "value": times.moment(last.began_at) if last else _("never")},
        ],
        "next": next_step(roster, waits),
    }


def next_step(roster: KnownRoster, waits: Waits) -> Item | None:
    """The step that a person has to do, as a link."""
    path, last = roster_path(roster.name), roster.last
    if waits is Waits.COLUMNS:
        return {"label": _("Choose the columns"), "href": f"{path}/mapping"}
    if waits in PRESSING and last is not None:
        return {"label": _("Look at the run"), "href": run_path(last)}
    return None


def origin(roster: KnownRoster) -> str:
    """Where a roster comes from, and how often it is read."""
    if roster.brought:
        if not roster.hours:
            return _("read by a plugin, when somebody asks for it")
        return _("read by a plugin every %(num)s hours") % {"num": number(roster.hours)}
    return _("uploaded by hand") if roster.by_hand else _("no plugin brings it at present")


def roster_title(roster: KnownRoster, now: datetime) -> str:
    """What the page of a roster answers."""
    said = {
        Waits.WORK: _("%(title)s: a worker is at it"),
        Waits.HELD: _("%(title)s: the last run is held for a person"),
        Waits.DECISION: _("%(title)s: a run waits for a decision"),
        Waits.HALF_WAY: _("%(title)s: a run was interrupted"),
        Waits.COLUMNS: _("%(title)s: its columns are to be chosen"),
        Waits.FAILED: _("%(title)s could not be read"),
        Waits.FIRST: _("%(title)s: nothing is applied yet"),
    }.get(waits_for(roster, now))
    if said:
        return said % {"title": roster.title}
    n = roster.members
    listed = ngettext("%(title)s: %(num)s member", "%(title)s: %(num)s members", n)
    return listed % {"title": roster.title, "num": f"{n:,}"}


def standing_rows(roster: KnownRoster) -> list[Item]:
    """The members by standing, the most frequent first."""
    counts = roster.known.standings if roster.known else {}
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return [{"label": word(each), "part": n, "whole": roster.members, "text": f"{n:,}"} for each, n in ranked]


def run_item(run: RosterRun, times: Times, by: Actor) -> Item:
    """A run in the list of the last ones."""
    tally = run.tally
    n = tally.changes if by.is_staff() else tally.changes - tally.overdue
    changes = ngettext("%(num)s change", "%(num)s changes", n) % {"num": f"{n:,}"}
    rows = ngettext("%(num)s row", "%(num)s rows", tally.read) % {"num": f"{tally.read:,}"}
    return {
        "href": run_path(run),
        "when": times.moment(run.began_at),
        "what": run.error if run.state is RosterRunState.FAILED else f"{rows} · {changes}",
        "line": _("asked for by %(who)s") % {"who": run.asked_by},
        "state": word(run.state),
        "tone": tone(run.state),
    }


WORKING: Final = {
    RosterAct.LOOK: _n("The file is looked through"),
    RosterAct.READ: _n("The roster is read and compared"),
    RosterAct.APPLY: _n("The run is applied"),
    RosterAct.ACCEPT: _n("The run is applied"),
    RosterAct.UNDO: _n("The run is taken back"),
}


def work_progress(work: RosterWork) -> dict[str, Any]:
    """What a worker does, or is about to do, as the page of work under way shows it."""
    return {"stage": _(WORKING[work.act]), "done": 0, "of": 0, "detail": _("It begins as soon as a worker is free.")}


def file_line(upload: dict[str, Any], times: Times) -> str:
    """What file was uploaded last, by whom and when."""
    size = upload["size"] / 1e6
    said = _("%(size)s MB, uploaded by %(who)s on %(when)s")
    return said % {
        "size": f"{size:,.1f}" if size >= 0.1 else "< 0.1",
        "who": upload["uploaded_by"],
        "when": times.moment(upload["uploaded_at"]),
    }
