"""Whom to recruit: what is predicted for one volunteer more, and what planning again with her says."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import World
from core.model.plans.snapshot import Snapshot
from core.model.vocabulary import PracticeArea, VolunteerRole
from matching.advice.recruiting import recruit
from matching.advice.team_worth import TeamWorth, worths_at
from matching.planning import Planner
from matching.problem import Prices, Problem
from matching.solver import solve
from tests.matching.small import problems
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

FEW = settings(max_examples=25, deadline=None, derandomize=True)
MANY = settings(max_examples=300, deadline=None, derandomize=True)


def planner() -> Planner:
    host = builtin()
    return Planner(host.rules(), host.scorers(), 1, 60.0, lambda progress: None)


def test_cases_that_wait_for_an_interpreter_ask_for_one_and_she_is_verified() -> None:
    cases = tuple(a_case(f"C-{n}", languages=("mam",), detained=n == 2) for n in (1, 2))
    snapshot = Snapshot(TODAY, cases, (a_volunteer("A-1"), a_volunteer("A-2")))
    first = recruit(planner().run(snapshot), planner(), verify=1)[0]
    assert first.kind == "Interpreter Mam and English, remote"
    assert (first.waiting, first.predicted_cases) == ({"now": 1, "soon": 0, "none": 1}, 1)
    assert first.verified is not None
    assert (first.verified.cases, first.verified.freed, first.verified.proved) == (1, ("C-2",), True)
    assert first.verified.value == pytest.approx(first.predicted_value, abs=0.01)
    assert [(one.group, one.before, one.after) for one in first.verified.tiers] == [("now", 0, 1), ("none", 0, 0)]


def test_a_case_that_nobody_is_near_asks_for_an_attorney_there_at_its_level() -> None:
    case = a_case(languages=("en",), skill_level=3, remote_ok=False, county="Taos", us_state="NM")
    far = a_volunteer("A-1", practice={PracticeArea.ASYLUM: 3}, county="Lea", us_state="NM")
    kinds = [one.kind for one in recruit(planner().run(Snapshot(TODAY, (case,), (far,))), planner(), verify=1)]
    assert kinds[0] == "Attorney for asylum at level 3, in person in Taos, NM"


def test_a_case_that_only_a_mentor_would_open_asks_for_one() -> None:
    case, newcomer = a_case(languages=("en",)), a_volunteer("A-1", practice={PracticeArea.ASYLUM: 1})
    found = recruit(planner().run(Snapshot(TODAY, (case,), (newcomer,))), planner(), verify=3)
    mentor = next(one for one in found if VolunteerRole.MENTOR in one.volunteer.roles)
    assert mentor.kind == "Mentor for asylum at level 2"
    assert mentor.verified is not None
    assert mentor.verified.freed == ("C-1",)


def test_where_everybody_is_served_well_nobody_is_asked_for() -> None:
    people = (
        a_volunteer("A-1", languages={"en": 5.0, "es": 5.0}, county="Taos", us_state="NM", interests=("asylum",)),
    )
    case = a_case(languages=("es",), county="Taos", us_state="NM")
    assert recruit(planner().run(Snapshot(TODAY, (case,), people)), planner()) == ()
    assert recruit(planner().run(Snapshot(TODAY, (), people)), planner()) == ()


@FEW
@given(st.integers(0, 10_000))
def test_what_is_verified_is_what_planning_again_with_one_more_gives(seed: int) -> None:
    snapshot = World(seed).snapshot(16, 6, 3, hours=False, mentors=True)
    run = planner().run(snapshot)
    for one in recruit(run, planner(), verify=3):
        if one.verified is None:
            continue
        more = planner().run(msgspec.structs.replace(snapshot, volunteers=(*snapshot.volunteers, one.volunteer)))
        before, after = ({team.case for team in each.plan.teams} for each in (run, more))
        assert one.verified.value == pytest.approx(more.plan.objective - run.plan.objective, abs=1e-6)
        assert one.verified.value >= 0
        if one.verified.value > 1e-6:
            assert (set(one.verified.freed), set(one.verified.lost)) == (after - before, before - after)
            assert one.verified.cases == len(after) - len(before)


@MANY
@given(problems(people=4, pinned=False), st.floats(0.0, 1.5))
def test_the_best_teams_at_any_prices_bound_every_plan_and_a_newcomers_gains_what_she_adds(
    problem: Problem, share: float
) -> None:
    people = problem.people
    newcomer = np.arange(people.n) == people.n - 1
    alone = replace(people, places=people.places * ~newcomer, mentoring=people.mentoring * ~newcomer)
    before = solve(replace(problem, people=alone))
    prices = Prices(*(getattr(before.prices, name) * share for name in ("case", "places", "mentoring", "hours")))
    worth = TeamWorth(problem, worths_at(problem, prices), newcomer)
    limited = np.isfinite(people.hours)
    carried = alone.places @ prices.places + alone.mentoring @ prices.mentoring
    bound = carried + people.hours[limited] @ prices.hours[limited] + worth.best.sum()
    assert before.objective <= bound + 1e-6
    gains = np.sort(worth.gains(worth.best).gain)[::-1][: people.places[-1] + people.mentoring[-1]]
    assert solve(problem).objective <= bound + gains.sum() + 1e-6
