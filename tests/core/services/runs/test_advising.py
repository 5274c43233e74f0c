"""What a coordinator asks beside a run: worked out by a worker with the real matcher, kept, and changing nothing."""

from uuid import UUID

import pytest

from core.errors import NotAllowed, TooLate
from core.model.people import Capacity
from core.model.plans.advice import Questions
from core.model.plans.changes import AddVolunteers, RemoveVolunteer
from core.model.plans.snapshot import VolunteerFacts
from core.model.states import RunState
from core.model.vocabulary import VolunteerRole
from core.queries.inbox import notes_for
from core.queries.runs.questions import asked_beside, last_advice
from core.services.clinic import Clinic
from core.services.runs import advising, proposing
from core.services.work.working import Worker
from core.store.database import Database
from core.store.matches import teams
from tests import worlds
from tests.worlds import NOW

pytestmark = pytest.mark.usefixtures("matched_here")

INTERPRETER = VolunteerFacts(
    ref="new",
    roles=(VolunteerRole.INTERPRETER,),
    languages={"en": 5.0, "mam": 4.5, "es": 4.5},
    interprets=(("mam", "es"),),
    us_state="NM",
)


async def a_run_with_a_case_left(clinic: Clinic) -> UUID:
    """A run that serves a Spanish speaker and has nobody to interpret Mam."""
    await worlds.joined(worlds.attorney(capacity=Capacity(cases=3)))
    await worlds.waiting(worlds.case("NM-ES"))
    await worlds.waiting(worlds.case("NM-MAM", languages=("mam",)))
    run = await proposing.request_run(matcher="joint", clinic=clinic, by=await worlds.coordinator(), now=NOW)
    await proposing.perform_run(run, clinic=clinic, clock=lambda: NOW)
    return run


async def test_whom_to_recruit_is_worked_out_by_a_worker_and_kept_beside_the_run(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    run = await a_run_with_a_case_left(clinic)
    before = [one.id for one in await teams.open_proposals()]
    await advising.ask_whom_to_recruit(run, clinic=clinic, by=by, now=NOW)
    (waiting,) = await asked_beside(run, advising.RECRUIT)
    assert (waiting.is_open, waiting.recruit) == (True, ())
    with pytest.raises(TooLate, match="worked out already"):
        await advising.ask_whom_to_recruit(run, clinic=clinic, by=by, now=NOW)

    await Worker(clinic, clock=lambda: NOW).run_once(NOW)

    (answered,) = await asked_beside(run, advising.RECRUIT)
    assert (answered.state, answered.error, answered.waiting) == (RunState.DONE, "", 2)
    best = answered.recruit[0]
    assert "Mam" in best.kind
    assert best.verified is not None
    assert (best.verified.cases, best.verified.freed) == (1, ("NM-MAM",))
    assert answered.cases.keys() == {"NM-MAM"}
    assert await last_advice(run) == answered.recruit
    assert [one.id for one in await teams.open_proposals()] == before, "nothing is proposed"
    assert by.account is not None
    assert "The matcher has an answer" in [note.subject for note in (await notes_for(by.account)).rows]


async def test_a_scenario_says_who_would_be_served_and_who_not(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    run = await a_run_with_a_case_left(clinic)
    (proposal,) = await teams.open_proposals()
    alma = proposal.team.seats[0].volunteer
    for changes in ((AddVolunteers(INTERPRETER),), (RemoveVolunteer(alma),)):
        await advising.ask_what_if(run, Questions(what_if=changes), clinic=clinic, by=by, now=NOW)
        await Worker(clinic, clock=lambda: NOW).run_once(NOW)
    fewer, more = await asked_beside(run, advising.WHAT_IF)
    assert more.what_if is not None
    assert fewer.what_if is not None
    assert (more.what_if.served_before, more.what_if.served_after) == (1, 2)
    assert [team.case for team in more.what_if.gained] == ["NM-MAM"]
    assert (fewer.what_if.served_after, [left.case for left in fewer.what_if.lost]) == (0, ["NM-ES"])
    assert fewer.names[alma] == "Alma"


async def test_a_question_that_cannot_be_worked_out_says_why_and_can_be_asked_again(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    run = await a_run_with_a_case_left(clinic)
    asked = Questions(what_if=(RemoveVolunteer(str(run)),))
    await advising.ask_what_if(run, asked, clinic=clinic, by=by, now=NOW)
    await Worker(clinic, clock=lambda: NOW).run_once(NOW)
    (failed,) = await asked_beside(run, advising.WHAT_IF)
    assert failed.state is RunState.FAILED
    assert "There is no volunteer" in failed.error
    await advising.ask_what_if(run, asked, clinic=clinic, by=by, now=NOW)


async def test_only_coordinators_ask_and_only_about_a_run_with_a_plan(database: Database) -> None:
    clinic, by = worlds.clinic(), await worlds.coordinator()
    alma = await worlds.joined(worlds.attorney())
    run = await proposing.request_run(matcher="joint", clinic=clinic, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        await advising.ask_whom_to_recruit(run, clinic=clinic, by=worlds.actor_of(alma), now=NOW)
    with pytest.raises(TooLate, match="no plan"):
        await advising.ask_whom_to_recruit(run, clinic=clinic, by=by, now=NOW)
