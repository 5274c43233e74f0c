"""Runs of the matcher for pages: how good the result is, its numbers, what it could not do."""

from collections.abc import Callable
from typing import Any, Final

from core.model.languages import language_name
from core.model.plans.runs import Share, Since
from core.model.states import RunState
from core.model.vocabulary import PracticeArea
from core.queries.runs.board import Figures
from core.queries.runs.results import Run
from web.addresses import address
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.field import word
from web.words.reasons import why_not
from web.words.times import Times

Item = dict[str, Any]

LOW_SHARE: Final = 0.5
"""A language group of which less than half has a proposed team is marked as low."""

GROUPS: Final = {
    "English": _n("English"),
    "Spanish": _n("Spanish"),
    "Indigenous": _n("Indigenous"),
    "Other": _n("Other"),
}


def list_title(proposed: int, waiting: int) -> str:
    """What the page of runs answers: how much is to decide, else how much is to match."""
    if proposed:
        said = ngettext("%(num)s proposal waits for you", "%(num)s proposals wait for you", proposed)
        return said % {"num": proposed}
    if not waiting:
        return _("Nobody is waiting for a team")
    said = ngettext("%(num)s case waits for a team", "%(num)s cases wait for a team", waiting)
    return said % {"num": waiting}


def board_title(proposed: int, waiting: int) -> str:
    """What the board answers: "41 proposals for 318 waiting cases"."""
    return _teams_for(proposed, waiting) if proposed else _("No proposal waits for a decision")


def _teams_for(proposed: int, waiting: int) -> str:
    teams = ngettext("%(num)s proposal", "%(num)s proposals", proposed) % {"num": proposed}
    cases = ngettext("%(num)s waiting case", "%(num)s waiting cases", waiting) % {"num": waiting}
    return _("%(proposals)s for %(waiting)s") % {"proposals": teams, "waiting": cases}


def past_title(run: Run) -> str:
    """What a run that was replaced had to say."""
    said = ngettext("This run proposed %(num)s team", "This run proposed %(num)s teams", run.proposed)
    return said % {"num": run.proposed}


def run_of(run: Run, times: Times) -> str:
    """When it was asked for: "Run of 24 November, 9:14"."""
    return _("Run of %(when)s") % {"when": times.moment(run.requested_at)}


def proof(run: Run) -> str:
    """How good the result is, as far as the matcher could prove it."""
    if run.status == "optimal":
        return _("proved best possible")
    if run.status == "empty":
        return _("nothing to propose")
    return _("at most %(gap)s %% below the best possible") % {"gap": f"{100 * (run.gap or 0):.2g}"}


def seconds(run: Run) -> str:
    """How long the matcher worked."""
    return _("%(num)s s") % {"num": f"{run.seconds:.1f}"}


def kicker(run: Run, times: Times) -> list[str]:
    """The quiet line above a board."""
    return [run_of(run, times), proof(run), seconds(run)]


def run_item(run: Run, times: Times) -> Item:
    """A run in the list of the last ones."""
    item: Item = {"href": f"/runs/{run.id}", "when": times.moment(run.requested_at), "line": ""}
    if run.state is RunState.DONE:
        what = _teams_for(run.proposed, run.waiting)
        return item | {"what": what, "line": f"{proof(run)} · {seconds(run)}", "state": _("Done"), "tone": "ok"}
    if run.state is RunState.FAILED:
        return item | {"what": _("No proposal was saved."), "state": _("Failed"), "tone": "now"}
    return item | {"what": run.stage or _("Waiting for a worker"), "state": _("Under way"), "tone": "info"}


def board_figures(run: Run, numbers: Figures, waiting: int) -> list[Item]:
    """The board in four numbers."""
    detained = _("proposed, %(num)s of them detained") if numbers.detained else _("proposed")
    return [
        {"number": numbers.open, "label": detained % {"num": numbers.detained}},
        {"number": numbers.interpreted, "label": _interpreting(numbers.relayed)},
        {"number": run.changed, "label": _("changed since the run before")},
        {
            "number": max(0, waiting - numbers.open),
            "label": _("wait without a team"),
            "href": address("/waitlist", team="no"),
        },
    ]


