"""A run over a roster for its page: the answer, the figures, its changes field by field, what may be done."""

from typing import Any, Final

from core.model.languages import language_name
from core.model.people import Actor
from core.model.rosters.changes import Change, ChangeKind, FieldChange, RosterRun
from core.model.rosters.entries import Spoken
from core.model.rosters.work import RosterAct, RosterWork
from core.model.states import RosterRunState
from core.model.vocabulary import PracticeArea, Standing
from core.queries.rosters.lists import SHOWN_FIRST
from web.addresses import address
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.rosters.listing import run_path
from web.words.field import marked as _n
from web.words.field import tone, word
from web.words.times import Times

Item = dict[str, Any]
S = RosterRunState
FIELDS: Final = {
    "number": _n("Number"),
    "name": _n("Name"),
    "standing": _n("Standing"),
    "status": _n("The bar's word"),
    "email": _n("E-mail"),
    "phone": _n("Telephone"),
    "firm": _n("Firm"),
    "county": _n("County"),
    "us_state": _n("State"),
    "admitted": _n("Admitted"),
    "languages": _n("Languages"),
    "practice": _n("Practice areas"),
    "pro_bono": _n("Takes cases without a fee"),
}
KINDS: Final = {
    ChangeKind.NEW: _n("They are members that were not known."),
    ChangeKind.CHANGED: _n("The roster says something else of them than before."),
    ChangeKind.BACK: _n("They were not listed any more, and are again."),
    ChangeKind.GONE: _n(
        "Did they leave, or is the file not whole? Nothing is removed: a volunteer among them "
        "keeps the present standing, and an alert asks."
    ),
    ChangeKind.OVERDUE: _n(
        "The roster says the same as before, but the volunteer with this number has another standing with us."
    ),
}
"""What a kind of change means."""
CONSEQUENCES: Final = (
    _n(
        "Every change below is applied. Volunteers get the standing that the roster says; open offers of whoever loses "
        "good standing are put on hold, and alerts say so. Nobody is removed. You can take it back afterwards."
    ),
    _n(
        "Entries are again what they were, and so are the standings that this run moved, unless somebody changed them "
        "since. Alerts stay open and offers stay on hold until a coordinator has looked."
    ),
)


def kinds_for(by: Actor) -> tuple[ChangeKind, ...]:
    """The kinds of change that somebody sees; a bar's own staff learn nothing of who is a volunteer."""
    return tuple(kind for kind in SHOWN_FIRST if by.is_staff() or kind is not ChangeKind.OVERDUE)


def changes_for(run: RosterRun, by: Actor) -> int:
    """How many changes of a run somebody sees."""
    return sum(count_of(run, kind) for kind in kinds_for(by))


def count_of(run: RosterRun, kind: ChangeKind) -> int:
    """How many changes of a kind there are."""
    count: int = getattr(run.tally, str(kind))
    return count


def run_title(run: RosterRun, by: Actor, *, stopped: bool, asked: RosterWork | None) -> str:
    """What the page of a run answers; ``asked`` is what a worker is to do with it."""
    if asked is not None:
        return run_title_of(S.UNDOING if asked.act is RosterAct.UNDO else S.APPLYING, run, by)
    return _("This run was interrupted") if stopped else run_title_of(run.state, run, by)


def run_title_of(state: RosterRunState, run: RosterRun, by: Actor) -> str:
    """The same for a run in this state."""
    n = changes_for(run, by)
    changes = ngettext("%(num)s change", "%(num)s changes", n) % {"num": f"{n:,}"}
    return {
        S.READING: _("The roster is being read"),
        S.PREVIEWED: ngettext("%(num)s change waits for a decision", "%(num)s changes wait for a decision", n)
        % {"num": f"{n:,}"},
        S.HELD: ngettext(
            "Held for a person: something looks wrong", "Held for a person: %(num)s things look wrong", len(run.guards)
        )
        % {"num": len(run.guards)},
        S.APPLYING: _("The run is being applied"),
        S.APPLIED: _("Applied: %(changes)s") % {"changes": changes},
        S.UNDOING: _("The run is being taken back"),
        S.UNDONE: _("This run was taken back"),
        S.SUPERSEDED: _("This run was not applied"),
        S.FAILED: _("The roster could not be read"),
    }[state]


def kicker(run: RosterRun, times: Times) -> list[str]:
    """The quiet line above it."""
    said = [
        _("Run of %(when)s") % {"when": times.moment(run.began_at)},
        _("asked for by %(who)s") % {"who": run.asked_by},
    ]
    return [*said, _("decided by %(who)s") % {"who": run.decided_by}] if run.decided_by else said


