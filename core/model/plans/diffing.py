"""Two runs of the matcher side by side: who got a team, who lost one, and whose team is another one now."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import msgspec

from core.model.plans.runs import KeptSeat, KeptTeam, Shift
from core.model.vocabulary import SeatRole

Why = Mapping[tuple[str, str], str]
"""Why somebody went, by the case's reference and her id."""


class SeatShift(msgspec.Struct, frozen=True):
    """One seat that changed hands: who went, who came (None: nobody), the code of why, and where she is instead."""

    role: SeatRole
    went: KeptSeat | None
    came: KeptSeat | None
    why: str = ""
    instead: str = ""


class ChangedTeam(msgspec.Struct, frozen=True):
    """A case with a team in both runs, of other people; the seats that stayed are not listed."""

    case: str
    seats: tuple[SeatShift, ...]


class Difference(msgspec.Struct, frozen=True):
    """What the newer of two runs does otherwise, by the references of cases.

    ``gained`` waited at both and has a team only now; ``arrived`` waits since and has one; ``lost`` waits at both and
    has none any more; ``left`` had a team and does not wait any more: approved, claimed or ended meanwhile.
    """

    gained: tuple[KeptTeam, ...]
    arrived: tuple[KeptTeam, ...]
    lost: tuple[KeptTeam, ...]
    left: tuple[KeptTeam, ...]
    changed: tuple[ChangedTeam, ...]
    kept: int


def difference(
    older: Sequence[KeptTeam],
    newer: Sequence[KeptTeam],
    *,
    waited: Collection[str],
    waits: Collection[str],
    shifts: Iterable[Shift] = (),
) -> Difference:
    """Compare the teams of two runs. ``waited`` and ``waits`` are all cases that each of them looked at."""
    old, new = {team.case: team for team in older}, {team.case: team for team in newer}
    both = [(old[ref], team) for ref, team in new.items() if ref in old]
    why = {(shift.case, gone.volunteer): gone.why for shift in shifts for gone in shift.gone}
    changed = [(was, now) for was, now in both if was.people() != now.people()]
    elsewhere = _where(new, old)
    fresh = [team for ref, team in new.items() if ref not in old]
    return Difference(
        gained=tuple(team for team in fresh if team.case in waited),
        arrived=tuple(team for team in fresh if team.case not in waited),
        lost=tuple(team for ref, team in old.items() if ref not in new and ref in waits),
        left=tuple(team for ref, team in old.items() if ref not in new and ref not in waits),
        changed=tuple(ChangedTeam(now.case, tuple(_seats(was, now, why, elsewhere))) for was, now in changed),
        kept=len(both) - len(changed),
    )


def _where(new: Mapping[str, KeptTeam], old: Mapping[str, KeptTeam]) -> dict[str, str]:
    """A case that each person has only now."""
    before = {(ref, seat.volunteer) for ref, team in old.items() for seat in team.seats}
    return {
        seat.volunteer: ref for ref, team in new.items() for seat in team.seats if (ref, seat.volunteer) not in before
    }


def _seats(was: KeptTeam, now: KeptTeam, why: Why, elsewhere: Mapping[str, str]) -> Iterator[SeatShift]:
    """The seats that changed hands, role by role, those who went beside those who came."""
    stays = was.people() & now.people()
    for role in SeatRole:
        went, came = (
            [seat for seat in team.seats if seat.role is role and (str(role), seat.volunteer) not in stays]
            for team in (was, now)
        )
        for one, other in zip_longest(went, came):
            yield _shift(now.case, role, one, other, why, elsewhere)


def _shift(
    case: str,
    role: SeatRole,
    went: KeptSeat | None,
    came: KeptSeat | None,
    why: Why,
    elsewhere: Mapping[str, str],
) -> SeatShift:
    if went is None:
        return SeatShift(role, None, came)
    instead = elsewhere.get(went.volunteer, "")
    known = why.get((case, went.volunteer)) or ("moved" if instead else "")
    return SeatShift(role, went, came, known, "" if instead == case else instead)
