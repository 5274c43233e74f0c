"""The built-in reports: what they count, and where."""

from datetime import date

from amparo import CaseState, MatchState, PracticeArea, SeatRecord, SeatRole, SeatState
from amparo_testing import a_case_record, a_match_record, check_report, some_facts, table_of
from plugins.reports.months import Months, months
from plugins.reports.served import Served


def test_both_keep_their_contract() -> None:
    check_report(Served())
    check_report(Months())


def test_cases_are_counted_by_language_county_and_practice_area() -> None:
    mam = a_case_record("C-1", languages=("mam", "es"), county="Taos", waiting_since=date(2026, 2, 20))
    served = a_case_record("C-2", state=CaseState.ENGAGED, practice_area=PracticeArea.DACA_TPS)
    asked = a_case_record("C-3", state=CaseState.MATCHED)
    facts = some_facts(
        (mam, served, asked), (a_match_record("C-2"), a_match_record("C-3", state=MatchState.OFFERED, engaged=None))
    )

    said = table_of(Served(), facts)

    assert said["Mam"] == {
        "By": "Language", "Cases": 1, "Served": 0, "Waiting": 1, "Share served": 0.0, "Longest wait in days": 10
    }  # fmt: skip
    assert said["Bernalillo, NM"] | {"By": ""} == said["Spanish"] | {"By": ""}
    assert said["Spanish"]["Cases"] == 2
    assert (said["Spanish"]["Served"], said["Spanish"]["Waiting"]) == (1, 0)
    assert said["Spanish"]["Longest wait in days"] is None
    assert said["DACA and TPS"]["Share served"] == 1.0


def test_a_case_without_language_or_county_is_counted_as_such() -> None:
    said = table_of(Served(), some_facts((a_case_record(languages=(), county="", us_state=""),)))

    assert list(said) == ["Not given", "Asylum"]


def test_matches_count_in_the_month_of_their_approval_with_what_became_of_them() -> None:
    seats = (
        SeatRecord(SeatRole.ATTORNEY, "V-1", SeatState.ENGAGED, 30.5),
        SeatRecord(SeatRole.INTERPRETER, "V-2", SeatState.ENGAGED),
        SeatRecord(SeatRole.CO_COUNSEL, "V-3", SeatState.DECLINED),
    )
    facts = some_facts(
        (a_case_record("C-1", hours=40.0, interpreter_hours=12.5), a_case_record("C-2", hours=8.0)),
        (
            a_match_record("C-1", seats=seats),
            a_match_record("C-2", state=MatchState.ENDED, engaged=None, approved=date(2026, 2, 27), seats=()),
            a_match_record("C-2", state=MatchState.COMPLETED, approved=date(2025, 12, 31)),
            a_match_record("C-2", approved=date(2024, 2, 2)),
        ),
        starts=date(2025, 12, 5),
    )

    said = table_of(Months(), facts)

    assert list(said) == ["2025-12", "2026-01", "2026-02", "2026-03"]
    assert said["2026-02"] == {
        "Matches approved": 2, "Engaged": 1, "Completed": 0, "Ended early": 1, "Share engaged": 0.5,
        "Hours planned": 52.5, "Hours given": 30.5,
    }  # fmt: skip
    assert said["2025-12"]["Completed"] == 1
    assert said["2026-01"]["Share engaged"] is None


def test_months_are_counted_over_the_end_of_a_year() -> None:
    assert list(months(date(2025, 11, 30), date(2026, 1, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
