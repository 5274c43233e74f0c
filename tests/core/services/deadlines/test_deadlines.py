"""Dated facts of a case and the deadline that follows from them, until a person gives another one."""

from datetime import date, timedelta
from typing import Any

import pytest

from amparo_testing import a_deadline_rule
from core import tables as t
from core.errors import BadInput, NotAllowed, NotFound, TooLate, WrongEntries
from core.host import PluginHost
from core.model.cases.urgency import Tier
from core.model.clients.client import ClientField
from core.model.deadlines.rules import DatedFact, DeadlineRule, Span
from core.model.people import SYSTEM
from core.model.vocabulary import PracticeArea
from core.services.cases import intake
from core.services.cases.importing import import_cases
from core.services.clients.writing import correct_client
from core.services.clinic import Clinic
from core.services.deadlines import dated_facts
from core.services.deadlines.law import refresh_deadlines
from core.services.work.chores import CHORES
from core.settings import Settings
from core.spreadsheets import CaseRow
from core.store import audit
from core.store.cases import cases
from core.store.cases.case_records import dates_of
from core.store.database import Database
from core.store.keys import new_id
from tests import worlds
from tests.worlds import NOW, actor_of

F = DatedFact
ARRIVED = {F.LAST_ARRIVAL: date(2025, 12, 15)}
"""A year later is three weeks from now."""


class Rules(PluginHost):
    """A host whose rules are given, and may become others."""

    rules_of_law: tuple[DeadlineRule, ...] = ()

    def deadlines(self) -> tuple[DeadlineRule, ...]:
        """The rules that are given."""
        return self.rules_of_law


def ruled_by(*rules: DeadlineRule) -> Clinic:
    """A clinic with these rules alone."""
    host = Rules(settings=Settings(), builtin=(), entry_points=False)
    host.rules_of_law = rules
    return Clinic(settings=Settings(), host=host)


async def kinds_of(case: Any) -> list[str]:
    """What is in the history of a case."""
    return [event.kind for event in await audit.events_of([case])]


