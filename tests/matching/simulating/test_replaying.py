"""A year week by week: what prices keep, what hindsight bounds, and that nobody is ever given too much."""

import numpy as np
import pytest
from hypothesis import given, settings

from matching.problem import OutOfRange
from matching.simulating.ledger import Ledger
from matching.simulating.market import Market
from matching.simulating.replaying import Replay, hindsight, replay
from tests.matching.simulating.years import SECONDS, markets, policies, the_only_mam_interpreter


def replays(market: Market, seed: int = 1) -> dict[str, Replay]:
    return {name: replay(market, policy) for name, policy in policies(market, seed).items()}


def test_prices_keep_the_only_mam_interpreter_for_the_urgent_case_that_the_best_of_each_week_has_no_place_for() -> None:
    market = the_only_mam_interpreter()
    usual, urgent = len(market.week) - 2, len(market.week) - 1

    found = replays(market)

    for myopic in ("greedy", "weekly"):
        assert (found[myopic].served[usual], found[myopic].served[urgent]) == (0, -1)
    assert (found["priced"].served[usual], found["priced"].served[urgent]) == (-1, 2)
    assert found["priced"].value > 8 * found["weekly"].value


def test_a_place_that_nobody_needs_in_the_weeks_to_come_is_given_at_once() -> None:
    market = the_only_mam_interpreter(past=0)
    usual = len(market.week) - 2

    assert replay(market, policies(market)["priced"]).served[usual] == 0


def test_cases_of_the_past_are_learned_from_and_never_served() -> None:
    market = the_only_mam_interpreter()
    past = market.week < 0

    for one in (*replays(market).values(), hindsight(market, 1, SECONDS)):
        assert (one.served[past] == -1).all()
        assert not one.worth[past].any()


@settings(max_examples=60, deadline=None)
@given(markets())
def test_no_policy_is_worth_more_than_hindsight(market: Market) -> None:
    best = hindsight(market, 1, SECONDS)

    assert best.value <= best.bound + 1e-6
    for name, one in replays(market).items():
        assert one.value <= best.bound + 1e-6, name


@settings(max_examples=60, deadline=None)
@given(markets())
def test_nobody_has_more_seats_or_hours_in_any_week_than_she_gives(market: Market) -> None:
    for name, one in replays(market).items():
        for week in range(market.weeks):
            assert within_capacity(market, one, week), (name, week)


def within_capacity(market: Market, found: Replay, week: int) -> bool:
    """Whether the seats that are still held in a week fit, counted one by one."""
    people, cases, (x, y, z, w) = market.problem.people, market.problem.cases, market.problem.tables
    places, mentoring, hours = np.zeros(people.n), np.zeros(people.n), np.zeros(people.n)
    if market.underway is not None:
        for back in market.underway[week + 1 :]:
            places += back[0]
            mentoring += back[1]
    for lawyers, legs, mentors, beside in found.weekly[max(0, week - market.busy + 1) : week + 1]:
        for row in lawyers:
            places[x.person[row]] += 1
            hours[x.person[row]] += cases.hours[x.case[row]]
        for row in beside:
            places[w.person[row]] += 1
            hours[w.person[row]] += cases.hours[w.case[row]]
        for row in legs:
            places[y.person[row]] += 1
            hours[y.person[row]] += cases.interpreter_hours[y.case[row]]
        for row in mentors:
            mentoring[z.person[row]] += 1
    fits = (places <= people.places) & (mentoring <= people.mentoring) & (hours <= people.hours + 1e-6)
    return bool(fits.all())


@settings(max_examples=60, deadline=None)
@given(markets())
def test_a_case_is_served_once_and_only_while_it_waits(market: Market) -> None:
    for one in replays(market).values():
        served = np.flatnonzero(one.served >= 0)
        lawyers = np.concatenate([chosen[0] for chosen in one.weekly])
        assert sorted(market.problem.attorneys.case[lawyers]) == served.tolist()
        assert (one.served[served] >= market.week[served]).all()
        assert (one.served[served] < market.week[served] + market.patience[served]).all()


@settings(max_examples=30, deadline=None)
@given(markets())
def test_the_same_year_and_seed_give_the_same_replay(market: Market) -> None:
    once, again = replays(market, seed=3), replays(market, seed=3)

    assert all((once[name].served == again[name].served).all() for name in once)
    assert all((once[name].worth == again[name].worth).all() for name in once)


def test_a_seat_that_ends_gives_its_place_back() -> None:
    long, short = the_only_mam_interpreter(past=0), the_only_mam_interpreter(past=0)
    short = Market(short.problem, short.week, short.patience, short.weeks, busy=2)

    assert (replay(long, policies(long)["weekly"]).served >= 0).sum() == 1
    assert (replay(short, policies(short)["weekly"]).served >= 0).sum() == 2


def test_in_a_clinic_at_work_everybody_is_taken_at_first_and_free_once_a_seat_has_run_out() -> None:
    market = the_only_mam_interpreter()
    ledger = Ledger(market.in_full_swing(seed=7))
    people = market.problem.people

    taken_before = people.places - ledger.free_within(0, -1).places

    assert taken_before.tolist() == people.places.tolist()
    free = np.array([ledger.free_within(0, ahead).places for ahead in range(market.busy)])
    assert (np.diff(free, axis=0) >= 0).all()
    assert free[-1].tolist() == people.places.tolist()


def test_dealt_anew_as_many_cases_come_in_each_week_but_others() -> None:
    market = the_only_mam_interpreter(past=20)
    again = market.dealt_anew(seed=2)

    assert sorted(again.week) == sorted(market.week)
    assert (again.week != market.week).any()
    assert (again.week == market.dealt_anew(seed=2).week).all()


def test_a_year_whose_columns_do_not_fit_together_is_refused() -> None:
    market = the_only_mam_interpreter()

    with pytest.raises(OutOfRange, match="needs a week and a patience"):
        Market(market.problem, market.week[1:], market.patience, market.weeks, market.busy)
    with pytest.raises(OutOfRange, match="one week at least"):
        Market(market.problem, market.week, market.patience, 0, market.busy)
