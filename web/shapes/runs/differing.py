"""Two runs side by side for pages: who gained a team, who lost one, and seat by seat who came and who went."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from core.model.plans.diffing import ChangedTeam, SeatShift
from core.model.plans.runs import KeptSeat, KeptTeam
from core.queries.runs.differing import Compared
from core.queries.runs.results import Run
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.runs.board import proof, seconds
from web.words.field import word
from web.words.reasons import against, said_no, why_not
from web.words.times import Times

Item = dict[str, Any]
SHOWN: Final = 25


def title_of(found: Compared) -> str:
    """What the comparison answers: "12 cases gained a team, 3 lost theirs, 5 teams changed"."""
    one = found.difference
    gained, lost, changed = len(one.gained) + len(one.arrived), len(one.lost), len(one.changed)
    parts = []
    if gained:
        parts.append(ngettext("%(num)s case gained a team", "%(num)s cases gained a team", gained) % {"num": gained})
    if lost:
        parts.append(ngettext("%(num)s lost its team", "%(num)s lost their teams", lost) % {"num": lost})
    if changed:
        parts.append(ngettext("%(num)s team changed", "%(num)s teams changed", changed) % {"num": changed})
    return ", ".join(parts) or _("Nothing changed between these runs")


def figures(found: Compared) -> list[Item]:
    """The comparison in four numbers."""
    one = found.difference
    return [
        {"number": len(one.gained) + len(one.arrived), "label": _("newly served")},
        {"number": len(one.lost), "label": _("no longer served")},
        {"number": len(one.changed), "label": _("teams changed")},
        {"number": one.kept, "label": _("teams as before")},
    ]


def columns(found: Compared, times: Times) -> list[Item]:
    """The heads of the table of both runs."""
    return [
        {"label": _("Run")},
        {"label": times.moment(found.older.requested_at), "numeric": True},
        {"label": times.moment(found.newer.requested_at), "numeric": True},
    ]


def rows(found: Compared) -> list[list[str]]:
    """Both runs, figure by figure."""
    return [
        [_("Waiting cases"), str(found.older.waiting), str(found.newer.waiting)],
        [_("Proposed teams"), str(found.older.proposed), str(found.newer.proposed)],
        [_("Value"), *(f"{run.objective:,.0f}" for run in (found.older, found.newer))],
        [_("How good"), *(proof(run) for run in (found.older, found.newer))],
        [_("Time"), *(seconds(run) for run in (found.older, found.newer))],
    ]


def run_choice(run: Run, times: Times) -> tuple[str, str]:
    """An earlier run for a choice."""
    proposed = ngettext("%(num)s proposal", "%(num)s proposals", run.proposed) % {"num": run.proposed}
    return str(run.id), f"{times.moment(run.requested_at)}, {proposed}"


def sections(found: Compared, whole: str) -> list[Item]:
    """The cases behind the numbers; each list is cut unless it is asked for whole."""
    one = found.difference
    made = [
        ("gained", _("Newly served"), _("waited before, too"), _served(found, one.gained)),
        ("arrived", _("New on the waitlist, and served"), "", _served(found, one.arrived)),
        ("lost", _("No longer served"), _("they go on waiting"), _lost(found)),
        ("changed", _("Changed teams"), _("seat by seat"), [_changed(found, team) for team in one.changed]),
    ]
    return [
        {
            "key": key,
            "title": title,
            "note": note,
            "rows": items if whole == key else items[:SHOWN],
            "all": len(items) if len(items) > SHOWN and whole != key else None,
        }
        for key, title, note, items in made
        if items
    ]


def left(found: Compared) -> list[Item]:
    """Teams of the older run whose cases do not wait any more, by where they are now."""
    states = Counter(found.cases[team.case].state for team in found.difference.left if team.case in found.cases)
    return [{"n": n, "what": word(state).lower()} for state, n in states.most_common()]


def _case(found: Compared, ref: str) -> Item:
    now = found.cases.get(ref)
    return {"ref": ref, "href": f"/cases/{now.id}" if now else None}


def _served(found: Compared, teams: Iterable[KeptTeam]) -> list[Item]:
    return [_case(found, team.case) | {"line": _people(found, team.seats)} for team in teams]


def _lost(found: Compared) -> list[Item]:
    items = []
    for team in found.difference.lost:
        why = found.why_lost.get(team.case)
        said = why_not(why.reason, why.detail) if why else ""
        had = _("had %(people)s") % {"people": _people(found, team.seats)}
        items.append(_case(found, team.case) | {"line": said, "had": had})
    return items


def _people(found: Compared, seats: Iterable[KeptSeat]) -> str:
    return ", ".join(f"{word(seat.role)}: {_name(found, seat)}" for seat in seats)


def _name(found: Compared, seat: KeptSeat) -> str:
    return found.names.get(seat.volunteer, _("somebody who has left"))


def _changed(found: Compared, team: ChangedTeam) -> Item:
    return _case(found, team.case) | {"seats": [_seat(found, team.case, seat) for seat in team.seats]}


def _seat(found: Compared, case: str, seat: SeatShift) -> Item:
    """Who went, who came, and why as far as it is known."""
    no = found.said_no.get((case, seat.went.volunteer)) if seat.went else None
    return {
        "label": word(seat.role),
        "went": _name(found, seat.went) if seat.went else _("nobody"),
        "came": _name(found, seat.came) if seat.came else _("nobody"),
        "why": said_no(no) if no else against(seat.why) if seat.why else "",
        "instead": _case(found, seat.instead) if seat.instead and seat.why == "moved" else None,
    }
