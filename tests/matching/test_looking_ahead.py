"""Keeping scarce people for the weeks to come: for whom, from what, and what it never does."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.model.plans.foresight import Freed
from core.model.plans.snapshot import CaseFacts, Foresight, Held, Snapshot, VolunteerFacts
from core.model.plans.teams import Plan
from core.model.vocabulary import SeatRole, VolunteerRole
from matching.looking_ahead import dealt
from plugins.matchers.joint import Joint
from tests.plugins.asking import builtin
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer

MAM = {"languages": ("mam",)}
URGENT = {"detained": True}


def interpreter(ref: str = "I-1", **changes: object) -> VolunteerFacts:
    """Somebody who interprets between Mam and English, with one place."""
    return a_volunteer(
        ref, roles=(VolunteerRole.INTERPRETER,), interprets=(("mam", "en"),), bars=(), practice={}, **changes
    )


def foresight(
    *recent: CaseFacts, expected: int = 4, strength: float = 0.99, freed: dict[str, Freed] | None = None
) -> Foresight:
    """What lately came, and how much of it is likely to come again."""
    return Foresight(strength, weeks=13, recent=recent, expected=expected, freed=freed or {})


def planned(cases: list[CaseFacts], people: list[VolunteerFacts], ahead: Foresight | None) -> Plan:
    """The plan of the built-in matcher with the built-in rules and scorers."""
    host = builtin()
    return Joint().propose(
        Snapshot(TODAY, tuple(cases), tuple(people), ahead),
        host.rules(),
        host.scorers(),
        seed=1,
        time_limit=60.0,
        report=lambda progress: None,
    )


CALM = a_case("C-1", **MAM)
PEOPLE = [a_volunteer("A-1", capacity_cases=9), interpreter()]
LATELY = (a_case("R-1", **MAM, **URGENT), a_case("R-2", **MAM, **URGENT))


def test_the_only_interpreter_is_kept_for_the_urgent_cases_to_come() -> None:
    assert [team.case for team in planned([CALM], PEOPLE, None).teams] == ["C-1"]

    plan = planned([CALM], PEOPLE, foresight(*LATELY))

    assert plan.teams == ()
    assert [(left.case, left.reason) for left in plan.unmatched] == [("C-1", "kept")]
    assert "kept for more urgent cases that are likely to come" in plan.unmatched[0].detail
    (kind,) = [one for one in plan.kept if one.role is SeatRole.INTERPRETER]
    assert (kind.languages, kind.people, kind.expected) == (("mam",), 1, 4)
    assert 8_000 < kind.least == kind.most < 9_100


def test_a_case_that_is_urgent_today_has_its_team_all_the_same_with_the_price_in_its_scores() -> None:
    urgent = a_case("C-2", **MAM, **URGENT)
    plan = planned([CALM, urgent], PEOPLE, foresight(*LATELY))
    (team,) = plan.teams
    assert team.case == "C-2"
    assert team.seats[1].scores["interpreter_kept_for_later"] < -8_000


@pytest.mark.parametrize(
    "ahead",
    [
        foresight(expected=0),
        foresight(*LATELY, strength=0.0),
        foresight(a_case("R-1", languages=("en",), **URGENT)),
        foresight(*LATELY, freed={"I-1": Freed(places=9)}),
    ],
    ids=["nothing came", "nothing is asked", "others came", "enough becomes free"],
)
def test_nobody_is_kept_where_nothing_scarce_is_likely_to_be_needed(ahead: Foresight) -> None:
    plan = planned([CALM], PEOPLE, ahead)
    assert [team.case for team in plan.teams] == ["C-1"]
    assert [one for one in plan.kept if one.role is SeatRole.INTERPRETER] == []


def test_a_pinned_seat_is_given_whatever_its_price() -> None:
    pins = (Held(SeatRole.ATTORNEY, "A-1"), Held(SeatRole.INTERPRETER, "I-1"))
    plan = planned([replace(CALM, pinned=pins)], PEOPLE, foresight(*LATELY))
    assert [team.case for team in plan.teams] == ["C-1"]


def test_the_draw_uses_every_recent_case_about_equally_often_and_is_the_same_each_time() -> None:
    counts = [dealt(5, 12, seed=1).tolist().count(one) for one in range(5)]
    assert sorted(counts) == [2, 2, 2, 3, 3]
    assert dealt(5, 12, seed=1).tolist() == dealt(5, 12, seed=1).tolist()
    assert dealt(0, 12, seed=1).tolist() == []


def test_the_same_input_gives_the_same_plan() -> None:
    cases = [a_case(f"C-{n}", received=TODAY - timedelta(days=n), **MAM) for n in range(4)]
    people = [a_volunteer("A-1", capacity_cases=9), interpreter("I-1"), interpreter("I-2", capacity_cases=2)]
    one, two = (planned(cases, people, foresight(*LATELY)) for _ in range(2))
    assert (one.teams, one.kept) == (two.teams, two.kept)
