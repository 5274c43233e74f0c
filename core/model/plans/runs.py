"""What is kept of a run of the matcher, so that an old one can still be shown and two can be compared."""

from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID

import msgspec

from core.model.cases.case import Case
from core.model.plans.foresight import KeptKind
from core.model.plans.sharing import GROUP_OF, FloorReached, GroupKind
from core.model.plans.teams import TeamPlan, Unmatched
from core.model.vocabulary import SeatRole


class KeptSeat(msgspec.Struct, frozen=True, array_like=True):
    """One planned seat. ``volunteer`` is her id as text, as plans refer to her."""

    role: SeatRole
    volunteer: str
    score: float
    from_language: str = ""
    to_language: str = ""


class KeptTeam(msgspec.Struct, frozen=True, array_like=True):
    """The team that a run planned for a case, by the case's reference."""

    case: str
    score: float
    seats: tuple[KeptSeat, ...]

    def people(self) -> frozenset[tuple[str, str]]:
        """Who fills which seat."""
        return frozenset((str(seat.role), seat.volunteer) for seat in self.seats)


class Gone(msgspec.Struct, frozen=True, array_like=True):
    """Somebody who was on the team of the run before and is not any more, with the code of the reason."""

    role: SeatRole
    volunteer: str
    why: str


class Shift(msgspec.Struct, frozen=True, array_like=True):
    """A case whose team the run changed or gave up. ``forced``: somebody of the old team could not stay."""

    case: str
    forced: bool
    dropped: bool
    gone: tuple[Gone, ...] = ()


class Share(msgspec.Struct, frozen=True):
    """How many of the waiting cases of a group got a team."""

    group: str
    served: int
    waiting: int


class Since(msgspec.Struct, frozen=True):
    """What a run left and changed of the run before, over the cases that waited at both.

    ``forced``: somebody of the old team could not stay; ``chosen``: a better plan for all; ``fresh``: had no team.
    """

    run: UUID
    kept: int = 0
    forced: int = 0
    chosen: int = 0
    fresh: int = 0


class WhyNot(msgspec.Struct, frozen=True, array_like=True):
    """A reason for which cases got no team: its code, how many cases, and the sentence of one of them."""

    reason: str
    cases: int
    said: str


class Summary(msgspec.Struct, frozen=True):
    """A run's result in numbers: shares of all cases that waited, and of the teams how many are of which kind.

    ``why_not`` is filled when the run's details are dropped: before, it is counted from them.
    """

    waiting: int = 0
    served: int = 0
    interpreted: int = 0
    relayed: int = 0
    by_group: tuple[Share, ...] = ()
    by_language: tuple[Share, ...] = ()
    by_county: tuple[Share, ...] = ()
    by_area: tuple[Share, ...] = ()
    passed_over: int = 0
    since: Since | None = None
    why_not: tuple[WhyNot, ...] = ()
    kept: tuple[KeptKind, ...] = ()
    floors: tuple[FloorReached, ...] = ()


def reasons_of(unmatched: Iterable[Unmatched]) -> tuple[WhyNot, ...]:
    """Why cases got no team, the most frequent reason first."""
    left = tuple(unmatched)
    counted = Counter(one.reason for one in left)
    said = {one.reason: one.detail for one in reversed(left)}
    return tuple(WhyNot(reason, n, said[reason]) for reason, n in counted.most_common())


def kept_team(team: TeamPlan) -> KeptTeam:
    """What is kept of a planned team."""
    seats = (KeptSeat(s.role, s.volunteer, round(s.score, 3), s.from_language, s.to_language) for s in team.seats)
    return KeptTeam(team.case, round(team.score, 3), tuple(seats))


def summary_of(
    teams: Iterable[KeptTeam],
    waiting: Iterable[Case],
    *,
    passed_over: int,
    since: Since | None,
    floors: tuple[FloorReached, ...] = (),
) -> Summary:
    """Count a result over all cases that waited. ``passed_over`` teams came too late to be proposed."""
    teams, waiting = list(teams), list(waiting)
    served = {team.case for team in teams}
    links = [sum(seat.role is SeatRole.INTERPRETER for seat in team.seats) for team in teams]
    return Summary(
        waiting=len(waiting),
        served=len(teams),
        interpreted=sum(n > 0 for n in links),
        relayed=sum(n > 1 for n in links),
        by_group=_shares(waiting, served, GROUP_OF[GroupKind.LANGUAGE_GROUP]),
        by_language=_shares(waiting, served, GROUP_OF[GroupKind.LANGUAGE]),
        by_county=_shares(waiting, served, GROUP_OF[GroupKind.COUNTY]),
        by_area=_shares(waiting, served, GROUP_OF[GroupKind.AREA]),
        passed_over=passed_over,
        since=since,
        floors=floors,
    )


def _shares(waiting: list[Case], served: set[str], group: Callable[[Case], str]) -> tuple[Share, ...]:
    """The largest group first."""
    everybody = Counter(group(case) for case in waiting)
    lucky = Counter(group(case) for case in waiting if case.ref in served)
    largest = sorted(everybody.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Share(name, lucky[name], number) for name, number in largest)
