"""Taking over a waitlist in the portal: a file in any shape, columns and words explained, a preview, and doing it."""

import io
from typing import Any

import openpyxl

from core.model.clients.client import ClientField, Purpose
from core.model.people import SYSTEM
from core.model.states import CaseState
from core.services.clients.disclosing import read_client
from core.store.cases.cases import cases_in, find_case_by_ref
from core.store.cases.waitlist_imports import all_imports
from tests.web.coordinator.scenes import counted
from tests.web.intake.scenes import ROSA, screening_of
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, case, waiting

F = ClientField
PLACE, UPLOAD = "/intake/import", "/intake/import/file"
LIST = (
    "Matter #,Client,DOB,Case type,Primary language,County,Date added\n"
    "17-044,Rosa Pérez Ramos,3/9/1991,Asylum,Mam/Spanish,Doña Ana,5/2/2026\n"
    "17-045,Ana Xicay,9/25/1988,U visa people,Kanjobal north,Taos,6/1/2026\n"
)


async def brought(portal: Portal, text: str | bytes = LIST, name: str = "list.csv") -> tuple[Visitor, Page]:
    """A coordinator who has uploaded a file, and the page of its columns."""
    visitor = await portal.coordinator()
    hidden = (await visitor.open(PLACE)).form(UPLOAD)
    content = text.encode() if isinstance(text, str) else text
    answer = await visitor.client.post(UPLOAD, data=hidden, files={"file": (name, content)}, follow_redirects=True)
    return visitor, Page(answer)


async def sent(visitor: Visitor, page: Page, do: str, **fields: Any) -> Page:
    """The page's form with what it proposes, what is changed, and one of its buttons."""
    proposed = {name: value for name, value in page.selected.items() if name not in fields}
    return await visitor.send(page, page.path, **proposed, **fields, do=do)


EXPLAINED = {"means-0": "victims", "means-1": "kjb; es"}


async def test_a_list_is_explained_previewed_and_taken_over(portal: Portal) -> None:
    visitor, page = await brought(portal)
    assert page.heading == "Some words need explaining"
    assert "Practice area: U visa people" in page.text
    assert await cases_in(CaseState.WAITLISTED) == []

    page = await sent(visitor, page, "look", **EXPLAINED)
    assert page.heading == "2 cases can be taken over"
    assert "17-044 · Rosa Pérez Ramos New" in page.text
    assert "Mam or Spanish" in page.text

    done = await sent(visitor, page, "take", **EXPLAINED, target="waitlist")
    assert done.heading == "2 cases were taken over"
    ana = await find_case_by_ref("17-045")
    assert (ana.state, ana.practice_area, ana.languages) == (CaseState.WAITLISTED, "victims", ("kjb", "es"))
    known = await read_client(ana.id, tuple(F), purpose=Purpose.INTAKE, by=SYSTEM, now=NOW)
    assert known == {F.NAME: "Ana Xicay", F.BIRTH_DATE: "1988-09-25"}
    assert await all_imports() == []


async def test_what_was_changed_is_looked_at_before_it_is_taken_over(portal: Portal) -> None:
    visitor, page = await brought(portal)

    page = await sent(visitor, page, "take", **EXPLAINED)

    assert "look at what it makes of the rows" in page.text
    assert await cases_in(CaseState.WAITLISTED) == []


async def test_rows_that_cannot_be_understood_are_named_and_may_be_left_out(portal: Portal) -> None:
    visitor, page = await brought(portal, LIST.replace("3/9/1991", "31/31/1991"))
    page = await sent(visitor, page, "look", **EXPLAINED)
    assert "Row 2, DOB" in page.text

    refused = await sent(visitor, page, "take", **EXPLAINED)
    assert (refused.status, await cases_in(CaseState.WAITLISTED)) == (422, [])
    done = await sent(visitor, refused, "take", **EXPLAINED, leave_out="yes", target="screening")

    assert done.heading == "1 case was taken over"
    assert "Left out: rows 2 Row 2, DOB" in done.text
    assert [one.ref for one in await cases_in(CaseState.SCREENING)] == ["17-045"]


