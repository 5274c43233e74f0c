"""Running the matcher and reading its board."""

from datetime import timedelta

from core.host import PluginHost
from core.model.cases.case import Case
from core.model.plans.teams import Progress, ProviderFailure, Unmatched
from core.model.vocabulary import PracticeArea, SeatRole
from core.queries.runs.results import recent_runs
from core.services.runs.proposing import fail_run
from core.services.work.working import Worker
from core.settings import Settings
from core.store.matches import runs
from core.store.matches.teams import open_proposals
from plugins import BUILTIN
from tests.web.coordinator.scenes import asked_for, counted, proposal_of, ran, team
from tests.web.portal import Page, Portal
from tests.worlds import NOW, attorney, case, interpreter, joined, seat, waiting
from web.words.reasons import why_not


def proposed(page: Page) -> list[str]:
    """The cases on a board in their order, by the marks of their checkboxes."""
    return [
        word.rstrip(",")
        for first, word in zip(page.text.split(), page.text.split()[1:], strict=False)
        if first == "Choose"
    ]


async def board_of_three() -> tuple[str, list[Case]]:
    """A board: a detained Mam speaker with an interpreter, a case with a date, a calm one; one without a team."""
    mam = await waiting(case("NM-MAM", detained=True, languages=("mam",)), now=NOW - timedelta(days=31))
    soon = await waiting(case("NM-SOON", deadline=NOW.date() + timedelta(days=42), deadline_kind="Certificate"))
    calm = await waiting(case("NM-CALM"))
    left = await waiting(case("NM-LEFT", languages=("quc",)))
    alma, isidro = await joined(attorney("Alma")), await joined(interpreter("Isidro"))
    run = await ran(
        team(mam, seat(alma), seat(isidro, SeatRole.INTERPRETER, ("mam", "es")), why="Nobody else speaks Mam."),
        team(soon, seat(await joined(attorney("Bea")))),
        team(calm, seat(await joined(attorney("Cora")))),
        unmatched=[Unmatched(left.ref, "language", "Nobody interprets K'iche'.")],
        failures=[ProviderFailure("clinic:near_home", "it divided by zero")],
    )
    return f"/runs/{run}", [mam, soon, calm, left]


async def test_before_the_first_run_the_page_says_what_the_matcher_does(portal: Portal) -> None:
    await waiting(case("NM-1"))

    page = await (await portal.coordinator()).open("/runs")

    assert page.heading == "1 case waits for a team"
    assert "The matcher has not run yet" in page.text


async def test_a_run_is_asked_for_and_watched(portal: Portal) -> None:
    await waiting(case("NM-1"))
    visitor = await portal.coordinator()

    page = await visitor.send(await visitor.open("/runs"), "/runs")

    assert page.heading == "The matcher is at work"
    assert "Waiting for a worker" in page.text
    assert 'data-live="2"' in page.answer.text
    assert '<noscript><meta http-equiv="refresh"' in page.answer.text


async def test_one_run_at_a_time(portal: Portal) -> None:
    under_way = await asked_for()
    visitor = await portal.coordinator()

    page = await visitor.open("/runs")
    assert "A run is under way." in page.text
    assert f"/runs/{under_way}" in page.links
    assert "/runs" not in [form["action"] for form in page.forms]


async def test_progress_tells_what_is_being_done_and_how_far_from_the_best_it_may_be(portal: Portal) -> None:
    run = await asked_for()
    await runs.start_run(run, waiting=318, now=NOW)
    await runs.note_progress(run, Progress("Looking for the best teams", done=120, of=318, gap=0.021))

    page = await (await portal.coordinator()).open(f"/runs/{run}")

    assert "Looking for the best teams" in page.text
    assert "120 of 318 · at most 2.1 % below the best possible so far" in page.text


async def test_a_failed_run_says_what_happened_what_is_safe_and_what_to_do(portal: Portal) -> None:
    run = await asked_for()
    await fail_run(run, error="The matcher ran out of memory.", now=NOW)

    page = await (await portal.coordinator()).open(f"/runs/{run}")

    assert page.heading == "The matcher could not finish"
    assert "The matcher ran out of memory." in page.text
    assert "No proposal of this run was saved." in page.text
    assert "Run it again" in page.text


async def test_the_board_answers_how_many_and_puts_the_most_urgent_first(portal: Portal) -> None:
    path, _cases = await board_of_three()

    page = await (await portal.coordinator()).open(path)

    assert page.heading == "3 proposals for 4 waiting cases"
    assert "Run of 24 November, 2:14 · proved best possible · 2.9 s" in page.text
    assert proposed(page) == ["NM-MAM", "NM-SOON", "NM-CALM"]
    assert "3 proposed, 1 of them detained" in page.text
    assert "1 need an interpreter" in page.text
    assert "1 wait without a team" in page.text
    assert "The client speaks Mam with the interpreter, who speaks Spanish with the attorney" in page.text
    assert "Nobody else speaks Mam." in page.text
    assert "clinic:near_home: it divided by zero" in page.text


