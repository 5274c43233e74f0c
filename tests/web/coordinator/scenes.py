"""Scenes for the coordinator's pages: runs with their plans, and how many statements a page takes."""

from collections.abc import Iterable
from uuid import UUID

from core.model.cases.case import Case
from core.model.plans.advice import Questions
from core.model.plans.teams import Plan, Proposal, ProviderFailure, Reserve, SeatPlan, TeamPlan, Unmatched
from core.services.runs.saving import save_plan
from core.store.keys import new_id
from core.store.matches import questions, runs, teams
from tests.queries import statements
from tests.web.portal import Page, Visitor
from tests.worlds import NOW


def team(of: Case, *seats: SeatPlan, why: str = "They fit.") -> TeamPlan:
    """A team as a matcher plans it."""
    return TeamPlan(case=of.ref, seats=seats, score=1.0, why=why)


def reserve(key: UUID, score: float) -> Reserve:
    """Somebody who could step in."""
    return Reserve(volunteer=str(key), score=score)


async def ran(
    *planned: TeamPlan,
    unmatched: Iterable[Unmatched] = (),
    failures: Iterable[ProviderFailure] = (),
    status: str = "optimal",
    gap: float = 0.0,
) -> UUID:
    """A run of the matcher that ended with this plan."""
    run = await asked_for()
    await runs.start_run(run, waiting=len(planned), now=NOW)
    plan = Plan(
        status=status,
        objective=1.0,
        bound=1.0,
        gap=gap,
        seconds=2.9,
        teams=planned,
        unmatched=tuple(unmatched),
        failures=tuple(failures),
    )
    await save_plan(run, plan, requested_by=None, now=NOW)
    return run


async def asked_for(matcher: str = "joint") -> UUID:
    """A run that waits for a worker."""
    run = new_id()
    await runs.insert_run(run, matcher=matcher, requested_by=None, now=NOW)
    return run


async def answered(run: UUID, kind: str, asked: Questions, answer: object) -> None:
    """A question beside a run, with the answer that the matcher gave."""
    key = new_id()
    await questions.insert_question(key, run=run, kind=kind, questions=asked, asked_by=None, now=NOW)
    await questions.start_question(key, waiting=3)
    await questions.finish_question(key, answer, now=NOW)


async def proposal_of(case: Case) -> Proposal:
    """The open proposal for a case."""
    (found,) = await teams.open_proposals(case=case.id)
    return found


async def counted(visitor: Visitor, path: str) -> tuple[int, Page]:
    """Open a page; how many statements it took, and the page."""
    with statements() as seen:
        page = await visitor.open(path)
    assert page.status == 200, page.text
    return len(seen), page
