"""One at a time on a roster: whoever works on it holds a claim, keeps it while she is there, and is checked by it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from core.errors import TooLate
from core.services.rosters.beating import beating
from core.services.runs.proposing import Clock
from core.store.database import transaction
from core.store.keys import new_id
from core.store.rosters import rosters

LEASE: Final = timedelta(seconds=30)
"""For how long a roster stays claimed by a program that died."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A roster that is claimed, until others may take it over."""

    roster: UUID
    title: str
    id: UUID

    async def hold(self, clock: Clock) -> None:
        """Within a transaction: keep the claim, or refuse the work of a program that others took for dead."""
        if not await rosters.keep_claim(self.roster, self.id, until=clock() + LEASE):
            raise TooLate(
                f"Another program has taken the sync of {self.title} over, because this one was not heard of in time. "
                "What it had not finished is finished there."
            )


@asynccontextmanager
async def claimed(name: str, *, clock: Clock) -> AsyncIterator[Claim]:
    """Claim the roster of this name for as long as the block runs; TooLate while another program works on it."""
    row = await rosters.find_roster(name)
    claim = Claim(row["id"], row["title"], new_id())
    async with transaction():
        if not await rosters.claim_roster(claim.roster, claim.id, until=clock() + LEASE, now=clock()):
            raise await _taken(name)

    async def keep() -> None:
        await rosters.keep_claim(claim.roster, claim.id, until=clock() + LEASE)

    try:
        async with beating(keep, lease=LEASE):
            yield claim
    finally:
        await rosters.drop_claim(claim.roster, claim.id)


async def _taken(name: str) -> TooLate:
    row = await rosters.find_roster(name)
    until = f"{row['claimed_until']:%H:%M:%S} UTC" if row["claimed_until"] else "now"
    return TooLate(
        f"Another program is synchronising {row['title']}. Nothing was changed. Wait until it has ended; if it is not "
        f"there any more, try again after {until}."
    )
