"""Requests of bars' programs under their idempotency keys, and the parts of rosters that they bring."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.model.rosters.entries import RosterEntry
from core.model.rosters.pushing import PushAnswer
from core.store.database import slow_reads
from core.store.keys import new_id

AT_ONCE: Final = 1_000
"""How many entries are given to a preview together."""
Row = dict[str, Any]


async def begin_push(
    roster: UUID, key: str, *, digest: str, claim: UUID, now: datetime, until: datetime
) -> tuple[Row, bool]:
    """The request of this key, and whether the caller has just taken it: it is new, or whoever worked on it is gone.

    One statement decides for each way, so that of two at once one works.
    """
    p = t.RosterPush
    row = p(id=new_id(), roster=roster, key=key, digest=digest, came_at=now, claim=claim, claimed_until=until)
    await p.insert(row).on_conflict(target=(p.roster, p.key), action="DO NOTHING")
    free = p.claim.is_null() | (p.claimed_until < now)
    mine = p.roster == roster, p.key == key, p.digest == digest, p.status == 0
    await p.update({p.claim: claim, p.claimed_until: until}).where(*mine, free)
    kept = await p.select().where(p.roster == roster, p.key == key).first()
    assert kept is not None
    return kept, kept["claim"] == claim


async def keep_push(push: UUID, claim: UUID, *, until: datetime) -> bool:
    """Keep a request for longer; False when it was taken by somebody else meanwhile."""
    p = t.RosterPush
    return bool(await p.update({p.claimed_until: until}).where(p.id == push, p.claim == claim).returning(p.id))


async def drop_push(push: UUID, claim: UUID) -> None:
    """Let the request be tried again at once."""
    p = t.RosterPush
    await p.update({p.claim: None, p.claimed_until: None}).where(p.id == push, p.claim == claim)


async def note_run(push: UUID, run: UUID) -> None:
    """Keep which run a request has begun."""
    await t.RosterPush.update({t.RosterPush.run: run}).where(t.RosterPush.id == push)


async def answer_push(push: UUID, *, status: int, answer: PushAnswer) -> None:
    """Keep what a request was answered."""
    p = t.RosterPush
    said = msgspec.json.encode(answer).decode()
    await p.update({p.status: status, p.answer: said, p.claim: None, p.claimed_until: None}).where(p.id == push)


async def stage_part(
    roster: UUID, name: str, entries: Sequence[RosterEntry], *, push: UUID, now: datetime
) -> tuple[UUID, int, int]:
    """Keep a part of a roster, once for each request; the id, parts and entries of what is there by now.

    Within a transaction, which then is the only one that counts parts of this roster.
    """
    s, part = t.StagedRoster, t.StagedPart
    fresh = s(id=new_id(), roster=roster, name=name, changed_at=now)
    await s.insert(fresh).on_conflict(target=(s.roster, s.name), action="DO UPDATE", values=[(s.changed_at, now)])
    staged = await s.select().where(s.roster == roster, s.name == name).first()
    assert staged is not None
    parts, count = staged["parts"], staged["entries"]
    if not await part.exists().where(part.push == push):
        parts, count = parts + 1, count + len(entries)
        said = msgspec.json.encode(entries).decode()
        await part.insert(part(id=new_id(), staged=staged["id"], push=push, entries=said))
        await s.update({s.parts: parts, s.entries: count}).where(s.id == staged["id"])
    return staged["id"], parts, count


async def staged_entries(staged: UUID) -> AsyncGenerator[Sequence[RosterEntry], None]:
    """The entries of all parts, some thousand at a time; one part is in memory."""
    part = t.StagedPart
    keys = await part.select(part.id).where(part.staged == staged).order_by(part.id)
    for key in keys:
        async with slow_reads():
            (row,) = await part.select(part.entries).where(part.id == key["id"])
        entries = msgspec.json.decode(row["entries"], type=list[RosterEntry])
        for start in range(0, len(entries), AT_ONCE):
            yield entries[start : start + AT_ONCE]


async def drop_staged(roster: UUID, name: str) -> None:
    """Forget the parts of a roster."""
    s = t.StagedRoster
    await s.delete().where(s.roster == roster, s.name == name)


async def drop_before(instant: datetime) -> None:
    """Forget answers to requests that came before an instant, and parts of rosters to which nothing came since."""
    await t.RosterPush.delete().where(t.RosterPush.came_at < instant)
    await t.StagedRoster.delete().where(t.StagedRoster.changed_at < instant)
