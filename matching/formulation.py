"""The joint model as a binary program: columns for pairs, rows for what limits them.

With x for attorney pairs, y for first legs, r for relay legs and z for mentor pairs, maximise the sum of scores:

    case        sum of x of a case                                              <= 1
    places      sum of x, y, r of a person                                      <= places
    hours       sum of hours of x, y, r of a person                             <= hours
    mentoring   sum of z of a person                                            <= mentoring
    chain       sum of x not direct - sum of y, of a case                       <= 0
    hub p       sum of y to p - sum of x not direct, speaking p - sum of r from p <= 0
    end q       sum of r to q - sum of x not direct, speaking q                 <= 0
    mentor      sum of z - sum of x who need a mentor, of a case                 = 0
    twice       seats of one person in one case                                 <= 1

As a leg scores below zero, no optimum takes one that no attorney needs: this is why three rows may be one-sided.
Rows hub p and end q are left out where every attorney in question speaks the language.
"""

from typing import Final

import numpy as np

from core.model.columns import Bools, Floats, Ints
from core.model.vocabulary import SeatRole
from matching.problem import Problem
from matching.program import Program, Rows
from matching.reach import held, usable

ATTORNEY: Final = 0
LEG: Final = 1
MENTOR: Final = 2
THRESHOLDS: Final = 8
"""How many lengths of case get rows of their own; with more lengths than this, evenly chosen ones."""
_ROLES: Final = (SeatRole.ATTORNEY, SeatRole.INTERPRETER, SeatRole.MENTOR)


def formulate(problem: Problem) -> Program:
    """Write a problem as a binary program, without the pairs that no team can use."""
    return _Formulation(problem).program()