async def test_the_preview_asks_as_much_about_three_known_cases_as_about_one(sqlite_portal: Portal) -> None:
    for ref in ("17-044", "17-045", "17-046"):
        await waiting(case(ref))
    rows = [f"{ref},Rosa,asylum,mam" for ref in ("17-044", "17-045", "17-046")]
    asked = []
    for some in (rows[:1], rows):
        visitor, page = await brought(sqlite_portal, "\n".join(["Matter #,Client,Case type,Language", *some]))
        asked.append((await counted(visitor, page.path))[0])

    assert asked[0] == asked[1]


async def test_a_list_with_more_that_is_wrong_than_a_page_holds_says_how_much_more(sqlite_portal: Portal) -> None:
    rows = [f"{number:03},asylum,mam" for number in range(40)]
    _visitor, page = await brought(sqlite_portal, "\n".join(["Matter #,Case type,Language", *rows, *rows]))

    assert (page.status, page.heading) == (200, "40 cases can be taken over")
    assert "And 15 more." in page.text
    assert "Sign out" in page.text


async def test_a_list_without_what_is_needed_says_so_and_takes_one_answer_for_all(portal: Portal) -> None:
    visitor, page = await brought(portal, "Who,Where\nRosa,Taos\n")
    assert page.heading == "Which column is which?"
    assert page.text.count("Choose the column, or say further down what holds for all.") == 2

    chosen = {"column-name": "Who", "column-county": "Where", "otherwise-practice_area": "asylum"}
    page = await sent(visitor, page, "look", **chosen, **{"otherwise-language": "mam", "otherwise-state": "NM"})

    assert page.heading == "1 case can be taken over"
    assert "next reference · Rosa" in page.text
    assert "Taos, NM" in page.text


async def test_a_workbook_is_taken_as_well_and_a_file_may_be_forgotten(portal: Portal) -> None:
    book = openpyxl.Workbook()
    for line in LIST.splitlines():
        book.worksheets[0].append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    visitor, page = await brought(portal, file.getvalue(), "list.xlsx")
    assert "Rosa Pérez Ramos" in page.text

    page = await sent(visitor, page, "forget")

    assert "Nothing of the file was taken over." in page.text
    assert await all_imports() == []


async def test_what_is_no_list_is_refused_and_a_missing_file_too(sqlite_portal: Portal) -> None:
    visitor, page = await brought(sqlite_portal, b"%PDF-1.7 a scan", "scan.pdf")
    assert (page.status, "scan.pdf is a PDF" in page.text) == (422, True)

    hidden = (await visitor.open(PLACE)).form(UPLOAD)
    answer = Page(await visitor.client.post(UPLOAD, data=hidden))
    assert (answer.status, "Choose the file with the waitlist first." in answer.text) == (422, True)
    assert await all_imports() == []


async def test_the_page_of_the_file_tells_no_name_in_its_title_or_address(sqlite_portal: Portal) -> None:
    _visitor, page = await brought(sqlite_portal)

    assert "<title>Take over a waitlist " in page.answer.text
    assert "rosa" not in str(page.answer.url).casefold()


async def test_clients_who_seem_to_be_here_are_asked_about_row_by_row_and_named_in_the_end(portal: Portal) -> None:
    await screening_of(ROSA)
    rows = ("Rosa Pérez Ramos,,asylum,mam", "Ana Xicay,,asylum,es", "Juana Pop,505 555 0142,asylum,mam")
    visitor, page = await brought(portal, "\n".join(("Client,Telephone,Case type,Language", *rows)))
    assert "2 clients seem to be here already" in page.text
    assert "Row 2 · Rosa Pérez Ramos" in page.text
    assert "the same name" in page.text
    assert await cases_in(CaseState.WAITLISTED) == []

    asked = await sent(visitor, page, "take", target="waitlist")
    assert (asked.status, "Say which of these rows are left out" in asked.text) == (422, True)
    asked = await sent(visitor, asked, "take", alike="each", although="4", target="waitlist")

    assert asked.heading == "2 cases were taken over"
    assert "Left out, since their clients seem to be here already: rows 2" in asked.text
    assert len(await cases_in(CaseState.WAITLISTED)) == 2
