"""What people wrote about a case goes with its client: reasons, notes, alerts, and their words in the audit chain."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from core import tables as t
from core.crypto import Tampered
from core.model.cases.eligibility import Verdict
from core.model.events import chain_breaks
from core.model.people import Actor
from core.model.vocabulary import DeclineReason
from core.services.cases.eligibility import decide_otherwise
from core.services.matches import engagement, pinning, responding
from core.store import audit
from core.store.alerts import raise_alert
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.core.services.privacy.test_erasing import asked, esperanza
from tests.worlds import NOW


async def test_what_people_wrote_about_a_case_goes_though_its_rows_stay(database: Database) -> None:
    case, by = await esperanza()
    alma, vera = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.attorney("Vera"))
    await pinning.forbid_pair(case, volunteer=vera.id, reason="Her cousin", by=by, now=NOW)
    match = await worlds.offered(await cases.find_case(case), worlds.seat(alma), by=by, at=worlds.clinic())
    (offer,) = await teams.offers_of_match(match)
    await responding.decline_offer(
        offer.id, reason=DeclineReason.OTHER, note="I know Esperanza", by=worlds.actor_of(alma), now=NOW
    )

    await asked(case, by)

    assert [row["reason"] for row in await t.SettledPair.select(t.SettledPair.reason)] == [""]
    assert [row["note"] for row in await t.Offer.select(t.Offer.note)] == [""]
    assert [row["ended_reason"] for row in await t.Match.select(t.Match.ended_reason)] == [""]


async def test_words_of_staff_in_the_audit_chain_go_with_the_key_and_the_chain_still_verifies(
    database: Database,
) -> None:
    case, by = await esperanza()
    await decide_otherwise(case, Verdict.ELIGIBLE, reason="Canario asked the board", by=by, now=NOW)
    match = await worlds.offered(
        await cases.find_case(case), worlds.seat(await worlds.joined(worlds.attorney())), by=by, at=worlds.clinic()
    )
    await engagement.end_engagement(match, reason="Esperanza wants another attorney", by=by, now=NOW)
    told = {"Canario asked the board", "Esperanza wants another attorney"}
    before = await audit.events_of([case, match])
    assert not any(words in str(before) for words in told)
    assert {event.detail.get("reason") for event in await audit.with_words(case, before)} >= told

    await asked(case, by)

    after = await audit.with_words(case, await audit.events_of([case, match]))
    assert after[: len(before)] == before
    assert {event.detail.get("reason") for event in after} <= {None, "client_request"}
    assert chain_breaks(await audit.events()) is None


async def test_words_are_sealed_to_their_place_in_the_chain(database: Database) -> None:
    case, by = await esperanza()
    await decide_otherwise(case, Verdict.ELIGIBLE, reason="The board agreed", by=by, now=NOW)
    (event,) = await audit.events_of([case], "eligibility_decided")

    with pytest.raises(Tampered):
        await audit.with_words(case, [replace(event, sequence=event.sequence + 1)])


async def test_an_outcome_that_is_told_of_few_goes_and_a_common_one_stays(database: Database) -> None:
    by, told = await worlds.coordinator(), {}
    for number, outcome in enumerate(["granted"] * 5 + ["granted, her sister Inés too"]):
        told[await closed(outcome, number, by)] = outcome
    rare, common = (next(key for key, one in told.items() if one == said) for said in (outcome, "granted"))

    await asked(rare, by)
    await asked(common, by)

    assert [(await cases.find_case(key)).outcome for key in (rare, common)] == ["", "granted"]


async def closed(outcome: str, number: int, by: Actor) -> UUID:
    """A case that was worked on and closed with this outcome."""
    case = await worlds.waiting(worlds.case(f"NM-{number}"))
    match = await worlds.offered(case, worlds.seat(await worlds.joined(worlds.attorney())), by=by, at=worlds.clinic())
    await worlds.accept_all(match)
    await engagement.clear_conflicts(match, by=by, now=NOW)
    await engagement.engage_match(match, by=by, now=NOW)
    await engagement.close_case(case.id, outcome=outcome, by=by, now=NOW)
    return case.id


async def test_alerts_about_a_case_are_closed_with_it_and_say_nothing_any_more(database: Database) -> None:
    (case, by), other = await esperanza(), await worlds.waiting(worlds.case("NM-2"))
    for one in (case, other.id):
        await raise_alert("deadline", text=f"{one}: asylum. Nobody acts.", path=f"/cases/{one}/dates", now=NOW)

    await asked(case, by)

    left = await t.Alert.select(t.Alert.path, t.Alert.text).where(t.Alert.closed_at.is_null())
    assert [row["path"] for row in left] == [f"/cases/{other.id}/dates"]
    assert str(case) not in str(await t.Alert.select(t.Alert.text))
