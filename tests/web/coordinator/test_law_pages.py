"""The pages of rules of law: where each stands, who says so, and what a change made of which cases."""

from datetime import date

from core.model.deadlines.rules import DatedFact
from core.model.vocabulary import Forum, PracticeArea
from core.services.deadlines.dated_facts import record_dates
from core.services.deadlines.law import refresh_deadlines
from core.store.cases.cases import find_case
from tests import worlds
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, case, waiting

RULE = "/deadlines/rules/bia-appeal"


async def test_every_rule_is_listed_with_where_it_stands_its_citation_and_its_last_review(portal: Portal) -> None:
    page = await (await portal.coordinator()).open("/deadlines/rules")

    assert page.heading == "23 rules about deadlines"
    said = (
        "Vacated 10 days after: Decision of the immigration judge, oral or mailed; moved to the next business day. "
        "Forums: Immigration court, Board of Immigration Appeals 8 CFR 1003.38(b) as amended"
    )
    assert said in page.text
    assert "Published 6 February 2026 Effective 9 March 2026 Last reviewed 24 November 2026" in page.text
    cautious = page.text[page.text.index("State-court order for SIJ, cautious In force Not certain") :]
    assert cautious.index("States: all but NM") < cautious.index("Open cases"), "the two orders are told apart"
    page = await (await portal.coordinator()).open("/deadlines/rules/bia-appeal-after-hearing")
    assert "Forms of relief all but Appeal to the Board of Immigration Appeals Forums Immigration court" in page.text


async def test_a_coordinator_says_where_a_rule_stands_and_sees_which_cases_moved(portal: Portal) -> None:
    await refresh_deadlines(clinic=portal.clinic, now=NOW)
    new = await waiting(case("NM-1", practice_area=PracticeArea.REMOVAL, relief="bia_appeal", forum=Forum.BIA))
    decided = {DatedFact.DECISION: date(2026, 11, 9)}
    await record_dates(new.id, decided, clinic=portal.clinic, by=await worlds.coordinator(), now=NOW)
    visitor = await portal.coordinator()

    page = await visitor.send(await visitor.open(RULE), RULE, status="enjoined", reason=" ")
    assert page.status == 422
    assert "Say in a few words why the rule stands there" in page.text
    page = await visitor.send(page, RULE, status="enjoined", effective_from="soon", reason="Doe v. Roe.")
    assert page.status == 422
    assert "“soon” is no date." in page.text

    page = await visitor.send(page, RULE, status="enjoined", effective_from="", reason="Doe v. Roe (D.N.M.).")
    assert "Kept. All open cases are counted anew" in page.text
    assert "Carmen, 24 November: Doe v. Roe (D.N.M.)." in page.text
    assert "Status: In force → Enjoined" in page.text
    assert (await find_case(new.id)).deadline is None

    change = next(link for link in page.links if link.startswith("/deadlines/changes/"))
    page = await visitor.open(change)
    assert page.heading == "Appeal to the BIA: 1 case moved"
    assert "NM-1" in page.text
    assert "9 December → none" in page.text

    page = await visitor.send(await visitor.open(RULE), f"{RULE}/restore")
    assert "again what its plugin says" in page.text
    assert (await find_case(new.id)).deadline == date(2026, 12, 9)
    assert (await visitor.open("/deadlines/changes")).text.count("1 case moved") == 2


async def test_a_rule_that_is_not_there_is_not_found(portal: Portal) -> None:
    visitor = await portal.coordinator()

    assert (await visitor.open("/deadlines/rules/ours")).status == 404
    page = await visitor.open("/deadlines/changes")
    assert page.heading == "No rule has changed"


async def test_these_pages_take_few_statements(portal: Portal) -> None:
    await refresh_deadlines(clinic=portal.clinic, now=NOW)
    visitor = await portal.coordinator()

    assert (await counted(visitor, "/deadlines/rules"))[0] == 5
    assert (await counted(visitor, RULE))[0] == 6
    assert (await counted(visitor, "/deadlines/changes"))[0] == 3
