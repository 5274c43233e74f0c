"""Which pairs can occur in a team at all, looking at each case alone: whom the chain of languages reaches."""

import numpy as np

from core.model.plans.columns import Bools, Ints
from core.model.vocabulary import SeatRole
from matching.problem import Legs, Problem


def first_hubs(problem: Problem, legs_ok: Bools) -> Bools:
    """The languages at which first legs arrive: bool[cases, languages]."""
    legs, hubs = problem.legs, _table(problem)
    straight = legs_ok & ~legs.relay
    hubs[legs.case[straight], legs.target[straight]] = True
    return hubs


def relayed_hubs(problem: Problem, legs_ok: Bools, first: Bools) -> Bools:
    """The languages at which a relay leg arrives after a first leg: bool[cases, languages]."""
    legs, hubs = problem.legs, _table(problem)
    onward = legs_ok & legs.relay & first[legs.case, legs.source]
    hubs[legs.case[onward], legs.target[onward]] = True
    return hubs


def usable(problem: Problem) -> tuple[Bools, ...]:
    """Which pairs of each table may occur in some team, given capacities and pins."""
    people, cases = problem.people, problem.cases
    x, y, z, w = problem.attorneys, problem.legs, problem.mentors, problem.co_counsel
    legs_ok = (people.places[y.person] > 0) & (cases.interpreter_hours[y.case] <= people.hours[y.person])
    legs_ok = _pinned(problem, SeatRole.INTERPRETER, y.case, y.person, legs_ok)
    mentors_ok = _pinned(problem, SeatRole.MENTOR, z.case, z.person, people.mentoring[z.person] > 0)
    first = first_hubs(problem, legs_ok)
    hubs = first | relayed_hubs(problem, legs_ok, first)
    attorneys_ok = (people.places[x.person] > 0) & (cases.hours[x.case] <= people.hours[x.person])
    attorneys_ok = _pinned(problem, SeatRole.ATTORNEY, x.case, x.person, attorneys_ok)
    attorneys_ok &= x.direct | (hubs[x.case] & people.speaks[x.person]).any(axis=1)
    attorneys_ok &= ~x.needs_mentor | np.isin(x.case, z.case[mentors_ok])
    seconds_ok = (people.places[w.person] > 0) & (cases.hours[w.case] <= people.hours[w.person])
    seconds_ok = _pinned(problem, SeatRole.CO_COUNSEL, w.case, w.person, seconds_ok) & cases.with_two[w.case]
    attorneys_ok &= ~cases.with_two[x.case] | np.isin(x.case, w.case[seconds_ok])
    seconds_ok &= np.isin(w.case, x.case[attorneys_ok])
    mentors_ok &= np.isin(z.case, x.case[attorneys_ok & x.needs_mentor])
    return attorneys_ok, legs_ok & _wanted(problem, attorneys_ok, first), mentors_ok, seconds_ok


def _table(problem: Problem) -> Bools:
    return np.zeros((problem.cases.n, problem.people.speaks.shape[1]), dtype=np.bool_)


def _pinned(problem: Problem, role: SeatRole, case: Ints, person: Ints, ok: Bools) -> Bools:
    """A pinned seat is open to its holder only, whose place is kept; all other seats stay as they are."""
    pins = [pin for pin in problem.pins if pin.role is role]
    settled = np.isin(case, np.array([pin.case for pin in pins], dtype=np.int64))
    return (ok & ~settled) | held(problem, role, case, person)


def held(problem: Problem, role: SeatRole, case: Ints, person: Ints) -> Bools:
    """Which pairs are pins."""
    pairs = [pin.case * problem.people.n + pin.person for pin in problem.pins if pin.role is role]
    return np.isin(case * problem.people.n + person, np.array(pairs, dtype=np.int64))


def _wanted(problem: Problem, attorneys_ok: Bools, first: Bools) -> Bools:
    """Legs that lead, alone or with another one, from the client to an attorney who needs them."""
    x, y = problem.attorneys, problem.legs
    heard, fed = _table(problem), _table(problem)
    pairs = np.flatnonzero(attorneys_ok & ~x.direct)
    np.logical_or.at(heard, x.case[pairs], problem.people.speaks[x.person[pairs]])
    relays = _useful(y, first, heard)
    fed[y.case[relays], y.source[relays]] = True
    return relays | (~y.relay & (heard | fed)[y.case, y.target])


def _useful(legs: Legs, first: Bools, heard: Bools) -> Bools:
    return legs.relay & first[legs.case, legs.source] & heard[legs.case, legs.target]
