"""The other side of a case: entered and read by staff, told to nobody else (DOMAIN scenario 12)."""

from core.model.people import SYSTEM
from core.services.conflicts import add_organisation
from core.store.volunteers import find_volunteer
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, case, joined, waiting

FIRM = "Smith, Jones & Lee, L.L.P."


async def test_a_coordinator_notes_an_organisation_sees_whom_it_keeps_off_and_takes_it_back(portal: Portal) -> None:
    vera, once, carmen = (
        await joined(attorney("Vera", firm=FIRM)),
        await waiting(case("NM-1")),
        await portal.coordinator(),
    )
    path = f"/cases/{once.id}/other-side"
    assert path in (await carmen.open(f"/cases/{once.id}")).links
    page = await carmen.send(await carmen.open(path), path, text="smith jones and lee llp")
    assert page.heading == "1 organisation on the other side"
    assert f"/volunteers/{vera.id}" in page.links

    file = await carmen.open(f"/cases/{once.id}")
    assert "One organisation is noted." in file.text
    assert "The other side looked at" in file.text
    assert "smith" not in file.text.casefold()

    (remove,) = [form["action"] for form in page.forms if form["action"].endswith("/remove")]
    assert (await carmen.send(page, remove)).heading == "Nobody is noted on the other side"


async def test_what_is_no_name_is_refused_and_nothing_is_noted(portal: Portal) -> None:
    once, carmen = await waiting(case("NM-1")), await portal.coordinator()
    path = f"/cases/{once.id}/other-side"
    refused = await carmen.send(await carmen.open(path), path, text=" & ")
    assert refused.status == 422
    assert "Nothing was changed." in refused.text
    assert (await carmen.open(path)).heading == "Nobody is noted on the other side"


async def test_she_who_works_there_does_not_see_the_case_and_her_claim_is_stopped_without_a_word_of_whose_it_is(
    portal: Portal,
) -> None:
    vera = await joined(attorney("Vera", firm=FIRM))
    hers, other = await waiting(case("NM-1")), await waiting(case("NM-2"))
    visitor = await portal.volunteer(vera)
    page = await visitor.open(f"/cases/{hers.id}")
    await add_organisation(hers.id, FIRM, by=SYSTEM, now=NOW)

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


async def test_a_firm_is_noted_on_the_page_of_a_volunteer(portal: Portal) -> None:
    alma, carmen = await joined(attorney("Alma")), await portal.coordinator()
    path = f"/volunteers/{alma.id}"
    page = await carmen.send(await carmen.open(path), f"{path}/firm", text=f"  {FIRM} ")
    assert FIRM in page.text
    assert (await find_volunteer(alma.id)).firm == FIRM


async def test_the_page_takes_few_statements(portal: Portal) -> None:
    await joined(attorney("Vera", firm=FIRM))
    once, carmen = await waiting(case("NM-1")), await portal.coordinator()
    await add_organisation(once.id, FIRM, by=SYSTEM, now=NOW)
    assert (await counted(carmen, f"/cases/{once.id}/other-side"))[0] < 24
