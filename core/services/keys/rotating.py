"""Rotating the clinic's key while the portal serves: everything made with an old key is made anew, then that key goes.

NIST SP 800-57 part 1, 5.3: a key has a period of use. The data keys of cases are sealed anew, so no client's data are
touched; blind indexes are computed anew. Each step is a short transaction that gives way to others, and what a crash
interrupts goes on where it was: the data themselves say what is left. An old key is dropped in a moment in which nobody
seals anything and nothing needs it.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from core.crypto import Keyring
from core.errors import AmparoError, BadInput, ConstraintBroken, StoreBusy
from core.key_files import drop_keys, fresh_key, put_key_first
from core.key_places import KeyPlace
from core.model.people import Actor
from core.services.clinic import require_staff
from core.store.audit import record
from core.store.database import KEYS_LOCK, current, give_way, queue_for, transaction
from core.store.sealed.clinic_keys import Uses, keyring, uses_of_keys
from core.store.upkeep.renewing import NOTHING, RENEWED, Renewed

PROGRAMME: Final = UUID(int=0)
BATCH: Final = 200
"""So many rows a transaction: some tens of milliseconds in which another writer waits."""
GIVES_WAY: Final = 300
"""Milliseconds that a step waits for a lock before others may pass: less than PostgreSQL takes to see a deadlock."""
BETWEEN_TRIES: Final = 0.2
TRIES: Final = 100
ROUNDS: Final = 20
"""How often what was made with an old key meanwhile is made anew, before that is told."""
Clock = Callable[[], datetime]
Answer = TypeVar("Answer")


class StillNeeded(AmparoError):
    """An old key cannot be dropped, since something needs it."""


class Step(msgspec.Struct, frozen=True):
    """How far a rotation has come with one kind of value: so many made anew of so many."""

    name: str
    done: int
    of: int


class KeyStanding(msgspec.Struct, frozen=True):
    """A key by its id: whether it is at hand, whether what is new is made with it, and how much needs it, by what."""

    id: str
    at_hand: bool
    first: bool
    uses: dict[str, int]

    @property
    def needed(self) -> bool:
        """Whether anything in the database needs this key."""
        return bool(self.uses)


async def standings() -> tuple[KeyStanding, ...]:
    """The keys at hand in their order, then those that are needed and are not at hand."""
    ring, uses = keyring(), await uses_of_keys()
    here = [KeyStanding(key.id, True, key is ring.first, dict(uses.get(key.id, {}))) for key in ring.keys]
    known = {one.id for one in here}
    return (*here, *(KeyStanding(key, False, False, dict(found)) for key, found in uses.items() if key not in known))


async def rotate(*, by: Actor, clock: Clock, keep: bool = False, batch: int = BATCH) -> AsyncGenerator[Step, None]:
    """Rotate the clinic's key, or go on with a rotation that was interrupted; yields each step as it is done.

    A key file gets a new key first, unless one is there that not everything is made with yet. With ``keep`` old keys
    stay in the file, for the clinic to take out on every machine. Raises BadInput where keys are given otherwise and
    there is no new one among them, KeyMissing where something needs a key that is not at hand: nothing was dropped.
    """
    require_staff(by)
    await _begin(by=by, clock=clock)
    for _ in range(ROUNDS):
        for kind in RENEWED:
            async for step in _renewed(kind, batch):
                yield step
        if await _finish(keep=keep, by=by, clock=clock):
            return
    raise StillNeeded(
        "Something goes on sealing with an old key: a program that was started before the new one was there. Start the "
        "portal and the workers again, then repeat this command. No key was dropped."
    )


async def _begin(*, by: Actor, clock: Clock) -> None:
    place = current().keys
    async with transaction():
        await queue_for(KEYS_LOCK)
        ring = keyring()
        begun = len(ring.keys) > 1 or await _left(ring)
        if not begun:
            _add_key(place)
    if not begun:
        await _note("key_added", place.keyring(), by=by, clock=clock)


def _add_key(place: KeyPlace) -> None:
    if place.writable is None:
        raise BadInput(
            f"{place.told} gives one key, and everything is made with it. To rotate, let it give a new key first (make "
            "one with `amparo keys make`), the present one after it, start the portal again, and repeat this command."
        )
    put_key_first(place.writable, fresh_key())


async def _renewed(kind: Renewed, batch: int) -> AsyncIterator[Step]:
    done, after = 0, NOTHING
    left = await kind.behind(keyring().first.id)
    while rows := await _patiently(partial(_some, kind, after, batch)):
        done, after = done + len(rows), rows[-1]
        yield Step(kind.name, done, max(left, done))


async def _some(kind: Renewed, after: UUID, batch: int) -> list[UUID]:
    async with transaction():
        await give_way(GIVES_WAY)
        return list(await kind.renew(keyring(), after=after, limit=batch))


async def _finish(*, keep: bool, by: Actor, clock: Clock) -> bool:
    """Drop what nothing needs any more; False where something was made with an old key meanwhile."""
    ring = keyring()
    needed = {key: found for key, found in (await uses_of_keys()).items() if key != ring.first.id}
    if needed and await _left(ring):
        return False
    if needed:
        raise StillNeeded(_still_needed(needed))
    if not await _patiently(partial(_drop_old, ring, keep=keep)):
        return False
    await _note("keys_rotated", ring, by=by, clock=clock, kept=keep or current().keys.writable is None)
    return True


async def _drop_old(ring: Keyring, *, keep: bool) -> bool:
    """Take the old keys out of the file while nobody seals anything; whoever does next reads the file first."""
    place = current().keys
    async with transaction():
        await give_way(GIVES_WAY)
        await queue_for(KEYS_LOCK)
        if await _left(ring):
            return False
        if place.writable is not None and not keep and len(ring.keys) > 1:
            drop_keys(place.writable, [key.id for key in ring.keys[1:]])
    return True


async def _left(ring: Keyring) -> int:
    return sum([await kind.behind(ring.first.id) for kind in RENEWED])


async def _patiently(work: Callable[[], Awaitable[Answer]]) -> Answer:
    """Do a short piece of work, again and again where others hold what it needs."""
    for _ in range(TRIES):
        try:
            return await work()
        except (StoreBusy, ConstraintBroken):  # a row that somebody deletes in this moment is gone the next time
            await asyncio.sleep(BETWEEN_TRIES)
    return await work()


def _still_needed(needed: Uses) -> str:
    said = "; ".join(f"{key} for {', '.join(sorted(found))}" for key, found in sorted(needed.items()))
    return f"Some values still need an old key, and nothing here makes them anew: {said}. No key was dropped."


async def _note(kind: str, ring: Keyring, *, by: Actor, clock: Clock, **detail: bool) -> None:
    """The event of its own, since whoever seals something may be waiting for the head of the audit chain."""
    first, others = ring.first.id, ",".join(key.id for key in ring.keys[1:])
    async with transaction():
        await record(
            kind, subject_kind="programme", subject=PROGRAMME, by=by, now=clock(), first=first, others=others, **detail
        )


class KindStanding(msgspec.Struct, frozen=True):
    """A kind of value: how many of it are not made with the first key."""

    name: str
    behind: int


class RingStanding(msgspec.Struct, frozen=True):
    """The keys at hand by their ids, the first one first, where they come from, and what is not made with the first."""

    place: str
    keys: tuple[str, ...]
    kinds: tuple[KindStanding, ...]

    @property
    def behind(self) -> int:
        """How much is not made with the first key."""
        return sum(kind.behind for kind in self.kinds)


async def ring_standing() -> RingStanding:
    """How the keys stand, counted by the columns that name them, for a page. Raises KeyMissing."""
    ring = keyring()
    kinds = [KindStanding(kind.name, await kind.behind(ring.first.id)) for kind in RENEWED]
    return RingStanding(current().keys.told, tuple(key.id for key in ring.keys), tuple(kinds))
