"""A plan, and the answers to questions about it: why, why not, what if, whom to recruit."""

from collections.abc import Sequence

from core.model.plans.advice import Advised, Questions
from core.model.plans.snapshot import Snapshot
from core.protocols import Rule, Scorer
from matching.advice.explaining import CaseReader
from matching.advice.recruiting import recruit
from matching.advice.whatif import what_if
from matching.planning import Planner, Report, Run


def advise(
    snapshot: Snapshot,
    rules: Sequence[Rule],
    scorers: Sequence[Scorer],
    *,
    questions: Questions,
    seed: int,
    time_limit: float,
    report: Report,
) -> Advised:
    """Match all cases jointly and answer; each further solve that an answer needs may take ``time_limit`` seconds.

    Raises BadInput, saying what would be right, where a question names a case or volunteer that is not there.
    """
    planner = Planner(rules, scorers, seed, time_limit, report)
    return answer(planner.run(snapshot), questions, planner)


def answer(run: Run, questions: Questions, planner: Planner) -> Advised:
    """The answers to questions about a run; what was not asked stays empty."""
    reader = CaseReader(run)
    return Advised(
        plan=run.plan,
        explanations=tuple(map(reader.explain, questions.explain)),
        what_if=what_if(run, questions.what_if, planner) if questions.what_if else None,
        recruit=recruit(run, planner, verify=questions.recruit) if questions.recruit else (),
    )