async def test_what_was_not_matched_is_counted_by_reason_and_leads_to_those_cases(portal: Portal) -> None:
    path, _cases = await board_of_three()
    visitor = await portal.coordinator()

    page = await visitor.open(path)
    assert "1 no interpreter for the language" in page.text
    (to_them,) = [link for link in page.links if "why=" in link]

    assert "NM-LEFT" in (await visitor.open(to_them)).text


async def test_each_language_group_shows_how_it_is_served(portal: Portal) -> None:
    path, _cases = await board_of_three()

    page = await (await portal.coordinator()).open(path)

    assert "Spanish 2 of 2" in page.text
    assert "Indigenous 1 of 2" in page.text


async def test_a_result_that_is_not_proved_best_says_how_far_off_it_may_be(portal: Portal) -> None:
    only = await waiting(case("NM-1"))
    run = await ran(team(only, seat(await joined(attorney()))), status="feasible", gap=0.034)

    assert "at most 3.4 % below the best possible" in (await (await portal.coordinator()).open(f"/runs/{run}")).text


async def test_a_run_that_a_newer_one_replaced_leads_to_the_new_board(portal: Portal) -> None:
    only, alma = await waiting(case("NM-1")), await joined(attorney())
    old = await ran(team(only, seat(alma)))
    new = await ran(team(only, seat(alma)))

    page = await (await portal.coordinator()).open(f"/runs/{old}")

    assert page.heading == "This run proposed 1 team"
    assert f"/runs/{new}" in page.links
    assert "/proposals/approve" not in [form["action"] for form in page.forms]


async def test_a_long_board_is_read_page_by_page(portal: Portal) -> None:
    alma = await joined(attorney())
    waits = [await waiting(case(f"NM-{n:02}"), now=NOW - timedelta(days=60 - n)) for n in range(27)]
    run = await ran(*[team(one, seat(alma)) for one in waits])
    visitor = await portal.coordinator()

    first = await visitor.open(f"/runs/{run}")
    (onward,) = [link for link in first.links if "after=" in link]
    second = await visitor.open(onward)

    assert "25 of 27" in first.text
    assert proposed(first) + proposed(second) == [one.ref for one in waits]
    assert "Approve all 27 clear" in first.text


async def test_the_board_takes_as_many_statements_for_three_proposals_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    empty = await ran()
    assert (await counted(visitor, f"/runs/{empty}"))[0] == 8

    one = await waiting(case("NM-1"))
    run = await ran(team(one, seat(await joined(attorney()))))
    assert (await counted(visitor, f"/runs/{run}"))[0] == 10

    path, _cases = await board_of_three()
    assert len(await open_proposals()) == 3
    assert (await counted(visitor, path))[0] == 10


async def test_the_list_of_runs_takes_as_many_statements_for_three_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await counted(visitor, "/runs"))[0] == 4

    await ran()
    assert (await counted(visitor, "/runs"))[0] == 4

    await ran()
    await ran()
    assert (await counted(visitor, "/runs"))[0] == 4


async def test_a_relay_is_counted_as_one(portal: Portal) -> None:
    mam = await waiting(case("NM-1", languages=("mam",), practice_area=PracticeArea.ASYLUM))
    first, second = await joined(interpreter("Ines")), await joined(interpreter("Jorge", ("es", "en")))
    run = await ran(
        team(
            mam,
            seat(await joined(attorney())),
            seat(first, SeatRole.INTERPRETER, ("mam", "es")),
            seat(second, SeatRole.INTERPRETER, ("es", "en")),
        )
    )

    page = await (await portal.coordinator()).open(f"/runs/{run}")

    assert "1 need an interpreter, 1 of them a relay" in page.text
    assert (await proposal_of(mam)).run == run


def test_every_reason_of_the_built_in_rules_has_words_of_its_own() -> None:
    host = PluginHost.load(BUILTIN, settings=Settings(), entry_points=False)
    codes = {rule.blocks for rule in host.rules()}
    host.close()

    assert {code for code in codes if why_not(code, "a sentence") == "a sentence"} == set()
    assert why_not("clinic:too_far", "It is too far from the clinic.") == "It is too far from the clinic."


async def test_a_run_that_was_asked_for_ends_on_its_board(portal: Portal) -> None:
    await joined(attorney("Alma"))
    await joined(interpreter("Isidro"))
    await waiting(case("NM-1", languages=("mam",)))
    await waiting(case("NM-2", languages=("quc",)))
    visitor = await portal.coordinator()
    await visitor.send(await visitor.open("/runs"), "/runs")
    (run,) = await recent_runs()

    await Worker(portal.clinic, clock=lambda: NOW).run_once(NOW)

    page = await visitor.open(f"/runs/{run.id}")
    assert page.heading == "1 proposal for 2 waiting cases"
    assert "proved best possible" in page.text
    assert "The client speaks Mam with the interpreter, who speaks Spanish with the attorney" in page.text
    assert "1 no interpreter for the language" in page.text
