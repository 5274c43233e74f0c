"""A bar's own staff keep their own roster in the portal: they bring it up to date, and see nothing of volunteers."""

from core.model.vocabulary import Standing
from core.services.rosters.standings import record_standing
from tests.rosters import member, members, previewed, synced
from tests.web.portal import Portal
from tests.web.rosters import COLUMNS, PATH, added, chosen, export, in_use, numbers, pressed, uploaded, worked
from tests.web.rosters import members as rows
from tests.worlds import NOW, attorney, coordinator, joined


async def test_a_partner_uploads_maps_previews_and_applies(portal: Portal) -> None:
    await added(await portal.coordinator())
    partner = await portal.partner("county-bar")
    page = await partner.open("/")
    assert (page.path, page.heading) == ("/rosters", "No roster waits for a person")
    assert "/reports" not in page.links, "No plugin brings a report for a bar's staff."

    await uploaded(partner, export(*rows(40)))
    await worked(portal)
    await chosen(partner, await partner.open(f"{PATH}/work"), **COLUMNS)
    await worked(portal)
    page = await partner.open(f"{PATH}/work")
    assert page.heading == "40 changes wait for a decision"
    await pressed(partner, page, "apply")
    await worked(portal)

    page = await partner.open(page.path)
    assert page.heading == "Applied: 40 changes"
    assert all(not form["action"].endswith("/undo") for form in page.forms)
    assert len(await numbers()) == 40


async def test_other_rosters_are_not_there_for_a_partner(portal: Portal) -> None:
    run = await synced(members(40))
    await added(await portal.coordinator())
    partner = await portal.partner("county-bar")
    other = "/rosters/our-bar"

    assert "Members of our bar" not in (await partner.open("/rosters")).text
    paths = (other, f"{other}/mapping", f"{other}/work", f"{other}/runs/{run.id}", f"{PATH}/runs/{run.id}")
    assert [(await partner.open(path)).status for path in paths] == [404] * len(paths)
    page = await partner.open(PATH)
    fields = page.form(f"{PATH}/upload")
    for act in ("upload", "read", "mapping", f"runs/{run.id}/apply", f"runs/{run.id}/leave", f"runs/{run.id}/go-on"):
        answer = await partner.client.post(f"{other}/{act}", data=fields)
        assert (act, answer.status_code) == (act, 404)


async def test_what_a_guard_holds_and_taking_back_are_coordinators(portal: Portal) -> None:
    await in_use(portal, await portal.coordinator(), rows(40))
    partner = await portal.partner("county-bar")
    await uploaded(partner, export(*rows(12)))
    await worked(portal)

    page = await partner.open(f"{PATH}/work")
    assert page.heading == "Held for a person: something looks wrong"
    assert "A coordinator of the clinic looks at it and decides." in page.text
    assert {form["action"].rsplit("/", 1)[-1] for form in page.forms if "/runs/" in form["action"]} == {"leave"}

    fields = page.form(f"{page.path}/leave")
    for act, status in (("apply", 409), ("accept", 403), ("undo", 403)):
        answer = await partner.client.post(f"{page.path}/{act}", data=fields, follow_redirects=True)
        assert (act, answer.status_code) == (act, status)
    await worked(portal)
    assert len(await numbers()) == 40


async def test_a_partner_sees_nothing_of_volunteers(portal: Portal) -> None:
    alma = await joined(attorney("Alma"))
    (admission,) = alma.bars
    number = int(admission.number)
    roster = [member(number), *members(40, 90_001)]
    await synced(roster)
    by = await coordinator()
    await record_standing(alma.id, jurisdiction="NM", standing=Standing.INACTIVE, by=by, now=NOW)
    run = await previewed(roster)
    path = f"/rosters/our-bar/runs/{run.id}"

    staff, partner = await (await portal.coordinator()).open(path), await (await portal.partner("our-bar")).open(path)

    assert staff.heading == "1 change waits for a decision"
    assert "1 of our volunteers" in staff.text
    assert partner.heading == "0 changes wait for a decision"
    assert "volunteers" not in partner.text.replace("Volunteers get the standing", "")
    visitor = await portal.partner("our-bar")
    assert "Alma" not in (await visitor.open(f"{path}?kind=overdue")).text
    assert (await visitor.open("/rosters/our-bar/members")).status == 403
    assert "Who is who" not in (await visitor.open("/rosters/our-bar")).text
