"""What ``amparo match`` gives back: as JSON, and as a table for people."""

import os
from collections import Counter
from typing import Final

import msgspec
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from core.model.languages import language_name
from core.model.plans.advice import Advised, Explanation, Questions, Recruit, WhatIf
from core.model.plans.sharing import FloorReached
from core.model.plans.teams import Plan, SeatPlan, TeamPlan
from core.model.vocabulary import SeatRole

WIDTH_IN_A_PIPE: Final = 120


class Interpreter(msgspec.Struct, frozen=True, rename={"from_language": "from", "to_language": "to"}):
    """One leg of the chain from the client to the attorney."""

    volunteer: str
    from_language: str
    to_language: str


class MatchFound(msgspec.Struct, frozen=True):
    """A case with its team; ``co_counsel`` is there only where the case asks for two attorneys."""

    case: str
    attorney: str
    interpreters: tuple[Interpreter, ...]
    mentor: str | None
    score: float
    reasons: tuple[str, ...]
    co_counsel: str | msgspec.UnsetType = msgspec.UNSET


class LeftOver(msgspec.Struct, frozen=True):
    """A case without a team, and why."""

    case: str
    reason: str
    detail: str


class MatchResult(msgspec.Struct, frozen=True):
    """The whole answer, exactly as it is documented for ``--json``. The last four are there only where asked for."""

    status: str
    objective: float
    bound: float
    gap: float
    seconds: float
    matches: tuple[MatchFound, ...]
    unmatched: tuple[LeftOver, ...]
    explanations: tuple[Explanation, ...] | msgspec.UnsetType = msgspec.UNSET
    what_if: WhatIf | msgspec.UnsetType | None = msgspec.UNSET
    recruit: tuple[Recruit, ...] | msgspec.UnsetType = msgspec.UNSET
    floors: tuple[FloorReached, ...] | msgspec.UnsetType = msgspec.UNSET


def result_of(answer: Advised, questions: Questions = Questions()) -> MatchResult:  # noqa: B008 -- frozen
    """A plan, and the answers that were asked for, in the documented form."""
    found = _planned(answer.plan)
    return msgspec.structs.replace(
        found,
        explanations=answer.explanations if questions.explain else msgspec.UNSET,
        what_if=answer.what_if if questions.what_if else msgspec.UNSET,
        recruit=answer.recruit if questions.recruit else msgspec.UNSET,
    )


def _planned(plan: Plan) -> MatchResult:
    return MatchResult(
        status=plan.status,
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        seconds=plan.seconds,
        matches=tuple(map(_match, plan.teams)),
        unmatched=tuple(LeftOver(left.case, left.reason, left.detail) for left in plan.unmatched),
        floors=plan.floors or msgspec.UNSET,
    )


def _match(team: TeamPlan) -> MatchFound:
    return MatchFound(
        case=team.case,
        attorney=_holders(team, SeatRole.ATTORNEY)[0].volunteer,
        interpreters=tuple(
            Interpreter(seat.volunteer, seat.from_language, seat.to_language)
            for seat in _holders(team, SeatRole.INTERPRETER)
        ),
        mentor=next((seat.volunteer for seat in _holders(team, SeatRole.MENTOR)), None),
        score=team.score,
        reasons=tuple(filter(None, (team.why, *team.reasons))),
        co_counsel=next((seat.volunteer for seat in _holders(team, SeatRole.CO_COUNSEL)), msgspec.UNSET),
    )


def _holders(team: TeamPlan, role: SeatRole) -> list[SeatPlan]:
    return [seat for seat in team.seats if seat.role is role]


def tables_of(plan: Plan) -> RenderableType:
    """The answer as tables, with a line that sums it up."""
    result, parts = _planned(plan), list[RenderableType]()
    if result.matches:
        parts.append(_matches(result.matches, plan.teams))
    if result.unmatched:
        parts.append(_unmatched(result.unmatched))
    if plan.floors:
        parts.append(_floors(plan.floors))
    return Group(*parts, Text(summary(result)))


def table(title: str, *headings: str) -> Table:
    """A table with its title above it; words that are too long are broken."""
    made = Table(title=title, title_justify="left", title_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def _matches(matches: tuple[MatchFound, ...], teams: tuple[TeamPlan, ...]) -> Table:
    rows = table("Matches", "Case", "Attorney", "Interpreters", "Mentor", "Score", "Why")
    for match, team in zip(matches, teams, strict=True):
        why = " · ".join(team.reasons or (team.why,))
        legs = "\n".join(
            f"{leg.volunteer} ({language_name(leg.from_language)} to {language_name(leg.to_language)})"
            for leg in match.interpreters
        )
        lawyers = match.attorney if match.co_counsel is msgspec.UNSET else f"{match.attorney}\n+ {match.co_counsel}"
        texts = (match.case, lawyers, legs, match.mentor or "", f"{match.score:,.0f}", why)
        rows.add_row(*map(Text, texts))
    return rows


def _unmatched(unmatched: tuple[LeftOver, ...]) -> Table:
    rows = table("Without a team", "Case", "Reason", "Detail")
    for left in unmatched:
        rows.add_row(*map(Text, (left.case, left.reason, left.detail)))
    return rows


def _floors(floors: tuple[FloorReached, ...]) -> Table:
    rows = table("Floors", "Group", "Wanted", "Served", "What it costs")
    for one in floors:
        wanted = f"{one.wanted} of {one.waiting} ({100 * one.share:g} %)"
        rows.add_row(*map(Text, (f"{one.kind}:{one.group}", wanted, str(one.served), costs_of(one))))
    return rows


def costs_of(floor: FloorReached) -> str:
    """What one case more of a floor's group costs others, in a sentence."""
    if floor.served < floor.wanted:
        return f"missed: one more costs more than its {floor.points:,.0f} points, a more urgent case, or nobody can"
    if floor.price < 0.5:
        return "nothing: it is reached anyway"
    return f"reached: the last case costs others up to {floor.price:,.0f} points"


def summary(result: MatchResult) -> str:
    """The answer in a line or two."""
    served, left = len(result.matches), len(result.unmatched)
    proof = (
        "proved best"
        if result.status == "optimal"
        else f"{result.status}, at most {100 * result.gap:.2g} % below the best"
    )
    head = f"{served} of {served + left} cases have a team ({proof}, {result.seconds:.1f} s)."
    reasons = Counter(each.reason for each in result.unmatched).most_common()
    without = ", ".join(f"{reason} {count}" for reason, count in reasons)
    return f"{head} Without one, by reason: {without}." if without else head


def console(*, err: bool = False) -> Console:
    """A console that leaves a pipe plain, and wide enough to read unless COLUMNS says how wide it is."""
    screen = Console(stderr=err, highlight=False)
    if screen.is_terminal or "COLUMNS" in os.environ:
        return screen
    return Console(stderr=err, highlight=False, width=WIDTH_IN_A_PIPE)
