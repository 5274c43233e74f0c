"""The disclosure log: of one case, over all, for the client in her language; and keeping somebody off a case."""

from uuid import UUID

from core.model.clients.client import Purpose
from core.model.people import Actor
from core.services.checks import volunteers
from core.services.clients.disclosing import read_client
from core.store import audit
from tests.disclosing import CLIENT, CLINIC, F, complete_team
from tests.web.coordinator.scenes import counted
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, case, joined, waiting

NAME = CLIENT[F.NAME]


async def look(of: Actor, at: UUID) -> None:
    """A look at a client by one of the staff."""
    await read_client(at, (F.NAME, F.PHONE), purpose=Purpose.CONTACT, by=of, now=NOW)


async def test_the_log_of_a_case_says_who_saw_what_when_and_why_and_who_sees_what_now(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    await look(scene.by, scene.case)
    await volunteers.open_names(scene.match, clinic=CLINIC, by=scene.alma, now=NOW)

    page = await carmen.open(f"/cases/{scene.case}/disclosures")

    assert page.heading.startswith("1 look at the client of NM-")
    assert "Carmen clinic staff Name, phone 24 November, 2:14 · getting in touch" in page.text
    assert "Alma Attorney the names Isidro Interpreter no name" in page.text
    assert NAME not in page.answer.text


async def test_the_list_for_the_client_is_in_her_language_by_day_and_its_taking_is_noted(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    for _time in range(3):
        await look(scene.by, scene.case)

    letter = await carmen.open(f"/cases/{scene.case}/disclosures/letter?language=en")
    assert letter.heading == "Who has seen your information"
    assert "November 24, 2026 Carmen works at the clinic Name, phone getting in touch 3 times" in letter.text
    assert NAME not in letter.answer.text
    file = await carmen.client.get(f"/cases/{scene.case}/disclosures/file?language=en")
    assert file.headers["content-disposition"].endswith('-disclosures-en.csv"')
    assert '2026-11-24,Carmen,works at the clinic,"Name, phone",getting in touch,3' in file.text
    taken = [event.detail for event in await audit.events_of([scene.case]) if event.kind == "disclosures_exported"]
    assert taken == [{"language": "en"}, {"language": "en"}]


async def test_over_all_cases_whoever_looked_at_most_clients_stands_first(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    await look(scene.by, scene.case)

    page = await carmen.open("/office/disclosures")
    assert page.heading == "1 look at clients in 30 days"
    assert "Carmen 1 client · 1 look" in page.text
    assert "/office/disclosures" in (await carmen.open("/office")).links
    for query, found in (("purpose=contact", 1), ("purpose=intake", 0), ("ref=NM-none", 0)):
        shown = await carmen.open(f"/office/disclosures?{query}")
        assert (query, shown.answer.text.count("clinic staff")) == (query, found)


async def test_a_coordinator_keeps_herself_off_and_the_case_is_gone_for_her(portal: Portal) -> None:
    hers, other = await waiting(case("NM-HERS")), await waiting(case("NM-OTHER"))
    carmen, joel = await portal.coordinator(), await portal.coordinator()
    path = f"/cases/{hers.id}/disclosures/screens"
    page = await carmen.open(path)
    (me,) = [value for value, name in _choices(page.answer.text) if "(you)" in name]

    refused = await carmen.send(page, path, person=me, text="")
    assert (refused.status, "Write in a few words why." in refused.text) == (422, True)
    done = await carmen.send(page, path, person=me, text="her cousin")

    assert "You are kept off this case now" in done.text
    assert (await carmen.open(f"/cases/{hers.id}")).status == 404
    listed = await carmen.open("/waitlist")
    assert ["NM-HERS" in listed.text, "NM-OTHER" in listed.text] == [False, True]
    assert listed.heading == "1 case waits"
    assert (await carmen.open("/waitlist/NM-HERS")).status == 404
    assert (await joel.open(f"/cases/{hers.id}")).status == 200
    log = await joel.open(f"/cases/{hers.id}/disclosures")
    (lift,) = [form["action"] for form in log.forms if form["action"].endswith("/lift")]
    await joel.send(log, lift)
    assert (await carmen.open(f"/cases/{hers.id}")).status == 200
    assert other.ref == "NM-OTHER"


def _choices(page: str) -> list[tuple[str, str]]:
    return [
        (one.split('"')[0], one.split("<span>")[1].split("</span>")[0])
        for one in page.split('name="person" value="')[1:]
    ]


async def test_a_volunteer_is_looked_for_by_name_and_kept_off(portal: Portal) -> None:
    once, carmen = await waiting(case("NM-1")), await portal.coordinator()
    vera = await joined(attorney("Vera Lucero"))
    path = f"/cases/{once.id}/disclosures/screens"
    page = await carmen.open(f"{path}?name=lucero")

    done = await carmen.send(page, path, person=f"volunteer:{vera.id}", text="knows the family")

    assert "Vera Lucero volunteer knows the family" in done.text
    visitor = await portal.volunteer(vera)
    assert "NM-1" not in (await visitor.open("/cases")).text
    assert (await visitor.open(f"/cases/{once.id}")).status == 404
    again = await carmen.send(page, path, person=f"volunteer:{vera.id}", text="once more")
    assert (again.status, "already" in again.text) == (422, True)


async def test_a_longer_log_takes_as_many_statements(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    await look(scene.by, scene.case)
    one = [(await counted(carmen, path))[0] for path in (f"/cases/{scene.case}/disclosures", "/office/disclosures")]
    await look(scene.by, scene.case)
    await look(scene.by, scene.case)

    three = [(await counted(carmen, path))[0] for path in (f"/cases/{scene.case}/disclosures", "/office/disclosures")]

    assert (three, max(three) <= 10) == (one, True)
