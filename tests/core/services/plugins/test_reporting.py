"""Reports are made of facts without identities, for whom they are meant, and their failures stay theirs."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from core.errors import BadInput, NotFound
from core.host import PluginHost
from core.model.people import Actor
from core.model.plugins.records import ReportFacts
from core.model.plugins.showing import Column, ColumnKind, Table
from core.model.states import CaseState, MatchState, SeatState
from core.model.vocabulary import AccountRole, SeatRole
from core.queries import records
from core.services.cases import intake
from core.services.clinic import REPORTS_AT_ONCE, Clinic
from core.services.matches import engagement
from core.services.plugins import reporting
from core.services.plugins.reporting import FEW, Made, Period, coarsened, last_year, make_report, reports_for
from core.services.volunteers.merging import merge_records
from core.settings import Settings
from core.store.database import Database
from core.store.keys import new_id
from plugins import BUILTIN
from tests import worlds
from tests.plugins_for_tests.fixtures import shelf
from tests.plugins_for_tests.shelf import Shelf
from tests.queries import statements
from tests.worlds import NOW, accept_all, attorney, case, coordinator, joined, offered, seat, waiting

__all__ = ["shelf"]

SPY = """
SEEN = []
class Spy:
    name, title, answers, roles = "spy", "Spy", "What comes?", (AccountRole.COORDINATOR,)
    def table(self, facts):
        SEEN.append(facts)
        return Table((Column("Cases", ColumnKind.NUMBER),), ((len(facts.cases),),))
class Ours:
    name, title, answers, roles = "ours", "Ours", "How few?", (AccountRole.COORDINATOR, AccountRole.PARTNER)
    def table(self, facts):
        kinds = (ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.PERCENT, ColumnKind.DATE)
        columns = tuple(Column(str(kind), kind) for kind in kinds)
        return Table(columns, (("a", 4, 0.5, facts.today), ("b", 19, 0.57, None), ("c", 0, 0.0, None)))
class Broken:
    name, title, answers, roles = "broken", "Broken", "Does it?", (AccountRole.COORDINATOR,)
    def table(self, facts): raise LookupError("Ana Lopez")