def figures(run: RosterRun, by: Actor) -> list[Item]:
    """The run in numbers."""
    tally = run.tally
    shown = [
        (tally.read, ngettext("row read", "rows read", tally.read)),
        (tally.members, ngettext("member", "members", tally.members)),
        (tally.known, ngettext("known before", "known before", tally.known)),
        (tally.same, ngettext("as before", "as before", tally.same)),
    ]
    if by.is_staff() and tally.volunteers:
        shown.append((tally.volunteers, ngettext("of our volunteers", "of our volunteers", tally.volunteers)))
        shown.append((tally.losing, _("of them not in good standing any more")))
    return [{"number": f"{n:,}", "label": label} for n, label in shown]


def remarks(run: RosterRun) -> list[str]:
    """What else the roster says of itself: numbers that come twice, and those that contradict themselves."""
    tally, said = run.tally, list[str]()
    if run.forgotten:
        said.append(_("It was long ago: what it changed in single members is not kept any more."))
    if tally.doubled:
        text = ngettext(
            "%(num)s row repeats a number: a member with several offices is one member.",
            "%(num)s rows repeat a number: a member with several offices is one member.",
            tally.doubled,
        )
        said.append(text % {"num": f"{tally.doubled:,}"})
    if tally.doubtful:
        text = _(
            "Suspicious, and left as they were, since their rows have different names or standings: %(numbers)s. "
            "Ask the bar which is right."
        )
        more = tally.doubtful - len(run.doubtful)
        listed = ", ".join(run.doubtful) + (_(" and %(num)s more") % {"num": f"{more:,}"} if more > 0 else "")
        said.append(text % {"numbers": listed})
    if run.partial:
        said.append(_("This is only a part of the roster: who is not in it is not gone."))
    return said


def guard_texts(run: RosterRun, by: Actor) -> list[str]:
    """Why a run is held, in sentences; a bar's own staff learn nothing of volunteers."""
    hidden = _("It would change much for the clinic at once. A coordinator looks at it.")
    return [one.text if by.is_staff() or one.code != "volunteers" else hidden for one in run.guards]


def kind_tabs(run: RosterRun, by: Actor, chosen: ChangeKind | None) -> list[Item]:
    """The kinds of changes that there are, with their counts, as links."""
    return [
        {
            "label": word(kind),
            "count": f"{count_of(run, kind):,}",
            "href": address(run_path(run), kind=str(kind)),
            "current": kind is chosen,
        }
        for kind in kinds_for(by)
        if count_of(run, kind)
    ]


def change_item(change: Change) -> Item:
    """One member with what changes."""
    entry = change.entry
    return {
        "number": entry.number,
        "name": entry.name,
        "standing": word(entry.standing),
        "tone": tone(entry.standing),
        "status": entry.status,
        "fields": [_field(one) for one in change.fields()],
    }


def _field(one: FieldChange) -> Item:
    return {"label": _(FIELDS[one.field]), "before": _told(one.before), "after": _told(one.after)}


def _told(value: Any) -> str:
    match value:
        case Standing() | PracticeArea():
            return word(value)
        case Spoken():
            return language_name(value.tag)
        case tuple():
            return ", ".join(map(_told, value)) or _("nothing")
        case bool():
            return _("yes") if value else _("no")
        case "" | None | 0:
            return _("nothing")
    return str(value)


def progress_of(run: RosterRun, by: Actor, expected: int) -> Item:
    """How far a run is, while somebody works on it; a bar's own staff learn no counts that volunteers are part of."""
    if run.state is S.READING:
        rows = ngettext("%(num)s row read so far", "%(num)s rows read so far", run.rows) % {"num": f"{run.rows:,}"}
        known = _("%(num)s members were known before") % {"num": f"{expected:,}"} if expected else ""
        detail = " · ".join(filter(None, (rows, known)))
        return {"stage": _("The roster is read and compared"), "done": 0, "of": 0, "detail": detail}
    if run.state not in (S.APPLYING, S.UNDOING):
        return {"stage": _("Waiting for a worker"), "done": 0, "of": 0, "detail": ""}
    stage = _("The run is applied") if run.state is S.APPLYING else _("The run is taken back")
    of = run.tally.changes if by.is_staff() else 0
    done = run.done if run.state is S.APPLYING else of - run.done
    return {"stage": stage, "done": done, "of": of, "detail": _("changes") if of else ""}


def decision(run: RosterRun, by: Actor, *, newest: bool, stopped: bool, busy: bool) -> Item:
    """Which buttons a run has: what may be asked for now, by whoever looks."""
    staff, waits = by.is_staff(), run.state in (S.PREVIEWED, S.HELD)
    if busy:
        return {}
    return {
        "apply": run.state is S.PREVIEWED,
        "accept": run.state is S.HELD and staff,
        "asks_staff": run.state is S.HELD and not staff,
        "leave": waits,
        "undo": staff
        and ((run.state is S.APPLIED and newest and not run.forgotten) or (stopped and run.state is S.APPLYING)),
        "go_on": stopped and (run.state is S.APPLYING or (run.state is S.UNDOING and staff)),
        "again": stopped and run.state is S.READING,
        "consequence": _(CONSEQUENCES[0]),
        "taking_back": _(CONSEQUENCES[1]),
    }
