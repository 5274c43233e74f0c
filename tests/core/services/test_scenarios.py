"""What an expert coordinator will try, by the sentences of the field's own list of scenarios."""

import base64
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core import tables as t
from core.errors import NotEligible, TooLate
from core.host import PluginHost
from core.key_places import KeyPlace
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Capacity
from core.model.states import CaseState, MatchState, OfferState, ProposalState, RosterRunState, SeatState
from core.model.vocabulary import DeclineReason, SeatRole, Standing
from core.services.clinic import Clinic
from core.services.conflicts import kept_off
from core.services.matches import approval, claiming, engagement, responding
from core.services.rosters import standings
from core.services.runs.snapshot import facts_of_case
from core.settings import Settings
from core.store import audit
from core.store.cases import cases
from core.store.database import Database
from core.store.matches import teams
from plugins import BUILTIN
from tests import worlds
from tests.core.services.conflicts.test_conflicts import keys_at
from tests.plugins_for_tests.hostile import hostile
from tests.plugins_for_tests.shelf import shelf_on_path
from tests.rosters import members, previewed, synced
from tests.worlds import NOW


async def _kinds(*subjects: UUID) -> list[str]:
    return [event.kind for event in await audit.events_of(list(subjects))]


async def _messages_to(account: UUID | None) -> list[str]:
    rows = await t.Message.select(t.Message.kind).where(t.Message.account == account).order_by(t.Message.id)
    return [row["kind"] for row in rows]


async def test_an_attorney_is_suspended_open_offers_frozen_alert_on_two_engaged_cases_nothing_removed_silently(
    database: Database,
) -> None:
    """Scenario 5, as far as the freeze goes: what tonight's roster says takes effect at once."""
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney(capacity=Capacity(cases=3)))
    engaged = [await worlds.offered(await worlds.waiting(), worlds.seat(alma), by=by, at=clinic) for _ in range(2)]
    for match in engaged:
        await worlds.accept_all(match)
        await engagement.clear_conflicts(match, by=by, now=NOW)
        await engagement.engage_match(match, by=by, now=NOW)
    open_match = await worlds.offered(await worlds.waiting(), worlds.seat(alma), by=by, at=clinic)

    await standings.record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=SYSTEM, now=NOW)

    (offer,) = await teams.offers_of_match(open_match)
    assert offer.state is OfferState.FROZEN
    with pytest.raises(TooLate, match="on hold"):
        await responding.accept_offer(offer.id, by=worlds.actor_of(alma), now=NOW)
    alerts = await t.Alert.select(t.Alert.match, t.Alert.closed_at).order_by(t.Alert.match)
    assert [(row["match"], row["closed_at"]) for row in alerts] == [(m, None) for m in sorted([*engaged, open_match])]
    for match in engaged:
        assert (await teams.find_match(match)).state is MatchState.ENGAGED
        assert [seat.state for seat in await teams.seats_of(match)] == [SeatState.ENGAGED]
    assert (await _messages_to(alma.account))[-1] == "offer_frozen"
    assert (await _messages_to(by.account))[-1] == "standing_alert"


