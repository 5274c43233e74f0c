"""A coordinator decides on somebody who joins; invitations are made, shown once and revoked."""

import re

import msgspec

from core import tables as t
from core.model.people import BarAdmission
from core.model.states import JoiningState
from core.model.vocabulary import Standing
from core.store.volunteers import joinings, volunteers
from tests.joining import ALMA, OFFER, entry_of, invited, joined
from tests.queries import statements
from tests.web.joining.scenes import asks, joins
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import attorney
from tests.worlds import joined as registered

ELSEWHERE = msgspec.structs.replace(ALMA, email="alma@home.example")
CARLOS = msgspec.structs.replace(ALMA, number="999", name="Carlos Peña", email="carlos@home.example")


async def test_who_waits_is_on_today_with_what_agrees_and_what_does_not(portal: Portal) -> None:
    done = await joined(await invited(entry_of(ALMA)), ELSEWHERE)
    carmen = await portal.coordinator()

    today = await carmen.open("/today")
    assert today.heading == "1 thing needs you today"
    assert f"/joinings/{done.id}" in today.links
    page = await carmen.open(f"/joinings/{done.id}")
    rows = [
        re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", page.answer.text, re.DOTALL)
    ]
    assert [" ".join(row) for row in rows[1:]] == [
        "Number 0042 0042 agrees",
        "Name Alma Reyes Alma Reyes agrees",
        "E-mail alma@home.example alma@firm.example does not agree",
        "Standing In good standing agrees",
    ]


async def test_whoever_is_confirmed_is_a_volunteer_and_is_told(portal: Portal) -> None:
    visitor, _page = await joins(portal, await invited(entry_of(ALMA)), ELSEWHERE)
    (done,) = await joinings.joinings_where()
    carmen = await portal.coordinator()

    page = await carmen.open(f"/joinings/{done.id}")
    after = await carmen.send(page, f"/joinings/{done.id}/confirm", number="0042", existing="")

    assert "Confirmed. The person is a volunteer now" in after.text
    (person,) = await volunteers.all_volunteers()
    assert after.answer.url.path == f"/volunteers/{person.id}"
    assert person.bars == (BarAdmission("NM", "0042", Standing.ACTIVE, 2011),)
    assert (await visitor.open("/")).answer.url.path == "/cases"
    assert "You are a volunteer now" in (await visitor.open("/inbox")).text
    assert "Nobody waits to be confirmed" in (await carmen.open("/joinings")).text


async def test_whom_the_programme_knew_gets_her_own_record(portal: Portal) -> None:
    known = await registered(attorney("Alma Reyes", bars=(BarAdmission("NM", "42", Standing.ACTIVE),)))
    done = await joined(await invited(entry_of(ALMA)), ELSEWHERE)
    carmen, path = await portal.coordinator(), f"/joinings/{done.id}"

    page = await carmen.open(path)
    assert known.ref in page.text
    wrong = await carmen.send(page, f"{path}/confirm", number="0042", existing="")
    assert (wrong.status, f"This number is that of {known.ref}" in wrong.text) == (409, True)
    nobody = await carmen.send(page, f"{path}/confirm", number="0042", existing="?")
    assert (nobody.status, "Choose who it is." in nobody.text) == (409, True)
    await carmen.send(page, f"{path}/confirm", number="0042", existing=str(known.id))

    (person,) = await volunteers.all_volunteers()
    assert (person.id, person.ref, person.email) == (known.id, known.ref, ELSEWHERE.email)
    assert (person.practice, [bar.number for bar in person.bars]) == (OFFER.practice, ["0042"])
    assert person.account == done.account


async def test_a_mistyped_number_is_corrected_and_no_number_is_no_admission(portal: Portal) -> None:
    token = await invited(entry_of(ALMA))
    slip = await joined(token, msgspec.structs.replace(ALMA, number="0043"))
    other = await joined(token, CARLOS)
    carmen = await portal.coordinator()

    for done, number in ((slip, "0042"), (other, "")):
        page = await carmen.open(f"/joinings/{done.id}")
        await carmen.send(page, f"/joinings/{done.id}/confirm", number=number, existing="")

    bars = {person.name: person.bars for person in await volunteers.all_volunteers()}
    assert bars == {ALMA.name: (BarAdmission("NM", "0042", Standing.ACTIVE, 2011),), CARLOS.name: ()}


