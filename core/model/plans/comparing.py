"""Two plans side by side: who is served in addition, who no longer, which teams changed, and how groups fare."""

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from core.model.cases.urgency import Tier
from core.model.languages import language_group
from core.model.plans.snapshot import CaseFacts, Snapshot
from core.model.plans.teams import Plan, TeamPlan, Unmatched
from core.model.vocabulary import SeatRole

GROUPS = ("English", "Spanish", "Indigenous", "Other")


class Holder(msgspec.Struct, frozen=True):
    """Who fills a seat; an interpreter with the languages that she joins."""

    role: SeatRole
    volunteer: str
    from_language: str = ""
    to_language: str = ""


class TeamChange(msgspec.Struct, frozen=True):
    """A case that has a team before and after, of other people or in other seats."""

    case: str
    before: tuple[Holder, ...]
    after: tuple[Holder, ...]


class Served(msgspec.Struct, frozen=True):
    """How many of a group's cases have a team before and after."""

    group: str
    cases: int
    before: int
    after: int


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """What one plan does otherwise than another.

    ``gained`` are teams of cases that had none, ``lost`` cases that have none any more, with the reason.
    """

    served_before: int
    served_after: int
    gained: tuple[TeamPlan, ...]
    lost: tuple[Unmatched, ...]
    changed: tuple[TeamChange, ...]
    languages: tuple[Served, ...]
    tiers: tuple[Served, ...]


def differences(before: Plan, after: Plan, snapshot: Snapshot) -> Differences:
    """Compare two plans over the cases of one snapshot."""
    old, new = ({team.case: team for team in plan.teams} for plan in (before, after))
    return Differences(
        served_before=len(old),
        served_after=len(new),
        gained=tuple(team for ref, team in new.items() if ref not in old),
        lost=tuple(left for left in after.unmatched if left.case in old),
        changed=tuple(
            TeamChange(ref, holders(old[ref]), holders(team))
            for ref, team in new.items()
            if ref in old and set(holders(old[ref])) != set(holders(team))
        ),
        languages=served_by(snapshot, old, new, lambda case: language_group(case.languages), GROUPS),
        tiers=served_by_tier(snapshot, old, new),
    )


def holders(team: TeamPlan) -> tuple[Holder, ...]:
    """The seats of a team without scores."""
    return tuple(Holder(seat.role, seat.volunteer, seat.from_language, seat.to_language) for seat in team.seats)


def served_by_tier(snapshot: Snapshot, before: Iterable[str], after: Iterable[str]) -> tuple[Served, ...]:
    """How many cases of each urgency tier are among these refs before and after."""
    names = [tier.word for tier in Tier]
    return served_by(snapshot, before, after, lambda case: case.urgency(snapshot.today).tier.word, names)


def served_by(
    snapshot: Snapshot,
    before: Iterable[str],
    after: Iterable[str],
    group_of: Callable[[CaseFacts], str],
    groups: Iterable[str],
) -> tuple[Served, ...]:
    """How many cases of each group are among these refs before and after; groups without a case are left out."""
    group = {case.ref: group_of(case) for case in snapshot.cases}
    every, old, new = (Counter(map(group.__getitem__, refs)) for refs in (group, before, after))
    return tuple(Served(name, every[name], old[name], new[name]) for name in groups if every[name])
