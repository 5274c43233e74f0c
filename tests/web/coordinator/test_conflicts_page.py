"""The conflict check of a case on its page: who is in it, hits with why, what is decided (DOMAIN scenario 12)."""

import pytest

from core.model.clients.client import ClientField
from core.model.people import SYSTEM
from core.services.clients.writing import correct_client
from core.store.volunteers.volunteers import find_volunteer
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, against, attorney, case, joined, waiting

FIRM = "Smith, Jones & Lee, L.L.P."


@pytest.fixture(autouse=True)
def with_key(key: None) -> None:
    """The clinic's key is set."""


async def test_a_coordinator_notes_somebody_sees_the_hit_with_why_and_decides(portal: Portal) -> None:
    hers, his, carmen = await waiting(case("NM-1")), await waiting(case("NM-2")), await portal.coordinator()
    await correct_client(hers.id, {ClientField.NAME: "Guadalupe Canario Pérez"}, by=SYSTEM, now=NOW)
    path = f"/cases/{his.id}/conflicts"
    assert path in (await carmen.open(f"/cases/{his.id}")).links
    empty = await carmen.open(path)
    assert empty.heading == "No names are noted yet"

    page = await carmen.send(empty, path, name="Canario Peres, Lupe", role="adverse", kind="")
    assert page.heading == "1 hit to decide"
    assert f"/cases/{hers.id}" in page.links
    for said in ("Opposite sides", "Guadalupe Canario Pérez", "stands for", "sounds like", "in another order"):
        assert said in page.text

    done = await carmen.send(page, f"{path}/decide", verdict="clear", reason="Born in another year")
    assert done.heading == "No open conflict"
    assert "Born in another year" in done.text
    (remove,) = [form["action"] for form in done.forms if form["action"].endswith("/remove")]
    assert (await carmen.send(done, remove)).heading == "No names are noted yet"


async def test_a_client_who_may_be_here_twice_is_another_person_or_the_same_one(portal: Portal) -> None:
    first, second, carmen = await waiting(case("NM-1")), await waiting(case("NM-2")), await portal.coordinator()
    for one in (first, second):
        await correct_client(one.id, {ClientField.NAME: "Guadalupe Canario Pérez"}, by=SYSTEM, now=NOW)
    path = f"/cases/{first.id}/conflicts"

    page = await carmen.open(path)
    assert "Another person" in page.text
    assert "No conflict" not in page.text
    done = await carmen.send(page, f"{path}/decide", verdict="conflict", reason="Born on the same day")
    assert done.heading == "No open conflict"
    assert f"/cases/{first.id}/related" in done.links
    assert "The same client" in (await carmen.open(f"/cases/{second.id}/conflicts")).text


async def test_a_name_of_one_word_is_said_to_find_no_more_than_that(portal: Portal) -> None:
    once, carmen = await waiting(case("NM-1")), await portal.coordinator()
    await against(once.id, "Mateo", is_organisation=False)
    await against(once.id, "Elena Tzoc", is_organisation=False)

    page = await carmen.open(f"/cases/{once.id}/conflicts")
    assert page.text.count("one word alone finds only names of one word") == 1
    assert "“Mateo”" in page.text


async def test_many_hits_stand_on_pages_with_few_forms_unfolded(portal: Portal) -> None:
    once, carmen = await waiting(case("NM-0")), await portal.coordinator()
    for number in range(21):
        other = once if not number else await waiting(case(f"NM-{number}"))
        await correct_client(other.id, {ClientField.NAME: "Guadalupe Canario Pérez"}, by=SYSTEM, now=NOW)
    await correct_client((await waiting(case("NM-21"))).id, {ClientField.NAME: "Guadalupe Canario"}, by=SYSTEM, now=NOW)
    path = f"/cases/{once.id}/conflicts"

    first = await carmen.open(path)
    assert first.heading == "20 hits to decide"
    assert "1 to 20 of 21" in first.text
    last = await carmen.open(f"{path}?after=20")
    assert "may be it" in last.text.casefold()
    assert "21 to 21 of 21" in last.text


async def test_whoever_works_for_the_other_side_is_named_to_staff_and_sees_no_case(portal: Portal) -> None:
    vera = await joined(attorney("Vera", firm=FIRM))
    hers, other = await waiting(case("NM-1")), await waiting(case("NM-2"))
    visitor, carmen = await portal.volunteer(vera), await portal.coordinator()
    page = await visitor.open(f"/cases/{hers.id}")
    await against(hers.id, "SMITH JONES AND LEE LLP")

    assert f"/volunteers/{vera.id}" in (await carmen.open(f"/cases/{hers.id}/conflicts")).links
    for path in ("/cases", "/cases?fits=yes"):
        links = (await visitor.open(path)).links
        assert [f"/cases/{one.id}" in links for one in (hers, other)] == [False, True]
    assert (await visitor.open(f"/cases/{hers.id}")).status == 404
    stopped = await visitor.send(page, f"/cases/{hers.id}/claim", role="attorney")
    assert stopped.status == 422
    assert "A conflict check stops this claim." in stopped.text
    assert "smith" not in stopped.text.casefold()
    assert "NM-1" not in stopped.text
    assert (await (await portal.volunteer(await joined(attorney("Alma")))).open(f"/cases/{hers.id}")).status == 200


async def test_what_is_no_name_is_refused_and_nothing_is_noted(portal: Portal) -> None:
    once, carmen = await waiting(case("NM-1")), await portal.coordinator()
    path = f"/cases/{once.id}/conflicts"
    refused = await carmen.send(
        await carmen.open(path), path, name=" & ", role="family", other_names="Lupe", kind="organisation"
    )
    assert (refused.status, refused.heading) == (422, "No names are noted yet")
    assert "Nothing was changed." in refused.text
    for kept in ("Lupe</textarea>", '<option value="family" selected', '<option value="organisation" selected'):
        assert kept in refused.answer.text
    odd = await carmen.send(await carmen.open(path), path, name="Rosa Canario", role="judge")
    assert odd.status == 422
    assert (await carmen.open(path)).heading == "No names are noted yet"


async def test_a_firm_is_noted_on_the_page_of_a_volunteer(portal: Portal) -> None:
    alma, carmen = await joined(attorney("Alma")), await portal.coordinator()
    path = f"/volunteers/{alma.id}"
    page = await carmen.send(await carmen.open(path), f"{path}/firm", text=f"  {FIRM} ")
    assert FIRM in page.text
    assert (await find_volunteer(alma.id)).firm == FIRM


async def test_the_page_takes_few_statements(portal: Portal) -> None:
    await joined(attorney("Vera", firm=FIRM))
    once, carmen = await waiting(case("NM-1")), await portal.coordinator()
    await against(once.id, FIRM)
    assert (await counted(carmen, f"/cases/{once.id}/conflicts"))[0] < 34
