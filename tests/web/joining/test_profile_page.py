"""A volunteer changes what she offers; what was verified of her is shown and stays."""

import re
from typing import Any

import msgspec
import pytest

from core.errors import BadInput, NotAllowed
from core.model.languages import InterpretingPair, LanguageAbility
from core.model.people import SYSTEM, BarAdmission, Capacity, Volunteer
from core.model.vocabulary import AccountRole, InterpretingMode, PracticeArea, Standing, VolunteerRole
from core.model.volunteers.profile import Profile
from core.services.rosters.standings import record_standing
from core.services.volunteers.profiles import change_own_profile, own_profile
from core.store import audit
from core.store.volunteers import joinings, volunteers
from tests.joining import ALMA, entry_of, invited
from tests.web.joining.scenes import joins
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, actor_of, attorney, coordinator, interpreter, joined

OTHER = msgspec.structs.replace(ALMA, email="alma@home.example")


def typed_in(page: Page) -> dict[str, Any]:
    """What a browser would send of the profile as it is shown."""
    html = page.answer.text
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        chosen = given.get("type") not in ("checkbox", "radio") or " checked" in tag
        if chosen and "name" in given and given.get("type") != "hidden":
            fields.setdefault(given["name"], []).append(given.get("value", ""))
    for name, body in re.findall(r'<select id="\w+" name="(\w+)".*?>(.*?)</select>', html, re.DOTALL):
        fields[name] = re.findall(r'<option value="([^"]*)" selected', body) or [""]
    return fields


async def kept(visitor: Visitor, **changes: Any) -> Page:
    """Send the profile as it is shown, with changes."""
    page = await visitor.open("/profile")
    return await visitor.send(page, "/profile", **typed_in(page) | changes)


def without(person: Volunteer, *names: str) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(person).items() if name not in names}


async def test_a_profile_that_is_sent_as_it_is_shown_changes_nothing(portal: Portal) -> None:
    rich = interpreter(
        "Isidro",
        roles=(VolunteerRole.INTERPRETER, VolunteerRole.ACCREDITED_FULL),
        languages=(LanguageAbility("mam", 4.5, "FCICE"), LanguageAbility("es", 2.5)),
        interprets=(InterpretingPair("mam", "es", (InterpretingMode.SIMULTANEOUS, InterpretingMode.SIGHT)),),
        practice={PracticeArea.FAMILY: 1},
        capacity=Capacity(3, 2, 7.5),
        county="Doña Ana",
    )
    person = await joined(rich)

    page = await kept(await portal.volunteer(person))

    assert "Your profile is kept" in page.text
    assert await volunteers.find_volunteer(person.id) == person


async def test_a_volunteer_changes_what_she_offers_and_the_history_says_so(portal: Portal) -> None:
    alma = await joined(attorney("Alma"))
    visitor = await portal.volunteer(alma)

    await kept(
        visitor,
        level_asylum="4",
        level_removal="",
        cases="1",
        hours="20",
        county="Taos",
        language_2="K'iche'",
        ilr_2="3",
    )

    person = await volunteers.find_volunteer(alma.id)
    assert person.practice == {PracticeArea.ASYLUM: 4}
    assert (person.capacity.cases, person.capacity.hours_a_month, person.county) == (1, 20.0, "Taos")
    assert person.languages[-1] == LanguageAbility("quc", 3.0)
    changed = ("practice", "capacity", "county", "languages")
    assert without(person, *changed) == without(alma, *changed)
    assert (await audit.events_of([alma.id]))[-1].kind == "profile_changed"


