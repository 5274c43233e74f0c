"""The guards of a roster: what looks so unlike the last one that a person must look before anything is changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from core.model.rosters.changes import Guard, Tally

MOST_GONE: Final = 0.10
"""The share of the known members that may be gone from a roster before a person looks: a feed cut short looks so."""

MOST_MOVED: Final = 0.05
"""The share of the members that may change their standing at once: a column that moved looks so."""

MOST_RENAMED: Final = 0.20
"""The share of the known numbers that may belong to other names: the numbers of two bars often overlap by chance."""

LEAST_MET: Final = 0.50
"""The share of the smaller of both rosters, the known and the new, whose numbers both must have to be one bar's."""

MOST_DOUBTFUL: Final = 0.01
"""The share of the numbers that may contradict themselves: in a column that is no number of members many do."""

MOST_REVERTED: Final = 0.50
"""The share of the changed entries that may return to the version before: an older file than the last looks so."""

MOST_LOSING: Final = 0.10
"""The share of our volunteers among the members who may lose good standing at once: each one's offers are frozen."""

FEW_VOLUNTEERS: Final = 3
"""So many volunteers may lose good standing at once at bars of any size."""

FEW: Final = 10
"""So many members may change their standing or name, contradict themselves or revert in rosters of any size."""


def guards(tally: Tally, *, partial: bool, as_of: datetime | None, last: datetime | None) -> tuple[Guard, ...]:
    """Say why a run must be held, in the order in which a person would look; nothing where all is as usual.

    ``as_of`` is the date that a roster gives of itself, ``last`` that of the roster which was applied last. What a
    ``partial`` roster leaves out says nothing.
    """
    compared = tally.known if partial else tally.met
    whole = () if partial else (*_size(tally), *_numbers(tally))
    return (
        *whole,
        *_names(tally, compared),
        *_standings(tally, compared),
        *_volunteers(tally),
        *_age(tally, as_of, last),
    )


def _size(tally: Tally) -> Iterator[Guard]:
    if not tally.read:
        yield Guard("empty", "The roster has no entries. Look whether the bar's export ended well.")
    elif tally.gone > MOST_GONE * tally.known:
        yield Guard(
            "shrunk",
            f"{tally.members:,} members are listed where {tally.known:,} were, and {tally.gone:,} of those are gone "
            f"({tally.gone / tally.known:.0%}, usual is at most {MOST_GONE:.0%}). Look whether the file is whole.",
        )


def _numbers(tally: Tally) -> Iterator[Guard]:
    smaller = min(tally.known, tally.members)
    if smaller and tally.met < LEAST_MET * smaller and tally.new > FEW:
        yield Guard(
            "other_bar",
            f"Only {tally.met:,} of {tally.members:,} numbers are known from before. Look whether this is the roster "
            "of another bar, or whether its numbers are written otherwise.",
        )


def _names(tally: Tally, compared: int) -> Iterator[Guard]:
    if _many(tally.renamed, MOST_RENAMED * compared):
        yield Guard(
            "renamed",
            f"{tally.renamed:,} of {compared:,} known numbers belong to other names now. Look whether this is the "
            "roster of another bar, or whether its names are written otherwise.",
        )
    if _many(tally.doubtful, MOST_DOUBTFUL * tally.members):
        yield Guard(
            "doubtful",
            f"{tally.doubtful:,} of {tally.members:,} numbers come with different names or standings. Look whether the "
            "column of numbers is the right one.",
        )


def _standings(tally: Tally, compared: int) -> Iterator[Guard]:
    if _many(tally.moved, MOST_MOVED * compared):
        yield Guard(
            "standings",
            f"{tally.moved:,} of {compared:,} members have another standing than before (usual is at most "
            f"{MOST_MOVED:.0%}). Look whether the bar's words for it, or its columns, have changed.",
        )


def _volunteers(tally: Tally) -> Iterator[Guard]:
    if tally.losing > FEW_VOLUNTEERS and tally.losing > MOST_LOSING * tally.volunteers:
        yield Guard(
            "volunteers",
            f"{tally.losing:,} of {tally.volunteers:,} volunteers of this bar would lose good standing at once, and "
            "their open offers be frozen. Look whether the bar's words for it are understood.",
        )


def _age(tally: Tally, as_of: datetime | None, last: datetime | None) -> Iterator[Guard]:
    if as_of is not None and last is not None and as_of < last:
        yield Guard(
            "older",
            f"This roster is of {as_of:%d %B %Y, %H:%M}, the one applied last of {last:%d %B %Y, %H:%M}. "
            "Look whether an old file was put there again.",
        )
    elif _many(tally.reverted, MOST_REVERTED * tally.changed):
        yield Guard(
            "older",
            f"{tally.reverted:,} of {tally.changed:,} changed entries say what they said before they last changed. "
            "Look whether an old file was put there again.",
        )


def _many(count: int, most: float) -> bool:
    return count > FEW and count > most
