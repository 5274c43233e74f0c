"""Conflict checks: what is compared with what, which hits are a conflict, and what a coordinator decides.

ABA Model Rules of Professional Conduct 1.7 (concurrent), 1.9 (former clients), 1.10 (a firm's lawyers) and 6.5
(short-term programmes): the names on the other side of a case are compared with everyone who is or was represented, and
with whom volunteers and their firms work for or represent.
"""

import hashlib
from collections.abc import Collection, Iterable
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

import msgspec

from core.model.clients.parties import PartyRole
from core.model.conflicts.grading import Grade, Likeness


class NameKind(StrEnum):
    """Whose name an entry of the index is: the client's, a party's, or one on a volunteer's list."""

    CLIENT = "client"
    FAMILY = "family"
    ADVERSE = "adverse"
    OTHER = "other"
    LISTED = "listed"


class Relation(StrEnum):
    """What somebody on a volunteer's list is to her or her firm."""

    EMPLOYER = "employer"
    CLIENT = "client"
    FAMILY = "family"
    OTHER = "other"


class Concern(IntEnum):
    """What a hit is about: opposite sides, a client who may be here twice, or somebody who is mentioned twice."""

    MENTIONED = 1
    SAME_PERSON = 2
    CONFLICT = 3


class Verdict(StrEnum):
    """What a coordinator decides about hits: no conflict, or one; of one client or two: another person, or the same."""

    CLEAR = "clear"
    CONFLICT = "conflict"


_OURS: Final = frozenset((NameKind.CLIENT, NameKind.FAMILY))


def kind_of(role: PartyRole) -> NameKind:
    """The kind of a party's name."""
    return NameKind(str(role))


def concern_of(ours: NameKind, theirs: NameKind) -> Concern:
    """What it is about that a name of one kind is like one of another kind elsewhere.

    Whoever we act for and whoever is on the other side are a conflict, whichever case has which; so is anybody adverse
    who stands on a volunteer's list.
    """
    two = {ours, theirs}
    if NameKind.ADVERSE in two and (two & _OURS or NameKind.LISTED in two):
        return Concern.CONFLICT
    return Concern.SAME_PERSON if two == {NameKind.CLIENT} else Concern.MENTIONED


class Hit(msgspec.Struct, frozen=True):
    """A name of a case that is like a name elsewhere: in another case, or on a volunteer's list.

    ``sought`` and ``found`` are the names as they are written. ``ours`` and ``theirs`` are the entries of the index.
    ``relation``: what the name is to the volunteer whose list has it.
    """

    sought: str
    sought_kind: NameKind
    found: str
    found_kind: NameKind
    likeness: Likeness
    ours: int
    theirs: int
    case: UUID | None = None
    volunteer: UUID | None = None
    relation: Relation | None = None

    @property
    def concern(self) -> Concern:
        """What it is about."""
        return concern_of(self.sought_kind, self.found_kind)

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to decide: about every name of the opposite side, and a client who is very like one."""
        if self.concern is Concern.SAME_PERSON:
            return self.likeness.grade > Grade.POSSIBLE
        return self.concern is Concern.CONFLICT


class Decision(msgspec.Struct, frozen=True):
    """What was decided about the hits with another case or a volunteer; ``mark`` stands for the hits of that time."""

    verdict: Verdict
    reason: str
    mark: str


class HitGroup(msgspec.Struct, frozen=True):
    """The hits of a case with one other case or one volunteer, the gravest first, and what was decided about them.

    ``kept_off``: the volunteer is kept off the case by these names already, without anybody's decision.
    """

    hits: tuple[Hit, ...]
    decision: Decision | None = None
    kept_off: bool = False

    @property
    def case(self) -> UUID | None:
        """The other case; None where it is a volunteer's list."""
        return self.hits[0].case

    @property
    def mark(self) -> str:
        """Stands for these hits: others are to be decided again."""
        return mark_of(self.hits)

    @property
    def mark_turned(self) -> str:
        """The same as the other case has it: what is ours is theirs there."""
        return mark_of(msgspec.structs.replace(hit, ours=hit.theirs, theirs=hit.ours) for hit in self.hits)

    @property
    def is_open(self) -> bool:
        """Whether a coordinator has still to decide. What is only mentioned, or only may be the same, needs nobody."""
        if self.kept_off or not any(hit.is_asked for hit in self.hits):
            return False
        return self.decision is None or self.decision.mark != self.mark

    @property
    def is_conflict(self) -> bool:
        """Whether it was decided to be a conflict; a client who is here twice is none."""
        decided = self.decision is not None and self.decision.verdict is Verdict.CONFLICT
        return decided and self.concern is not Concern.SAME_PERSON

    @property
    def concern(self) -> Concern:
        """The gravest concern."""
        return max(hit.concern for hit in self.hits)


def mark_of(hits: Iterable[Hit]) -> str:
    """What stands for a set of hits."""
    told = sorted(f"{hit.ours}:{hit.theirs}" for hit in hits)
    return hashlib.sha256(" ".join(told).encode()).hexdigest()


def grouped(
    hits: Iterable[Hit], decisions: dict[tuple[UUID | None, UUID | None], Decision], *, off: Collection[UUID] = ()
) -> list[HitGroup]:
    """The hits by the case or the volunteer that they are with: what is open first, the gravest and likest first.

    ``off`` are the volunteers who are kept off the case anyhow.
    """
    groups: dict[tuple[UUID | None, UUID | None], list[Hit]] = {}
    for hit in sorted(hits, key=_weight):
        groups.setdefault((hit.case, hit.volunteer), []).append(hit)
    made = [HitGroup(tuple(found), decisions.get(whose), whose[1] in off) for whose, found in groups.items()]
    return sorted(made, key=lambda one: (not one.is_open, _weight(one.hits[0])))


def _weight(hit: Hit) -> tuple[int, int, float]:
    return (-hit.concern, -hit.likeness.grade, -hit.likeness.score)
