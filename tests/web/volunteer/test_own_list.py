"""Her list for conflict checks on its page: a name goes on it, and one that cannot is told beside its field."""

import pytest

from tests.web.portal import Portal
from tests.worlds import attorney, joined

PATH = "/profile/conflicts"


@pytest.fixture(autouse=True)
def with_key(key: None) -> None:
    """The clinic's key is set."""


async def test_a_name_that_is_there_already_is_told_beside_its_field_and_what_was_chosen_stays(portal: Portal) -> None:
    vera = await portal.volunteer(await joined(attorney("Vera")))
    sent = {"name": "Canario Foods, Inc.", "relation": "employer", "kind": "organisation"}
    page = await vera.send(await vera.open(PATH), PATH, **sent)
    assert page.status == 200
    assert "Canario Foods, Inc." in page.text

    again = await vera.send(page, PATH, **sent | {"name": "CANARIO FOODS"})
    assert (again.status, again.heading) == (422, page.heading)
    assert "that is not on the list yet" in again.text
    for kept in ('value="CANARIO FOODS"', '<option value="employer" selected', '<option value="organisation" selected'):
        assert kept in again.answer.text