async def test_a_date_makes_the_deadline_and_the_urgency_and_its_correction_moves_both(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()

    await dated_facts.record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    found = await cases.find_case(case.id)
    assert (found.deadline, found.deadline_kind) == (date(2026, 12, 15), "One-year deadline")
    assert (found.deadline_by, found.follows_rules) == ("asylum-one-year", True)
    assert await dates_of(case.id) == ARRIVED
    assert {one.id: tier for one, tier in await cases.waiting_with_tier()} == {case.id: Tier.SOON}

    await dated_facts.record_dates(case.id, {F.LAST_ARRIVAL: date(2025, 11, 30)}, clinic=clinic, by=by, now=NOW)
    assert (await cases.find_case(case.id)).deadline == date(2026, 11, 30)
    assert [tier for _, tier in await cases.waiting_with_tier()] == [Tier.NOW]

    await dated_facts.record_dates(case.id, {F.LAST_ARRIVAL: None}, clinic=clinic, by=by, now=NOW)
    assert (await cases.find_case(case.id)).deadline is None
    assert await dates_of(case.id) == {}
    assert [tier for _, tier in await cases.waiting_with_tier()] == [Tier.NONE]


async def test_the_history_names_the_facts_and_never_their_dates(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    clinic = worlds.clinic()
    given = ARRIVED | {F.BIRTH: date(2009, 5, 4)}

    await dated_facts.record_dates(case.id, given, clinic=clinic, by=by, now=NOW)
    await dated_facts.record_dates(case.id, given, clinic=clinic, by=by, now=NOW)

    told = [event for event in await audit.events_of([case.id]) if event.kind in ("dates_recorded", "deadline_moved")]
    assert [(event.kind, event.detail, event.actor) for event in told] == [
        ("dates_recorded", {"facts": "last_arrival, birth"}, by.account),
        ("deadline_moved", {"rule": "asylum-one-year"}, by.account),
    ]


async def test_a_deadline_that_a_person_gave_stays_until_it_is_left_to_the_rules(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    hearing = date(2026, 12, 3)

    await dated_facts.set_deadline(
        case.id, due=hearing, kind="Hearing", reason="The notice came today.", seen=None, clinic=clinic, by=by, now=NOW
    )
    await dated_facts.record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    await refresh_deadlines(clinic=clinic, now=NOW)
    found = await cases.find_case(case.id)
    assert (found.deadline, found.deadline_why) == (hearing, "The notice came today.")
    assert not found.follows_rules

    await dated_facts.follow_rules(case.id, clinic=clinic, by=by, now=NOW)
    found = await cases.find_case(case.id)
    assert (found.deadline, found.deadline_by, found.deadline_why) == (date(2026, 12, 15), "asylum-one-year", "")
    assert (await kinds_of(case.id))[-4:] == ["deadline_set", "dates_recorded", "deadline_freed", "deadline_moved"]
    with pytest.raises(TooLate, match="follows the rules already"):
        await dated_facts.follow_rules(case.id, clinic=clinic, by=by, now=NOW)


async def test_a_person_can_say_that_there_is_no_deadline(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    await dated_facts.record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)

    await dated_facts.set_deadline(
        case.id, due=None, kind="", reason="She filed in June.", seen=date(2026, 12, 15), clinic=clinic, by=by, now=NOW
    )
    await refresh_deadlines(clinic=clinic, now=NOW)

    found = await cases.find_case(case.id)
    assert (found.deadline, found.deadline_why) == (None, "She filed in June.")
    assert [tier for _, tier in await cases.waiting_with_tier()] == [Tier.NONE]


async def test_a_deadline_of_an_import_stays_and_one_that_an_import_changes_does_from_then_on(
    database: Database,
) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()

    async def imported(**cells: Any) -> None:
        row = CaseRow(2, "NM-1", PracticeArea.ASYLUM, ("es",), date(2026, 9, 1), **cells)
        await import_cases([row], by=by, now=NOW)

    await imported(deadline=date(2027, 3, 1), deadline_kind="Hearing")
    case = await cases.find_case_by_ref("NM-1")
    await dated_facts.record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    assert (await cases.find_case(case.id)).deadline == date(2027, 3, 1)

    await dated_facts.follow_rules(case.id, clinic=clinic, by=by, now=NOW)
    await imported(summary="Something else was written.")
    assert (await cases.find_case(case.id)).deadline_by == "asylum-one-year"

    await imported(deadline=date(2026, 12, 9), deadline_kind="Hearing")
    await refresh_deadlines(clinic=clinic, now=NOW)
    found = await cases.find_case(case.id)
    assert (found.deadline, found.deadline_by, found.follows_rules) == (date(2026, 12, 9), "", False)


async def test_when_days_pass_or_rules_change_the_deadlines_of_open_cases_follow(database: Database) -> None:
    by = await worlds.coordinator()
    short, long = (a_deadline_rule(f"in-{days}", span=Span(days=days)) for days in (10, 30))
    case, gone = await worlds.waiting(), await worlds.waiting()
    clinic = ruled_by(short, long)
    for one in (case, gone):
        await dated_facts.record_dates(one.id, {F.DECISION: NOW.date()}, clinic=clinic, by=by, now=NOW)
    await intake.withdraw_case(gone.id, reason="She moved.", by=by, now=NOW)

    assert await refresh_deadlines(clinic=clinic, now=NOW) == 0
    later = NOW + timedelta(days=11)
    assert await refresh_deadlines(clinic=clinic, now=later) == 1
    assert (await cases.find_case(case.id)).deadline_by == "in-30"

    changed = ruled_by(short, a_deadline_rule("in-30", span=Span(days=20)))
    assert await refresh_deadlines(clinic=changed, now=later) == 1
    assert (await cases.find_case(case.id)).deadline == NOW.date() + timedelta(days=20)
    assert (await audit.events_of([case.id]))[-1].actor_label == SYSTEM.label

    assert await refresh_deadlines(clinic=ruled_by(short), now=later) == 0
    assert (await cases.find_case(case.id)).deadline_by == "in-30", "its plugin is gone, the deadline is not"
    assert (await cases.find_case(gone.id)).deadline == NOW.date() + timedelta(days=10)


async def test_the_worker_counts_them_every_hour(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    await dated_facts.record_dates(case.id, ARRIVED, clinic=ruled_by(), by=by, now=NOW)
    chore = CHORES["refresh_deadlines"]

    await chore.work({}, clinic, lambda: NOW)

    assert chore.every == timedelta(hours=1)
    assert (await cases.find_case(case.id)).deadline_by == "asylum-one-year"


async def test_what_is_wrong_is_refused_and_changes_nothing(database: Database) -> None:
    case, clinic, by = await worlds.waiting(), worlds.clinic(), await worlds.coordinator()
    volunteer = actor_of(await worlds.joined(worlds.attorney()))

    with pytest.raises(WrongEntries, match="cannot lie ahead") as caught:
        await dated_facts.record_dates(case.id, {F.DECISION: date(2026, 11, 25)}, clinic=clinic, by=by, now=NOW)
    assert list(caught.value.errors) == ["decision"]
    with pytest.raises(BadInput, match="Say in a few words why"):
        await dated_facts.set_deadline(case.id, due=None, kind="", reason=" ", seen=None, clinic=clinic, by=by, now=NOW)
    with pytest.raises(BadInput, match="Say what the deadline is"):
        await dated_facts.set_deadline(
            case.id, due=NOW.date(), kind=" ", reason="So.", seen=None, clinic=clinic, by=by, now=NOW
        )
    with pytest.raises(NotAllowed):
        await dated_facts.record_dates(case.id, ARRIVED, clinic=clinic, by=volunteer, now=NOW)
    with pytest.raises(NotFound):
        await dated_facts.record_dates(new_id(), ARRIVED, clinic=clinic, by=by, now=NOW)
    assert await dates_of(case.id) == {}

    await intake.withdraw_case(case.id, reason="She moved.", by=by, now=NOW)
    with pytest.raises(TooLate, match="has ended"):
        await dated_facts.record_dates(case.id, ARRIVED, clinic=clinic, by=by, now=NOW)
    assert (await kinds_of(case.id))[-1] == "case_withdrawn"


async def test_the_day_of_birth_is_sealed_with_the_client_and_counts_all_the_same(database: Database) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    clinic = ruled_by(a_deadline_rule(fact=F.BIRTH, span=Span(years=21)))

    await dated_facts.record_dates(case.id, {F.BIRTH: date(2006, 5, 4)}, clinic=clinic, by=by, now=NOW)

    assert (await cases.find_case(case.id)).deadline == date(2027, 5, 4)
    rows = await t.Case.select(t.Case.dated)
    sealed = await t.ClientRecord.select(t.ClientRecord.value)
    assert "2006" not in str(rows)
    assert "2006" not in str(sealed)
    await correct_client(case.id, {ClientField.BIRTH_DATE: "2006-05-05"}, by=by, now=NOW)
    assert await dates_of(case.id) == {F.BIRTH: date(2006, 5, 5)}
    await refresh_deadlines(clinic=clinic, now=NOW)
    assert (await cases.find_case(case.id)).deadline == date(2027, 5, 5)
    await dated_facts.record_dates(case.id, {F.BIRTH: None}, clinic=clinic, by=by, now=NOW)
    assert await t.ClientRecord.count() == 0


@pytest.mark.parametrize("written", ["", "about 1990", "1990-13-45"])
async def test_what_is_no_day_counts_for_no_deadline(database: Database, written: str) -> None:
    case, by = await worlds.waiting(), await worlds.coordinator()
    await correct_client(case.id, {ClientField.BIRTH_DATE: written}, by=by, now=NOW)
    assert await dates_of(case.id) == {}
