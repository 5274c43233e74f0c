"""How long clients are kept: decided by people, with a week to take it back; then cases are reduced to statistics."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import tables as t
from core.errors import NotAllowed, TooLate, WrongEntries
from core.model.clients.client import ClientField
from core.model.clients.retention import GRACE, MOST_YEARS, in_force, read_years, to_come, years_after, years_before
from core.services.cases import intake
from core.services.privacy import holding
from core.services.privacy.erasing import reduce_old_cases
from core.services.privacy.retaining import decide_retention, how_many_due
from core.store import audit
from core.store.clients import retention
from core.store.database import Database
from tests import worlds
from tests.worlds import NOW

LATER = NOW + GRACE


async def ended(days_ago: int, *, hold: bool = False) -> str:
    """A case that was withdrawn so many days ago."""
    by, new, then = await worlds.coordinator(), worlds.case(), NOW - timedelta(days=days_ago)
    await intake.receive_case(new, client={ClientField.NAME: "Esperanza"}, by=by, now=then)
    await intake.withdraw_case(new.id, reason="found help elsewhere", by=by, now=then)
    if hold:
        await holding.hold_case(new.id, reason="A subpoena", by=by, now=then)
    return new.ref


async def reduced() -> set[str]:
    rows = await t.Case.select(t.Case.reference).where(t.Case.reduced_at.is_not_null())
    return {row["reference"] for row in rows}


async def test_until_somebody_decides_nothing_is_erased_by_time(database: Database) -> None:
    await ended(20 * 366)
    assert await reduce_old_cases(now=NOW) == 0


async def test_a_case_that_ended_long_enough_ago_is_reduced_but_for_holds_and_what_is_open(database: Database) -> None:
    old, young = await ended(5 * 366), await ended(4 * 365)
    held = await ended(9 * 366, hold=True)
    await worlds.waiting(now=NOW - timedelta(days=9 * 366))
    await decide_retention(5, reason="As the insurer asks", by=await worlds.coordinator(), now=NOW)

    assert await how_many_due(5, now=NOW) == 1
    assert await how_many_due(5, now=NOW, within=timedelta(days=400)) == 2
    assert await reduce_old_cases(now=NOW) == 0
    assert await reduce_old_cases(now=LATER) == 1

    assert await reduced() == {old}
    assert {young, held} & await reduced() == set()
    (event,) = [event for event in await audit.events() if event.kind == "client_erased"]
    assert (event.detail["reason"], event.actor) == ("retention", None)
    assert await reduce_old_cases(now=LATER) == 0


async def test_what_erases_more_begins_a_week_later_and_what_keeps_longer_at_once(database: Database) -> None:
    by = await worlds.coordinator()
    first = await decide_retention(7, reason="Insurer", by=by, now=NOW)
    assert first.begins_at == LATER

    longer = await decide_retention(10, reason="The state bar", by=by, now=LATER)
    shorter = await decide_retention(3, reason="Less is safer", by=by, now=LATER)
    assert (longer.begins_at, shorter.begins_at) == (LATER, LATER + GRACE)
    back = await decide_retention(None, reason="A mistake", by=by, now=LATER)

    known = await retention.rules()
    assert [rule.years for rule in known] == [None, 3, 10, 7]
    assert in_force(known, LATER + 2 * GRACE) == back
    assert to_come(known, LATER) is None
    assert [rule.set_by for rule in known] == ["Carmen"] * 4


async def test_a_decision_needs_a_reason_and_a_change(database: Database) -> None:
    by = await worlds.coordinator()
    with pytest.raises(WrongEntries, match="in a few words why"):
        await decide_retention(7, reason=" ", by=by, now=NOW)
    with pytest.raises(TooLate, match="what holds already"):
        await decide_retention(None, reason="Nothing", by=by, now=NOW)
    await decide_retention(7, reason="Insurer", by=by, now=NOW)
    with pytest.raises(TooLate, match="or begins soon"):
        await decide_retention(7, reason="Insurer", by=by, now=NOW)
    with pytest.raises(NotAllowed):
        await decide_retention(1, reason="x", by=worlds.actor_of(await worlds.joined(worlds.attorney())), now=NOW)


@pytest.mark.parametrize(("typed", "years"), [("", None), (" 7 ", 7), ("1", 1), (str(MOST_YEARS), MOST_YEARS)])
def test_years_are_read(typed: str, years: int | None) -> None:
    assert read_years(typed) == years


@pytest.mark.parametrize("typed", ["0", "-1", "7.5", "51", "seven", "٧", "1e1"])
def test_what_are_no_years_is_refused(typed: str) -> None:
    with pytest.raises(WrongEntries, match="whole years from 1 to 50"):
        read_years(typed)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, MOST_YEARS))
def test_a_case_is_never_due_before_its_years_are_full(ended_on: date, years: int) -> None:
    """The last day on which it is not due is the eve of the day so many years on."""
    full = years_after(ended_on, years)
    assert ended_on > years_before(full - timedelta(days=1), years)
    assert ended_on <= years_before(full, years)


async def test_a_case_that_is_opened_again_has_no_end(database: Database) -> None:
    """The time runs from the last end alone."""
    ref = await ended(3000)
    rows = await t.Case.select(t.Case.ended_at).where(t.Case.reference == ref)
    assert rows[0]["ended_at"] == NOW - timedelta(days=3000)
    waiting = await worlds.waiting()
    rows = await t.Case.select(t.Case.ended_at).where(t.Case.id == waiting.id)
    assert rows[0]["ended_at"] is None
