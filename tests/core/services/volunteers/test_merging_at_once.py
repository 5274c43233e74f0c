"""Merges beside other verbs in the same moment, and that no table with volunteers in it is forgotten."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import UUID

from core import tables as t
from core.errors import Refused
from core.model.events import chain_breaks
from core.model.people import SYSTEM, Volunteer
from core.model.vocabulary import SeatRole
from core.services.matches import approval, claiming, pinning
from core.services.volunteers.merging import merge_records
from core.services.volunteers.splitting import split_records
from core.store import audit
from core.store.database import Database
from core.store.matches import teams
from core.store.volunteers import volunteers
from core.tables import TABLES
from tests import worlds
from tests.core.services.volunteers.test_merging import two
from tests.worlds import NOW

LATER = NOW + timedelta(days=1)


async def at_once(*verbs: Awaitable[Any]) -> list[bool]:
    """Do these together; whether each was done. Being refused is a fine answer, anything else a bug."""
    answers = await asyncio.gather(*verbs, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, Refused):
            raise answer
    return [not isinstance(answer, Refused) for answer in answers]


def merging(kept: Volunteer, other: Volunteer) -> Awaitable[Any]:
    return merge_records(kept.id, other.id, by=SYSTEM, now=LATER)


async def test_of_two_merges_of_the_same_records_one_is_done(database: Database) -> None:
    kept, other = await two()
    assert sum(await at_once(merging(kept, other), merging(other, kept))) == 1
    assert len(await volunteers.all_volunteers()) == 1
    (merge,) = await t.RecordMerge.select(t.RecordMerge.id)
    splits = (split_records(merge["id"], by=SYSTEM, now=LATER) for _ in range(2))
    assert sum(await at_once(*splits)) == 1
    assert chain_breaks(await audit.events()) is None


async def test_a_claim_an_approval_or_a_pin_in_the_same_moment_is_the_kept_records_or_refused(
    database: Database,
) -> None:
    by, clinic = await worlds.coordinator(), worlds.clinic(most_open_offers=5)
    kept, other = await two()
    claimed, pinned = await worlds.waiting(), await worlds.waiting()
    proposal = await worlds.proposed(await worlds.waiting(), worlds.seat(other))
    given: dict[str, Any] = {"role": SeatRole.ATTORNEY, "clinic": clinic, "now": NOW}
    mine = worlds.actor_of(other)

    done = await at_once(
        claiming.claim_case(claimed.id, by=mine, **given),
        approval.approve_proposal(proposal.id, clinic=clinic, by=by, now=NOW),
        merging(kept, other),
        pinning.pin_seat(pinned.id, volunteer=other.id, reason="knows them", by=by, **given),
    )

    assert done[2], "Nothing of this is in a merge's way."
    assert await teams.held_seats([other.id]) == []
    assert await holders(t.Proposal, t.Proposal.claimed_by) <= {kept.id}
    assert await holders(t.SettledPair, t.SettledPair.volunteer) <= {kept.id}
    assert await holders(t.Case, t.Case.held_by) <= {kept.id}
    for one in await teams.open_proposals():
        assert {seat.volunteer for seat in one.team.seats} == {str(kept.id)}


async def holders(table: Any, column: Any) -> set[UUID]:
    return {row[column._meta.name] for row in await table.select(column).where(column.is_not_null())}


GOES_OVER = {
    "alert.volunteer",
    "bar_admission.volunteer",
    "barred_pair.volunteer",
    "interpreting_pair.volunteer",
    "language_ability.volunteer",
    "legal_case.held_by",
    "offer.volunteer",
    "practice_ability.volunteer",
    "proposal.claimed_by",
    "seat.volunteer",
    "settled_pair.volunteer",
    "volunteer_leave.volunteer",
}
STAYS = {
    "conflict_decision.volunteer",
    "listed_name.volunteer",
    "joining.volunteer",
    "not_member.volunteer",
    "record_merge.absorbed",
    "record_merge.kept",
    "screened_off.volunteer",
    "two_persons.one",
    "two_persons.other",
    "volunteer.merged_into",
}
"""History of a record itself, which its address leads on from; lists that are read through the records that went into
one; and what was decided about hits with one record, which is asked again about both."""


def test_of_every_column_that_names_a_volunteer_it_is_decided_what_a_merge_does_with_it() -> None:
    naming = {
        f"{table._meta.tablename}.{column._meta.name}"
        for table in TABLES
        for column in table._meta.foreign_key_columns
        if column._foreign_key_meta.resolved_references is t.Volunteer
    }
    assert naming - GOES_OVER - STAYS == set(), "Let core.store.volunteers.ties carry it over, or say that it stays."
    assert naming >= GOES_OVER