async def test_a_profile_that_was_changed_in_another_window_is_not_overwritten_unseen(portal: Portal) -> None:
    person = await joined(attorney("Alma", county="Bernalillo"))
    visitor = await portal.volunteer(person)
    before = await visitor.open("/profile")
    await kept(visitor, county="Taos")

    refused = await visitor.send(before, "/profile", **typed_in(before) | {"county": "Luna"})

    assert refused.status == 422
    assert "Your profile was changed meanwhile" in refused.text
    assert ("Taos" in refused.text, typed_in(refused)["county"]) == (True, ["Luna"])
    assert (await volunteers.find_volunteer(person.id)).county == "Taos"
    await visitor.send(refused, "/profile", **typed_in(refused))
    assert (await volunteers.find_volunteer(person.id)).county == "Luna"


async def test_what_was_verified_is_not_hers_to_change(portal: Portal) -> None:
    alma = await joined(attorney("Alma", bars=(BarAdmission("NM", "1001", Standing.SUSPENDED),)))
    visitor = await portal.volunteer(alma)

    page = await visitor.open("/profile")
    assert "What we have verified" in page.text
    assert "Suspended" in page.text
    hostile = {"standing": "active", "name": "Alba", "email": "x@y.z", "ref": "X", "certification_0": "FCICE"}
    await kept(visitor, roles=["attorney", "accredited_full", "law_student"], **hostile)

    assert await volunteers.find_volunteer(alma.id) == alma


async def test_whoever_waits_changes_what_she_offers_and_it_counts_once_she_is_confirmed(portal: Portal) -> None:
    visitor, _page = await joins(portal, await invited(entry_of(ALMA)), OTHER)

    page = await kept(visitor, level_family="2")
    wrong = await kept(visitor, cases="-1")

    assert "Your profile is kept" in page.text
    assert (wrong.status, "Write a whole number from 0 to 50." in wrong.text) == (422, True)
    (joining,) = await joinings.joinings_where()
    assert joining.profile is not None
    assert joining.profile.practice[PracticeArea.FAMILY] == 2
    assert await volunteers.all_volunteers() == []
    carmen, path = await portal.coordinator(), f"/joinings/{joining.id}"
    await carmen.send(await carmen.open(path), f"{path}/confirm", number="0042", existing="")
    (person,) = await volunteers.all_volunteers()
    assert person.practice == {PracticeArea.ASYLUM: 3, PracticeArea.FAMILY: 2}


async def test_nobody_else_has_a_profile(portal: Portal) -> None:
    carmen = await coordinator()
    with pytest.raises(NotAllowed):
        await change_own_profile(Profile(), version="", by=carmen, now=NOW)
    with pytest.raises(NotAllowed):
        await own_profile(SYSTEM)
    both = await portal.coordinator(AccountRole.COORDINATOR)
    assert (await both.open("/profile")).status == 403


@pytest.mark.parametrize(
    "profile",
    [
        Profile(practice={PracticeArea.ASYLUM: 5}),
        Profile(languages=(LanguageAbility("es", 6.0),)),
        Profile(languages=(LanguageAbility("es", 3.0), LanguageAbility("es", 4.0))),
        Profile(interprets=(InterpretingPair("es", "es"),)),
        Profile(capacity=Capacity(cases=-1)),
        Profile(capacity=Capacity(hours_a_month=float("nan"))),
    ],
)
async def test_a_profile_that_nobody_can_have_changes_nothing(portal: Portal, profile: Profile) -> None:
    alma = await joined(attorney("Alma"))
    with pytest.raises(BadInput):
        await change_own_profile(profile, version="", by=actor_of(alma), now=NOW)

    assert await volunteers.find_volunteer(alma.id) == alma


async def test_a_suspension_that_comes_while_she_writes_is_not_written_over(portal: Portal) -> None:
    alma = await joined(attorney("Alma"))
    offered = msgspec.structs.replace(Profile.of(alma), county="Taos").applied_to(alma)

    await record_standing(alma.id, jurisdiction="NM", standing=Standing.SUSPENDED, by=SYSTEM, now=NOW)
    await volunteers.update_offer(offered, now=NOW)

    person = await volunteers.find_volunteer(alma.id)
    assert (person.county, [bar.standing for bar in person.bars]) == ("Taos", [Standing.SUSPENDED])