class _Formulation:
    def __init__(self, problem: Problem) -> None:
        self.problem, self.rows = problem, Rows()
        tables = problem.tables
        chosen = [np.flatnonzero(ok) for ok in usable(problem)]
        self.pair = np.concatenate(chosen)
        self.kind = np.repeat(np.arange(3), [len(rows) for rows in chosen])
        self.case = np.concatenate([t.case[rows] for t, rows in zip(tables, chosen, strict=True)])
        self.person = np.concatenate([t.person[rows] for t, rows in zip(tables, chosen, strict=True)])
        self.score = np.concatenate([t.score[rows] for t, rows in zip(tables, chosen, strict=True)])
        self.x, self.legs, self.z = (np.flatnonzero(self.kind == kind) for kind in (ATTORNEY, LEG, MENTOR))
        self.indirect = self.x[~problem.attorneys.direct[self.pair[self.x]]]
        self.mentored = self.x[problem.attorneys.needs_mentor[self.pair[self.x]]]
        relay = problem.legs.relay[self.pair[self.legs]]
        self.y, self.r = self.legs[~relay], self.legs[relay]

    def program(self) -> Program:
        people = self.problem.people
        case_row = self.rows.capacity(self.case[self.x], self.x, np.ones(len(self.x)), np.ones(self.problem.cases.n))
        first = self.rows.count
        rows = {"case": case_row, **self._capacities()}
        personal = (first, self.rows.count)
        self._chains()
        self._hubs(people.speaks.shape[1])
        self._relayed_by_another(people.n, people.speaks.shape[1])
        self._mentors()
        self._twice(people.n)
        return self.rows.program(
            score=self.score,
            kind=self.kind,
            pair=self.pair,
            case=self.case,
            person=self.person,
            rows=rows,
            personal=personal,
        )

    def _capacities(self) -> dict[str, Ints]:
        """Rows for places, hours and mentoring. A pinned seat is paid for in advance, whether filled or not."""
        people, free = self.problem.people, ~self._held()
        seats = np.concatenate((self.x, self.legs))
        seats, mentors = seats[free[seats]], self.z[free[self.z]]
        places, hours, mentoring = self._left()
        hourly = seats[np.isfinite(people.hours[self.person[seats]])]
        self._long_cases(hourly, hours, places)
        return {
            "places": self._capacity(seats, np.ones(len(seats)), places),
            "hours": self._capacity(hourly, self._hours(hourly), hours),
            "mentoring": self._capacity(mentors, np.ones(len(mentors)), mentoring),
        }

    def _long_cases(self, columns: Ints, hours: Floats, places: Floats) -> None:
        """Places counted among the longer cases: rows that the relaxation of hours does not see by itself.

        Of cases of at least t hours, nobody takes more than hours / t. A case of more than half of her hours, of
        which she takes one at most, counts for all that do not fit beside it (a lifted cover inequality).
        """
        person, needs = self.person[columns], self._hours(columns)
        for least in _thresholds(needs):
            most = np.minimum(places, np.floor(hours / least))
            beside = np.minimum(most[person] - 1, np.floor((hours[person] - needs) / least))
            counts = np.where(2 * needs > hours[person], np.maximum(most[person] - beside, 1.0), 1.0)
            inside = needs >= least
            self._capacity(columns[inside], counts[inside], most)

    def _capacity(self, columns: Ints, values: Floats, upper: Floats) -> Ints:
        return self.rows.capacity(self.person[columns], columns, values, upper)

    def _hours(self, columns: Ints) -> Floats:
        cases, at = self.problem.cases, self.case[columns]
        hours: Floats = np.where(self.kind[columns] == ATTORNEY, cases.hours[at], cases.interpreter_hours[at])
        return hours

    def _held(self) -> Bools:
        pairs = [
            held(self.problem, role, self.case, self.person) & (self.kind == kind) for kind, role in enumerate(_ROLES)
        ]
        settled: Bools = np.logical_or.reduce(pairs)
        return settled

    def _left(self) -> tuple[Floats, Floats, Floats]:
        people, cases = self.problem.people, self.problem.cases
        places, mentoring = people.places.astype(np.float64), people.mentoring.astype(np.float64)
        hours = people.hours.copy()
        for pin in self.problem.pins:
            (mentoring if pin.role is SeatRole.MENTOR else places)[pin.person] -= 1.0
            if pin.role is not SeatRole.MENTOR:
                amount = cases.hours if pin.role is SeatRole.ATTORNEY else cases.interpreter_hours
                hours[pin.person] -= amount[pin.case]
        return np.maximum(places, 0.0), np.maximum(hours, 0.0), np.maximum(mentoring, 0.0)

    def _chains(self) -> None:
        columns = np.concatenate((self.indirect, self.y))
        signs = np.repeat((1.0, -1.0), (len(self.indirect), len(self.y)))
        self.rows.link(self.case[columns], columns, signs)

    def _hubs(self, languages: int) -> None:
        """Rows hub and end, for the languages that some attorney of the case who needs legs does not speak."""
        legs, speaks = self.problem.legs, self.problem.people.speaks[self.person[self.indirect]]
        missing = np.zeros((self.problem.cases.n, languages), dtype=np.bool_)
        np.logical_or.at(missing, self.case[self.indirect], ~speaks)
        first, relay = self.pair[self.y], self.pair[self.r]
        arriving = (self.y, legs.target[first], 1.0), (self.r, legs.source[relay], -1.0)
        ending = ((self.r, legs.target[relay], 1.0),)
        at, hub = np.nonzero(speaks)
        heard = (self.indirect[at], hub, -1.0)
        for family in ((*arriving, heard), (*ending, heard)):
            self._hub_family(family, missing, languages)

    def _hub_family(self, parts: tuple[tuple[Ints, Ints, float], ...], missing: Bools, languages: int) -> None:
        arrivals, arrival_hubs, _ = parts[0]
        wanted = np.zeros_like(missing)
        wanted[self.case[arrivals], arrival_hubs] = True
        wanted &= missing
        keys, columns, values = [], [], []
        for part, hubs, sign in parts:
            inside = wanted[self.case[part], hubs]
            keys.append((self.case[part] * languages + hubs)[inside])
            columns.append(part[inside])
            values.append(np.full(int(inside.sum()), sign))
        self.rows.link(np.concatenate(keys), np.concatenate(columns), np.concatenate(values))

    def _relayed_by_another(self, people: int, languages: int) -> None:
        """Rows "who takes the first leg to a hub is relayed by somebody else", for those who could do both."""
        legs, first, relay = self.problem.legs, self.pair[self.y], self.pair[self.r]
        arrival = self.case[self.y] * languages + legs.target[first]
        departure = self.case[self.r] * languages + legs.source[relay]
        both = np.isin(arrival * people + self.person[self.y], departure * people + self.person[self.r])
        rows = np.arange(int(both.sum()))
        asked, hub = self.y[both], arrival[both]
        heard_at, heard_in = np.nonzero(self.problem.people.speaks[self.person[self.indirect]])
        heard = self.indirect[heard_at]
        onward = _joined(hub, departure)
        understood = _joined(hub, self.case[heard] * languages + heard_in)
        other = self.person[self.r[onward[1]]] != self.person[asked[onward[0]]]
        keys = np.concatenate((rows, onward[0][other], understood[0]))
        columns = np.concatenate((asked, self.r[onward[1][other]], heard[understood[1]]))
        signs = np.repeat((1.0, -1.0), (len(rows), len(keys) - len(rows)))
        self.rows.link(keys, columns, signs)

    def _mentors(self) -> None:
        columns = np.concatenate((self.z, self.mentored))
        signs = np.repeat((1.0, -1.0), (len(self.z), len(self.mentored)))
        self.rows.link(self.case[columns], columns, signs, equal=True)

    def _twice(self, people: int) -> None:
        """Rows for people who could fill seats of different kinds in the same case."""
        groups = (np.union1d(self.indirect, self.mentored), self.y, self.r, self.z)
        columns = np.concatenate(groups)
        group = np.repeat(np.arange(len(groups)), [len(part) for part in groups])
        keys = self.case[columns] * people + self.person[columns]
        distinct = np.unique(keys * len(groups) + group) // len(groups)
        several, counts = np.unique(distinct, return_counts=True)
        inside = np.isin(keys, several[counts > 1])
        used, key = np.unique(keys[inside], return_inverse=True)
        self.rows.capacity(key, columns[inside], np.ones(int(inside.sum())), np.ones(len(used)))


def _thresholds(hours: Floats) -> Floats:
    lengths = np.unique(hours[hours > 0])
    if len(lengths) <= THRESHOLDS:
        return lengths
    return lengths[np.linspace(0, len(lengths) - 1, THRESHOLDS).astype(np.int64)]


def _joined(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """All pairs of positions whose keys are equal."""
    order = np.argsort(right, kind="stable")
    begins, ends = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    counts = ends - begins
    at = np.repeat(np.arange(len(left)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return at, order[np.repeat(begins, counts) + within]
