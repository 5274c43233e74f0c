"""Questions about a plan, answered in the process of a run and under the same guard."""

import pytest

from core.errors import MatcherFailed
from core.host import PluginHost
from core.matching_process import RunRequest, ask_matcher
from core.model.plans.advice import Questions
from core.model.plans.changes import RemoveVolunteer
from core.model.plans.snapshot import Snapshot
from core.settings import Settings
from plugins import BUILTIN
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer
from tests.plugins_for_tests.fixtures import Load

WORLD = Snapshot(TODAY, (a_case("C-1", languages=("en",)), a_case("C-2", languages=("mam",))), (a_volunteer("A-1"),))


async def test_all_questions_are_answered_by_one_run() -> None:
    host = PluginHost.load(BUILTIN, settings=Settings(), entry_points=False, kinds=("rules", "scorers", "matchers"))
    questions = Questions(explain=("C-2",), what_if=(RemoveVolunteer("A-1"),), recruit=1)

    answer = await ask_matcher(RunRequest(WORLD, time_limit=20.0), questions, host=host)

    assert [team.case for team in answer.plan.teams] == ["C-1"]
    assert [one.case for one in answer.explanations] == ["C-2"]
    assert answer.what_if is not None
    assert [left.case for left in answer.what_if.lost] == ["C-1"]
    assert answer.recruit[0].verified is not None


async def test_a_matcher_that_only_plans_says_so(load: Load) -> None:
    host = load()

    with pytest.raises(MatcherFailed, match="It plans teams and answers no questions about them"):
        await ask_matcher(RunRequest(WORLD, "first_come", time_limit=20.0), Questions(recruit=1), host=host)
