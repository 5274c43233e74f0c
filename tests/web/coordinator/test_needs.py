"""The needs of a case: written down, measured by what points to a person, and listed as far as that is safe."""

import asyncio
from uuid import UUID

import pytest

from core.model.listings.attributes import Attribute
from core.model.vocabulary import Gender, InterpretingMode, PracticeArea
from core.queries.cases.listings import last_listing
from core.store.cases.cases import find_case
from core.store.cases.listings import keep_comparable
from core.store.matches.teams import open_proposals
from tests.web.portal import Page, Portal, Visitor
from tests.web.volunteer.scenes import alma_with_her_browser
from tests.worlds import NOW, case, waiting

FORM = {
    "relief": "u_visa",
    "skill_level": "3",
    "hours": "32,5",
    "attorneys": "2",
    "languages": "Mam, Spanish",
    "interpreter_hours": "20",
    "interpreter_gender": "female",
    "interpreter_mode": "sight",
    "posture": "affirmative",
    "forum": "uscis",
    "remote_ok": "no",
    "county": "catron county",
    "us_state": "nm",
}


async def opened(portal: Portal, **changes: object) -> tuple[str, Visitor, Page]:
    one = await waiting(case("NM-1", **changes))
    visitor = await portal.coordinator()
    path = f"/cases/{one.id}/needs"
    return path, visitor, await visitor.open(path)


async def test_what_a_case_needs_is_written_down_and_the_taxonomy_gives_the_area(portal: Portal) -> None:
    path, visitor, page = await opened(portal)

    kept = await visitor.send(page, path, **FORM)

    assert "The matcher and the rules ask about this from now on" in kept.text
    one = await find_case(key_of(path))
    assert (one.practice_area, one.relief, one.skill_level, one.hours) == (PracticeArea.VICTIMS, "U visa", 3, 32.5)
    assert (one.languages, one.attorneys, one.interpreter_hours) == (("mam", "es"), 2, 20.0)
    assert one.interpreter_mode is InterpretingMode.SIGHT
    assert (one.interpreter_gender, one.remote_ok, one.county, one.us_state) == (Gender.FEMALE, False, "Catron", "NM")
    assert kept.selected["relief"] == "u_visa"


def key_of(path: str) -> UUID:
    return UUID(path.split("/")[2])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hours": "many"}, "“many” is no number"),
        ({"hours": "-3"}, "above 0"),
        ({"languages": "Klingonish"}, "is not a language that we know"),
        ({"languages": " , "}, "at least one language"),
        ({"us_state": "ZZ"}, "two letters"),
        ({"skill_level": "9"}, "from 1"),
        ({"interpreter_hours": "0"}, "or leave it out"),
    ],
)
async def test_what_cannot_be_taken_is_told_beside_its_field_and_the_rest_is_kept(
    portal: Portal, wrong: dict[str, str], said: str
) -> None:
    path, visitor, page = await opened(portal)

    answer = await visitor.send(page, path, **FORM | wrong)

    assert answer.status == 422
    assert said in answer.text
    assert answer.selected["interpreter_gender"] == "female"
    assert (await find_case(key_of(path))).relief == ""


async def test_what_somebody_else_has_changed_meanwhile_stays(portal: Portal) -> None:
    path, visitor, page = await opened(portal)
    fields = {**page.form(path), **FORM}
    other = await portal.coordinator()
    await other.send(await other.open(path), path, relief=FORM["relief"], hours="12")

    shown = {name.removeprefix("was-"): value for name, value in fields.items() if name.startswith("was-")}
    await visitor.send(page, path, **shown | {"county": "Taos", "us_state": "NM"})

    one = await find_case(key_of(path))
    assert (one.hours, one.relief, one.county) == (12, "U visa", "Taos")


async def test_a_summary_and_the_needs_that_are_kept_at_once_are_both_kept(portal: Portal) -> None:
    path, visitor, page = await opened(portal)
    other = await portal.coordinator()
    await asyncio.gather(
        visitor.send(page, path, **FORM),
        other.send(await other.open(path), f"{path}/summary", summary="The papers are complete."),
    )

    one = await find_case(key_of(path))
    assert (one.relief, one.summary) == ("U visa", "The papers are complete.")


async def test_a_summary_is_looked_at_before_it_is_kept_and_what_points_to_a_person_is_marked(portal: Portal) -> None:
    path, visitor, page = await opened(portal, languages=("mam",))
    text = "María, 19 years old, fled with two children and asks for asylum."

    looked = await visitor.send(page, f"{path}/summary", summary=text, only="look")
    unchanged = (await find_case(key_of(path))).summary
    kept = await visitor.send(page, f"{path}/summary", summary=text)

    assert "<mark>María</mark>" in looked.answer.text
    assert "<mark>19 years old</mark>" in looked.answer.text
    assert "How a family is made up narrows it down" in looked.text
    assert unchanged == case().summary
    assert "Not shown to volunteers: it tells more than the listing." in kept.text
    assert (await last_listing(key_of(path), today=NOW.date())).summary == ""


