"""The names to whom, when and for how long: DOMAIN "Staged disclosure" and scenario 3."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import tables as t
from core.errors import BadInput, NotFound, TooLate
from core.model.clients.checks import CheckAnswer
from core.model.clients.client import Purpose
from core.model.events import chain_breaks
from core.model.states import CaseState, MatchState, SeatState
from core.model.vocabulary import SeatRole
from core.services.checks import volunteers
from core.services.clients.disclosing import read_client, read_parties
from core.services.matches import engagement
from core.store import audit
from core.store.cases import cases
from core.store.clients import checks
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.disclosing import CLIENT, CLINIC, F, Scene, complete_team
from tests.worlds import NOW

LATER = NOW + timedelta(hours=1)


async def views(case: UUID) -> list[tuple[str, str, str]]:
    """The disclosure log of a case: who, what, why."""
    rows = await t.Disclosure.select().where(t.Disclosure.case == case).order_by(t.Disclosure.id)
    return [(row["actor_label"], row["fields"], row["purpose"]) for row in rows]


async def test_a_conflict_found_after_acceptance_ends_the_seat_and_the_names_shown_stay_in_the_log(
    database: Database,
) -> None:
    """Scenario 3."""
    scene = await complete_team()
    before = (await cases.find_case(scene.case)).waiting_since
    await volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=NOW)
    names = await volunteers.look_at_names(scene.match, by=scene.alma, now=LATER)
    assert (names.client[F.NAME], [one.name for one in names.adverse]) == ("Esperanza Canario", ["Rodolfo Canario"])

    await volunteers.declare_conflict(scene.match, by=scene.alma, now=LATER)

    seats = {seat.role: seat.state for seat in await teams.seats_of(scene.match)}
    assert seats == {SeatRole.ATTORNEY: SeatState.CONFLICTED, SeatRole.INTERPRETER: SeatState.REVOKED}
    back = await cases.find_case(scene.case)
    assert (back.state, back.waiting_since) == (CaseState.WAITLISTED, before)
    assert await cases.barred_for(scene.case) == {scene.alma.volunteer}
    assert await views(scene.case) == [
        ("Alma", '["name","other_names","parties"]', "conflict_check"),
    ]
    assert "check_conflict" in await told(scene.by.account)
    for closed in (
        volunteers.look_at_names(scene.match, by=scene.alma, now=LATER),
        read_client(scene.case, (F.NAME,), purpose=Purpose.CONFLICT_CHECK, by=scene.alma, now=LATER),
        read_parties(scene.case, purpose=Purpose.CONFLICT_CHECK, by=scene.alma, now=LATER),
    ):
        await refused(closed)
    assert chain_breaks(await audit.events()) is None


async def refused(asked: Awaitable[Any]) -> None:
    with pytest.raises((NotFound, TooLate)):
        await asked


async def told(account: UUID | None) -> list[str]:
    rows = await t.Message.select(t.Message.kind).where(t.Message.account == account).order_by(t.Message.id)
    return [row["kind"] for row in rows]


async def test_before_the_team_is_complete_nobody_opens_a_name(database: Database) -> None:
    scene = await complete_team(accepted=False)
    await refused(volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=NOW))

    await worlds.accept_all(scene.match)
    await refused(volunteers.look_at_names(scene.match, by=scene.alma, now=NOW))  # she has not opened them
    stranger = worlds.actor_of(await worlds.joined(worlds.attorney("Berta")))
    for nobody in (stranger, scene.by):
        await refused(volunteers.open_names(scene.match, clinic=CLINIC, by=nobody, now=NOW))
    assert await views(scene.case) == []


async def test_names_are_open_to_who_opened_them_and_no_longer_than_the_setting_says(database: Database) -> None:
    scene = await complete_team()
    await volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=NOW)
    end = NOW + timedelta(hours=72)

    await refused(volunteers.look_at_names(scene.match, by=scene.isidro, now=LATER))
    assert await look(scene, end - timedelta(seconds=1))
    await refused(volunteers.look_at_names(scene.match, by=scene.alma, now=end))
    await refused(volunteers.declare_clear(scene.match, by=scene.alma, now=end))
    await refused(volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=end))

    seat = await scene.seat(scene.alma)
    await volunteers.open_names_again(seat.id, clinic=CLINIC, by=scene.by, now=end)
    assert "names_open" in await told(scene.alma.account)
    assert await look(scene, end + timedelta(hours=71))


async def test_whose_time_is_over_may_ask_for_the_names_or_say_that_she_has_a_conflict(
    database: Database,
) -> None:
    scene = await complete_team()
    over = NOW + timedelta(hours=73)
    await refused(volunteers.ask_more(scene.match, "Is he the baker?", by=scene.alma, now=NOW))
    await refused(volunteers.declare_conflict(scene.match, by=scene.alma, now=NOW))
    await volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=NOW)

    assert not (await volunteers.ask_more(scene.match, "Once more, please", by=scene.alma, now=over)).is_open(over)
    (asked,) = await volunteers.read_questions(scene.match, by=scene.by, now=over)
    await volunteers.reply(asked.id, "They are open again.", clinic=CLINIC, by=scene.by, now=over)
    assert await look(scene, over + timedelta(hours=71))

    await volunteers.declare_conflict(scene.match, by=scene.alma, now=over + timedelta(hours=80))
    assert (await teams.find_match(scene.match)).state is MatchState.ENDED


async def look(scene: Scene, now: datetime) -> bool:
    names = await volunteers.look_at_names(scene.match, by=scene.alma, now=now)
    return names.client[F.NAME] == CLIENT[F.NAME]


async def test_a_clear_answer_closes_the_names_and_the_last_one_tells_the_coordinator(database: Database) -> None:
    scene = await complete_team()
    for who in (scene.alma, scene.isidro):
        await volunteers.open_names(scene.match, clinic=CLINIC, by=who, now=NOW)
    await volunteers.declare_clear(scene.match, by=scene.alma, now=LATER)
    assert "check_clear" not in await told(scene.by.account)
    await refused(volunteers.look_at_names(scene.match, by=scene.alma, now=LATER))

    await volunteers.declare_clear(scene.match, by=scene.isidro, now=LATER)

    assert (await told(scene.by.account)).count("check_clear") == 1
    found = await checks.checks_of(scene.match)
    assert {check.answer for check in found.values()} == {CheckAnswer.CLEAR}
    await refused(volunteers.declare_conflict(scene.match, by=scene.alma, now=LATER))


async def test_a_question_is_sealed_and_its_reply_gives_her_the_whole_time_again(database: Database) -> None:
    scene = await complete_team()
    await volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=NOW)
    await volunteers.ask_more(scene.match, "Is Rodolfo the baker of Gallup?", by=scene.alma, now=LATER)
    (asked,) = await volunteers.read_questions(scene.match, by=scene.by, now=LATER)
    assert (await views(scene.case))[-1] == ("Carmen", '["questions"]', "conflict_check")

    late = NOW + timedelta(hours=80)
    await volunteers.reply(asked.id, "No, he farms.", clinic=CLINIC, by=scene.by, now=late)

    names = await volunteers.look_at_names(scene.match, by=scene.alma, now=late + timedelta(hours=71))
    assert [(one.question, one.reply) for one in names.questions] == [
        ("Is Rodolfo the baker of Gallup?", "No, he farms.")
    ]
    await refused(volunteers.reply(asked.id, "Once more", clinic=CLINIC, by=scene.by, now=late))
    kept = str([row for table in t.TABLES for row in await table.select()])
    assert [word for word in ("Gallup", "he farms", "Rodolfo", "Esperanza") if word in kept] == []
    with pytest.raises(BadInput):
        await volunteers.ask_more(scene.match, "  ", by=scene.alma, now=late)


async def test_the_file_opens_with_the_engagement_and_closes_with_its_end(database: Database) -> None:
    scene = await complete_team()
    await engagement.clear_conflicts(scene.match, by=scene.by, now=LATER)
    await refused(read_client(scene.case, (F.NAME,), purpose=Purpose.ENGAGEMENT, by=scene.alma, now=LATER))
    await engagement.engage_match(scene.match, by=scene.by, now=LATER)

    shown = await read_client(
        scene.case, (F.NAME, F.STORY, F.PHONE), purpose=Purpose.ENGAGEMENT, by=scene.alma, now=LATER
    )
    assert shown[F.STORY] == CLIENT[F.STORY]
    assert len(await read_parties(scene.case, purpose=Purpose.ENGAGEMENT, by=scene.alma, now=LATER)) == 2
    await refused(read_client(scene.case, (F.HOUSEHOLD,), purpose=Purpose.ENGAGEMENT, by=scene.alma, now=LATER))

    await engagement.end_engagement(scene.match, reason="transfer", by=scene.by, now=LATER)
    await refused(read_client(scene.case, (F.NAME,), purpose=Purpose.ENGAGEMENT, by=scene.alma, now=LATER))
    assert (await teams.find_match(scene.match)).state is MatchState.ENDED


async def test_an_interpreter_is_told_whom_she_meets_and_not_the_story(database: Database) -> None:
    scene = await complete_team()
    await engagement.clear_conflicts(scene.match, by=scene.by, now=LATER)
    await engagement.engage_match(scene.match, by=scene.by, now=LATER)

    shown = await read_client(scene.case, (F.NAME, F.PHONE), purpose=Purpose.ENGAGEMENT, by=scene.isidro, now=LATER)
    assert shown == {F.NAME: CLIENT[F.NAME], F.PHONE: CLIENT[F.PHONE]}
    for field in (F.STORY, F.A_NUMBER, F.ADDRESS, F.BIRTH_DATE):
        await refused(read_client(scene.case, (F.NAME, field), purpose=Purpose.ENGAGEMENT, by=scene.isidro, now=LATER))
