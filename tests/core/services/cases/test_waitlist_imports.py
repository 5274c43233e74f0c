"""A waitlist from elsewhere with its clients: kept sealed, previewed, taken over as a whole, and again without harm."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from core import tables as t
from core.errors import BadInput, NotAllowed, NotFound
from core.model.clients.client import ClientField, Purpose
from core.model.people import SYSTEM, Actor
from core.model.states import CaseState
from core.model.vocabulary import AccountRole, CameBy
from core.services.cases import intake
from core.services.cases.importing import Outcome, Report
from core.services.cases.waitlist_files import (
    Opened,
    forget_old_waitlists,
    forget_waitlist,
    keep_waitlist,
    open_waitlist,
    settle_waitlist,
)
from core.services.cases.waitlist_imports import Target, foresee, take_over
from core.services.clients.disclosing import read_client
from core.services.clients.writing import correct_client
from core.store import audit
from core.store.cases.cases import cases_in, find_case_by_ref
from core.store.cases.waitlist_imports import all_imports
from core.store.database import Database, open_database
from core.store.keys import new_id
from core.waitlists import understand
from tests.worlds import NOW, case, coordinator

F = ClientField
HEADER = "Matter #,Client,Case type,Primary language,County,State,Date added,Phone,Level\n"
ROSA = "17-044,Rosa Pérez Ramos,Asylum,Mam,Doña Ana,NM,5/2/2026,505 555 0142,\n"
ANA = "17-045,Ana Xicay,U visa people,es,Taos,NM,6/1/2026,,3\n"


class Lines:
    """A file as an upload gives it."""

    def __init__(self, text: str) -> None:
        self._left = text.encode()

    async def read(self, size: int) -> bytes:
        """The next bytes."""
        piece, self._left = self._left[:size], self._left[size:]
        return piece


async def opened(by: Actor, text: str) -> Opened:
    """A file that was uploaded, its words explained."""
    key = await keep_waitlist(Lines(text).read, file_name="list of Rosa.csv", by=by, now=NOW)
    found = await open_waitlist(key, by=by, now=NOW)
    words = {"practice_area": {"U visa people": "victims"}}
    await settle_waitlist(key, msgspec.structs.replace(found.mapping, words=words), by=by)
    return await open_waitlist(key, by=by, now=NOW)


async def taken(by: Actor, text: str, target: Target = Target.WAITLIST, *, leave_out: bool = False) -> Report:
    return await take_over(await opened(by, text), target=target, leave_out=leave_out, prefix="NM", by=by, now=NOW)


def outcomes(report: Report) -> list[tuple[str, Outcome, str]]:
    return [(row.ref, row.outcome, row.note) for row in report.rows]


async def test_the_cases_of_a_list_wait_since_they_came_and_their_clients_are_sealed_with_them(
    database: Database,
) -> None:
    by = await coordinator()
    report = await taken(by, HEADER + ROSA + ANA)

    assert outcomes(report) == [("17-044", Outcome.NEW, ""), ("17-045", Outcome.NEW, "")]
    rosa = await find_case_by_ref("17-044")
    assert (rosa.state, rosa.languages, rosa.came_by) == (CaseState.WAITLISTED, ("mam",), CameBy.IMPORT)
    assert (rosa.received, rosa.waiting_since) == (date(2026, 5, 2), datetime(2026, 5, 2, tzinfo=UTC))
    known = await read_client(rosa.id, tuple(F), purpose=Purpose.INTAKE, by=by, now=NOW)
    assert known == {F.NAME: "Rosa Pérez Ramos", F.PHONE: "505 555 0142"}
    assert await all_imports() == [], "the file is forgotten with the transaction that takes it over"


async def test_a_list_may_be_taken_over_to_be_screened_here(database: Database) -> None:
    by = await coordinator()
    await taken(by, HEADER + ROSA, Target.SCREENING)

    assert [one.ref for one in await cases_in(CaseState.SCREENING)] == ["17-044"]


async def test_the_same_list_again_doubles_nothing_and_takes_nothing_back_that_was_worked_out_here(
    database: Database,
) -> None:
    by = await coordinator()
    await taken(by, HEADER + ROSA + ANA)
    rosa = await find_case_by_ref("17-044")
    worked = msgspec.structs.replace(rosa, skill_level=4, hours=25.0, summary="A woman asks for asylum.")
    await intake.correct_case(worked, by=by, now=NOW)
    await correct_client(rosa.id, {F.PHONE: "575 555 0100", F.NAME: ""}, by=by, now=NOW)

    report = await taken(by, HEADER + ROSA.replace("Doña Ana", "Luna") + ANA)

    assert outcomes(report) == [
        ("17-044", Outcome.CHANGED, "county; client: name"),
        ("17-045", Outcome.UNCHANGED, ""),
    ]
    again = await find_case_by_ref("17-044")
    assert (again.county, again.skill_level, again.hours) == ("Luna", 4, 25.0)
    known = await read_client(rosa.id, (F.NAME, F.PHONE), purpose=Purpose.INTAKE, by=by, now=NOW)
    assert known == {F.NAME: "Rosa Pérez Ramos", F.PHONE: "575 555 0100"}


async def test_a_case_that_has_ended_is_passed_over_and_one_without_a_reference_gets_the_next(
    database: Database,
) -> None:
    by = await coordinator()
    await intake.receive_case(case("17-044"), by=by, now=NOW)
    await intake.withdraw_case((await find_case_by_ref("17-044")).id, reason="Moved away.", by=by, now=NOW)

    ended = await taken(by, HEADER + ROSA)
    bare = await taken(by, "Client,Case type,Language\nRosa,asylum,mam\nAna,asylum,es\n")

    assert outcomes(ended) == [("17-044", Outcome.PASSED_OVER, "The case is withdrawn.")]
    assert [row.ref for row in bare.rows] == ["NM-26-0001", "NM-26-0002"]


async def test_rows_without_a_reference_get_numbers_that_no_other_row_has(database: Database) -> None:
    by = await coordinator()
    rows = (",Rosa,asylum,mam", "NM-26-0001,Ana,asylum,es", "?,Elena,asylum,es", "NM-26-0003,Juana,asylum,es")

    report = await taken(by, "\n".join(("Ref,Client,Case type,Language", *rows)))

    assert [row.ref for row in report.rows] == ["NM-26-0004", "NM-26-0001", "NM-26-0005", "NM-26-0003"]


async def test_what_is_foreseen_is_what_happens_and_foreseeing_writes_nothing(database: Database) -> None:
    by = await coordinator()
    await taken(by, HEADER + ROSA)
    second = await opened(by, HEADER + ROSA.replace("Asylum", "family") + ANA)
    before = await t.AuditEvent.count()

    foreseen = await foresee(understand(second.table, second.mapping, today=NOW.date()), by=by, now=NOW)
    assert await t.AuditEvent.count() == before
    report = await take_over(second, target=Target.WAITLIST, leave_out=False, prefix="NM", by=by, now=NOW)

    assert foreseen.rows == report.rows
    assert outcomes(report)[0] == ("17-044", Outcome.CHANGED, "practice area")


async def test_a_row_that_cannot_be_understood_keeps_the_file_out_unless_it_is_left_out(database: Database) -> None:
    by = await coordinator()
    text = HEADER + ROSA + ANA.replace("U visa people", "soccer")

    with pytest.raises(BadInput, match="left out"):
        await taken(by, text)
    assert await cases_in(CaseState.WAITLISTED) == []
    assert len(await all_imports()) == 1, "the file stays until it is taken over"

    report = await taken(by, text, leave_out=True)
    assert [row.ref for row in report.rows] == ["17-044"]


async def test_the_same_file_is_taken_over_once(database: Database) -> None:
    by = await coordinator()
    found = await opened(by, "Client,Case type,Language\nRosa,asylum,mam\n")
    await take_over(found, target=Target.WAITLIST, leave_out=False, prefix="NM", by=by, now=NOW)

    with pytest.raises(BadInput, match="not kept any more"):
        await take_over(found, target=Target.WAITLIST, leave_out=False, prefix="NM", by=by, now=NOW)
    assert len(await cases_in(CaseState.WAITLISTED)) == 1


async def test_a_file_is_forgotten_when_somebody_says_so_and_after_a_week(database: Database) -> None:
    by = await coordinator()
    first, second = await opened(by, HEADER + ROSA), await opened(by, HEADER + ANA)

    await forget_waitlist(first.id, by=by, now=NOW)
    with pytest.raises(NotFound):
        await open_waitlist(first.id, by=by, now=NOW)
    await forget_old_waitlists(now=NOW + timedelta(days=6))
    assert [one.id for one in await all_imports()] == [second.id]
    await forget_old_waitlists(now=NOW + timedelta(days=8))
    assert (await all_imports(), await t.WaitlistPiece.count()) == ([], 0)


async def test_nothing_of_a_file_stands_in_the_database_or_in_an_event(sqlite_url: str) -> None:
    database, folder = await open_database(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///")).parent
    by = await coordinator()
    await opened(by, HEADER + ROSA)
    told = str([(one.kind, one.detail) for one in await audit.events()])
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    await database.close()

    assert "waitlist_uploaded" in told
    assert "waitlist_viewed" in told
    for clear in ("Rosa", "17-044", "505 555 0142", "list of"):
        assert clear.encode() not in written
        assert clear not in told


@pytest.mark.parametrize("text", ["", "only a heading\n"])
async def test_what_is_no_list_is_refused_and_not_kept(database: Database, text: str) -> None:
    with pytest.raises(BadInput):
        await keep_waitlist(Lines(text).read, file_name="x.csv", by=SYSTEM, now=NOW)
    assert await all_imports() == []


async def test_only_staff_takes_a_list_over(database: Database) -> None:
    she = Actor(label="Alma", account=new_id(), roles=(AccountRole.VOLUNTEER,), volunteer=new_id())
    with pytest.raises(NotAllowed):
        await keep_waitlist(Lines(HEADER + ROSA).read, file_name="x.csv", by=she, now=NOW)
