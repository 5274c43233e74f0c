"""Reports, panels and entries of the navigation that break their contract, and the sentence that says so."""

import asyncio
import contextlib
from typing import Any

import pytest

from amparo import (
    AccountRole,
    CaseRecord,
    Column,
    ColumnKind,
    NavigationEntry,
    PanelContent,
    PanelLink,
    PanelPlace,
    ReportFacts,
    Subject,
    Table,
)
from core.conformance import State
from tests.core.conformance.finding import found, letting_go
from tests.plugins_for_tests.hanging import hang

STAFF = (AccountRole.COORDINATOR,)
ORDINARY, ODD = "a table of ordinary facts", "odd cases, matches and volunteers"
SHOWS = "shows something that a page can show"


class Counting:
    """A report that does as it should."""

    name, title, answers, roles = "counting", "Counting", "How many?", STAFF

    def table(self, facts: ReportFacts) -> Table:
        return Table((Column("What"), Column("n", ColumnKind.NUMBER)), (("Cases", len(facts.cases)),))


class Dividing(Counting):
    def table(self, facts: ReportFacts) -> Table:
        return Table((Column("n", ColumnKind.NUMBER),), ((1 / len(facts.cases),),))


class Curious(Counting):
    def table(self, facts: ReportFacts) -> Table:
        names = [getattr(case, "client_name") for case in facts.cases]  # noqa: B009 -- no checker may know it
        return Table((Column("n"),), tuple((name,) for name in names))


class Listing(Counting):
    def table(self, facts: ReportFacts) -> Table:
        return Table((Column("Case"),), tuple((case.ref,) for case in facts.cases))


class Moody(Counting):
    turns = 0

    def table(self, facts: ReportFacts) -> Table:
        self.turns += 1
        return Table((Column("n", ColumnKind.NUMBER),), ((self.turns,),))


class Naive(Counting):
    def table(self, facts: ReportFacts) -> Table:
        return Table((Column("Language"),), tuple((case.languages[0],) for case in facts.cases))


class Writing(Counting):
    def table(self, facts: ReportFacts) -> Table:
        for person in facts.volunteers:
            person.languages.clear()
        return super().table(facts)


class Hanging(Counting):
    def table(self, facts: ReportFacts) -> Table:
        hang()
        return super().table(facts)


@pytest.mark.parametrize(
    ("report", "check", "said"),
    [
        (Dividing(), "nothing happened, or only one thing", "ZeroDivisionError"),
        (Curious(), ORDINARY, "It asks a CaseRecord for client_name, which no plugin gets. Cases and volunteers come"),
        (Listing(), "tells of nobody", "It shows refs of cases or volunteers."),
        (Moody(), "the same table twice", "Same facts, another table."),
        (Naive(), ODD, "IndexError"),
        (Writing(), "leaves the facts as they are", "It changes the facts."),
        (Hanging(), ORDINARY, "It gave no answer within 1 seconds."),
    ],
)
def test_a_report_that_breaks_its_contract_is_told_where(report: Any, check: str, said: str) -> None:
    with letting_go():
        assert said in found("reports", report)[check]


def test_a_report_that_does_everything_right_passes() -> None:
    assert found("reports", Counting()) == {}


class Greeting:
    """A panel that does as it should."""

    name, title, place, roles = "greeting", "Greeting", PanelPlace.CASE, STAFF

    async def show(self, subject: Subject) -> PanelContent:
        return PanelContent(("Good morning.",))


class Markup(Greeting):
    async def show(self, subject: Subject) -> Any:
        return "<p>Good morning.</p>"


class Luring(Greeting):
    async def show(self, subject: Subject) -> PanelContent:
        return PanelContent(links=(PanelLink("Look", "http://bar.example.org"),))


class Sure(Greeting):
    async def show(self, subject: Subject) -> PanelContent:
        assert isinstance(subject, CaseRecord)
        return PanelContent((f"They speak {subject.languages[0]}.",))


class Silent(Greeting):
    async def show(self, subject: Subject) -> PanelContent:
        return PanelContent()


class Blocking(Greeting):
    async def show(self, subject: Subject) -> PanelContent:
        hang()
        return PanelContent()


class Endless(Greeting):
    async def show(self, subject: Subject) -> PanelContent:
        await asyncio.Event().wait()
        return PanelContent()


class Deaf(Greeting):
    async def show(self, subject: Subject) -> PanelContent:
        with contextlib.suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 0.01)
        return PanelContent(("Never mind.",))


@pytest.mark.parametrize(
    ("panel", "check", "said"),
    [
        (Markup(), SHOWS, "It answered a str instead of a PanelContent."),
        (Luring(), SHOWS, "It has a link that is neither a path of this portal nor an https address."),
        (Sure(), "odd cases or volunteers", "IndexError"),
        (Blocking(), SHOWS, "It blocks its event loop"),
        (Endless(), SHOWS, "It gave no answer within 1 seconds."),
        (Deaf(), "ends when it is cancelled", "went on as if nothing had happened"),
    ],
)
def test_a_panel_that_breaks_its_contract_is_told_where(panel: Any, check: str, said: str) -> None:
    with letting_go():
        assert said in found("panels", panel)[check]


def test_a_panel_that_does_everything_right_passes_and_one_that_shows_nothing_gets_advice() -> None:
    assert found("panels", Greeting()) == {}
    assert found("panels", Silent()) == {}
    assert "It shows nothing of an ordinary case" in found("panels", Silent(), State.ADVICE)[SHOWS]


def test_an_entry_with_a_long_label_gets_advice_and_a_wrong_one_is_refused() -> None:
    assert found("navigation", NavigationEntry("Ours", "/panels/ours", STAFF)) == {}
    long = NavigationEntry("Everything that our bar does", "/panels/ours", STAFF)
    assert "Its label has 28 letters." in found("navigation", long, State.ADVICE)["a short label"]
    wrong = NavigationEntry("Ours", "//bar.example.org", STAFF)
    assert "whose href is not a path of this portal" in found("navigation", wrong)["is declared"]
