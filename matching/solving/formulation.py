"""The joint model as a binary program: columns for pairs, rows for what limits them.

With x for lead attorneys, w for co-counsel, y for first legs, r for relay legs and z for mentors, maximise the sum of
scores:

    case          sum of x of a case                                                       <= 1
    places        sum of x, w, y, r of a person                                            <= places
    hours         sum of hours of x, w, y, r of a person                                   <= hours
    mentoring     sum of z of a person                                                     <= mentoring
    heard         sum of x not direct - sum of y, of a case                                <= 0
    understood Q  sum of x not direct, speaking only Q - sum of y, r that lead into Q      <= 0
    relayed p     sum of r from p - sum of y to p, of a case                               <= 0
    by another    sum of r from p of a person - sum of y to p of others                    <= 0
    mentor        sum of z - sum of x who need a mentor, of a case                         = 0
    co-counsel    sum of w - sum of x, of a case that asks for two attorneys               = 0
    once          seats of one person in one case                                          <= 1
    floor         sum of x of the cases of a group                                         >= wanted

Rows *case* to *mentoring* are what is scarce (``carrying`` has those of persons), *heard* to *by another* the chain
of languages (``chains``). Rows *floor* may be missed (``flooring``) and places may cost more one after the other
(``rising``): both are leeway, which is paid for. As a leg scores below zero, no optimum takes one that leads nowhere.
"""

from itertools import combinations

import numpy as np

from core.model.plans.columns import Ints
from matching.problem import Problem
from matching.solving.carrying import carry
from matching.solving.chains import chain
from matching.solving.flooring import floor
from matching.solving.program import Program, Rows
from matching.solving.seats import Seats


def formulate(problem: Problem) -> Program:
    """Write a problem as a binary program, without the pairs that no team can use."""
    seats, rows = Seats.of(problem), Rows()
    row_of_case = rows.capacity(seats.case[seats.x], seats.x, np.ones(len(seats.x)), np.ones(problem.cases.n))
    first = rows.count
    carried = carry(rows, seats)
    last = rows.count
    chain(rows, seats)
    _accompanied(rows, seats, seats.z, seats.mentored)
    _accompanied(rows, seats, seats.w, seats.leading)
    _once(rows, seats)
    row_of_floor = floor(rows, seats)
    return rows.program(
        score=seats.score,
        kind=seats.kind,
        pair=seats.pair,
        case=seats.case,
        person=seats.person,
        rows={"case": row_of_case, **carried, "floors": row_of_floor},
        personal=(np.arange(rows.count) >= first) & (np.arange(rows.count) < last),
    )


def _accompanied(rows: Rows, seats: Seats, companions: Ints, attorneys: Ints) -> None:
    """Rows by which a case has as many of the companions as it has of these attorneys."""
    columns = np.concatenate((companions, attorneys))
    signs = np.repeat((1.0, -1.0), (len(companions), len(attorneys)))
    rows.link(seats.case[columns], columns, signs, equal=True)


def _once(rows: Rows, seats: Seats) -> None:
    """Rows for people who could hold two seats of one team: attorney and leg, attorney and mentor, leg and mentor, ...

    Two legs of one person need no row: what is not by another leads nowhere.
    """
    legs = np.concatenate((seats.y, seats.r))
    together = (
        (seats.indirect, legs),
        (seats.mentored, seats.z),
        (seats.leading, seats.w),
        *combinations((legs, seats.z, seats.w), 2),
    )
    twice = [np.intersect1d(_people(seats, one), _people(seats, other)) for one, other in together]
    columns = np.unique(np.concatenate([columns for both in together for columns in both]))
    columns = columns[np.isin(_people(seats, columns), np.concatenate(twice))]
    used, key = np.unique(_people(seats, columns), return_inverse=True)
    rows.capacity(key.reshape(-1), columns, np.ones(len(columns)), np.ones(len(used)))


def _people(seats: Seats, columns: Ints) -> Ints:
    """A key for the person and case of each column."""
    keys: Ints = seats.case[columns] * seats.problem.people.n + seats.person[columns]
    return keys
