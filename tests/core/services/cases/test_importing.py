"""Spreadsheets into the database: whole files or nothing, twice the same, and what a suspension does."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core import tables as t
from core.errors import BadInput
from core.model.cases.case import Case
from core.model.people import SYSTEM, BarAdmission, Capacity
from core.model.states import CaseState, OfferState
from core.model.vocabulary import Standing
from core.services.cases import intake
from core.services.cases.importing import Outcome, Report, import_cases
from core.services.volunteers.importing_volunteers import import_volunteers
from core.settings import Settings
from core.spreadsheets import read_cases, read_volunteers
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import teams
from core.store.volunteers import volunteers
from tests.worlds import NOW, accept_all, attorney, case, clinic, coordinator, joined, offered, seat, waiting

CASES = """\
ref,practice_area,relief,level,language,county,state,forum,received,deadline,hours
A-1,asylum,Asylum,2,mam;es,Bernalillo,NM,eoir,2026-01-05,2027-01-05,45
A-2,family,,1,es,Doña Ana,NM,uscis,2026-02-05,,20
"""
VOLUNTEERS = """\
ref,roles,practice,languages,interprets,bars,standing,eoir_registered,county,state,capacity_cases,capacity_hours,email
V-1,attorney,asylum:3,es:4,,NM,active,yes,Bernalillo,NM,2,80,alma@example.org
V-2,interpreter,,mam:5;es:4.5,mam>es,,,no,Bernalillo,NM,2,,
"""
ROSTER = """\
Registration Number,First Name,Last Name,County,State,Year Admitted,Status
1234567,ALMA,REYES,Kings,NY,2001,{}
1234568,Ben,Wolf,Kings,NY,2002,Currently registered
"""


class Files:
    """Writes spreadsheets and takes them over."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "import.csv"

    async def cases(self, text: str, *, now: datetime = NOW, **options: Any) -> Report:
        self._path.write_text(text)
        reading = read_cases(self._path, now.date())
        assert reading.ok, reading.problems
        return await import_cases(reading.rows, by=SYSTEM, now=now, **options)

    async def volunteers(self, text: str, *, bar: str = "", now: datetime = NOW, **options: Any) -> Report:
        self._path.write_text(text)
        reading = read_volunteers(self._path, now.date(), bar=bar)
        assert reading.ok, reading.problems
        return await import_volunteers(reading.rows, settings=Settings(), by=SYSTEM, now=now, **options)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Spreadsheets of this test."""
    return Files(tmp_path)


def outcomes(report: Report) -> list[tuple[int, str, str, str]]:
    return [(row.line, row.ref, str(row.outcome), row.note) for row in report.rows]


async def rows_in_database() -> dict[str, int]:
    return {table.__name__: await table.count() for table in (t.Case, t.Volunteer, t.Account, t.AuditEvent, t.Message)}


async def one_volunteer(ref: str) -> Any:
    return (await volunteers.volunteers_by_ref([ref]))[ref]


async def test_imported_cases_wait_since_the_day_they_were_received(database: Database, files: Files) -> None:
    report = await files.cases(CASES)
    assert outcomes(report) == [(2, "A-1", "new", ""), (3, "A-2", "new", "")]
    found = await cases.find_case_by_ref("A-1")
    assert (found.state, found.languages, found.hours) == (CaseState.WAITLISTED, ("mam", "es"), 45.0)
    assert found.waiting_since == datetime(2026, 1, 5, tzinfo=UTC)
    events = await t.AuditEvent.select().order_by(t.AuditEvent.sequence)
    assert [row["kind"] for row in events if row["subject"] == found.id] == [
        "case_received",
        "screening_begun",
        "eligibility_checked",
        "case_waitlisted",
    ]
    assert (len(events), events[-1]["kind"]) == (9, "cases_imported")


async def test_importing_the_same_cases_again_changes_nothing(database: Database, files: Files) -> None:
    await files.cases(CASES)
    before = await rows_in_database()
    report = await files.cases(CASES, now=NOW + timedelta(days=1))
    assert [row.outcome for row in report.rows] == [Outcome.UNCHANGED] * 2
    assert await rows_in_database() == before


async def test_a_changed_row_corrects_the_case_and_an_empty_cell_erases_nothing(
    database: Database, files: Files
) -> None:
    await files.cases(CASES)
    known = await cases.find_case_by_ref("A-2")
    summarised = Case(**{name: getattr(known, name) for name in Case.__struct_fields__} | {"summary": "A mother."})
    await intake.correct_case(summarised, by=SYSTEM, now=NOW)
    report = await files.cases(CASES.replace(",,20", ",2027-03-01,25"))
    assert outcomes(report) == [(2, "A-1", "unchanged", ""), (3, "A-2", "changed", "hours, deadline")]
    found = await cases.find_case_by_ref("A-2")
    assert (found.hours, found.deadline, found.summary) == (25.0, date(2027, 3, 1), "A mother.")
    assert found.waiting_since == known.waiting_since


async def test_a_case_that_has_ended_is_left_as_it_is(database: Database, files: Files) -> None:
    await files.cases(CASES)
    await intake.withdraw_case((await cases.find_case_by_ref("A-1")).id, reason="moved", by=SYSTEM, now=NOW)
    report = await files.cases(CASES.replace(",45", ",50"))
    assert outcomes(report)[0] == (2, "A-1", "passed over", "The case is withdrawn.")
    assert (await cases.find_case_by_ref("A-1")).hours == 45.0


async def test_a_dry_run_reports_the_same_and_changes_nothing(database: Database, files: Files) -> None:
    before = await rows_in_database()
    tried_cases = await files.cases(CASES, dry_run=True)
    tried_volunteers = await files.volunteers(VOLUNTEERS, dry_run=True)
    assert await rows_in_database() == before
    assert tried_cases.rows == (await files.cases(CASES)).rows
    assert tried_volunteers.rows == (await files.volunteers(VOLUNTEERS)).rows


async def test_volunteers_come_with_their_abilities_capacity_and_an_account(database: Database, files: Files) -> None:
    report = await files.volunteers(VOLUNTEERS)
    assert [row.outcome for row in report.rows] == [Outcome.NEW] * 2
    alma, isidro = await one_volunteer("V-1"), await one_volunteer("V-2")
    assert alma.bars == (BarAdmission("NM", "", Standing.ACTIVE),)
    assert alma.capacity == Capacity(cases=2, mentoring=2, hours_a_month=20.0)
    assert alma.account is not None
    assert [(one.source, one.target) for one in isidro.interprets] == [("mam", "es")]
    assert isidro.account is None


async def test_importing_the_same_volunteers_again_changes_nothing(database: Database, files: Files) -> None:
    await files.volunteers(VOLUNTEERS)
    before = await rows_in_database()
    report = await files.volunteers(VOLUNTEERS, now=NOW + timedelta(days=1))
    assert [row.outcome for row in report.rows] == [Outcome.UNCHANGED] * 2
    assert await rows_in_database() == before


async def test_a_changed_volunteer_keeps_her_account_and_what_the_file_cannot_say(
    database: Database, files: Files
) -> None:
    await files.volunteers(VOLUNTEERS)
    alma = await one_volunteer("V-1")
    report = await files.volunteers(VOLUNTEERS.replace("asylum:3", "asylum:4;family:2").replace(",active,", ",,"))
    assert outcomes(report)[0] == (2, "V-1", "changed", "practice")
    changed = await one_volunteer("V-1")
    assert (changed.practice, changed.account, changed.bars) == ({"asylum": 4, "family": 2}, alma.account, alma.bars)


async def test_a_conflict_in_the_file_bars_the_pair_once(database: Database, files: Files) -> None:
    await files.cases(CASES)
    text = "ref,roles,languages,interprets,conflicts\nV-2,interpreter,mam:5;es:4.5,mam>es,A-1;A-9\n"
    first = await files.volunteers(text)
    assert outcomes(first)[0][3] == "conflict with A-1; no case A-9 for this conflict"
    barred = await cases.barred_pairs()
    assert barred == {(await cases.find_case_by_ref("A-1")).id: {(await one_volunteer("V-2")).id}}
    assert [row.outcome for row in (await files.volunteers(text)).rows] == [Outcome.UNCHANGED]


async def test_an_attorney_suspended_according_to_the_roster_has_her_open_offers_frozen_and_alerts_opened(
    database: Database, files: Files
) -> None:
    """DOMAIN scenario 5."""
    at, carmen = clinic(), await coordinator()
    alma = await joined(attorney(bars=(BarAdmission("NY", "1234567", Standing.ACTIVE),)))
    engaged = await offered(await waiting(), seat(alma), by=carmen, at=at)
    await accept_all(engaged)
    open_match = await offered(await waiting(case()), seat(alma), by=carmen, at=at)

    report = await files.volunteers(ROSTER.format("Suspended"), bar="NY")
    assert outcomes(report)[0] == (2, "NY-1234567", "changed", "standing at NY: suspended")
    (offer,) = await teams.offers_of_match(open_match)
    assert offer.state is OfferState.FROZEN
    assert {row["match"] for row in await t.Alert.select()} == {engaged, open_match}
    assert [one.state for one in await teams.seats_of(engaged)] == ["accepted"]
    assert (await volunteers.find_volunteer(alma.id)).practice == alma.practice

    again = await files.volunteers(ROSTER.format("Suspended"), bar="NY")
    assert [row.outcome for row in again.rows] == [Outcome.UNCHANGED] * 2
    assert await t.Alert.count() == 2


async def test_a_member_in_bad_standing_whom_nobody_knows_is_passed_over(database: Database, files: Files) -> None:
    report = await files.volunteers(ROSTER.format("Disbarred"), bar="NY")
    assert [str(row.outcome) for row in report.rows] == ["passed over", "new"]
    assert await t.Volunteer.count() == 1


async def test_a_row_that_cannot_be_taken_keeps_the_whole_file_out(database: Database, files: Files) -> None:
    before = await rows_in_database()
    twice = (
        VOLUNTEERS.rstrip("\n") + "same@example.org\nV-3,attorney,asylum:1,es:3,,NM,active,no,,NM,1,,same@example.org\n"
    )
    with pytest.raises(BadInput, match="Row 4, V-3: Another volunteer has this e-mail address already"):
        await files.volunteers(twice)
    assert await rows_in_database() == before


async def test_a_long_waitlist_is_taken_over_in_portions(database: Database, files: Files) -> None:
    lines = [f"L-{number},family,,1,es,Doña Ana,NM,uscis,2026-02-05,,20" for number in range(520)]
    report = await files.cases("\n".join([CASES.splitlines()[0], *lines]) + "\n")
    assert report.count(Outcome.NEW) == await t.Case.count() == 520


async def test_what_a_spreadsheet_may_hold_fits_into_the_database(database: Database, files: Files) -> None:
    ref, relief = "R" * 100, "Relief " * 28
    header = "ref,practice_area,relief,level,language,county,state,forum,received,deadline,deadline_kind,hours"
    row = f"{ref},asylum,{relief.strip()},2,es,Bernalillo,NM,eoir,2026-01-05,2027-01-05,{'k' * 100},45"
    await files.cases(f"{header}\n{row}\n")
    found = await cases.find_case_by_ref(ref)
    assert (found.relief, len(found.deadline_kind)) == (relief.strip(), 100)
    await files.volunteers(f"ref,name,roles,languages,interprets\n{ref},{'N' * 200},interpreter,es:5,es>en\n")
    assert len((await one_volunteer(ref)).name) == 200
