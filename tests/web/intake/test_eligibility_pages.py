"""Whether a client may be served, on the page of her case and on that of the programme's thresholds."""

from core.model.clients.client import ClientField, Purpose
from core.model.clients.households import Period, household_in
from core.model.people import SYSTEM
from core.model.states import CaseState
from core.services.cases.intake import decline_case
from core.services.clients.disclosing import read_client
from core.store.cases.cases import find_case
from core.store.cases.eligibility import thresholds_in_force
from tests.web.coordinator.scenes import counted
from tests.web.intake.scenes import ROSA, screening_of
from tests.web.portal import Portal
from tests.worlds import NOW

F = ClientField
POOR = {"us_state": "NM", "county": "Bernalillo", "persons": "3", "income": "1,500", "period": "month"}


async def test_a_check_says_what_was_found_and_keeps_the_household(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"
    page = await visitor.open(path)
    assert page.heading == "May the client of NM-1 be served?"

    page = await visitor.send(page, path, **POOR)

    assert page.heading == "NM-1 may be served"
    assert "Bernalillo, NM is served." in page.text
    assert "The income is within 200 % of the poverty guideline of 2026." in page.text
    assert "200 % of the guideline for 3 persons is $54,640 a year, $4,553 a month." in page.text
    assert "The household has $18,000 a year: 66 % of the guideline." in page.text
    known = await read_client(new.id, (F.HOUSEHOLD,), purpose=Purpose.SCREENING, by=SYSTEM, now=NOW)
    assert household_in(known[F.HOUSEHOLD]).period is Period.MONTH


async def test_what_is_not_known_is_asked_for_by_name(portal: Portal) -> None:
    new, visitor = await screening_of({}), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"

    page = await visitor.send(
        await visitor.open(path), path, us_state="NM", county="", persons="", income="", period="month"
    )

    assert page.heading == "NM-1: something must still be asked"
    assert "Ask for the income: how many persons live on the same money, how much money it is." in page.text


async def test_the_place_is_kept_with_the_case_and_an_exemption_with_the_check(portal: Portal) -> None:
    new, visitor = await screening_of({}), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"

    unknown = {"persons": "", "income": "", "period": "month"}
    ticked = {"us_state": "NM", "county": "Taos", "exemptions": ["victim", "child"]}
    page = await visitor.send(await visitor.open(path), path, **unknown, **ticked)

    assert (await find_case(new.id)).county == "Taos"
    assert "The income does not matter: the client is a victim of crime" in page.text
    assert page.answer.text.count("checked") >= 2, "what was ticked is ticked still"


async def test_where_she_lives_is_not_kept_where_the_check_is_refused(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"
    page = await visitor.open(path)
    await decline_case(new.id, reason="Helped elsewhere.", by=SYSTEM, now=NOW)

    refused = await visitor.send(page, path, **POOR | {"county": "Taos"})

    assert "has ended" in refused.text
    assert (await find_case(new.id)).county == new.county


async def test_the_waitlist_asks_for_the_check_and_then_takes_the_case(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    page = await visitor.open(f"/cases/{new.id}")

    refused = await visitor.send(page, f"/cases/{new.id}/waitlist")
    assert (refused.status, refused.heading) == (422, "May the client of NM-1 be served?")
    assert "It is not checked yet whether this client may be served." in refused.text

    page = await visitor.send(refused, f"/cases/{new.id}/eligibility", **POOR)
    await visitor.send(page, f"/cases/{new.id}/waitlist")
    assert (await find_case(new.id)).state is CaseState.WAITLISTED


async def test_a_person_decides_otherwise_and_gives_a_reason(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"
    rich = await visitor.send(await visitor.open(path), path, **POOR | {"income": "9000"})
    assert rich.heading == "NM-1 may not be served"

    refused = await visitor.send(rich, f"{path}/decide", decided="eligible", reason="")
    assert (refused.status, "Write in a few words why" in refused.text) == (422, True)
    page = await visitor.send(refused, f"{path}/decide", decided="eligible", reason="Medical costs eat it up.")

    assert page.heading == "NM-1 may be served"
    assert "decided by a person; the thresholds said: may not be served" in page.text
    assert "Medical costs eat it up." in page.text


async def test_a_form_that_is_not_whole_takes_nothing_away(sqlite_portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await sqlite_portal.coordinator()
    path = f"/cases/{new.id}/eligibility"

    refused = await visitor.send(await visitor.open(path), path)

    assert refused.status == 422
    assert (await find_case(new.id)).county == "Bernalillo"
    assert F.HOUSEHOLD in await read_client(new.id, tuple(F), purpose=Purpose.SCREENING, by=SYSTEM, now=NOW)


async def test_what_cannot_be_understood_is_told_beside_its_field(portal: Portal) -> None:
    new, visitor = await screening_of({}), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"

    page = await visitor.send(await visitor.open(path), path, **POOR | {"income": "much", "county": "Atlantis"})

    assert page.status == 422
    assert "Write dollars as a number" in page.text
    assert "“Atlantis” is no county of that state." in page.text
    assert (await find_case(new.id)).county == "Bernalillo"


async def test_the_thresholds_are_set_with_a_reason_and_stand_in_a_history(portal: Portal) -> None:
    visitor = await portal.coordinator()
    path = "/office/eligibility"
    page = await visitor.open(path)
    assert "91 FR 1797" in page.text
    given = {"states": "NM, tx", "areas": ["asylum", "victims"], "percent": "250", "exempt": ["detained"]}

    refused = await visitor.send(page, path, **given | {"why": ""})
    assert (refused.status, "the history shows it" in refused.text) == (422, True)
    page = await visitor.send(refused, path, **given | {"why": "New grant.", "percent_asylum": "125"})

    asks = (await thresholds_in_force()).asks
    assert (asks.states, asks.percent, dict(asks.by_area)) == (("NM", "TX"), 250, {"asylum": 125})
    assert "The thresholds count from now on." in page.text
    assert "New grant." in page.text


async def test_thresholds_that_two_set_at_once_are_set_by_the_first_and_shown_to_the_second(portal: Portal) -> None:
    path, carmen, joel = "/office/eligibility", await portal.coordinator(), await portal.coordinator()
    given = {"states": "NM", "areas": ["asylum"], "exempt": []}
    before = await carmen.open(path)
    await joel.send(await joel.open(path), path, **given | {"percent": "250", "why": "New grant."})

    refused = await carmen.send(before, path, **given | {"percent": "125", "why": "The board decided."})

    assert refused.status == 422
    assert "Somebody else has changed the thresholds meanwhile" in refused.text
    assert ("New grant." in refused.text, 'value="125"' in refused.answer.text) == (True, True)
    assert (await thresholds_in_force()).asks.percent == 250
    await carmen.send(refused, path, **given | {"percent": "125", "why": "The board decided."})
    assert (await thresholds_in_force()).asks.percent == 125


async def test_thresholds_that_nobody_can_meet_are_refused(sqlite_portal: Portal) -> None:
    visitor = await sqlite_portal.coordinator()
    page = await visitor.open("/office/eligibility")
    for wrong in ({"percent": "0"}, {"states": ""}, {"states": "QQ"}, {"counties": ["999"]}, {"percent_asylum": "x"}):
        given = {"states": "NM", "areas": ["asylum"], "percent": "200", "why": "A mistake."} | wrong
        assert (await visitor.send(page, "/office/eligibility", **given)).status == 422
    assert (await thresholds_in_force()).id is None


async def test_the_page_takes_as_many_statements_after_three_checks_as_after_one(portal: Portal) -> None:
    new, visitor = await screening_of(ROSA), await portal.coordinator()
    path = f"/cases/{new.id}/eligibility"
    page = await visitor.send(await visitor.open(path), path, **POOR)
    one = (await counted(visitor, path))[0]
    for _ in range(2):
        page = await visitor.send(page, path, **POOR)

    assert (await counted(visitor, path))[0] == one
