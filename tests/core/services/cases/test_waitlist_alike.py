"""Clients of a list who seem to be here already: told before it is taken over, left out where somebody says so."""

import pytest

from core import tables as t
from core.errors import BadInput
from core.model.clients.client import ClientField
from core.model.people import SYSTEM, Actor
from core.services.cases import intake
from core.services.cases.importing import Outcome
from core.services.cases.waitlist_alike import Alike
from core.services.cases.waitlist_files import Opened, understand_rows
from core.services.cases.waitlist_imports import Target, foresee, take_over
from core.store.cases.cases import find_case_by_ref
from core.store.database import Database
from core.store.engines.hiding import hide
from tests.core.services.cases.test_waitlist_imports import opened
from tests.worlds import NOW, case, coordinator

F = ClientField
HEADER = "Client,DOB,A number,Phone,Case type,Language\n"
KNOWN = {F.NAME: "Rosa Pérez Ramos", F.BIRTH_DATE: "1991-03-09", F.A_NUMBER: "A012345678", F.PHONE: "505 555 0142"}


async def known(ref: str = "NM-26-0007") -> None:
    """A client who is here already."""
    await intake.receive_case(case(ref), client=KNOWN, by=SYSTEM, now=NOW)


async def list_of(by: Actor, *rows: str) -> Opened:
    return await opened(by, HEADER + "".join(f"{row},asylum,mam\n" for row in rows))


async def told(by: Actor, file: Opened) -> dict[int, Alike]:
    return (await foresee(await understand_rows(file, today=NOW.date()), by=by, now=NOW)).alike


@pytest.mark.parametrize(
    ("row", "evidence"),
    [
        ("Juana Ixcoy,,12345678,", {F.A_NUMBER: True}),
        ("Juana Ixcoy,,,+1 (505) 555-0142", {F.PHONE: True}),
        ("Rosa Peres,1991-03-09,,", {F.BIRTH_DATE: True}),
        ("ROSA PEREZ RAMOS,,,", {}),
        ("Rosa Pérez Ramos,1991-03-08,,505 555 0142", {F.PHONE: True, F.BIRTH_DATE: False}),
    ],
)
async def test_a_client_who_is_here_is_told_by_what_is_the_same(
    database: Database, row: str, evidence: dict[ClientField, bool]
) -> None:
    await known()
    by = await coordinator()
    (one,) = (await told(by, await list_of(by, row))).values()
    assert one.case
    assert (one.case.ref, one.name, dict(one.evidence)) == ("NM-26-0007", "Rosa Pérez Ramos", evidence)


@pytest.mark.parametrize(
    "row",
    [
        "Elena Tzoc,1991-03-09,,",
        "Rosa Pérez Ramos,1985-01-01,,",
        "Rosa Pérez Ramos,,A099999999,",
        "Pedro Ramos Canil,2015-06-01,,505 555 0142",
    ],
)
async def test_who_has_only_a_day_a_name_or_a_family_in_common_is_somebody_else(database: Database, row: str) -> None:
    await known()
    by = await coordinator()
    assert await told(by, await list_of(by, row)) == {}


async def test_two_rows_of_one_person_are_told_in_the_order_of_the_file(database: Database) -> None:
    by = await coordinator()
    rows = ("Ana Xicay,1988-09-25,,", "Elena Tzoc,,A 099-999-999,", "Xicay Ana,1988-09-25,,", "Elena,,99999999,")
    found = await told(by, await list_of(by, *rows))
    assert {line: (one.row, one.case) for line, one in found.items()} == {4: (2, None), 5: (3, None)}


async def test_nothing_is_taken_over_before_somebody_was_asked(database: Database) -> None:
    await known()
    by = await coordinator()
    file = await list_of(by, "Rosa Pérez Ramos,,,", "Ana Xicay,,,")
    with pytest.raises(BadInput, match="seem to be here already"):
        await take_over(file, target=Target.WAITLIST, leave_out=False, prefix="NM", by=by, now=NOW)
    assert await t.Case.count() == 1


async def test_who_is_left_out_is_named_and_who_is_not_becomes_a_further_case(database: Database) -> None:
    await known()
    by = await coordinator()
    file = await list_of(by, "Rosa Pérez Ramos,,,", "Ana Xicay,,,", "Juana Ixcoy,,,505 555 0142")

    report = await take_over(
        file, target=Target.WAITLIST, leave_out=False, although_alike=[4], prefix="NM", by=by, now=NOW
    )

    assert [(row.line, row.ref, row.outcome) for row in report.rows] == [
        (2, "", Outcome.LEFT_OUT),
        (3, "NM-26-0008", Outcome.NEW),
        (4, "NM-26-0009", Outcome.NEW),
    ]
    assert list(report.left) == [2]
    event = await t.AuditEvent.select().where(t.AuditEvent.kind == "waitlist_imported").first().output(load_json=True)
    assert (event["detail"]["new"], event["detail"]["left_out"]) == (2, 1)


async def test_who_is_told_is_in_the_disclosure_log_once(database: Database) -> None:
    await known()
    by = await coordinator()
    file = await list_of(by, "Rosa Pérez Ramos,,A012345678,", "Ana Xicay,,,")
    for _ in range(2):
        await told(by, file)
    (line,) = await t.Disclosure.select().output(load_json=True)
    assert (line["case"], line["fields"], line["purpose"]) == (
        (await find_case_by_ref("NM-26-0007")).id,
        ["a_number", "found_name"],
        "duplicates",
    )


async def test_a_row_whose_reference_is_known_is_corrected_and_not_asked_about(database: Database) -> None:
    await known("L-1")
    by = await coordinator()
    file = await opened(by, "Ref,Client,A number,Case type,Language\nL-1,Rosa Pérez Ramos,A012345678,asylum,mam\n")
    assert await told(by, file) == {}
    assert await t.Disclosure.count() == 0


async def test_whoever_is_kept_off_a_case_is_told_nothing_of_its_client(database: Database) -> None:
    await known()
    by = await coordinator()
    hide(frozenset({(await find_case_by_ref("NM-26-0007")).id}))
    file = await list_of(by, "Rosa Pérez Ramos,1991-03-09,A012345678,505 555 0142")

    assert await told(by, file) == {}
    report = await take_over(file, target=Target.WAITLIST, leave_out=False, prefix="NM", by=by, now=NOW)

    assert [(row.ref, row.outcome) for row in report.rows] == [("NM-26-0008", Outcome.NEW)]
    assert await t.Disclosure.raw("SELECT id FROM disclosure WHERE purpose = 'duplicates'") == []


async def test_the_reference_of_a_hidden_case_is_passed_over_and_the_rest_of_the_list_taken(database: Database) -> None:
    await known("L-1")
    by = await coordinator()
    hide(frozenset({(await find_case_by_ref("L-1")).id}))
    file = await opened(
        by, "Ref,Client,County,Case type,Language\nL-1,Rosa Pérez,Taos,asylum,mam\nL-2,Ana,,asylum,mam\n"
    )

    report = await take_over(file, target=Target.WAITLIST, leave_out=False, prefix="NM", by=by, now=NOW)

    assert [(row.ref, row.outcome) for row in report.rows] == [("L-1", Outcome.PASSED_OVER), ("L-2", Outcome.NEW)]
