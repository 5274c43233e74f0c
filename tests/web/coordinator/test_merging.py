"""Possible duplicates for coordinators: side by side, previewed, merged, told apart and split again."""

from core.model.people import BarAdmission, Capacity, Volunteer
from core.model.vocabulary import SeatRole, Standing
from core.store import accounts
from core.store.matches import teams
from core.store.volunteers.volunteers import all_volunteers, find_volunteer, kept_of
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, attorney, case, coordinator, joined, offered, seat, waiting

LIST = "/volunteers/duplicates"


async def two(**others: object) -> tuple[Volunteer, Volunteer]:
    """Two records of one attorney with one number."""
    return await joined(attorney("Alma Reyes")), await joined(attorney("Alma Reyes-Soto", **others))


def preview(kept: Volunteer, other: Volunteer) -> str:
    return f"/volunteers/{kept.id}/merge?other={other.ref}"


async def merged(visitor: Visitor, kept: Volunteer, other: Volunteer, **chosen: str) -> Page:
    page = await visitor.open(preview(kept, other))
    return await visitor.send(page, f"/volunteers/{kept.id}/merge", **chosen)


async def test_nobody_with_two_records_is_said_so(portal: Portal) -> None:
    page = await (await portal.coordinator()).open(LIST)
    assert page.heading == "Nobody seems to have two records"


async def test_two_records_are_side_by_side_with_what_speaks_for_it_and_against(portal: Portal) -> None:
    kept, other = await two(county="Luna")
    visitor = await portal.coordinator()

    assert LIST in (await visitor.open("/volunteers")).links
    page = await visitor.open(LIST)

    assert page.heading == "1 pair may be one person"
    for told in (
        kept.ref,
        other.ref,
        "Almost certainly one person",
        "One number at the bar of NM",
        "another surname",
        "Two counties",
        "NM 1001, in good standing",
    ):
        assert told in page.text
    assert preview(kept, other) in page.links


async def test_two_persons_are_remembered(portal: Portal) -> None:
    await two()
    visitor = await portal.coordinator()
    answer = await visitor.send(await visitor.open(LIST), "/volunteers/apart")
    assert (answer.heading, "Remembered: two persons." in answer.text) == ("Nobody seems to have two records", True)


async def test_a_preview_tells_everything_and_changes_nothing(portal: Portal) -> None:
    kept, other = await two(
        county="Luna",
        capacity=Capacity(cases=5),
        bars=(BarAdmission("NM", "1001", Standing.SUSPENDED), BarAdmission("TX", "5", Standing.ACTIVE)),
    )
    await offered(await waiting(case("NM-1")), seat(kept), by=await coordinator(), at=portal.clinic)

    page = await (await portal.coordinator()).open(preview(kept, other))

    for told in (
        "Nothing has happened yet",
        "open offers go on hold",
        "NM 1001, suspended; TX 5, in good standing",
        "Bernalillo, NM",
        "Luna, NM",
        "5 cases, 1 to mentor",
        "Keep the other record instead",
    ):
        assert told in page.text, told
    assert len(await all_volunteers()) == 2


async def test_records_are_merged_as_chosen_and_split_again(portal: Portal) -> None:
    kept, other = await two(county="Luna")
    match = await offered(await waiting(case("NM-1")), seat(other), by=await coordinator(), at=portal.clinic)
    visitor = await portal.coordinator()

    answer = await merged(visitor, kept, other, take_where="other")

    assert "Both records are one now." in answer.text
    assert "Another record of this person merged into this one" in answer.text
    assert "NM-1" in answer.text
    assert (await find_volunteer(kept.id)).county == "Luna"
    old = await visitor.open(f"/volunteers/{other.id}")
    assert (old.heading, str(old.answer.url).endswith(f"/volunteers/{kept.id}")) == ("Alma Reyes", True)
    assert (await visitor.open("/volunteers")).heading == "1 volunteer"

    (action,) = (form["action"] for form in old.forms if form["action"].endswith("/split"))
    answer = await visitor.send(old, action)

    assert "Split again." in answer.text
    assert (await find_volunteer(kept.id)).county == "Bernalillo"
    assert [one.volunteer for one in await teams.seats_of(match)] == [other.id]
    assert (await visitor.open(f"/volunteers/{other.id}")).heading == "Alma Reyes-Soto"


async def test_of_two_accounts_in_use_the_page_asks_which_stays(portal: Portal) -> None:
    kept, other = await two()
    for one in (kept, other):
        assert one.account
        await accounts.open_session(one.account, now=NOW)
    visitor = await portal.coordinator()

    refused = await merged(visitor, kept, other)
    assert (refused.status, "Say which one is kept" in refused.text) == (409, True)
    assert await kept_of([other.id]) == {}

    answer = await visitor.send(refused, f"/volunteers/{kept.id}/merge", account=str(other.account))
    assert "Both records are one now." in answer.text
    assert (await find_volunteer(kept.id)).account == other.account


async def test_what_is_in_the_way_is_said_with_what_to_do(portal: Portal) -> None:
    kept, other = await two()
    both = await waiting(case("NM-1", attorneys=2))
    team = (seat(kept), seat(other, SeatRole.CO_COUNSEL))
    await offered(both, *team, by=await coordinator(), at=portal.clinic)

    page = await (await portal.coordinator()).open(preview(kept, other))

    assert "both hold a seat of one match" in page.text
    assert f"/volunteers/{kept.id}/merge" not in [form["action"] for form in page.forms]


async def test_what_changed_since_the_preview_is_shown_again(portal: Portal) -> None:
    kept, other = await two()
    visitor = await portal.coordinator()
    page = await visitor.open(preview(kept, other))
    await offered(await waiting(case("NM-1")), seat(other), by=await coordinator(), at=portal.clinic)
    answer = await visitor.send(page, f"/volunteers/{kept.id}/merge")
    assert (answer.status, "changed since you looked" in answer.text) == (409, True)
    assert "1 seat that is held now" in answer.text


async def test_another_record_can_be_named_by_hand(portal: Portal) -> None:
    kept, other = await two()
    visitor = await portal.coordinator()
    asking = await visitor.open(f"/volunteers/{kept.id}/merge")
    assert asking.heading == "Which other record is Alma Reyes, too?"
    wrong = await visitor.open(f"/volunteers/{kept.id}/merge?other=V-0")
    assert (wrong.status, "There is no volunteer V-0" in wrong.text) == (422, True)
    same = await visitor.open(preview(kept, kept))
    assert (same.status, "one record already" in same.text) == (422, True)
    assert (await visitor.open(preview(kept, other))).status == 200


async def test_pairs_take_as_many_statements_for_three_as_for_one(portal: Portal) -> None:
    visitor = await portal.coordinator()
    assert (await counted(visitor, LIST))[0] == 4
    kept, other = await two()
    assert (await counted(visitor, LIST))[0] == 16
    previews = (await counted(visitor, preview(kept, other)))[0]
    await joined(attorney("Bea", bars=(BarAdmission("NM", "7"),)))
    await joined(attorney("Bea Lee", bars=(BarAdmission("NM", "7"),)))
    assert (await counted(visitor, LIST))[0] == 16
    assert (await counted(visitor, preview(kept, other)))[0] == previews