@hookimpl
def amparo_reports(): return [Spy(), Ours(), Broken()]
"""
THIS_YEAR = last_year(NOW.date())


@pytest.fixture
def at(shelf: Shelf) -> Iterator[Clinic]:
    """The built-in plugins and three reports of a bar."""
    settings = Settings(plugin_seconds=1.0)
    host = PluginHost.load([*BUILTIN, shelf.module("spying", SPY)], settings=settings, entry_points=False)
    yield Clinic(settings, host)
    host.close()


def seen() -> ReportFacts:
    """What the spy saw last."""
    facts: ReportFacts = __import__("spying").SEEN[-1]
    return facts


async def made(name: str, at: Clinic, period: Period = THIS_YEAR, by: Actor | None = None) -> Made:
    return await make_report(name, period, clinic=at, by=by or await coordinator(), now=NOW)


async def test_facts_hold_what_happened_and_nothing_that_names_anybody(database: Database, at: Clinic) -> None:
    by = await coordinator()
    alma = await joined(attorney("Alma Canaria", email="canary@example.org", county="Taos"))
    urgent = await waiting(case("NM-CANARY", detained=True, hours=33.0, summary="Canary's story"))
    match = await offered(urgent, seat(alma), by=by, at=at)
    await accept_all(match)
    await waiting(case("NM-2"))

    assert (await made("spy", at)).table is not None
    facts = seen()
    told = msgspec.json.encode(facts).decode()
    for canary in ("anar", "ANARY", str(alma.id), str(urgent.id), str(match), alma.ref, "1001"):
        assert canary not in told
    first, second = facts.cases
    assert (first.ref, second.ref) == ("C-1", "C-2")
    assert (first.state, first.hours, first.detained, first.county) == (CaseState.MATCHED, 33.0, True, "Bernalillo")
    assert (first.waiting_since, first.ended) == (NOW.date(), None)
    (found,) = facts.matches
    assert (found.case, found.state, found.approved) == ("C-1", MatchState.ACCEPTED, NOW.date())
    assert [(one.role, one.volunteer, one.state) for one in found.seats] == [
        (SeatRole.ATTORNEY, "V-1", SeatState.ACCEPTED)
    ]
    (person,) = facts.volunteers
    assert (person.county, person.bars, person.practice) == ("Taos", ("NM",), dict(alma.practice))
    assert person.languages == {"en": 5.0, "es": 4.0}
    assert (facts.starts, facts.ends, facts.today) == (THIS_YEAR.starts, THIS_YEAR.ends, NOW.date())


async def test_a_period_has_what_was_under_way_in_it(database: Database, at: Clinic) -> None:
    by, alma = await coordinator(), await joined(attorney())
    over = await waiting(case("NM-OVER", received=date(2026, 1, 5)), now=NOW - timedelta(days=300))
    match = await offered(over, seat(alma), by=by, at=at, now=NOW - timedelta(days=290))
    await accept_all(match, now=NOW - timedelta(days=290))
    await engagement.clear_conflicts(match, by=by, now=NOW - timedelta(days=289))
    await engagement.engage_match(match, by=by, now=NOW - timedelta(days=288))
    await engagement.close_case(over.id, outcome="granted", by=by, now=NOW - timedelta(days=100))
    await waiting(case("NM-LATE", received=NOW.date()))
    gone = await intake.receive_case(case("NM-GONE", received=date(2026, 9, 1)), by=by, now=NOW)
    await intake.begin_screening(gone.id, by=by, now=NOW)
    await intake.decline_case(gone.id, reason="elsewhere", by=by, now=NOW)

    def day(ago: int) -> date:
        return NOW.date() - timedelta(days=ago)

    for first, last, expected in ((200, 150, 1), (99, 90, 0), (99, 0, 2), (300, 0, 3), (400, 380, 0)):
        await made("spy", at, Period(day(first), day(last)))
        assert (first, last, len(seen().cases)) == (first, last, expected)
    await made("spy", at, Period(day(300), day(0)))
    closed = next(one for one in seen().cases if one.state is CaseState.CLOSED)
    assert (closed.ended, closed.outcome) == (day(100), "granted")
    assert seen().matches[0].ended == day(100)


async def test_somebody_with_two_records_is_one_volunteer(database: Database, at: Clinic) -> None:
    by, kept, old = await coordinator(), await joined(attorney("Alma")), await joined(attorney("Alma R."))
    await made("spy", at, by=by)
    assert len(seen().volunteers) == 2

    await merge_records(kept.id, old.id, by=by, now=NOW)
    await made("spy", at, by=by)
    assert [one.ref for one in seen().volunteers] == ["V-1"]


async def test_it_takes_seven_statements_however_much_there_is(database: Database, at: Clinic) -> None:
    by = await coordinator()
    for turn in range(2):
        person = await joined(attorney(f"A{turn}"))
        await offered(await waiting(), seat(person), by=by, at=at)
        with statements() as asked:
            await made("spy", at, by=by)
        assert len(asked) == 7


async def test_two_reports_at_most_hold_their_facts_at_a_time(
    database: Database, at: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding, most, by = 0, 0, await coordinator()
    read = records.rows_between

    async def counted(*given: Any) -> records.Rows:
        nonlocal holding, most
        holding += 1
        most = max(most, holding)
        try:
            return await read(*given)
        finally:
            holding -= 1

    monkeypatch.setattr(reporting, "rows_between", counted)
    found = await asyncio.gather(*(made("spy", at, by=by) for _ in range(6)))
    assert [one.cause for one in found] == [""] * 6
    assert most == REPORTS_AT_ONCE


async def test_more_than_memory_should_hold_is_refused_with_what_to_do(
    database: Database, at: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_CASES", 1)
    await waiting()
    await made("spy", at)
    await waiting()

    with pytest.raises(BadInput, match="Choose a shorter one"):
        await made("spy", at)


@pytest.mark.parametrize(("days", "said"), [(-1, "ends before it begins"), (4000, "longer than ten years")])
async def test_a_period_that_cannot_be_is_refused(database: Database, at: Clinic, days: int, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        await made("spy", at, Period(NOW.date(), NOW.date() + timedelta(days=days)))


async def test_each_role_reads_what_is_meant_for_it(database: Database, at: Clinic) -> None:
    staff, partner = await coordinator(), Actor("Bar", new_id(), (AccountRole.PARTNER,))
    volunteer = worlds.actor_of(await joined(attorney()))

    assert [line.name for line in reports_for(staff, at)] == ["served", "months", "spy", "ours", "broken"]
    assert [line.name for line in reports_for(partner, at)] == ["ours"]
    assert reports_for(volunteer, at) == ()
    for name in ("spy", "nothing"):
        with pytest.raises(NotFound):
            await made(name, at, by=partner)


async def test_a_bars_own_staff_learn_no_small_number(database: Database, at: Clinic) -> None:
    partner = Actor("Bar", new_id(), (AccountRole.PARTNER,))

    found = await made("ours", at, by=partner)
    assert found.table is not None
    assert found.coarse
    assert found.table.rows == (("a", None, None, NOW.date()), ("b", 15, 0.5, None), ("c", 0, 0.0, None))
    staff = await made("ours", at)
    assert staff.table is not None
    assert not staff.coarse
    assert staff.table.rows == (("a", 4, 0.5, NOW.date()), ("b", 19, 0.57, None), ("c", 0, 0.0, None))


def test_what_a_bars_own_staff_see_goes_in_steps() -> None:
    columns = tuple(Column(str(kind), kind) for kind in (ColumnKind.NUMBER, ColumnKind.HOURS, ColumnKind.PERCENT))
    exact = Table(columns, ((FEW, 149.9, 0.3), (-7, 50.0, 1.0), (-2, 50.0, 1.0), (None, None, None)))

    assert coarsened(exact).rows == ((5, 100, 0.3), (-10, 50, 1.0), (None, None, None), (None, None, None))


async def test_a_report_that_fails_says_so_and_the_others_are_made(database: Database, at: Clinic) -> None:
    found = await made("broken", at)

    assert (found.table, found.cause) == (None, "LookupError (spying.py line 19)")
    assert found.line.plugin == "spying"
    assert (await made("spy", at)).table is not None
    for built_in in ("served", "months"):
        assert (await made(built_in, at)).table is not None


def test_the_usual_period_is_twelve_months() -> None:
    assert last_year(date(2026, 11, 24)) == Period(date(2025, 12, 1), date(2026, 11, 24))
    assert last_year(date(2026, 12, 31)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert last_year(date(2026, 1, 1)) == Period(date(2025, 2, 1), date(2026, 1, 1))