async def test_the_page_says_what_is_hidden_and_why(portal: Portal) -> None:
    await keep_comparable(5)
    for number in range(12):
        await waiting(case(f"NM-A{number}"))
    path, visitor, page = await opened(portal, languages=("ti",), county="Catron")

    assert "Tigrinya hidden No other listed case shares it and what is told." in page.text
    assert "It reads just like 4 other cases." in page.text
    assert "/cases/" in path
    assert (await visitor.open(path.replace("/needs", ""))).status == 200


async def test_too_few_cases_are_said_to_be_on_no_list(portal: Portal) -> None:
    await keep_comparable(5)
    _path, visitor, page = await opened(portal)

    assert "A list begins with 5 cases that look alike; waiting now: 1." in page.text
    office = await visitor.open("/office/listings")
    assert office.heading == "0 of 1 waiting case is listed"
    assert "No case is listed, so nothing is told. A list begins with 5 waiting cases." in office.text


async def test_the_office_tells_how_much_is_told_and_what_needs_a_look_and_keeps_the_number(portal: Portal) -> None:
    for number in range(6):
        await waiting(case(f"NM-A{number}", summary="Juan asks for help." if number == 0 else "Asks for help."))
    visitor = await portal.coordinator()
    page = await visitor.open("/office/listings")

    refused = await visitor.send(page, "/office/listings", comparable="4")
    kept = await visitor.send(page, "/office/listings", comparable="7")

    assert page.heading == "6 of 6 waiting cases are listed"
    assert "the summary 5 of 6" in page.text
    assert "NM-A0 Its summary tells more than the listing, and is not shown." in page.text
    assert (refused.status, "from 5 to 50" in refused.text) == (422, True)
    assert kept.heading == "0 of 6 waiting cases are listed"


async def test_a_claim_that_hidden_facts_forbid_says_so_to_the_coordinator_alone(portal: Portal) -> None:
    await keep_comparable(5)
    for number in range(12):
        await waiting(case(f"NM-A{number}"))
    secret = await waiting(case("NM-1", practice_area=PracticeArea.FAMILY, languages=("ti",)))
    _alma, hers = await alma_with_her_browser(portal)
    visitor = await portal.coordinator()

    answer = await hers.send(await hers.open(f"/cases/{secret.id}"), f"/cases/{secret.id}/claim", role="attorney")
    claims = await visitor.open("/claims")
    (proposal,) = await open_proposals(case=secret.id)
    page = await visitor.open(f"/proposals/{proposal.id}")

    assert answer.heading == "1 claim waits for a coordinator"
    assert "family" not in answer.text.casefold()
    assert "A rule says no" in claims.text
    assert "No family attorney at level 2" in page.text


async def test_a_coordinator_hides_more_and_keeps_a_case_off_the_list(portal: Portal) -> None:
    path, visitor, page = await opened(portal)
    key = key_of(path)

    await visitor.send(page, f"{path}/listing", widened=["language", "region"], withheld="")
    hidden = (await last_listing(key, today=NOW.date())).hidden
    off = await visitor.send(page, f"{path}/listing", widened=[], withheld="The family is known everywhere")

    assert {Attribute.LANGUAGE, Attribute.REGION} <= set(hidden)
    assert "A coordinator keeps it off the list: The family is known everywhere" in off.text
    assert (await visitor.open(path)).status == 200


async def test_a_summary_that_two_write_at_once_is_shown_with_both_and_neither_is_lost(portal: Portal) -> None:
    path, visitor, page = await opened(portal)
    other = await portal.coordinator()
    await other.send(await other.open(path), f"{path}/summary", summary="The papers are complete.")

    refused = await visitor.send(page, f"{path}/summary", summary="The interview comes next.")

    assert refused.status == 422
    assert "Somebody else has changed this meanwhile, to “The papers are complete.”" in refused.text
    assert "The interview comes next." in refused.answer.text
    assert (await find_case(key_of(path))).summary == "The papers are complete."
    both = "The papers are complete. The interview comes next."
    await visitor.send(refused, f"{path}/summary", summary=both)
    assert (await find_case(key_of(path))).summary == both


async def test_a_field_that_two_change_at_once_is_told_beside_it_in_words(portal: Portal) -> None:
    path, visitor, page = await opened(portal)
    other = await portal.coordinator()
    await other.send(await other.open(path), path, **FORM)

    refused = await visitor.send(page, path, **FORM | {"interpreter_gender": "male", "hours": "50"})

    assert refused.status == 422
    assert "to “32.5”" in refused.text
    assert (await find_case(key_of(path))).hours == 32.5
