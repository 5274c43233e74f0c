"""Keeping scarce people for the weeks to come, on pages: the choice before a run, and who was kept for whom in it."""

from typing import Any, Final

from core.model.languages import language_name
from core.model.plans.foresight import KeptKind
from core.model.vocabulary import PracticeArea, SeatRole
from core.queries.runs.results import Run
from web.i18n import gettext as _
from web.i18n import ngettext
from web.words.field import marked as _n
from web.words.field import word

Item = dict[str, Any]
SHOWN: Final = 8
SHARES: Final = {
    "0": _n("No: only today counts"),
    "0.5": _n("At half of their price"),
    "0.99": _n("At their full price"),
}
"""What can be chosen before a run, by the share of the estimated price."""


def keeping_options(usual: float) -> list[tuple[str, str]]:
    """The shares that can be chosen, with the one of the settings."""
    shares = [(share, _(said)) for share, said in SHARES.items()]
    known = {float(share) for share, _said in shares}
    mine = [] if usual in known else [(f"{usual:g}", _("At %(num)s %% of their price") % {"num": f"{100 * usual:g}"})]
    return sorted([*shares, *mine], key=lambda one: float(one[0]))


def usual_keeping(usual: float) -> str:
    """The value of the option that the settings choose."""
    return next((share for share in SHARES if float(share) == usual), f"{usual:g}")


def kept_rows(run: Run) -> list[Item]:
    """Who was kept for whom, the dearest first: how many people of a kind, and what a case must be worth."""
    return [_row(one) for one in run.summary.kept[:SHOWN]]


def kept_more(run: Run) -> int:
    """How many kinds are not shown."""
    return max(0, len(run.summary.kept) - SHOWN)


def _row(one: KeptKind) -> Item:
    price = f"{round(one.least):,}"
    if round(one.least) != round(one.most):
        price = _("%(least)s to %(most)s") % {"least": price, "most": f"{round(one.most):,}"}
    likely = ngettext(
        "%(num)s such case is likely in the coming weeks",
        "%(num)s such cases are likely in the coming weeks",
        one.expected,
    )
    return {
        "n": one.people,
        "what": _kind(one),
        "detail": _("kept for cases worth %(price)s points or more; %(likely)s")
        % {"price": price, "likely": likely % {"num": one.expected}},
    }


def _kind(one: KeptKind) -> str:
    languages = _(" and ").join(language_name(tag) for tag in one.languages)
    areas = ", ".join(word(PracticeArea(area)) for area in one.areas)
    if one.role is SeatRole.INTERPRETER:
        said = ngettext("interpreter of %(languages)s", "interpreters of %(languages)s", one.people)
        return said % {"languages": languages}
    if one.role is SeatRole.MENTOR:
        return ngettext("mentor: %(areas)s", "mentors: %(areas)s", one.people) % {"areas": areas}
    said = ngettext("attorney: %(areas)s", "attorneys: %(areas)s", one.people) % {"areas": areas}
    return _("%(who)s; speaks %(languages)s") % {"who": said, "languages": languages} if languages else said
