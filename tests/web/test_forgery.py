"""A form counts only when it comes from our page, in the browser that our page was given to."""

import pytest

from core.model.states import CaseState
from core.store.cases.cases import find_case
from tests.web.portal import ADDRESS, Portal
from tests.worlds import attorney, case, joined, waiting
from web.access.forgery import signature
from web.access.kept_forms import FIELD


async def test_a_form_without_our_signature_changes_nothing(portal: Portal) -> None:
    wanted, alma = await waiting(), await joined(attorney())
    visitor = await portal.volunteer(alma)

    answer = await visitor.client.post(f"/cases/{wanted.id}/claim", data={"role": "attorney"})

    assert answer.status_code == 403
    assert (await find_case(wanted.id)).held_by is None


async def test_a_signature_given_to_somebody_else_changes_nothing(portal: Portal) -> None:
    wanted = await waiting()
    alma, berta = [await portal.volunteer(await joined(attorney(name))) for name in ("Alma", "Berta")]
    theirs = (await berta.open(f"/cases/{wanted.id}")).form(f"/cases/{wanted.id}/claim")

    answer = await alma.client.post(f"/cases/{wanted.id}/claim", data=theirs)

    assert answer.status_code == 403
    assert (await find_case(wanted.id)).held_by is None


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://portal.test.elsewhere.example"])
async def test_a_form_from_another_origin_changes_nothing_even_with_our_signature(portal: Portal, origin: str) -> None:
    wanted, alma = await waiting(), await joined(attorney())
    visitor = await portal.volunteer(alma)
    fields = (await visitor.open(f"/cases/{wanted.id}")).form(f"/cases/{wanted.id}/claim")

    answer = await visitor.client.post(f"/cases/{wanted.id}/claim", data=fields, headers={"origin": origin})

    assert answer.status_code == 403
    assert (await find_case(wanted.id)).held_by is None


async def test_our_own_form_counts_and_needs_no_script(portal: Portal) -> None:
    wanted, alma = await waiting(), await joined(attorney())
    visitor = await portal.volunteer(alma)
    fields = (await visitor.open(f"/cases/{wanted.id}")).form(f"/cases/{wanted.id}/claim")

    answer = await visitor.client.post(f"/cases/{wanted.id}/claim", data=fields, headers={"origin": ADDRESS})

    assert answer.status_code == 303
    assert (await find_case(wanted.id)).held_by == alma.id


async def test_nothing_is_changed_by_opening_an_address(portal: Portal) -> None:
    wanted, alma = await waiting(case("NM-1")), await joined(attorney())
    visitor = await portal.volunteer(alma)

    answer = await visitor.client.get(f"/cases/{wanted.id}/claim")

    assert answer.status_code == 405
    assert (await find_case(wanted.id)).state is CaseState.WAITLISTED


async def test_the_sign_in_form_too_is_bound_to_the_browser_that_asked_for_it(portal: Portal) -> None:
    visitor = portal.visitor()

    answer = await visitor.client.post("/sign-in", data={"email": "a@example.org", FIELD: signature("guessed")})

    assert answer.status_code == 403
