"""A merge of two records taken back: which values go back, and what has come since and stays with the kept record.

The rule is one and the same everywhere: what is still as the merge left it is again as it was before; what was changed
since stays as it is now. What a bar has said since follows the number that it spoke of.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from core.model.people import BarAdmission, Volunteer
from core.model.volunteers.merging import Part, bars_of, languages_of, pairs_of

T = TypeVar("T")


class Split(msgspec.Struct, frozen=True):
    """Both records after a split. ``stayed`` names what was changed since the merge and stays with the kept one."""

    kept: Volunteer
    other: Volunteer
    stayed: tuple[str, ...]


def split(now: Volunteer, *, kept: Volunteer, other: Volunteer, after: Volunteer) -> Split:
    """Take a merge apart: ``kept`` and ``other`` as they were before it, ``after`` what it made, ``now`` as it is.

    Accounts are left as they are now: see ``core.services.volunteers.splitting``.
    """
    stayed: list[str] = []

    def back(what: str, *names: str) -> dict[str, Any]:
        """The values of these fields before, unless one of them was changed since."""
        unchanged = all(getattr(now, name) == getattr(after, name) for name in names)
        stayed.extend(() if unchanged else (what,))
        return {name: getattr(kept if unchanged else now, name) for name in names}

    def each(what: str, read: Any) -> dict[Any, Any]:
        parts = read(now), read(after), read(kept)
        stayed.extend(() if parts[0] == parts[1] else (what,))
        return _item_by_item(*parts)

    fields = {
        **back(Part.NAME, "name"),
        **back(Part.EMAIL, "email"),
        **back(Part.EOIR, "eoir_registered"),
        **back(Part.WHERE, "county", "us_state"),
        **back(Part.REMOTE, "remote"),
        **back(Part.GENDER, "gender"),
        **back(Part.CAPACITY, "capacity"),
        **back(Part.FIRM, "firm"),
        "practice": each(Part.PRACTICE, lambda one: one.practice),
        "languages": tuple(each(Part.LANGUAGES, languages_of).values()),
        "interprets": tuple(each(Part.INTERPRETS, pairs_of).values()),
        **{name: tuple(each(name, _listed(name))) for name in ("roles", "interests", "leave")},
    }
    mine, hers, news = _admissions(bars_of(now), bars_of(after), bars_of(kept), bars_of(other))
    stayed.extend(news)
    return Split(
        kept=msgspec.structs.replace(now, **fields, bars=mine),
        other=msgspec.structs.replace(other, bars=hers),
        stayed=tuple(dict.fromkeys(map(str, stayed))),
    )


def _listed(name: str) -> Any:
    return lambda person: {one: one for one in getattr(person, name)}


def _item_by_item(now: Mapping[T, Any], after: Mapping[T, Any], before: Mapping[T, Any]) -> dict[T, Any]:
    """Each item as it was before, unless it was changed, added or taken away since. In the order of before."""
    chosen = {
        key: before.get(key) if now.get(key) == after.get(key) else now.get(key)
        for key in dict.fromkeys((*before, *now))
    }
    return {key: item for key, item in chosen.items() if item is not None}


Bars = Mapping[str, BarAdmission]


def _admissions(
    now: Bars, after: Bars, kept: Bars, other: Bars
) -> tuple[tuple[BarAdmission, ...], tuple[BarAdmission, ...], list[str]]:
    """The admissions of both records, and at which bars something came that stays with the kept one."""
    mine: dict[str, BarAdmission] = {}
    hers = dict(other)
    stayed: list[str] = []
    for bar in dict.fromkeys((*kept, *now)):
        present = now.get(bar)
        if present == after.get(bar):
            if bar in kept:
                mine[bar] = kept[bar]
            continue
        if bar in other and present is not None and present.number == other[bar].number:
            hers[bar] = present
            if bar in kept and kept[bar].number != present.number:
                mine[bar] = kept[bar]
                continue
            if bar not in kept:
                continue
        if present is not None:
            mine[bar] = present
        stayed.append(f"bar {bar}")
    return tuple(mine.values()), tuple(hers.values()), stayed
