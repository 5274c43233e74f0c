"""The demo world: the same for the same seed and day on both databases, with something of everything in it."""

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from core import tables as t
from core.demo.bar import ROSTER as BAR
from core.demo.people import DEMO_ATTORNEY, DEMO_INTERPRETER, DEMO_SUSPENDED
from core.demo.signing import SIGN_INS
from core.demo.world import build, day_of_world, last_working_day
from core.errors import BadInput
from core.model.cases.urgency import Tier
from core.model.events import chain_breaks
from core.model.languages import language_group
from core.model.states import CaseState, MatchState, OfferState, ProposalState
from core.model.vocabulary import AccountRole, Standing
from core.model.volunteers.identity import Likeness
from core.queries.rosters.lists import first_changes, possible_members, roster_standings
from core.queries.runs.board import proposals
from core.queries.runs.differing import compared
from core.queries.runs.results import find_run
from core.queries.runs.settled import pinned_seats
from core.queries.volunteers.duplicates import possible_duplicates
from core.services.accounts.signing_in import sign_in, whoami
from core.store.audit import SEALED, events
from core.store.cases import cases
from core.store.database import Database, open_database
from core.store.volunteers import volunteers
from tests.core.demo.conftest import TODAY, built_at
from tests.postgres import PrivateCluster
from tests.worlds import clinic, coordinator

pytestmark = pytest.mark.xdist_group("demo world")  # the world is built once, by one worker

LAST = datetime.combine(date(2026, 11, 23), time(23), UTC)


def _without_ids(detail: dict[str, Any]) -> dict[str, Any]:
    """What an event says; of what is sealed only that it is, since the same is sealed otherwise each time."""
    known = {key: "" if key == SEALED else value for key, value in detail.items()}
    return {key: value for key, value in known.items() if not (isinstance(value, str) and len(value) == 36)}


async def fingerprint() -> dict[str, list[Any]]:
    """Everything that happened and what came of it, without the ids, which are new in each world."""
    people = {one.id: one.ref for one in await volunteers.all_volunteers()}
    known = await t.Case.select().order_by(t.Case.reference)
    ids = {row["id"]: row["reference"] for row in known}
    matches = {row["id"]: ids[row["case"]] for row in await t.Match.select()}
    seats = await t.Seat.select()
    return {
        "events": [
            (one.sequence, one.at, one.kind, one.actor_label, _without_ids(one.detail))
            for one in await events(limit=100_000)
        ],
        "cases": [(row["reference"], row["state"], row["waiting_since"], people.get(row["held_by"])) for row in known],
        "seats": sorted(
            (matches[row["match"]], people[row["volunteer"]], row["role"], row["state"], row["changed_at"])
            for row in seats
        ),
        "proposals": sorted(
            (ids[row["case"]], row["state"], round(row["score"], 6), row["created_at"])
            for row in await t.Proposal.select()
        ),
    }


async def test_the_same_seed_and_day_make_the_same_world_on_both_databases(
    world: Database, postgres_cluster: PrivateCluster, postgres_template: str, key: None
) -> None:
    here = await fingerprint()
    await world.close()
    url = postgres_cluster.create_database(template=postgres_template)
    await built_at(url)
    other = await open_database(url)
    there = await fingerprint()
    await other.close()
    assert {name: len(part) for name, part in here.items()} == {name: len(part) for name, part in there.items()}
    for name, part in here.items():
        assert part == there[name]


async def test_something_is_written_down_beside_cases_and_left_to_do(world: Database) -> None:
    for table in (t.CaseNote, t.CaseContact, t.CaseTask, t.Document, t.DocumentPiece):
        assert await table.count() > 5, table
    sharings = {row["sharing"] for row in await t.Document.select(t.Document.sharing)}
    assert sharings == {"staff", "attorneys", "team"}
    assert {row["state"] for row in await t.CaseTask.select(t.CaseTask.state)} == {"open", "done"}


async def test_cases_matches_offers_and_proposals_are_in_every_state(world: Database) -> None:
    async def states(table: Any) -> Counter[str]:
        return Counter(row["state"] for row in await table.select(table.state))

    assert set(await states(t.Case)) == set(CaseState)
    assert set(await states(t.Match)) == set(MatchState)
    assert set(await states(t.Offer)) == set(OfferState)
    assert set(await states(t.Proposal)) == set(ProposalState)


async def test_300_cases_and_3_requests_come_and_about_half_of_them_wait(world: Database) -> None:
    counts = Counter(row["state"] for row in await t.Case.select(t.Case.state))
    assert counts.total() == 303
    assert 130 <= counts["waitlisted"] <= 170
    tiers = Counter(tier for _, tier in await cases.waiting_with_tier())
    assert tiers[Tier.NOW] >= 5
    assert tiers[Tier.SOON] >= 10


async def test_appeals_and_hard_hearings_ask_for_two_attorneys_and_some_have_them(world: Database) -> None:
    assert 10 <= await t.Case.count().where(t.Case.attorneys == 2) <= 40
    assert await t.Seat.count().where(t.Seat.role == "co_counsel") >= 1
    assert "co_counsel" in {str(seat.role) for one in (await proposals(limit=300)).rows for seat in one.seats}


async def test_languages_are_as_rare_as_they_are(world: Database) -> None:
    rows = await t.Case.select(t.Case.languages).output(load_json=True)
    groups = Counter(language_group(tuple(row["languages"])) for row in rows)
    spanish = sum("es" in row["languages"] for row in rows)
    assert 0.65 < spanish / 300 < 0.9
    assert 10 <= groups["Indigenous"] <= 45
    assert groups["English"] < 30


