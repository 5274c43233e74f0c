"""The pages of the conflict check: what a volunteer sees, when, and what her coordinator sees of it."""

from core import tables as t
from core.services.matches import engagement
from tests.disclosing import CLIENT, F, Scene, complete_team
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, attorney, joined

NAME, STORY = CLIENT[F.NAME], CLIENT[F.STORY]


async def looking(portal: Portal, scene: Scene) -> tuple[Visitor, Page]:
    """Alma with the names open before her."""
    alma = await portal.volunteer(scene.people["Alma"])
    match = await alma.open(f"/matches/{scene.match}")
    return alma, await alma.send(match, f"/matches/{scene.match}/names/open")


async def test_a_volunteer_opens_the_names_and_says_that_she_has_no_conflict(portal: Portal) -> None:
    scene = await complete_team()
    alma = await portal.volunteer(scene.people["Alma"])
    match = await alma.open(f"/matches/{scene.match}")
    assert "The names shown to you now" not in match.text
    assert NAME not in match.answer.text

    names = await alma.send(match, f"/matches/{scene.match}/names/open")
    assert names.heading == "Do you have a conflict?"
    shown = [word for word in (NAME, "Rodolfo Canario", "Inés Canario", STORY) if word in names.text]
    assert shown == [NAME, "Rodolfo Canario"]
    done = await alma.send(names, f"/matches/{scene.match}/names/clear")

    assert "You have no conflict. Thank you" in done.text
    again = await alma.open(f"/matches/{scene.match}/names")
    assert (again.path, NAME in again.text) == (f"/matches/{scene.match}", False)


async def test_a_conflict_ends_her_seat_and_the_coordinator_reads_who_has_looked(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    alma, names = await looking(portal, scene)

    done = await alma.send(names, f"/matches/{scene.match}/names/conflict")

    assert "you will not be asked for this case again" in done.text
    assert (await carmen.open(f"/matches/{scene.match}")).heading.endswith("this match has ended")
    log = await carmen.open(f"/cases/{scene.case}/disclosures")
    assert "Alma volunteer on the team Name, other names, names of other people" in log.text
    assert "checking for conflicts" in log.text
    assert NAME not in log.answer.text


async def test_a_question_goes_to_the_coordinator_and_its_reply_comes_back(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    alma, names = await looking(portal, scene)
    empty = await alma.send(names, f"/matches/{scene.match}/names/ask", text=" ")
    assert (empty.status, "Write what you need to know." in empty.text) == (422, True)

    await alma.send(names, f"/matches/{scene.match}/names/ask", text="Is he the baker?")
    checks = await carmen.open(f"/matches/{scene.match}/checks")
    (action,) = [form["action"] for form in checks.forms if "/questions/" in form["action"]]
    assert "Is he the baker?" in checks.text
    refused = await carmen.send(checks, action, text="")
    assert (refused.status, "Write what the answer is." in refused.text) == (422, True)
    await carmen.send(checks, action, text="No, he farms.")

    assert "No, he farms." in (await alma.open(f"/matches/{scene.match}/names")).text


async def test_when_the_time_is_over_her_match_lets_her_ask_for_the_names_again(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    alma, _names = await looking(portal, scene)
    await t.NameCheck.update({t.NameCheck.expires_at: NOW}, force=True)

    match = await alma.open(f"/matches/{scene.match}/names")
    assert "The time to look at the names is over." in match.text
    empty = await alma.send(match, f"/matches/{scene.match}/names/ask", text="")
    assert (empty.path, NAME in empty.text) == (f"/matches/{scene.match}", False)
    done = await alma.send(match, f"/matches/{scene.match}/names/ask", text="I was on leave.")
    assert "The reply opens the names to you" in done.text
    assert "I was on leave." in (await carmen.open(f"/matches/{scene.match}/checks")).text

    gone = await alma.send(match, f"/matches/{scene.match}/names/conflict")
    assert "you will not be asked for this case again" in gone.text


async def test_nobody_else_opens_a_name(portal: Portal) -> None:
    scene, carmen = await complete_team(), await portal.coordinator()
    alma, names = await looking(portal, scene)
    isidro, berta = await portal.volunteer(scene.people["Isidro"]), await portal.volunteer(await joined(attorney("B")))
    paths = [f"/matches/{scene.match}{end}" for end in ("/names", "/file", "")]

    seen = {(who, path): await who.open(path) for who in (isidro, berta, carmen) for path in paths}

    assert [path for (_who, path), page in seen.items() if NAME in page.answer.text] == []
    assert [seen[berta, path].status for path in paths] == [404, 404, 404]
    assert seen[carmen, paths[0]].status == 403
    assert (await alma.open(paths[1])).status == 404
    fields = names.form(f"/matches/{scene.match}/names/clear")
    stolen = await berta.client.post(f"/matches/{scene.match}/names/clear", data=fields)
    assert stolen.status_code in (403, 404)


async def test_the_file_opens_with_the_engagement_and_an_interpreter_reads_no_story(portal: Portal) -> None:
    scene = await complete_team()
    await engagement.clear_conflicts(scene.match, by=scene.by, now=NOW)
    await engagement.engage_match(scene.match, by=scene.by, now=NOW)
    alma, isidro = [await portal.volunteer(scene.people[name]) for name in ("Alma", "Isidro")]

    file = await alma.open(f"/matches/{scene.match}/file")
    assert [word in file.text for word in (NAME, STORY, "Inés Canario", "Rodolfo Canario")] == [True] * 4
    assert NAME not in file.answer.text.split("</title>")[0]
    his = await isidro.open(f"/matches/{scene.match}/file")
    assert [word in his.text for word in (NAME, CLIENT[F.PHONE], STORY)] == [True, True, False]
    assert "is for those who plead the case" in his.text

    await engagement.end_engagement(scene.match, reason="transfer", by=scene.by, now=NOW)
    assert (await alma.open(f"/matches/{scene.match}/file")).status == 404


async def test_what_is_not_shown_yet_is_said_with_when_and_why(portal: Portal) -> None:
    scene = await complete_team(accepted=False)
    alma = await portal.volunteer(scene.people["Alma"])
    (offer,) = {link for link in (await alma.open("/offers")).links if link.startswith("/offers/")}

    page = await alma.open(offer)

    for said in (
        "The case without names shown to you now",
        "The names not yet Once the whole team has accepted, to you alone and for 3 days",
        "The file not yet Once conflicts are clear and the engagement letter is signed",
        "the client may ask who has looked",
    ):
        assert said in page.text