async def test_whoever_is_refused_reads_why_and_can_still_be_confirmed(portal: Portal) -> None:
    visitor, _page = await joins(portal, await invited(), CARLOS)
    (done,) = await joinings.joinings_where()
    carmen, path = await portal.coordinator(), f"/joinings/{done.id}"

    silent = await carmen.send(await carmen.open(path), f"{path}/refuse", reason=" ", number="999")
    assert silent.status == 422
    await carmen.send(silent, f"{path}/refuse", reason="The bar lists nobody with this number.")

    welcome = await visitor.open("/")
    assert welcome.heading == "We could not confirm who you are"
    assert "The bar lists nobody with this number." in welcome.text
    (mail,) = await t.Message.select(t.Message.body).where(t.Message.kind == "joining_refused")
    assert mail["body"].endswith("The bar lists nobody with this number.")
    assert (await visitor.open("/cases")).status == 403
    page = await carmen.open(path)
    assert "Refused by Carmen" in page.text
    await carmen.send(page, f"{path}/confirm", number="", existing="")
    assert (await joinings.find_joining(done.id)).state is JoiningState.VERIFIED
    assert (await visitor.open("/cases")).status == 200


async def test_two_coordinators_decide_once(portal: Portal) -> None:
    done = await joined(await invited(), CARLOS)
    carmen, path = await portal.coordinator(), f"/joinings/{done.id}"
    page = await carmen.open(path)
    await carmen.send(page, f"{path}/confirm", number="", existing="")

    again = await carmen.send(page, f"{path}/confirm", number="", existing="")
    late = await carmen.send(page, f"{path}/refuse", reason="No.")

    assert (again.status, late.status) == (409, 409)
    assert len(await volunteers.all_volunteers()) == 1


async def test_a_link_is_shown_once_counts_and_ends_at_once(portal: Portal) -> None:
    await invited(entry_of(ALMA))
    partner = await portal.partner("our-bar")
    path = "/rosters/our-bar/invitations"

    made = await partner.send(await partner.open(path), path)
    token = re.findall(r"/join/([\w-]+)", made.answer.text)[0]
    assert token not in (await partner.open(path)).answer.text
    await joins(portal, token)
    assert "Joined:" not in (await partner.open(path)).text
    assert "Joined: 1" in (await (await portal.coordinator()).open(path)).text
    revoked = await _revoke(partner, await partner.open(path))

    assert "Revoked. The link opens nothing any more." in revoked.text
    assert (await portal.visitor().open(f"/join/{token}")).status == 410
    assert (await portal.visitor().open(f"/join/{token}")).heading == "This invitation was taken back"


async def _revoke(partner: Visitor, page: Page) -> Page:
    first = next(form["action"] for form in page.forms if form["action"].endswith("/revoke"))
    return await partner.send(page, first)


async def test_another_bars_staff_does_not_find_the_links(portal: Portal) -> None:
    await invited(entry_of(ALMA))

    assert (await (await portal.partner()).open("/rosters/our-bar/invitations")).status == 404


async def test_the_list_asks_the_database_no_more_often_for_three_than_for_one(portal: Portal) -> None:
    token, carmen = await invited(), await portal.coordinator()
    counts = []
    for number in range(3):
        await asks(portal, token, msgspec.structs.replace(CARLOS, email=f"carlos{number}@home.example"))
        await joined(token, msgspec.structs.replace(CARLOS, email=f"c{number}@home.example"))
        for path in ("/joinings", "/today", "/rosters/our-bar/invitations"):
            with statements() as seen:
                assert (await carmen.open(path)).status == 200
            counts.append((path, len(seen)))

    assert sorted(set(counts)) == sorted(set(counts[:3]))
