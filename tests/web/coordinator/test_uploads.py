"""A bar that has no developer uploads its export and maps the columns once."""

from datetime import timedelta

import pytest

from core import tables as t
from core.services.work.working import Worker
from core.store import jobs
from core.store.keys import new_id
from core.store.rosters.roster_uploads import insert_upload
from core.store.rosters.rosters import find_roster
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal, open_portal
from tests.web.rosters import (
    COLUMNS,
    HEADER,
    NAME,
    PATH,
    added,
    chosen,
    export,
    in_use,
    members,
    numbers,
    pressed,
    uploaded,
    worked,
)
from tests.worlds import NOW


async def test_an_export_is_uploaded_mapped_previewed_applied_and_taken_back(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await added(visitor)).heading == "County Bar: nothing is applied yet"

    page = await uploaded(visitor, export(*members(40), *members(2, "Frozen", 2001)))
    assert "The file is looked through" in page.text
    await worked(portal)
    page = await visitor.open(f"{PATH}/work")
    assert (page.path, page.heading) == (f"{PATH}/mapping", "Which column is which?")
    assert page.selected["column-number"] == "Atty ID"
    assert page.selected["column-name"] == "Member"
    assert page.selected["column-languages"] == ""

    page = await chosen(visitor, page, "look", **COLUMNS)
    assert "French, 50 % sure" in page.text
    assert "Given Surname1001" in page.text
    assert (page.selected["means-0"], page.selected["means-1"]) == ("active", "")

    refused = await chosen(visitor, page)
    assert refused.status == 422
    assert "Say what “Frozen” means." in refused.text
    page = await chosen(visitor, page, **{"means-1": "suspended"})
    assert "The roster is read and compared" in page.text
    await worked(portal)

    page = await visitor.open(f"{PATH}/work")
    assert page.heading == "42 changes wait for a decision"
    assert await numbers() == []
    page = await pressed(visitor, page, "apply")
    assert page.heading == "The run is being applied"
    await worked(portal)
    page = await visitor.open(page.path)
    assert page.heading == "Applied: 42 changes"
    assert len(await numbers()) == 42
    roster = await visitor.open(PATH)
    assert roster.heading == "County Bar: 42 members"
    assert "In good standing 40" in roster.text

    page = await pressed(visitor, page, "undo")
    await worked(portal)
    page = await visitor.open(page.path)
    assert page.heading == "This run was taken back"
    assert await numbers() == []
    assert "In good standing" not in (await visitor.open(PATH)).text


