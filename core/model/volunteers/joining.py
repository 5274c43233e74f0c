"""How a member of a bar becomes a volunteer: who invited her, what she says of herself, and what of it agrees."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.model.people import Actor
from core.model.rosters.changes import KnownEntry
from core.model.rosters.entries import RosterEntry
from core.model.states import JoiningState
from core.model.vocabulary import GOOD_STANDING, Standing
from core.model.volunteers.identity import PersonName, Suggestion, same_address
from core.model.volunteers.profile import Profile

VISITOR: Final = "Somebody with an invitation"
"""How the history names whoever is not known yet."""


class Invitation(msgspec.Struct, frozen=True):
    """A link by which members of a bar join, for as many as read it. The token in the link is kept nowhere."""

    id: UUID
    roster: str
    title: str
    bar: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may still join by it."""
        return self.revoked_at is None and now < self.expires_at


class Asked(msgspec.Struct, frozen=True):
    """Who somebody says she is: her number at the bar, her name, the address that she can be reached at."""

    number: str
    name: str
    email: str


class Joining(msgspec.Struct, frozen=True):
    """Somebody on her way in. ``account`` is what she signs in with while she waits, ``volunteer`` who she became.

    Before somebody has vouched for her there is no record of a volunteer, so there is nothing of her that could be
    matched, listed or offered a case; what she offers waits in ``profile``.
    """

    id: UUID
    invitation: Invitation
    asked: Asked
    state: JoiningState
    asked_at: datetime
    expires_at: datetime
    account: UUID | None = None
    volunteer: UUID | None = None
    profile: Profile | None = None
    accepted_at: datetime | None = None
    terms_version: str = ""
    terms_language: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""

    def actor(self) -> Actor:
        """She, as the history names her before she is a volunteer."""
        return Actor(label=VISITOR, account=self.account)


class Agreement(msgspec.Struct, frozen=True):
    """What of somebody's words the roster says as well. ``standing`` is None where it does not list the number."""

    number: bool = False
    name: bool = False
    email: bool = False
    standing: Standing | None = None

    @property
    def good(self) -> bool:
        """Whether the roster says that she is in good standing."""
        return self.standing in GOOD_STANDING

    @property
    def member(self) -> bool:
        """Whether she names a member in good standing, who may still be somebody else."""
        return self.number and self.name and self.good


class Dossier(msgspec.Struct, frozen=True):
    """All that a person or the machine decides by: what she says, what the roster says, who of us she may be.

    ``holder`` is the volunteer who has this number at the bar, ``owner`` the one whose account has this address;
    ``alike`` are others who she may be, with what speaks for it; ``rivals`` how many others wait with this number.
    """

    joining: Joining
    entry: KnownEntry | None
    agreement: Agreement
    holder: UUID | None = None
    owner: UUID | None = None
    alike: tuple[Suggestion, ...] = ()
    rivals: int = 0

    @property
    def record(self) -> UUID | None:
        """The one volunteer whom both the number and the address name."""
        return self.holder if self.holder is not None and self.holder == self.owner else None

    @property
    def speaks_for_herself(self) -> bool:
        """Whether no person is needed: everything agrees, and with at most one record of ours, in number and address.

        A roster without addresses suffices for whoever was a volunteer before: her address is known from there.
        """
        if not self.agreement.member:
            return False
        if self.holder is None and self.owner is None and not self.alike:
            return self.agreement.email
        return self.record is not None


def agreement_of(asked: Asked, known: KnownEntry | None) -> Agreement:
    """Compare what somebody says with the entry of her number; nothing agrees where it is not listed any more."""
    if known is None or known.gone_since is not None:
        return Agreement()
    entry = known.entry
    return Agreement(
        number=True,
        name=PersonName.read(asked.name).agrees_with(PersonName.read(entry.name)),
        email=same_address(asked.email, entry.email),
        standing=entry.standing,
    )


def as_entry(asked: Asked, known: KnownEntry | None, profile: Profile | None) -> RosterEntry:
    """What she says in the shape of an entry, to compare it with volunteers as entries are."""
    entry = RosterEntry(number=known.entry.number if known else asked.number, name=asked.name, email=asked.email)
    if profile is None:
        return entry
    return msgspec.structs.replace(entry, county=profile.county, us_state=profile.us_state)
