"""Whatever a report or a panel answers: a page gets what it can show, or a failure with its cause."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PluginError
from core.host import PluginHost, PluginState
from core.host.breaker import MOST_FAILURES
from core.host.shown import wrong_with_content, wrong_with_table
from core.model.plugins.showing import Column, ColumnKind, PanelContent, Table
from tests.core.host.rest import info_of, the_rest_works
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf

REPORTS = """
class Mine:
    name, title, answers, roles = "mine", "Mine", "How many?", (AccountRole.COORDINATOR,)
    def table(self, facts):
        columns = (Column("Group"), Column("n", ColumnKind.NUMBER), Column("Share", ColumnKind.PERCENT))
        {answer}
@hookimpl
def amparo_reports(): return [Mine()]
"""
PANELS = """
class Loud(str):
    def __html__(self): return "<script>alert(1)</script>"
class Mine:
    name, title, place, roles = "mine", "Mine", PanelPlace.PAGE, (AccountRole.COORDINATOR,)
    async def show(self, subject):
        {answer}
@hookimpl
def amparo_panels(): return [Mine()]
"""


def of_report(host: PluginHost) -> Any:
    (report,) = [one for one in host.reports() if host.name_of(one) == "mine"]
    facts: Any = None
    return host.call(report, report.table, facts)


async def of_panel(host: PluginHost) -> PanelContent:
    (panel,) = host.panels()
    return await host.acall(panel, panel.show, None)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("return None", "It answered a NoneType instead of a Table."),
        ("return Table(columns, (('x', float('nan'), None),))", "It has a row 1 whose cell 2 is not a finite number."),
        ("return Table(columns, (('x', 1, 34),))", "It has a row 1 whose cell 3 is not a share from 0 to 1."),
        ("return Table(columns, (('x', 10**400, 0.5),))", "It has a row 1 whose cell 2 is not a finite number."),
        ("return Table(columns, (('x', np.float64(1), 0.5),))", "It has a row 1 whose cell 2 is not a finite number."),
        ("return Table(columns, (('x', True, 0.5),))", "It has a row 1 whose cell 2 is not a finite number."),
        ("return Table(columns, (('x', 1, 0.5),) * 1_000_000)", "It has 1,000,000 rows: at most 5,000 are taken."),
        ("return Table(columns, (('x', 1),))", "It has a row 1 of 2 cells for 3 columns."),
        ("return Table(columns, [('x', 1, 0.5)])", "It has rows that are a list instead of a tuple."),
        (
            "return Table(columns, ((chr(0xd800), 1, 0.5),))",
            "It has a row 1 whose cell 1 is not one line of text of at most 300 characters.",
        ),
        ("return Table(columns * 7)", "It has 21 columns: at most 20 are taken."),
        ("return Table(())", "It has columns that are not a tuple of Column, at least one."),
        ("return Table(columns, note='x' * 2001)", "It has a note of 2,001 characters: at most 2,000 are taken."),
        ("raise LookupError('Ana Lopez')", "LookupError (bad.py line 9)"),
        ("sys.exit(3)", "SystemExit (bad.py line 9)"),
    ],
)
async def test_a_report_that_answers_nonsense_fails_with_the_place_and_no_word_of_what_stands_there(
    shelf: Shelf, load: Load, answer: str, told: str
) -> None:
    host = load(shelf.module("bad", REPORTS.format(answer=answer)))

    with pytest.raises(PluginError) as caught:
        of_report(host)
    assert caught.value.cause == told
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("return '<p>Hello</p>'", "It answered a str instead of a PanelContent."),
        ("return PanelContent((Loud('x'),))", "It has a paragraph that is a Loud instead of a text."),
        ("return PanelContent(['x'])", "It has paragraphs that are a list instead of a tuple."),
        ("return PanelContent(('x',) * 51)", "It has 51 paragraphs: at most 50 are taken."),
        ("return PanelContent(facts=(PanelFact('n', 3),))", "It has a value that is a int instead of a text."),
        (
            "return PanelContent(links=(PanelLink('Look', 'javascript:alert(1)'),))",
            "It has a link that is neither a path of this portal nor an https address.",
        ),
        (
            "return PanelContent(table=Table((Column('x'),), (('x',),) * 101))",
            "It has 101 rows: at most 100 are taken.",
        ),
        ("raise LookupError('Ana Lopez')", "LookupError (bad.py line 10)"),
        ("await asyncio.Event().wait()", "no answer within 1 seconds"),
    ],
)
async def test_a_panel_that_answers_nonsense_fails_and_its_plugin_stays_on(
    shelf: Shelf, load: Load, answer: str, told: str
) -> None:
    host = load(shelf.module("bad", PANELS.format(answer=answer)))

    with pytest.raises(PluginError) as caught:
        await of_panel(host)
    assert caught.value.cause == told
    assert info_of(host, "bad").state is PluginState.ON
    await the_rest_works(host)


async def test_one_that_hangs_is_switched_off_and_stays_listed_so_that_its_page_can_say_why(
    shelf: Shelf, load: Load
) -> None:
    host = load(shelf.module("bad", REPORTS.format(answer="hang()")))

    with pytest.raises(PluginError, match="no answer within 1 seconds"):
        of_report(host)
    assert info_of(host, "bad").state is PluginState.OFF
    with pytest.raises(PluginError, match="its plugin is switched off"):
        of_report(host)
    await the_rest_works(host)


async def test_a_panel_that_fails_again_and_again_is_left_alone(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", PANELS.format(answer="return 1 / 0")))

    for _ in range(MOST_FAILURES):
        with pytest.raises(PluginError, match="ZeroDivisionError"):
            await of_panel(host)
    with pytest.raises(PluginError, match="it failed 5 times in a row and is left alone"):
        await of_panel(host)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=8,
)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_no_answer_whatever_makes_the_check_itself_fail(one: Any, two: Any, three: Any) -> None:
    columns = (Column("a"), Column("b", ColumnKind.NUMBER))

    assert wrong_with_table(Table(one, two, three))
    assert isinstance(wrong_with_table(Table(columns, ((one, two),), "")), str)
    assert isinstance(wrong_with_content(PanelContent(one, two, three)), str)
