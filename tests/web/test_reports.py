"""Reports in the portal: listed with what they answer, shown for a period, given as a file that computes nothing."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.host import PluginHost
from core.model.plugins.showing import Column, ColumnKind, Table
from core.model.vocabulary import AccountRole
from tests.web.coordinator.scenes import counted
from tests.web.hosted import hosted, portal
from tests.web.portal import Portal
from tests.worlds import attorney, case, coordinator, joined, offered, seat, waiting
from web.downloads import csv_of, harmless
from web.shapes.plugins.tables import ROWS_SHOWN, table_item

__all__ = ["portal"]

BARS = """
STAFF = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)
class Mine:
    answers = "What does our bar want to know?"
    def __init__(self, name, table, roles=STAFF):
        self.name, self.title, self.roles, self.made = name, "Of our bar: " + name, roles, table
    def table(self, facts): return self.made()
def few():
    columns = (Column("<b>Group</b>"), Column("People", ColumnKind.NUMBER), Column("Share", ColumnKind.PERCENT))
    return Table(columns, (("=1+1", 3, 0.25), ("plain", 1234, 0.5)), "<script>alert(1)</script>")
def many(): return Table((Column("n", ColumnKind.NUMBER),), tuple((n,) for n in range(300)))
def nan(): return Table((Column("n", ColumnKind.NUMBER),), ((float("nan"),),))
@hookimpl
def amparo_reports():
    return [Mine("few", few, (*STAFF, AccountRole.PARTNER)), Mine("many", many), Mine("nan", nan), Mine("hung", hang)]
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PluginHost]:
    """The built-in plugins, and a bar's that has good and bad reports."""
    with hosted(tmp_path, {"bars": BARS}) as loaded:
        yield loaded


async def test_reports_are_listed_with_what_they_answer_and_whose_they_are(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/reports")

    assert page.heading == "6 questions have an answer here"
    assert "Which languages, counties and practice areas are served, and where do cases wait?" in page.text
    assert "Made by bars" in page.text
    assert "/reports/few" in page.links
    assert "/reports" in (await (await portal.coordinator()).open("/today")).links


async def test_a_report_is_a_table_for_the_period_that_was_chosen(portal: Portal) -> None:
    by, alma = await coordinator(), await joined(attorney())
    await offered(await waiting(case("NM-1")), seat(alma), by=by, at=portal.clinic)
    visitor = await portal.coordinator()

    page = await visitor.open("/reports/months")
    assert page.heading == "Matches and hours by month"
    assert "1 December 2025 to 24 November" in page.text
    assert '<th scope="row">2026-11</th>' in page.answer.text.replace("\n", "").replace("  ", "")
    page = await visitor.open("/reports/months?starts=2026-01-01&ends=2026-02-28")
    assert "2026-02" in page.text
    assert "2026-11" not in page.text
    assert "/reports/months/csv?starts=2026-01-01&ends=2026-02-28" in page.links


async def test_it_takes_the_same_few_statements_however_much_there_is(portal: Portal) -> None:
    visitor = await portal.coordinator()
    for _ in range(2):
        await waiting()
        assert (await counted(visitor, "/reports/served"))[0] == 9
    assert (await counted(visitor, "/reports"))[0] == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("starts=yesterday", "This is no day. Write it as 2026-11-27."),
        ("starts=2026-05-02&ends=2026-05-01", "The period ends before it begins."),
        ("starts=1900-01-01", "The period is longer than ten years."),
        ("starts=9999-01-01&ends=9999-12-31", "Choose days from 1950 to 2199."),
        ("starts=0001-01-01&ends=0001-01-02", "Choose days from 1950 to 2199."),
    ],
)
async def test_a_period_that_cannot_be_is_told_beside_its_field_and_the_usual_one_shown(
    portal: Portal, query: str, said: str
) -> None:
    page = await (await portal.coordinator()).open(f"/reports/months?{query}")

    assert page.status == 200
    assert said in page.text
    assert 'aria-invalid="true"' in page.answer.text
    assert "1 December 2025 to 24 November" in page.text


async def test_what_a_plugin_writes_is_text_and_never_markup(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/reports/few")

    assert "&lt;b&gt;Group&lt;/b&gt;" in page.answer.text
    assert "<script>alert" not in page.answer.text
    assert "<rect" in page.answer.text


async def test_the_file_has_every_row_and_computes_nothing(portal: Portal) -> None:
    visitor = await portal.coordinator()
    answer = (await visitor.open("/reports/few/csv?starts=2026-01-01&ends=2026-02-28")).answer

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="few-2026-01-01-2026-02-28.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["<b>Group</b>", "People", "Share"], ["'=1+1", "3", "0.25"], ["plain", "1234", "0.5"]]

    page = await visitor.open("/reports/many")
    assert f"The first {ROWS_SHOWN} of 300 rows; the download has them all." in page.text
    assert len((await visitor.open("/reports/many/csv")).answer.text.splitlines()) == 301


async def test_a_bars_own_staff_read_what_is_meant_for_them_without_small_numbers(portal: Portal) -> None:
    partner = await portal.coordinator(AccountRole.PARTNER)

    assert (await partner.open("/reports")).heading == "1 question has an answer here"
    assert "/reports" in (await partner.open("/inbox")).links
    page = await partner.open("/reports/few")
    assert "Numbers are shown in steps, counts of five" in page.text
    assert "1,230" in page.text
    assert "25%" not in page.text
    assert "'=1+1,," in (await partner.open("/reports/few/csv")).answer.text
    for path in ("/reports/served", "/reports/served/csv", "/reports/nothing"):
        assert (await partner.open(path)).status == 404


async def test_a_report_that_fails_says_so_under_its_plugins_name_and_the_page_stays(portal: Portal) -> None:
    visitor = await portal.coordinator()

    page = await visitor.open("/reports/nan")
    assert page.status == 200
    assert (
        "The plugin bars could not make this report: It has a row 1 whose cell 1 is not a finite number." in page.text
    )
    assert (await visitor.open("/reports/nan/csv")).heading == "Of our bar: nan"


async def test_one_that_hangs_is_told_of_and_the_other_plugins_reports_are_there(portal: Portal) -> None:
    visitor = await portal.coordinator()

    assert "no answer within 1 seconds" in (await visitor.open("/reports/hung")).text
    assert "its plugin is switched off" in (await visitor.open("/reports/hung")).text
    assert "Of our bar: hung" in (await visitor.open("/reports")).text
    assert (await visitor.open("/reports/served")).heading == "Served and waiting"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_everything_else_is_written_as_it_is() -> None:
    table = Table((Column("n", ColumnKind.NUMBER), Column("t")), ((-5, "a=b, “c”"), (None, None)))

    assert csv_of(table) == '\ufeffn,t\r\n-5,"a=b, “c”"\r\n,\r\n'


def test_a_page_shows_the_first_rows_and_a_bar_for_each_share() -> None:
    item = table_item(Table((Column("s", ColumnKind.PERCENT),), ((0.333,),) * 3, "n"), shown=2)

    assert (item["shown"], item["all"], item["note"]) == (2, 3, "n")
    assert item["rows"][0] == [{"text": "33%", "bar": 33.3}]
