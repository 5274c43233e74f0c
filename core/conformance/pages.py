"""Checks of what plugins show on pages: reports, panels and entries of the navigation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import thread_time
from typing import Any, Final

import msgspec

from core.conformance.asking import Asker, end_when_cancelled
from core.conformance.outcome import Advice, Check, Wrong
from core.conformance.record_samples import (
    MANY,
    a_case_record,
    a_match_record,
    a_roster_record,
    a_volunteer_record,
    sample_facts,
    some_facts,
)
from core.host.contracts import Nonsense
from core.host.kinds import check_answer
from core.model.plugins.records import ReportFacts, Subject
from core.model.plugins.showing import NavigationEntry, PanelContent, PanelPlace, Table
from core.protocols import Panel, Report

MICROSECONDS_A_CASE: Final = 200.0
"""What a report may take of the processor for one case with all that belongs to it."""
SHORT_LABEL: Final = 24
"""So many letters of an entry stand in one line at the side."""


def _checked(kind: str, method: str, answer: Any, remedy: str) -> None:
    try:
        check_answer(kind, method, answer, ())
    except Nonsense as problem:
        raise Wrong(str(problem), remedy) from None


@dataclass(frozen=True, slots=True)
class Reporting:
    """A report under check."""

    provider: Report
    asker: Asker

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("a table of ordinary facts", self.makes_a_table, basic=True)
        yield Check("the same table twice", self.makes_the_same_twice)
        yield Check("nothing happened, or only one thing", self.makes_one_of_little)
        yield Check("odd cases, matches and volunteers", self.makes_one_of_odd_facts)
        yield Check("leaves the facts as they are", self.changes_nothing)
        yield Check("tells of nobody", self.tells_of_nobody)
        yield Check(f"at most {MICROSECONDS_A_CASE:g} µs a case", self.is_fast)

    def table(self, facts: ReportFacts) -> Table:
        """What it makes of these facts, checked as a page checks it."""
        answer: Table = self.asker.ask(self.provider.table, facts)
        _checked("reports", "table", answer, "Return an amparo.Table: a tuple of rows with a cell for each column.")
        return answer

    def makes_a_table(self) -> None:
        """One case, one match, one volunteer."""
        self.table(_one_of_each())

    def makes_the_same_twice(self) -> None:
        """A reader who looks again must not wonder."""
        facts = sample_facts()
        if self.table(facts) != self.table(facts):
            raise Wrong("Same facts, another table.", "Take everything from the facts: today is facts.today.")

    def makes_one_of_little(self) -> None:
        """A new clinic, a day to come, cases without matches."""
        one = _one_of_each()
        later = one.today + timedelta(days=30)
        for facts in (
            some_facts(),
            some_facts(starts=later, ends=later),
            some_facts(cases=one.cases),
            some_facts(volunteers=one.volunteers),
        ):
            self.table(facts)

    def makes_one_of_odd_facts(self) -> None:
        """Nobody's language known, no county, no hours, seats of somebody who has left."""
        self.table(sample_facts())

    def changes_nothing(self) -> None:
        """The facts are its own, but a table is told to come from what was there."""
        facts = sample_facts()
        before = msgspec.json.encode(facts)
        self.table(facts)
        if msgspec.json.encode(facts) != before:
            raise Wrong("It changes the facts.", "Copy what you want to change.")

    def tells_of_nobody(self) -> None:
        """A row for each case or person is a list of people, whatever it leaves out."""
        facts = sample_facts()
        refs = {case.ref for case in facts.cases} | {person.ref for person in facts.volunteers}
        if any(cell in refs for row in self.table(facts).rows for cell in row if isinstance(cell, str)):
            raise Wrong("It shows refs of cases or volunteers.", "Count: a ref means nothing to a reader.")

    def is_fast(self) -> None:
        """Measured as processor time, the best of two."""
        facts = sample_facts(MANY)
        spent = min(self.asker.ask(_timed, self.provider.table, facts) for _ in range(2))
        if spent / MANY * 1e6 > MICROSECONDS_A_CASE:
            raise Wrong(
                f"It takes {spent / MANY * 1e6:,.0f} µs a case.", "Look things up in a dict instead of searching."
            )


def _one_of_each() -> ReportFacts:
    return some_facts((a_case_record(),), (a_match_record(),), (a_volunteer_record(),))


def _timed(function: Callable[[ReportFacts], Table], facts: ReportFacts) -> float:
    began = thread_time()
    function(facts)
    return thread_time() - began


@dataclass(frozen=True, slots=True)
class Showing:
    """A panel under check. It is really asked."""

    provider: Panel
    asker: Asker

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("shows something that a page can show", self.shows, basic=True)
        yield Check("odd cases or volunteers", self.shows_odd_ones)
        yield Check("the same twice", self.shows_the_same_twice)
        yield Check("leaves what it is asked about as it is", self.changes_nothing)
        yield Check("ends when it is cancelled", self.ends_when_cancelled)

    def content(self, subject: Subject) -> PanelContent:
        """What it shows, checked as a page checks it."""
        answer = self.asker.wait_for(lambda: self.provider.show(subject))
        _checked("panels", "show", answer, "Return an amparo.PanelContent of tuples of plain texts, facts and links.")
        return answer

    def subjects(self) -> tuple[Subject, ...]:
        """What it may be asked about at its place, the ordinary first."""
        facts, place = sample_facts(), self.provider.place
        if place is PanelPlace.CASE:
            return (a_case_record(), *facts.cases)
        if place is PanelPlace.ROSTER:
            return (a_roster_record(), a_roster_record(members={}))
        return (a_volunteer_record(), *facts.volunteers) if place is PanelPlace.VOLUNTEER else (None,)

    def shows(self) -> None:
        """An ordinary case or volunteer, or none."""
        if self.content(self.subjects()[0]) == PanelContent():
            raise Advice("It shows nothing of an ordinary case or volunteer.", "Say why there is nothing.")

    def shows_odd_ones(self) -> None:
        """Nobody's language known, no county, no level."""
        for subject in self.subjects():
            self.content(subject)

    def shows_the_same_twice(self) -> None:
        """What changes by itself cannot be talked about."""
        subject = self.subjects()[0]
        if self.content(subject) != self.content(subject):
            raise Advice("Asked again it shows something else.", "Show what changes only where something has changed.")

    def changes_nothing(self) -> None:
        """Others may be asked about the same."""
        subject = self.subjects()[-1]
        before = msgspec.json.encode(subject)
        self.content(subject)
        if msgspec.json.encode(subject) != before:
            raise Wrong("It changes what it is asked about.", "Copy what you want to change.")

    def ends_when_cancelled(self) -> None:
        """A page that is left cancels what it asked for."""
        subject = self.subjects()[0]
        self.asker.wait_for(lambda: end_when_cancelled(lambda: self.provider.show(subject), self.asker.seconds / 2))


@dataclass(frozen=True, slots=True)
class Leading:
    """An entry of the navigation under check: data, of which most was checked when it was loaded."""

    provider: NavigationEntry

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("a short label", self.is_short)

    def is_short(self) -> None:
        """It stands among ours, in a narrow column."""
        if len(self.provider.label) > SHORT_LABEL:
            raise Advice(f"Its label has {len(self.provider.label)} letters.", f"Say it in {SHORT_LABEL}.")
