"""The strategy: its contract, and who comes first."""

from datetime import date

from example_bar.matchers import UrgentFirst

from amparo import Held, Plan, SeatRole, Snapshot
from amparo_testing import a_case, a_snapshot, a_volunteer, check_matcher


def planned(snapshot: Snapshot) -> Plan:
    return UrgentFirst().propose(snapshot, (), (), seed=1, time_limit=5.0, report=lambda progress: None)


def test_it_keeps_its_contract() -> None:
    check_matcher(UrgentFirst())


def test_the_one_who_waited_longest_comes_first() -> None:
    early, late = a_case("C-1", received=date(2025, 1, 1)), a_case("C-2", received=date(2026, 1, 1))

    plan = planned(a_snapshot((late, early), (a_volunteer(),)))
    assert [team.case for team in plan.teams] == ["C-1"]
    assert [case.case for case in plan.unmatched] == ["C-2"]


def test_nobody_gets_a_client_whom_she_does_not_understand() -> None:
    plan = planned(a_snapshot((a_case(languages=("mam",)),), (a_volunteer(),)))

    assert plan.teams == ()


def test_what_is_settled_stays_settled() -> None:
    case = a_case(pinned=(Held(SeatRole.ATTORNEY, "V-2"),))

    (team,) = planned(a_snapshot((case,), (a_volunteer("V-1"), a_volunteer("V-2")))).teams
    assert team.seats[0].volunteer == "V-2"
