"""How help and work are shared out, for pages: floors as they are set, and what became of them in a run."""

from collections.abc import Callable
from typing import Any, Final

from core.model.languages import language_name
from core.model.plans.sharing import LANGUAGE_GROUPS, MILD, Floor, FloorReached, GroupKind, Sharing
from core.model.vocabulary import PracticeArea
from plugins.scorers.priority import TIER_POINTS
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.runs.board import GROUPS, Item
from web.words.field import marked as _n
from web.words.field import word

LITTLE: Final = 0.5
"""Points below which a floor costs nothing worth telling."""
A_CASE: Final = TIER_POINTS[3]
"""What a case without a date is worth."""
SPREADS: Final = ((0.0, _n("not at all")), (MILD, _n("mildly")), (5 * MILD, _n("firmly")))

_KINDS: Final = {
    GroupKind.LANGUAGE: _n("Language"),
    GroupKind.LANGUAGE_GROUP: _n("Language group"),
    GroupKind.COUNTY: _n("County"),
    GroupKind.AREA: _n("Practice area"),
}
_NAMED: Final[dict[GroupKind, Callable[[str], str]]] = {
    GroupKind.LANGUAGE: language_name,
    GroupKind.LANGUAGE_GROUP: lambda name: _(GROUPS.get(name, name)),
    GroupKind.COUNTY: str,
    GroupKind.AREA: lambda name: word(PracticeArea(name)),
}


def group_name(kind: GroupKind, group: str) -> str:
    """A group in words: "Language: Mam"."""
    return _("%(kind)s: %(group)s") % {"kind": _(_KINDS[kind]), "group": _NAMED[kind](group)}


def group_options(languages: tuple[str, ...], counties: tuple[str, ...]) -> list[tuple[str, str]]:
    """The groups that a floor can be set for: those of the cases that wait, and all areas and language groups."""
    groups = [
        *((GroupKind.LANGUAGE_GROUP, name) for name in LANGUAGE_GROUPS),
        *((GroupKind.LANGUAGE, tag) for tag in languages),
        *((GroupKind.AREA, str(area)) for area in PracticeArea),
        *((GroupKind.COUNTY, name) for name in counties),
    ]
    named = [(kind, f"{kind}:{group}", group_name(kind, group)) for kind, group in groups]
    order = list(_KINDS)
    return [(value, said) for _kind, value, said in sorted(named, key=lambda one: (order.index(one[0]), one[2]))]


def spread_options(chosen: float) -> list[tuple[str, str]]:
    """How firmly work is spread; what was set otherwise stays a choice."""
    known = [(f"{points:g}", _(said)) for points, said in SPREADS]
    own = [] if f"{chosen:g}" in dict(known) else [(f"{chosen:g}", _("%(points)s points") % {"points": f"{chosen:g}"})]
    return [*known, *own]


def floor_item(floor: Floor) -> Item:
    """A floor as it is set."""
    asked = {"share": f"{100 * floor.share:g}", "points": f"{floor.points:,.0f}"}
    return {
        "key": f"{floor.kind}:{floor.group}",
        "name": group_name(floor.kind, floor.group),
        "said": _("at least %(share)s %%; each case missing costs %(points)s points") % asked,
    }


def sharing_line(sharing: Sharing) -> str:
    """How help is shared out in the next run, in a sentence."""
    n = len(sharing.floors)
    floors = ngettext("%(num)s floor is set", "%(num)s floors are set", n) % {"num": n} if n else _("No floor is set")
    spread = dict(spread_options(sharing.spread))[f"{sharing.spread:g}"]
    return _("%(floors)s; work is spread %(spread)s.") % {"floors": floors, "spread": spread}


def floor_rows(floors: tuple[FloorReached, ...]) -> list[Item]:
    """What became of the floors of a run: what was wanted, what was reached, and its price in words."""
    return [
        {
            "name": group_name(one.kind, one.group),
            "reached": one.served >= one.wanted,
            "said": _("%(served)s of %(waiting)s served, %(wanted)s wanted")
            % {"served": one.served, "waiting": one.waiting, "wanted": one.wanted},
            "cost": cost_in_words(one),
        }
        for one in floors
    ]


def cost_in_words(floor: FloorReached) -> str:
    """What a floor costs others; the least that can be said of one that is missed is that it costs more."""
    if not floor.waiting:
        return _("Nobody of this group waited.")
    if floor.served < floor.wanted:
        said = _(
            "Missed: one more would cost more than %(points)s points or a more urgent case, or nobody can take it."
        )
        return said % {"points": f"{floor.points:,.0f}"}
    if floor.price < LITTLE:
        return _("Reached, at no cost to others.")
    said = _("Reached. The last case for it cost up to %(points)s points: %(about)s.")
    return said % {"points": f"{floor.price:,.0f}", "about": _about(floor.price)}


def _about(points: float) -> str:
    """Points as what others lost by them."""
    cases = round(points / A_CASE)
    if not cases:
        return _("other cases have teams that fit a little less")
    said = ngettext("about one case without a date", "about %(num)s cases without a date", cases)
    return said % {"num": cases}


def reached_tags(rows: list[Item]) -> list[dict[str, Any]]:
    """The rows with the word and the colour of what became of each."""
    words = {True: (_("Reached"), "ok"), False: (_("Missed"), "soon")}
    return [row | dict(zip(("state", "tone"), words[row["reached"]], strict=True)) for row in rows]
