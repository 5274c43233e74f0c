"""Joining, as somebody without script meets it."""

import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from core import tables as t
from core.model.languages import LanguageAbility
from core.model.people import SYSTEM, BarAdmission, Capacity, Leave
from core.model.vocabulary import PracticeArea, Standing, VolunteerRole
from core.services.volunteers.inviting import find_invitation, revoke_invitation
from core.store.volunteers import joinings, volunteers
from tests.joining import ALMA, entry_of, invited, mailed
from tests.queries import statements
from tests.web.joining.scenes import FILLED, asks, joins
from tests.web.portal import Portal
from tests.worlds import NOW, attorney, joined
from web.access.brake import TRIES

ELSEWHERE = msgspec.structs.replace(ALMA, email="alma@home.example")


async def test_a_member_joins_and_sees_the_cases_that_wait(portal: Portal) -> None:
    visitor, page = await joins(portal, await invited(entry_of(ALMA)))

    assert (page.status, page.answer.url.path) == (200, "/cases")
    assert "Your bar's roster has confirmed who you are" in page.text
    (person,) = await volunteers.all_volunteers()
    assert person.roles == (VolunteerRole.ATTORNEY, VolunteerRole.MENTOR)
    assert person.practice == {PracticeArea.ASYLUM: 3}
    assert person.languages == (LanguageAbility("es", 4.0),)
    assert (person.county, person.us_state, person.remote, person.eoir_registered) == ("Doña Ana", "NM", True, True)
    assert person.capacity == Capacity(2, 1, 12.5)
    assert [(one.starts.isoformat(), one.ends.isoformat()) for one in person.leave] == [("2026-12-20", "2027-01-03")]
    assert isinstance(person.leave[0], Leave)
    assert "In good standing" in (await visitor.open("/profile")).text


async def test_whoever_waits_sees_what_happens_next_and_nothing_about_cases(portal: Portal) -> None:
    visitor, page = await joins(portal, await invited(entry_of(ALMA)), ELSEWHERE)

    assert (page.status, page.answer.url.path) == (200, "/welcome")
    assert page.heading == "A coordinator confirms who you are next"
    assert (await visitor.open("/")).answer.url.path == "/welcome"
    refused = await visitor.open("/cases")
    assert (refused.status, "Until then nothing about cases is shown" in refused.text) == (403, True)
    assert [link for link in page.links if link.startswith(("/cases", "/offers", "/claims", "/matches"))] == []


async def test_nobody_learns_from_the_first_form_whom_we_know(portal: Portal) -> None:
    token = await invited(entry_of(ALMA))
    await joins(portal, token)
    stranger = msgspec.structs.replace(ALMA, number="31337", email="nobody@home.example")

    answers, counts = [], []
    for who in (ALMA, ELSEWHERE, stranger):
        with statements() as seen:
            _visitor, page = await asks(portal, token, who)
        answers.append((page.status, page.text.replace(who.email, "her address")))
        counts.append(len(seen))

    assert len(set(answers)) == 1
    assert "A mail is on its way" in answers[0][1]
    assert max(counts) - min(counts) <= 2


async def test_opening_the_link_of_the_mail_changes_nothing_and_its_button_uses_it_up(portal: Portal) -> None:
    visitor, _sent = await asks(portal, await invited(entry_of(ALMA)))
    link = f"/join/confirm/{await mailed(ALMA.email)}"

    page = await visitor.open(link)
    assert (page.status, (await visitor.open(link)).status) == (200, 200)
    assert await volunteers.all_volunteers() == []
    await visitor.send(page, link, **FILLED)
    again = await visitor.open(link)

    assert (again.status, again.heading) == (410, "This link does not work any more")
    assert "Begin anew with the link of your bar" in again.text