async def test_the_interpreter_knows_the_clients_family_declines_with_conflict_and_is_never_proposed_again(
    database: Database,
) -> None:
    """Scenario 7."""
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma, isidro = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.interpreter())
    case = await worlds.waiting(worlds.case(languages=("mam",)))
    seats = (worlds.seat(alma), worlds.seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    match = await worlds.offered(case, *seats, by=by, at=clinic)
    waited = (await cases.find_case(case.id)).waiting_since
    (offer,) = [one for one in await teams.offers_of_match(match) if one.volunteer == isidro.id]

    await responding.decline_offer(
        offer.id, reason=DeclineReason.CONFLICT, by=worlds.actor_of(isidro), now=NOW + timedelta(hours=2)
    )

    back = await cases.find_case(case.id)
    assert (back.state, back.waiting_since) == (CaseState.WAITLISTED, waited)
    assert (await facts_of_case(back)).barred == (str(isidro.id),)
    await worlds.planned(back, *seats)
    assert await teams.open_proposals(case=case.id) == []


async def test_a_coordinator_undoes_an_approval_before_the_volunteer_answers_and_after_both_clean_both_in_the_history(
    database: Database,
) -> None:
    """Scenario 8."""
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney())
    case = await worlds.waiting()
    waited = (await cases.find_case(case.id)).waiting_since

    before = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic)
    proposal = (await teams.find_match(before)).proposal
    await approval.undo_approval(before, by=by, now=NOW)
    assert (await teams.find_proposal(proposal)).state is ProposalState.OPEN
    assert [offer.state for offer in await teams.offers_of_match(before)] == [OfferState.REVOKED]

    after = await approval.approve_proposal(proposal, clinic=clinic, by=by, now=NOW)
    await worlds.accept_all(after)
    await approval.undo_approval(after, by=by, now=NOW)
    assert (await teams.find_proposal(proposal)).state is ProposalState.APPROVED

    for match in (before, after):
        assert (await teams.find_match(match)).state is MatchState.ENDED
        assert [seat.state for seat in await teams.seats_of(match)] == [SeatState.REVOKED]
    back = await cases.find_case(case.id)
    assert (back.state, back.waiting_since, back.held_by) == (CaseState.WAITLISTED, waited, None)
    assert await _kinds(before) == ["match_approved", "match_ended"]
    assert await _kinds(after) == ["match_approved", "team_accepted", "match_ended"]
    assert chain_breaks(await audit.events()) is None


async def test_a_declined_offer_tells_the_coordinator_and_releases_the_rest_of_the_team(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma, isidro = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.interpreter())
    seats = (worlds.seat(alma), worlds.seat(isidro, SeatRole.INTERPRETER, ("mam", "es")))
    match = await worlds.offered(await worlds.waiting(worlds.case(languages=("mam",))), *seats, by=by, at=clinic)
    hers, his = await teams.offers_of_match(match)
    await responding.accept_offer(hers.id, by=worlds.actor_of(alma), now=NOW)
    await responding.decline_offer(his.id, reason=DeclineReason.NO_TIME, by=worlds.actor_of(isidro), now=NOW)

    assert [seat.state for seat in await teams.seats_of(match)] == [SeatState.REVOKED, SeatState.DECLINED]
    assert await _messages_to(alma.account) == ["offer_made", "match_ended"]
    assert (await _messages_to(by.account))[-1] == "offer_declined"


async def test_an_offer_that_nobody_answers_expires_after_three_working_days_with_one_reminder(
    database: Database,
) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney())
    case = await worlds.waiting()
    match = await worlds.offered(case, worlds.seat(alma), by=by, at=clinic)
    (offer,) = await teams.offers_of_match(match)
    assert offer.expires_at == NOW + timedelta(days=3)

    half = NOW + timedelta(days=1, hours=12)
    assert [await responding.remind_of_offers(now=half) for _ in range(2)] == [1, 0]
    assert await responding.expire_offers(by=SYSTEM, now=offer.expires_at - timedelta(seconds=1)) == 0
    assert await responding.expire_offers(by=SYSTEM, now=offer.expires_at) == 1
    assert (await cases.find_case(case.id)).state is CaseState.WAITLISTED
    assert await _messages_to(alma.account) == ["offer_made", "offer_reminder", "offer_expired"]


async def test_an_offer_in_the_top_urgency_tier_expires_after_one_working_day(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney())
    case = await worlds.waiting(worlds.case(detained=True))
    (offer,) = await teams.offers_of_match(await worlds.offered(case, worlds.seat(alma), by=by, at=clinic))
    assert offer.expires_at == NOW + timedelta(days=1)