async def test_the_next_upload_with_the_same_headings_is_read_without_asking(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await in_use(portal, visitor, members(40))
    await uploaded(visitor, export(*members(39), '1040,"Newname, Given",Active,"Spanish",member1040@example.org'))
    await worked(portal)

    page = await visitor.open(f"{PATH}/work")

    assert page.heading == "1 change waits for a decision"
    assert "Name Given Surname1040 → Given Newname" in page.text
    assert await t.RosterUpload.count() == 1


async def test_columns_are_asked_about_again_where_the_headings_moved(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await in_use(portal, visitor, members(40))
    await uploaded(visitor, export(*members(40), header=HEADER.replace("Atty ID", "Roll").replace("Tongues", "Speech")))
    await worked(portal)

    page = await visitor.open(f"{PATH}/work")

    assert "“Tongues”, which was Languages, is not there any more." in page.text
    assert page.selected["column-status"] == "Condition"
    assert (await visitor.open(PATH)).heading == "County Bar: its columns are to be chosen"


async def test_a_word_that_nobody_has_explained_is_asked_about(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await in_use(portal, visitor, members(40))
    await uploaded(visitor, export(*members(39), *members(1, "Sanctioned", 1040)))
    await worked(portal)
    page = await visitor.open(f"{PATH}/work")
    assert "There are words for the status that nobody has explained yet." in page.text
    await chosen(visitor, page, **{"means-1": "disbarred"})
    await worked(portal)
    assert "Standing In good standing → Disbarred" in (await visitor.open(f"{PATH}/work")).text


async def test_a_choice_that_cannot_be_is_told_beside_its_field_and_nothing_is_remembered(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    await uploaded(visitor, export(*members(9)))
    await worked(portal)
    page = await visitor.open(f"{PATH}/mapping")

    page = await chosen(
        visitor,
        page,
        **{"column-number": "", "column-name": "Member", "column-email": "Member", "number_length": "six"},
    )

    assert page.status == 422
    assert "A roster needs this column. Choose it." in page.text
    assert "This column is taken for Whole name already." in page.text
    assert "Write how many digits the numbers have" in page.text
    assert page.selected["column-email"] == "Member"
    assert (await chosen(visitor, page, **{"column-number": "Elsewhere"})).status == 422
    assert "Nobody has said yet which column is which." in (await visitor.open(PATH)).text


async def test_a_column_that_was_left_out_stays_out_and_lost_zeros_are_put_back(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    await uploaded(visitor, export(*members(9)))
    await worked(portal)
    page = await visitor.open(f"{PATH}/mapping")
    await chosen(visitor, page, **COLUMNS, **{"column-email": "", "number_length": "6"})
    await worked(portal)

    run = await visitor.open(f"{PATH}/work")
    await pressed(visitor, run, "apply")
    await worked(portal)

    entries = await t.RosterEntry.select(t.RosterEntry.entry).order_by(t.RosterEntry.number)
    assert (await numbers())[0] == "001001"
    assert all("example.org" not in row["entry"] for row in entries)
    assert (await visitor.open(f"{PATH}/mapping")).selected["column-email"] == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 not a table", "export.csv is a PDF"),
        (b"\xd0\xcf\x11\xe0 old", "an Excel file of the older kind"),
        (b"PK\x03\x04 cut off", "export.csv is a broken or cut-off Excel file or archive"),
        (HEADER.encode(), "export.csv has a header and no rows below it"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_by_its_content_and_the_last_one_stays(
    portal: Portal, content: bytes, said: str
) -> None:
    visitor = await portal.coordinator()
    await in_use(portal, visitor, members(40))

    await uploaded(visitor, content)
    await worked(portal)

    page = await visitor.open(f"{PATH}/work")
    assert page.path == PATH
    assert said in page.text
    assert page.heading == "County Bar: 40 members"
    assert await t.RosterUpload.count() == 1
    assert len(await numbers()) == 40


async def test_rows_that_tell_no_member_fail_the_run_by_row_column_and_remedy(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await in_use(portal, visitor, members(40))

    await uploaded(visitor, export(*members(39), ',"Nobody, A.",Active,Spanish,x@example.org'))
    await worked(portal)

    page = await visitor.open(f"{PATH}/work")
    assert page.heading == "The roster could not be read"
    assert "export.csv, row 41, Atty ID: the cell is empty. Fill in the member's number" in page.text
    assert len(await numbers()) == 40
    today = await visitor.open("/today")
    assert page.path in today.links


async def test_nothing_or_an_empty_file_is_not_taken(portal: Portal) -> None:
    visitor = await portal.coordinator()
    page = await added(visitor)
    without = await visitor.send(page, f"{PATH}/upload")
    empty = await uploaded(visitor, b"")
    assert [one.status for one in (without, empty)] == [422, 422]
    assert "Choose the file with the bar's export first." in without.text
    assert "This file is empty." in empty.text
    assert await t.RosterUpload.count() == 0


async def test_a_file_beyond_the_limit_is_not_taken(database_url: str) -> None:
    async with open_portal(database_url, upload_mib=1) as portal:
        visitor = await portal.coordinator()
        await added(visitor)
        page = await uploaded(visitor, b"x" * 3_000_000)
        assert page.status == 413
        assert "This file is larger than the 1 MB that are taken." in page.text
        assert await t.RosterUpload.count() == 0
        assert (await uploaded(visitor, export(*members(9)))).status == 200


async def test_a_forged_upload_is_refused_and_keeps_nothing(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    content = export(*members(9)) * 20_000

    answer = await visitor.client.post(f"{PATH}/upload", files={"file": ("export.csv", content)})

    assert answer.status_code == 403
    assert await t.RosterUpload.count() == 0


async def test_one_piece_of_work_at_a_time(portal: Portal) -> None:
    visitor, other = await portal.coordinator(), await portal.coordinator()
    await added(visitor)
    await uploaded(visitor, export(*members(9)))

    page = await uploaded(other, export(*members(8)))

    assert page.status == 409
    assert "Carmen has asked for something that is still being done with this roster." in page.text
    assert await t.RosterUpload.count() == 1
    await worked(portal)
    assert (await uploaded(other, export(*members(8)))).status == 200


async def test_work_that_kills_its_worker_each_time_ends_and_says_so(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    await uploaded(visitor, export(*members(9)))
    now = NOW
    for _ in range(8):
        assert await jobs.claim_job(now, only=["roster"]) is not None
        now += jobs.LEASE * 2
    await Worker(portal.clinic).run_once(now)
    assert "It ended its worker each time it was tried." in (await visitor.open(PATH)).text


async def test_a_file_that_nobody_could_look_through_is_forgotten_after_a_day(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await in_use(portal, visitor, members(9))
    roster = (await find_roster(NAME))["id"]
    for _ in range(2):
        await insert_upload(new_id(), roster, file_name="lost.csv", size=9, by="Carmen", now=NOW)

    for later, left in ((timedelta(hours=23), 3), (timedelta(hours=49), 1)):
        await Worker(portal.clinic).run_once(NOW + later)
        assert await t.RosterUpload.count() == left
    page = await (await portal.coordinator()).open(PATH)
    assert "The last one: export.csv" in page.text


async def test_pages_of_an_upload_take_few_statements(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    await uploaded(visitor, export(*members(9)))
    waiting = (await counted(visitor, f"{PATH}/work"))[0]
    await worked(portal)
    found = [(await counted(visitor, path))[0] for path in (PATH, f"{PATH}/mapping")]
    assert (waiting, found) == (6, [9, 5])


async def test_a_name_is_taken_once_and_what_is_wrong_is_said(portal: Portal) -> None:
    visitor = await portal.coordinator()
    await added(visitor)
    page = await visitor.open("/rosters")
    assert page.heading == "No roster waits for a person"
    again = await visitor.send(page, "/rosters", name=NAME, title="Other", bar="TX")
    bad = await visitor.send(page, "/rosters", name="Ünsere Bar", title="Other", bar="TX")
    none = await visitor.send(page, "/rosters", name="other", title="Other", bar="XX")
    assert "There is a roster county-bar already." in again.text
    assert "small letters, digits and hyphens" in bad.text
    assert "Choose the jurisdiction whose bar this is." in none.text
    assert [one.status for one in (again, bad, none)] == [422] * 3