def past_figures(run: Run) -> list[Item]:
    """The numbers of a run that was replaced."""
    found = run.summary
    waited = ngettext("proposed for %(num)s waiting case", "proposed for %(num)s waiting cases", run.waiting)
    return [
        {"number": run.proposed, "label": waited % {"num": run.waiting}},
        {"number": found.interpreted, "label": _interpreting(found.relayed)},
        {"number": run.changed, "label": _("changed since the run before")},
        {"number": sum(one.cases for one in run.why_not()), "label": _("without a team")},
    ]


def _interpreting(relayed: int) -> str:
    told = _("need an interpreter, %(num)s of them a relay") if relayed else _("need an interpreter")
    return told % {"num": relayed}


def served_groups(run: Run) -> list[Item]:
    """Who of all that waited got a team: by language group and practice area, and, longer, by language and county."""
    found = run.summary
    return [
        _served(_("Language group"), found.by_group, lambda name: _(GROUPS[name])),
        _served(_("Practice area"), found.by_area, lambda name: word(PracticeArea(name))),
        _served(_("Language"), found.by_language, language_name, folded=True),
        _served(_("County"), found.by_county, str, folded=True),
    ]


def _served(title: str, shares: tuple[Share, ...], named: Callable[[str], str], *, folded: bool = False) -> Item:
    rows = [_share_item(one, named(one.group) if one.group else _("not given")) for one in shares]
    return {"title": title, "rows": rows, "folded": folded}


def _share_item(share: Share, label: str) -> Item:
    """How a group is served; low where less than half of it has a team."""
    low = share.waiting > 0 and share.served / share.waiting < LOW_SHARE
    return {"label": label, "part": share.served, "whole": share.waiting, "low": low}


def since_rows(since: Since | None) -> list[Item]:
    """What a run left and changed of the plan before it, over the cases that waited at both."""
    if since is None:
        return []
    forced = ngettext(
        "team changed because somebody could not stay", "teams changed because somebody could not stay", since.forced
    )
    chosen = ngettext("team changed for a better plan", "teams changed for a better plan", since.chosen)
    rows = [
        (since.kept, ngettext("team stayed as it was", "teams stayed as they were", since.kept)),
        (since.forced, forced),
        (since.chosen, chosen),
        (since.fresh, ngettext("case has a team and had none", "cases have a team and had none", since.fresh)),
    ]
    return [{"n": n, "what": what} for n, what in rows]


def passed_over(run: Run) -> str:
    """Teams that came too late: their case was decided while the matcher was thinking."""
    n = run.summary.passed_over
    said = ngettext(
        "%(num)s team was passed over: what it needs was settled otherwise while the matcher was thinking.",
        "%(num)s teams were passed over: what they need was settled otherwise while the matcher was thinking.",
        n,
    )
    return said % {"num": n} if n else ""


def why_not_rows(run: Run) -> list[Item]:
    """Why cases got no team, most frequent first, each leading to those cases."""
    return [
        {"n": one.cases, "what": _after_number(one.reason, one.said), "href": address("/waitlist", why=one.reason)}
        for one in run.why_not()
    ]


def _after_number(reason: str, said: str) -> str:
    """A reason as it stands after a number: "7 no interpreter for the language"; a partner's sentence as it is."""
    told = why_not(reason, said)
    return told if told == said else told[:1].lower() + told[1:]


def approve_clear(clear: int) -> str:
    """The words of the button that approves every clear proposal."""
    return ngettext("Approve the %(num)s clear one", "Approve all %(num)s clear", clear) % {"num": clear}


def shown(rows: int, all_of_them: int) -> str | None:
    """How much of the board this page shows, where it is not all."""
    return _("%(num)s of %(all)s") % {"num": rows, "all": all_of_them} if rows < all_of_them else None


def gap_left(run: Run) -> str | None:
    """How far the matcher may still be from the best, while it works."""
    if run.gap is not None:
        return _("at most %(gap)s %% below the best possible so far") % {"gap": f"{100 * run.gap:.2g}"}
    if run.waiting:
        return ngettext("%(num)s waiting case", "%(num)s waiting cases", run.waiting) % {"num": run.waiting}
    return None


def steps(run: Run) -> list[Item]:
    """What is done, being done and next in a run under way."""
    running = run.state is RunState.RUNNING
    return [
        {"label": _("Asked for"), "state": "done"},
        {"label": _("A worker takes it up"), "state": "done" if running else "doing"},
        {"label": _("Rules are asked, the best teams are sought"), "state": "doing" if running else "next"},
        {"label": _("Proposals on the board"), "state": "next"},
    ]