async def test_a_claim_holds_the_case_and_approving_it_needs_no_second_yes(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma, berta = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.attorney("Berta"))
    case = await worlds.waiting()
    attorney = SeatRole.ATTORNEY
    proposal = await claiming.claim_case(case.id, role=attorney, clinic=clinic, by=worlds.actor_of(alma), now=NOW)
    with pytest.raises(TooLate, match="a moment faster"):
        await claiming.claim_case(case.id, role=attorney, clinic=clinic, by=worlds.actor_of(berta), now=NOW)
    match = await approval.approve_proposal(proposal, clinic=clinic, by=by, now=NOW)
    assert (await teams.find_match(match)).state is MatchState.ACCEPTED
    assert [offer.state for offer in await teams.offers_of_match(match)] == [OfferState.ACCEPTED]


async def test_a_volunteer_who_does_not_fit_is_told_each_reason_and_nothing_is_held(database: Database) -> None:
    clinic = worlds.clinic()
    alma = await worlds.joined(worlds.attorney(eoir_registered=False, practice={}))
    case = await worlds.waiting()
    with pytest.raises(NotEligible) as refused:
        await claiming.claim_case(case.id, role=SeatRole.ATTORNEY, clinic=clinic, by=worlds.actor_of(alma), now=NOW)
    assert len(refused.value.reasons) == 2
    assert (await cases.find_case(case.id)).held_by is None


async def test_a_feed_of_twelve_rows_instead_of_four_thousand_is_held_and_the_last_good_roster_stays(
    database: Database,
) -> None:
    """Scenario 6, with a tenth of the rows: the share counts."""
    await synced(members(400, 2001))
    held = await previewed(members(12, 2001), now=NOW + timedelta(days=1))

    assert held.state is RosterRunState.HELD
    assert await t.RosterEntry.count().where(t.RosterEntry.gone_since.is_null()) == 400


async def test_a_plugin_that_raises_on_every_call_leaves_the_rest_at_work_and_is_named(
    database: Database, tmp_path: Path
) -> None:
    """Scenario 11, seen from the verbs; its pages are in tests/journeys/test_hostile_plugins.py."""
    with shelf_on_path(tmp_path) as shelf:
        bad = hostile(shelf, "raises")
        host = PluginHost.load([*BUILTIN, *bad.values()], settings=Settings(), entry_points=False)
    with closing(host):
        clinic = Clinic(Settings(), host)
        alma, isidro = await worlds.joined(worlds.attorney()), await worlds.joined(worlds.interpreter())
        case, mam = await worlds.waiting(), await worlds.waiting(worlds.case(languages=("mam",)))
        for _ in range(6):
            with pytest.raises(NotEligible, match="Could not decide: bad_rule"):
                await claiming.claim_case(
                    mam.id, role=SeatRole.INTERPRETER, clinic=clinic, by=worlds.actor_of(isidro), now=NOW
                )
        await claiming.claim_case(case.id, role=SeatRole.ATTORNEY, clinic=clinic, by=worlds.actor_of(alma), now=NOW)
        named = {info.name: info for info in host.plugins()}["bad_rules"]
        assert named.last_error == "bad_rule: allows: LookupError (bad_rules.py line 7)"
        assert [one.name for one in named.resting] == ["bad_rule"]


async def test_who_works_for_the_other_side_is_kept_off_the_case_without_being_told_whose_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scenario 12; more of it in test_conflicts.py."""
    with keys_at(KeyPlace(text=base64.b64encode(b"k" * 32).decode()), database, monkeypatch):
        vera = await worlds.joined(worlds.attorney("Vera", firm="Lee & Jones, LLP"))
        case = await worlds.waiting()
        await worlds.against(case.id, "LEE AND JONES")

        assert (await facts_of_case(case)).barred == (str(vera.id),)
        with pytest.raises(NotEligible) as stopped:
            await claiming.claim_case(
                case.id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=worlds.actor_of(vera), now=NOW
            )
    assert stopped.value.reasons == (kept_off.STOPPED,)
    assert not any(word in str(stopped.value) for word in ("Lee", "Jones", case.ref))
    assert all("jones" not in str(event.detail).casefold() for event in await audit.events())