async def test_a_form_without_its_token_joins_nobody(portal: Portal) -> None:
    token = await invited(entry_of(ALMA))
    visitor, _sent = await asks(portal, token)
    link = f"/join/confirm/{await mailed(ALMA.email)}"

    for path, fields in ((f"/join/{token}", msgspec.structs.asdict(ALMA)), (link, FILLED)):
        assert (await visitor.client.post(path, data=fields)).status_code == 403
    assert await volunteers.all_volunteers() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "short"}, "A password needs at least 12 characters"),
        ({"accepted": ""}, "say that you accept it"),
        ({"roles": []}, "Choose at least one"),
        ({"language_1": "Klingonese", "ilr_1": "3"}, "“Klingonese” is not a language that we know"),
        ({"ilr_0": ""}, "Choose how well you speak it"),
        ({"county": "Atlantis"}, "“Atlantis” is no county of New Mexico"),
        ({"cases": "many"}, "Write a whole number from 0 to 50"),
        ({"hours": "nan"}, "Write a number from 0 to 300"),
        ({"ends_0": "2026-12-01"}, "This day is before the first one"),
        ({"roles": ["interpreter"]}, "Write between which languages you interpret"),
        ({"source_0": "mam", "target_0": "Mam"}, "between two different languages"),
        ({"terms_version": "0"}, "The terms have changed"),
    ],
)
async def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(
    portal: Portal, changes: dict[str, Any], said: str
) -> None:
    visitor, page = await joins(portal, await invited(entry_of(ALMA)), **changes)

    assert (page.status, said in page.text) == (422, True)
    assert 'value="12.5"' in page.answer.text or "hours" in changes
    assert "password" not in re.findall(r'name="password"[^>]*value="[^"]+"', page.answer.text)
    assert await volunteers.all_volunteers() == []
    link = str(page.answer.url.path)
    assert (await visitor.send(page, link, **FILLED)).answer.url.path == "/cases"


async def test_the_terms_are_accepted_in_the_language_in_which_they_were_read(portal: Portal) -> None:
    visitor, _sent = await asks(portal, await invited(entry_of(ALMA)))
    link = f"/join/confirm/{await mailed(ALMA.email)}"

    page = await visitor.open(f"{link}?language=es")
    assert "Lo que usted y el programa se prometen" in page.text
    await visitor.send(page, link, **FILLED)

    (joining,) = await joinings.joinings_where()
    assert (joining.terms_version, joining.terms_language, joining.accepted_at) == ("1", "es", NOW)
    assert "What you and the programme promise" in (await visitor.open("/terms?language=en")).text


async def test_a_link_that_opens_nothing_says_why_and_what_to_do(portal: Portal) -> None:
    token = await invited(entry_of(ALMA))
    invitation = await find_invitation(token)
    assert invitation is not None
    visitor = portal.visitor()

    wrong = await visitor.open("/join/no-such-link")
    await t.Invitation.update({t.Invitation.expires_at: NOW - timedelta(hours=1)}).where(
        t.Invitation.id == invitation.id
    )
    over = await visitor.open(f"/join/{token}")
    await revoke_invitation(invitation.id, roster="our-bar", by=SYSTEM, now=NOW)
    revoked = await visitor.open(f"/join/{token}")

    assert [(page.status, page.heading) for page in (wrong, over, revoked)] == [
        (410, "This link is not one of ours"),
        (410, "This invitation is over"),
        (410, "This invitation was taken back"),
    ]
    assert all("What to do:" in page.text for page in (wrong, over, revoked))


async def test_a_slip_in_the_first_form_is_told_and_kept(portal: Portal) -> None:
    token = await invited()
    _visitor, page = await asks(portal, token, msgspec.structs.replace(ALMA, number=" ", email="alma.example"))

    assert page.status == 422
    assert "Write the number that your bar gave you" in page.text
    assert "Write an e-mail address such as" in page.text
    assert f'value="{ALMA.name}"' in page.answer.text


async def test_after_many_tries_an_address_rests(portal: Portal) -> None:
    token = await invited()
    pages = [(await asks(portal, token))[1] for _each in range(TRIES + 1)]

    assert [page.status for page in pages] == [200] * TRIES + [429]
    assert "Joining opens again in 15 minutes" in pages[-1].text
    assert (await asks(portal, token, ELSEWHERE))[1].status == 200


async def test_whoever_is_known_begins_with_her_own_record_and_nobody_elses(portal: Portal) -> None:
    known = attorney("Alma Reyes", email=ALMA.email, bars=(BarAdmission("NM", "42", Standing.ACTIVE),), county="Taos")
    await joined(known)
    token = await invited(entry_of(ALMA, county="Santa Fe"))

    pages = []
    for who in (ALMA, ELSEWHERE):
        visitor, _sent = await asks(portal, token, who)
        pages.append(await visitor.open(f"/join/confirm/{await mailed(who.email)}"))

    shown = [re.findall(r'id="county"[^>]* value="([^"]*)"', page.answer.text) for page in pages]
    assert shown == [["Taos"], [""]]
