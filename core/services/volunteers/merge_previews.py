"""What merging two records of one volunteer would do: who stays, what differs, what goes over, what is in its way."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

import msgspec

from core.errors import BadInput, Contradicts
from core.model.people import Actor, Volunteer, standing_of
from core.model.vocabulary import GOOD_STANDING, AccountRole, SeatRole, Standing
from core.model.volunteers.merging import Part, conflicts, merged
from core.model.volunteers.ties import Tie, TieKind, obstacles, remarks
from core.services.clinic import require_staff
from core.store import accounts
from core.store.volunteers import ties, volunteers

FOREVER = frozenset({Standing.DISBARRED, Standing.SUSPENDED, Standing.DECEASED})
"""Standings that count at every bar, so that offers are put on hold whatever else is known of her."""


class AccountUse(msgspec.Struct, frozen=True):
    """A record's account: whether somebody uses it, and whether it does more than a volunteer's."""

    id: UUID
    email: str
    used: bool
    roles: frozenset[AccountRole]

    @property
    def closes(self) -> bool:
        """Whether it is switched off when the other account is kept: one with further roles stays for those."""
        return self.roles <= {AccountRole.VOLUNTEER}


class Preview(msgspec.Struct, frozen=True):
    """A merge as it would be done now.

    ``obstacles`` are reasons why it cannot, a sentence each. ``remarks`` are cases in which she holds a seat with one
    record and declined or has a conflict with the other. ``account`` is what she signs in with then, ``closing`` the
    other one; ``must_choose``: both are used, and nobody has said which is kept. ``mark`` tells whether anything of it
    has changed since.
    """

    kept: Volunteer
    other: Volunteer
    after: Volunteer
    conflicts: tuple[Part, ...]
    moving: Mapping[TieKind, int]
    held: int
    obstacles: tuple[str, ...]
    remarks: tuple[str, ...]
    accounts: tuple[AccountUse | None, AccountUse | None]
    account: AccountUse | None
    closing: AccountUse | None
    must_choose: bool
    mark: str

    @property
    def standing(self) -> Standing:
        """Her standing over all admissions then."""
        return standing_of(self.after.bars)

    @property
    def freezes(self) -> bool:
        """Whether her open offers go on hold: one record was in good standing, or no bar's word could help."""
        before = {standing_of(self.kept.bars), standing_of(self.other.bars)}
        lost = bool(before & GOOD_STANDING) or (self.standing in FOREVER and before != {self.standing})
        return self.standing not in GOOD_STANDING and lost

    @property
    def overbooked(self) -> bool:
        """Whether she holds more seats then than she has places: none is taken away, none is offered."""
        return self.held > self.after.capacity.cases


async def preview_merge(
    kept: UUID, other: UUID, *, yielding: Collection[Part] = (), account: UUID | None = None, by: Actor
) -> Preview:
    """Look at a merge of ``other`` into ``kept`` without doing anything.

    ``yielding`` are the parts in which the other record's value wins, ``account`` which of both accounts is kept.
    Raises BadInput where both are one record, NotFound where one is not there or part of another one already.
    """
    require_staff(by)
    if kept == other:
        raise BadInput("This is one record already. Name two.")
    mine, hers = await volunteers.find_volunteer(kept), await volunteers.find_volunteer(other)
    bound, more = await ties.ties_of(kept), await ties.ties_of(other)
    used = await _account(mine), await _account(hers)
    chosen, closing = _accounts(*used, account)
    seats = [tie for tie in (*bound, *more) if tie.kind is TieKind.SEAT and tie.role is not SeatRole.MENTOR]
    return Preview(
        kept=mine,
        other=hers,
        after=merged(mine, hers, yielding=yielding),
        conflicts=conflicts(mine, hers),
        moving=Counter(tie.kind for tie in set(more)),
        held=len(seats),
        obstacles=obstacles(bound, more),
        remarks=remarks(bound, more),
        accounts=used,
        account=chosen,
        closing=closing,
        must_choose=account is None and closing is not None and closing.used and bool(chosen and chosen.used),
        mark=_mark(mine, hers, bound, more),
    )


async def _account(person: Volunteer) -> AccountUse | None:
    if person.account is None:
        return None
    state = await accounts.state_of(person.account)
    used = state.has_password or await accounts.is_signed_in(person.account)
    return AccountUse(person.account, state.email, used, state.roles)


def _accounts(
    mine: AccountUse | None, hers: AccountUse | None, chosen: UUID | None
) -> tuple[AccountUse | None, AccountUse | None]:
    """Which account is kept and which is not: as chosen, else the one that is used, else that of the kept record."""
    there = [one for one in (mine, hers) if one is not None]
    if chosen is not None and chosen not in {one.id for one in there}:
        raise Contradicts("Neither record has this account. Look at both again, and choose one of theirs.")
    if len({one.id for one in there}) < len((mine, hers)):
        return (there[0] if there else None), None
    first, second = there
    if chosen == second.id or (chosen is None and second.used and not first.used):
        return second, first
    return first, second


def _mark(kept: Volunteer, other: Volunteer, bound: list[Tie], more: list[Tie]) -> str:
    told = [kept, other, sorted(map(repr, bound)), sorted(map(repr, more))]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
