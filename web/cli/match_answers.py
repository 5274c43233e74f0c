"""The answers that ``amparo match`` gives beyond the teams, for people: why, what if, whom to recruit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from core.model.languages import language_name
from core.model.plans.advice import Advised, Explanation, Recruit, SeatSieve, Verified, WhatIf
from core.model.plans.comparing import Holder, Served
from core.model.plans.teams import SeatPlan, TeamPlan, Unmatched
from web.cli.match_result import table

TIERS: Final = ("now", "soon", "none")
KEPT_BY: Final[Mapping[str, str]] = {
    "score": "free, but scores no higher",
    "case": "needed more by {case}",
    "team": "would need another interpreter or a mentor",
    "load": "has other cases in this plan",
    "room": "has no room",
    "search": "not tried before the time was up",
}


def answers_of(answer: Advised) -> Iterator[RenderableType]:
    """Every answer that there is, one after the other."""
    for one in answer.explanations:
        yield Group(*_explained(one))
    if answer.what_if is not None:
        yield Group(*_what_if(answer.what_if))
    if answer.recruit:
        yield _recruits(answer.recruit)


def _explained(one: Explanation) -> Iterator[RenderableType]:
    yield Text(f"Case {one.case}", style="bold")
    yield Text(" · ".join(one.facts))
    if one.team is not None:
        yield Text(f"{one.team.why} Serving it is worth {one.worth:,.0f} points beyond its people's other cases.")
        yield _seats(one.team)
    if one.unmatched is not None:
        yield from _why_not(one.unmatched)
    yield _sieve(one.seats)
    if one.legs:
        legs = (
            f"{language_name(leg.from_language)} to {language_name(leg.to_language)}: {leg.volunteers}"
            f"{' (onward)' if leg.onward else ''}"
            for leg in one.legs
        )
        yield Text(f"Eligible interpreters: {', '.join(legs)}")


def _seats(team: TeamPlan) -> Table:
    rows = table(f"Team, {team.score:,.0f} points", "Seat", "Volunteer", "Score by scorer", "Runner-up", "Reserves")
    for seat in team.seats:
        scores = ", ".join(f"{name} {points:,.0f}" for name, points in seat.scores.items())
        reserves = ", ".join(f"{one.volunteer} {one.score:,.0f}" for one in seat.reserves)
        texts = (
            f"{seat.role.word}{_chain(seat)}",
            seat.volunteer,
            f"{seat.score:,.0f}: {scores}",
            _runner_up(seat),
            reserves,
        )
        rows.add_row(*map(Text, texts))
    return rows


def _chain(seat: SeatPlan) -> str:
    if not seat.from_language:
        return ""
    return f" ({language_name(seat.from_language)} to {language_name(seat.to_language)})"


def _runner_up(seat: SeatPlan) -> str:
    one = seat.runner_up
    return f"{one.volunteer} {one.score:,.0f}, {KEPT_BY[one.kept_by].format(case=one.case)}" if one else "nobody"


def _why_not(left: Unmatched) -> Iterator[RenderableType]:
    yield Text(f"No team ({left.reason}). {left.detail}")
    if left.lost_to:
        yield Text(f"Who has its people: {', '.join(left.lost_to)}")
    if left.relax:
        rows = table("Any one of these sets of rules would have to give way", "Rules", "Codes", "Volunteers", "Says")
        for one in left.relax:
            texts = (" + ".join(one.rules), " + ".join(one.blocks), str(one.volunteers), " ".join(one.says))
            rows.add_row(*map(Text, texts))
        yield rows


def _sieve(seats: Sequence[SeatSieve]) -> Table:
    """How many pass each rule, by the seats that it is asked about."""
    rows = table("How many volunteers pass each rule", "Rule", "Code", *(seat.role.word.capitalize() for seat in seats))
    passing = {seat.role: {one.rule: f"{one.volunteers:,}" for one in seat.rules} for seat in seats}
    for rule, code in dict.fromkeys((one.rule, one.blocks) for seat in seats for one in seat.rules):
        rows.add_row(*map(Text, (rule, code, *(passing[seat.role].get(rule, "") for seat in seats))))
    rows.add_row(*map(Text, ("all of them", "", *(f"{seat.eligible:,}" for seat in seats))), style="bold")
    return rows


def _what_if(found: WhatIf) -> Iterator[RenderableType]:
    yield Text(f"What if: {'; '.join(found.changes)}", style="bold")
    more = found.value_after - found.value_before
    proof = "both proved best" if found.proved else f"not proved best, may be off by {found.doubt:,.0f}"
    yield Text(
        f"{found.served_before} cases have a team as things are, {found.served_after} then. "
        f"Value {found.value_before:,.0f}, then {found.value_after:,.0f} ({more:+,.0f}; {proof})."
    )
    if found.gained:
        yield _teams("Served in addition", found.gained)
    if found.lost:
        yield _rows(
            "No longer served", ("Case", "Reason", "Detail"), ((x.case, x.reason, x.detail) for x in found.lost)
        )
    if found.changed:
        changes = ((one.case, _people(one.before), _people(one.after)) for one in found.changed)
        yield _rows("Another team", ("Case", "As things are", "Then"), changes)
    yield _rows("Served by language group", ("Group", "Cases", "Now", "Then"), map(_served, found.languages))


def _teams(title: str, teams: Iterable[TeamPlan]) -> Table:
    told = (
        (team.case, ", ".join(f"{seat.role.word} {seat.volunteer}" for seat in team.seats), f"{team.score:,.0f}")
        for team in teams
    )
    return _rows(title, ("Case", "Team", "Score"), told)


def _people(holders: Iterable[Holder]) -> str:
    return ", ".join(f"{one.role.word} {one.volunteer}" for one in holders)


def _served(one: Served) -> tuple[str, ...]:
    return one.group, str(one.cases), str(one.before), str(one.after)


def _recruits(found: Iterable[Recruit]) -> Table:
    headings = (
        "Whom",
        "Places",
        "Waiting for this volunteer: now, soon, none",
        "Predicted at most",
        "Verified: now, soon, none",
        "Frees",
    )
    told = (
        (
            one.kind,
            str(one.volunteer.capacity_cases + one.volunteer.capacity_mentor),
            ", ".join(str(one.waiting.get(tier, 0)) for tier in TIERS),
            f"{_cases(one.predicted_cases)}, {one.predicted_value:,.0f} points",
            *_checked(one.verified),
        )
        for one in found
    )
    return _rows("Whom to recruit: what one more of each would add", headings, told)


def _checked(found: Verified | None) -> tuple[str, str]:
    if found is None:
        return "", ""
    by_tier = {one.group: one.after - one.before for one in found.tiers}
    tiers = ", ".join(f"{by_tier.get(tier, 0):+d}" if by_tier.get(tier) else "0" for tier in TIERS)
    proof = "" if found.proved else f" (not proved, may be off by {found.doubt:,.0f})"
    lost = f"; {', '.join(found.lost)} without" if found.lost else ""
    return f"{_cases(found.cases)}: {tiers}, {found.value:,.0f} points{proof}", f"{', '.join(found.freed)}{lost}"


def _cases(count: int) -> str:
    return f"{count} case{'s' * (count != 1)}"


def _rows(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    made = table(title, *headings)
    for row in rows:
        made.add_row(*map(Text, row))
    return made
