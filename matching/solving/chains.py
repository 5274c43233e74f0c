"""Rows for the chain of languages between a client and an attorney who does not speak with her directly.

Chains are paths from the client through one or two interpreters; how many attorneys they reach is a flow, and what
a flow can carry is said by its cuts (Ford and Fulkerson 1956). Of these, three families suffice for teams in whole
numbers, and bring the relaxation so near to them that it is mostly whole by itself.
"""

import numpy as np

from core.model.plans.columns import Bools, Ints
from matching.solving.program import Rows
from matching.solving.seats import Seats


def chain(rows: Rows, seats: Seats) -> None:
    """Add the rows of all chains."""
    _heard(rows, seats)
    _understood(rows, seats)
    _relayed(rows, seats)


def _heard(rows: Rows, seats: Seats) -> None:
    """An attorney who needs legs has a first leg."""
    _at_most(rows, (seats.case[seats.indirect], seats.indirect), (seats.case[seats.y], seats.y))


def _understood(rows: Rows, seats: Seats) -> None:
    """Attorneys who speak nothing outside a set of languages need as many legs that end in it.

    For the sets that are the languages of one attorney, as far as legs of the case lead to them. A relay leg counts
    where it comes from outside the set: from inside it, its first leg counts already.
    """
    case, spoken, set_of = _spoken(seats)
    wide, narrow = joined(case, case)
    within = ~(spoken[narrow] & ~spoken[wide]).any(axis=1)
    member, attorney = joined(narrow[within], set_of)
    legs, ending = seats.problem.legs, np.concatenate((seats.y, seats.r))
    source, target = legs.source[seats.pair[ending]], legs.target[seats.pair[ending]]
    at, leg = joined(case, seats.case[ending])
    enters = spoken[at, target[leg]] & ((leg < len(seats.y)) | ~spoken[at, source[leg]])
    _at_most(rows, (wide[within][member], seats.indirect[attorney]), (at[enters], ending[leg[enters]]))


def _spoken(seats: Seats) -> tuple[Ints, Bools, Ints]:
    """The distinct sets of languages of attorneys who need legs: case and set of each, and each attorney's set."""
    legs, speaks = seats.problem.legs, seats.problem.people.speaks
    ending, languages = np.concatenate((seats.y, seats.r)), speaks.shape[1]
    hubs = np.zeros((seats.problem.cases.n, languages), dtype=np.bool_)
    hubs[seats.case[ending], legs.target[seats.pair[ending]]] = True
    heard = speaks[seats.person[seats.indirect]] & hubs[seats.case[seats.indirect]]
    listed = np.column_stack((seats.case[seats.indirect], np.packbits(heard, axis=1)))
    sets, set_of = np.unique(listed, axis=0, return_inverse=True)
    spoken = np.unpackbits(sets[:, 1:].astype(np.uint8), axis=1, count=languages).astype(np.bool_)
    return sets[:, 0], spoken, set_of.reshape(-1)


def _relayed(rows: Rows, seats: Seats) -> None:
    """A relay leg leads on from a first leg, and from one that somebody else takes."""
    legs, languages = seats.problem.legs, seats.problem.people.speaks.shape[1]
    arrival = seats.case[seats.y] * languages + legs.target[seats.pair[seats.y]]
    departure = seats.case[seats.r] * languages + legs.source[seats.pair[seats.r]]
    onward = np.isin(arrival, departure)
    first, hub = seats.y[onward], arrival[onward]
    _at_most(rows, (departure, seats.r), (hub, first))
    _by_another(rows, seats, departure, first, hub)


def _by_another(rows: Rows, seats: Seats, departure: Ints, first: Ints, hub: Ints) -> None:
    people = seats.problem.people.n
    own = departure * people + seats.person[seats.r]
    both = np.isin(own, hub * people + seats.person[first])
    keys, row = np.unique(own[both], return_inverse=True)
    at, arriving = joined(keys // people, hub)
    another = seats.person[first[arriving]] != (keys % people)[at]
    _at_most(rows, (row.reshape(-1), seats.r[both]), (at[another], first[arriving[another]]))


def _at_most(rows: Rows, less: tuple[Ints, Ints], more: tuple[Ints, Ints]) -> None:
    """Rows "sum of the columns of ``less`` - sum of those of ``more`` <= 0", both given as keys and columns."""
    keys, columns = np.concatenate((less[0], more[0])), np.concatenate((less[1], more[1]))
    rows.link(keys, columns, np.repeat((1.0, -1.0), (len(less[0]), len(more[0]))))


def joined(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """All pairs of positions whose keys are equal."""
    order = np.argsort(right, kind="stable")
    begins, ends = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    counts = ends - begins
    at = np.repeat(np.arange(len(left)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return at, order[np.repeat(begins, counts) + within]