async def test_220_volunteers_of_two_bars_and_of_every_role(world: Database) -> None:
    double, *others = await possible_duplicates()
    assert (double.likeness, double.one.ref) == (Likeness.CERTAIN, DEMO_ATTORNEY)
    assert Likeness.CERTAIN not in {one.likeness for one in others}
    people = [one for one in await volunteers.all_volunteers() if one.id != double.other.id]
    assert len(people) == 220
    roles = Counter(role for one in people for role in one.roles)
    assert len(roles) == 6
    bars = Counter(bar.jurisdiction for one in people for bar in one.bars)
    assert set(bars) == {"NM", "TX"}
    assert min(bars.values()) > 20
    assert any(one.leave for one in people)
    assert len({one.email for one in people}) == 220


async def test_the_year_lies_behind_and_nothing_in_the_future(world: Database) -> None:
    told = await events(limit=100_000)
    assert chain_breaks(told) is None
    assert (LAST - told[0].at).days > 360
    assert max(one.at for one in told) < LAST
    assert await t.Message.count().where(t.Message.created_at > LAST) == 0


async def test_the_last_evening_leaves_work_for_the_morning(world: Database) -> None:
    assert await t.Case.count().where(t.Case.held_by.is_not_null()) == 1
    assert await t.Proposal.count().where(t.Proposal.state == "open") > 50
    (suspended,) = await volunteers.volunteers_where(t.Volunteer.reference == DEMO_SUSPENDED)
    alerts = await t.Alert.select().where(t.Alert.volunteer == suspended.id)
    assert {row["closed_at"] for row in alerts} == {None}
    assert await t.Offer.count().where(t.Offer.volunteer == suspended.id, t.Offer.state == "frozen") >= 1
    assert await t.Delivery.count().where(t.Delivery.state != "sent") == 0
    for ref in (DEMO_ATTORNEY, DEMO_INTERPRETER):
        ((key,),) = [
            row.values() for row in await t.Volunteer.select(t.Volunteer.id).where(t.Volunteer.reference == ref)
        ]
        assert await t.Offer.count().where(t.Offer.volunteer == key, t.Offer.state == "open") >= 1
        assert await t.Seat.count().where(t.Seat.volunteer == key, t.Seat.state == "engaged") >= 1


async def test_one_can_sign_in_as_each_role(world: Database) -> None:
    settings = clinic().settings
    roles: list[tuple[AccountRole, ...]] = []
    for one in SIGN_INS:
        token = await sign_in(one.email, one.password, now=LAST)
        actor = await whoami(token, settings=settings, now=LAST)
        assert actor is not None
        roles.append(actor.roles)
    volunteer = AccountRole.VOLUNTEER
    wanted = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR, volunteer, volunteer, AccountRole.PARTNER)
    assert roles == [(role,) for role in wanted]


async def test_the_bar_has_brought_its_roster_twice_and_the_last_one_suspends_somebody(world: Database) -> None:
    (roster,) = await roster_standings()
    assert roster.last is not None
    changes = {one.number: [field.field for field in one.fields()] for one in await first_changes(roster.last, 50)}
    (suspended,) = await volunteers.volunteers_where(t.Volunteer.reference == DEMO_SUSPENDED)
    assert (roster.members > 700, roster.last.id) == (True, roster.applied)
    assert changes[suspended.bars[0].number] == ["standing", "status"]
    assert suspended.bars[0].standing is Standing.SUSPENDED
    assert len(await possible_members(BAR)) == 2


async def test_nobody_else_has_a_password(world: Database) -> None:
    assert await t.Account.count().where(t.Account.password_hash != "") == len(SIGN_INS)


async def test_a_world_is_built_once(world: Database) -> None:
    assert await day_of_world() == LAST.date()
    before = await t.AuditEvent.count()
    assert not await build(clinic(demo=True), today=TODAY)
    assert await t.AuditEvent.count() == before


async def test_a_database_in_use_gets_no_demo_world_and_no_demo_sign_ins(database: Database) -> None:
    await coordinator()
    with pytest.raises(BadInput, match="in use"):
        await build(clinic(demo=True), today=TODAY)
    assert await t.Account.count() == 1


async def test_outside_demo_mode_there_is_no_demo_world(database: Database) -> None:
    with pytest.raises(BadInput, match="demo mode only"):
        await build(clinic(), today=TODAY)
    assert await t.Account.count() == 0


@pytest.mark.parametrize(("today", "last"), [(24, 23), (23, 20), (22, 20), (21, 20)])
def test_the_story_ends_on_a_working_day(today: int, last: int) -> None:
    assert last_working_day(date(2026, 11, today)) == date(2026, 11, last)


async def test_seats_are_settled_with_reasons_and_the_last_run_tells_what_it_changed(world: Database) -> None:
    settled = await t.SettledPair.select().where(t.SettledPair.lifted_at.is_null())
    assert Counter(row["kind"] for row in settled) == {"pin": 2, "forbid": 2}
    assert all(row["reason"] for row in settled)

    run = await find_run(None)
    since = run.summary.since
    assert since is not None
    assert since.kept > since.forced + since.chosen > 0
    assert since.forced >= 2
    found = await compared(run.id)
    assert found is not None
    assert len(found.difference.changed) >= 2
    pins = await pinned_seats(row["case"] for row in settled)
    assert any(
        (one.case.id, str(seat.role), str(seat.id)) in pins
        for one in (await proposals(limit=500)).rows
        for seat in one.seats
    )
