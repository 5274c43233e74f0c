"""Screens: whoever is kept out of a case is proposed for no seat of it, told nothing, and it is not there for her."""

from uuid import UUID

import pytest
from msgspec import json
from msgspec.structs import replace

from core import tables as t
from core.errors import BadInput, Contradicts, NotAllowed, NotEligible, NotFound
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Actor, Volunteer
from core.model.plans.teams import Unmatched
from core.model.vocabulary import AccountRole, SeatRole
from core.queries.cases.waitlist import Sieve, reasons_unmatched, waiting_cases
from core.queries.desk import counts_for
from core.queries.runs import board
from core.services.accounts.signing_in import create_account
from core.services.cases import intake
from core.services.matches import claiming
from core.services.notifying import tell_coordinators
from core.services.privacy.screening_off import hide_from, lift, screen_off
from core.services.runs.snapshot import facts_of_case
from core.store import audit
from core.store.cases import cases
from core.store.clients import screens
from core.store.database import Database
from core.store.engines.hiding import hide, seeing_all
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW


async def staff(name: str = "Carmen") -> Actor:
    """A coordinator."""
    account = await create_account(
        email=f"{name.lower()}@example.org", name=name, roles=(AccountRole.COORDINATOR,), by=SYSTEM, now=NOW
    )
    return Actor(label=name, account=account, roles=(AccountRole.COORDINATOR,), screened=True)


async def test_a_coordinator_who_is_screened_off_reads_no_row_of_the_case_and_changes_nothing_of_it(
    database: Database,
) -> None:
    carmen, joel = await staff(), await staff("Joel")
    hers, other = await worlds.waiting(), await worlds.waiting()
    alma = await worlds.joined(worlds.attorney())
    proposal = await worlds.proposed(hers, worlds.seat(alma))

    await screen_off(hers.id, account=carmen.account, reason="her cousin", by=joel, now=NOW)
    assert (await counts_for(carmen, today=NOW.date())).waiting == 2
    await hide_from(carmen)

    assert [row.case.id for row in (await waiting_cases(Sieve())).rows] == [other.id]
    assert ((counts := await counts_for(carmen, today=NOW.date())).waiting, counts.proposals) == (1, 0)
    for missing in (cases.find_case(hers.id), teams.find_proposal(proposal.id)):
        with pytest.raises(NotFound):
            await missing
    with pytest.raises(NotFound):
        await intake.withdraw_case(hers.id, reason="why not", by=carmen, now=NOW)
    with seeing_all():
        assert (await cases.find_case(hers.id)).id == hers.id
    hide(frozenset())


async def test_what_the_matcher_says_of_other_cases_does_not_name_hers(database: Database) -> None:
    carmen, joel = await staff(), await staff("Joel")
    hers, like_hers, other = [await worlds.waiting(worlds.case(ref)) for ref in ("NM-1", "NM-12", "NM-2")]
    proposal = await worlds.proposed(other, worlds.seat(await worlds.joined(worlds.attorney())))
    why = f"The next best attorney is needed more by {hers.ref}, then by {like_hers.ref}."
    await teams.update_team(proposal.id, replace(proposal.team, why=why))
    lost = json.encode([Unmatched(like_hers.ref, "lost", f"Lost to {hers.ref}.", lost_to=(hers.ref,))]).decode()
    await t.MatchingRun.insert(t.MatchingRun(state="done", requested_at=NOW, unmatched=lost))
    await screen_off(hers.id, account=carmen.account, reason="her cousin", by=joel, now=NOW)

    await hide_from(carmen)
    said, unmatched = (await board.proposal(proposal.id)).why, await reasons_unmatched()
    hide(frozenset())

    assert said == "The next best attorney is needed more by another case, then by NM-12."
    assert unmatched == {"NM-12": Unmatched("NM-12", "lost", "Lost to another case.", lost_to=("another case",))}
    assert (await board.proposal(proposal.id)).why == why


async def test_within_a_transaction_everything_counts(database: Database) -> None:
    carmen, joel = await staff(), await staff("Joel")
    hers = await worlds.waiting()
    await screen_off(hers.id, account=carmen.account, reason="her cousin", by=joel, now=NOW)
    await hide_from(carmen)

    async with database.transaction():
        assert (await cases.find_case(hers.id)).id == hers.id
    hide(frozenset())


async def test_a_volunteer_who_is_screened_off_is_proposed_no_more_and_her_claim_is_stopped(database: Database) -> None:
    joel, alma, berta = await staff("Joel"), await _attorney("Alma"), await _attorney("Berta")
    case = await worlds.waiting()
    proposal = await worlds.proposed(case, worlds.seat(alma))

    await screen_off(case.id, volunteer=alma.id, reason="knows the family", by=joel, now=NOW)

    assert (await teams.find_proposal(proposal.id)).state == "superseded"
    assert (await facts_of_case(case)).barred == (str(alma.id),)
    assert await cases.barred_pairs() == {case.id: {alma.id}}
    assert await cases.cases_barred_for(alma.id) == {case.id}
    with pytest.raises(NotEligible):
        await claiming.claim_case(
            case.id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=worlds.actor_of(alma), now=NOW
        )
    await claiming.claim_case(
        case.id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=worlds.actor_of(berta), now=NOW
    )


async def _attorney(name: str) -> Volunteer:
    return await worlds.joined(worlds.attorney(name))


async def test_one_person_with_two_parts_is_kept_out_in_both(database: Database) -> None:
    joel, alma = await staff("Joel"), await _attorney("Alma")
    case = await worlds.waiting()
    assert alma.account is not None

    await screen_off(case.id, volunteer=alma.id, reason="knows the family", by=joel, now=NOW)
    assert await screens.cases_closed_to(alma.account) == {case.id: case.ref}
    with pytest.raises(Contradicts, match="already"):
        await screen_off(case.id, account=alma.account, reason="again", by=joel, now=NOW)


async def test_whoever_is_on_the_team_or_claims_the_case_is_not_screened_off_behind_her_back(
    database: Database,
) -> None:
    joel, alma = await staff("Joel"), await _attorney("Alma")
    case, claimed = await worlds.waiting(), await worlds.waiting()
    await worlds.offered(case, worlds.seat(alma), by=joel, at=worlds.clinic())
    await claiming.claim_case(
        claimed.id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=worlds.actor_of(alma), now=NOW
    )

    for one in (case, claimed):
        with pytest.raises(Contradicts):
            await screen_off(one.id, volunteer=alma.id, reason="knows the family", by=joel, now=NOW)


async def test_somebody_of_the_staff_stays(database: Database) -> None:
    carmen, joel = await staff(), await staff("Joel")
    case = await worlds.waiting()

    await screen_off(case.id, account=carmen.account, reason="her cousin", by=carmen, now=NOW)
    with pytest.raises(Contradicts, match="Nobody of the staff would be left"):
        await screen_off(case.id, account=joel.account, reason="his, too", by=joel, now=NOW)


async def test_another_person_lets_her_in_again_and_both_are_in_the_history(database: Database) -> None:
    carmen, joel = await staff(), await staff("Joel")
    case = await worlds.waiting()
    key = await screen_off(case.id, account=carmen.account, reason="her cousin", by=joel, now=NOW)
    await hide_from(carmen)
    with pytest.raises(NotFound):
        await lift(key, by=carmen, now=NOW)
    hide(frozenset())

    await lift(key, by=joel, now=NOW)

    assert carmen.account is not None
    assert await screens.cases_closed_to(carmen.account) == {}
    kinds = [event.kind for event in await audit.events_of([case.id])]
    assert kinds[-2:] == ["person_screened_off", "screen_lifted"]
    assert chain_breaks(await audit.events()) is None
    assert "cousin" not in str([event.detail for event in await audit.events()])


async def test_no_message_leads_her_there(database: Database) -> None:
    carmen, joel = await staff(), await staff("Joel")
    case, other = await worlds.waiting(), await worlds.waiting()
    alma = await _attorney("Alma")
    match = await worlds.offered(case, worlds.seat(alma), by=joel, at=worlds.clinic())
    await screen_off(case.id, account=carmen.account, reason="her cousin", by=joel, now=NOW)

    for path in (f"/matches/{match}", f"/cases/{case.id}/notes", f"/cases/{other.id}", "/claims"):
        await tell_coordinators("team_accepted", path=path, now=NOW)

    assert await _told(carmen.account) == [f"/cases/{other.id}", "/claims"]
    assert len(await _told(joel.account)) == 4


async def _told(account: UUID | None) -> list[str]:
    rows = await t.Message.select(t.Message.path).where(t.Message.account == account).order_by(t.Message.id)
    return [row["path"] for row in rows]


async def test_only_staff_may_and_a_reason_is_wanted(database: Database) -> None:
    alma, case = await _attorney("Alma"), await worlds.waiting()

    with pytest.raises(NotAllowed):
        await screen_off(case.id, volunteer=alma.id, reason="x", by=worlds.actor_of(alma), now=NOW)
    for wrong in ({"volunteer": alma.id, "reason": " "}, {"reason": "why"}):
        with pytest.raises(BadInput):
            await screen_off(case.id, by=SYSTEM, now=NOW, **wrong)
