"""What people see when something goes wrong: what happened, what is safe, what to do; never data."""

from datetime import timedelta
from uuid import uuid4

import pytest
from litestar import get
from structlog.testing import capture_logs

from core.errors import AmparoError, BadInput, NotAllowed, NotEligible, NotFound, TooLate
from core.store.accounts import open_session
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, attorney, coordinator, joined, offered, seat, waiting
from web.access.roles import ANYONE, only
from web.access.sessions import SESSION

SECRET = "Maria of Catron County"


def failing(portal: Portal, problem: Exception) -> str:
    """Add a page that fails, and return its address."""

    @get("/failing", opt=only(ANYONE))
    async def fail() -> str:
        raise problem

    portal.app.register(fail)
    return "/failing"


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotFound("There is no such case."), 404),
        (NotAllowed("Only a coordinator may do this."), 403),
        (TooLate("Somebody was first."), 409),
        (NotEligible("She is not admitted."), 422),
        (BadInput("This is not a date."), 422),
    ],
)
async def test_what_we_refuse_is_told_in_its_own_words(portal: Portal, problem: AmparoError, status: int) -> None:
    page = await portal.visitor().open(failing(portal, problem))

    assert page.status == status
    assert str(problem).split(".")[0] in page.text
    assert "What is safe: Nothing was changed." in page.text


async def test_an_unexpected_error_is_told_by_a_number_alone_and_logged_under_it_without_data(portal: Portal) -> None:
    address = failing(portal, ValueError(SECRET))

    with capture_logs() as logs:
        page = await portal.visitor().open(address)

    (entry,) = logs
    assert (page.status, page.heading) == (500, "Something went wrong on our side")
    assert entry["incident"] in page.text
    assert "ValueError" in entry["cause"]
    assert SECRET not in page.answer.text + str(logs)


async def test_a_field_that_cannot_be_read_is_no_error_of_ours(portal: Portal) -> None:
    alma = await joined(attorney())
    visitor = await portal.volunteer(alma)
    await offered(await waiting(), seat(alma), by=await coordinator(), at=portal.clinic)
    offers = await visitor.open("/offers")
    (offer,) = {link for link in offers.links if link.startswith("/offers/")}

    page = await visitor.send(await visitor.open(offer), f"{offer}/decline", reason="because", note="")

    assert (page.status, page.heading) == (422, "Something that was sent cannot be understood")


async def test_an_answer_that_comes_twice_is_courteous_the_second_time(portal: Portal) -> None:
    alma = await joined(attorney())
    visitor = await portal.volunteer(alma)
    await offered(await waiting(), seat(alma), by=await coordinator(), at=portal.clinic)
    (offer,) = {link for link in (await visitor.open("/offers")).links if link.startswith("/offers/")}
    page = await visitor.open(offer)

    first, second = [await visitor.send(page, f"{offer}/accept") for _time in range(2)]

    assert (first.status, second.status) == (200, 409)
    assert "already accepted" in second.text


@pytest.mark.parametrize("age", [timedelta(hours=13), timedelta(days=15)])
async def test_a_session_that_is_idle_or_old_asks_to_sign_in_again(portal: Portal, age: timedelta) -> None:
    alma = await joined(attorney())
    assert alma.account is not None
    visitor = Visitor(portal.app, **{SESSION: await open_session(alma.account, now=NOW - age)})

    page = await visitor.open(f"/offers/{uuid4()}")

    assert page.heading == "Sign in"


async def test_a_made_up_session_opens_nothing(portal: Portal) -> None:
    page = await Visitor(portal.app, **{SESSION: "made-up"}).open("/today")

    assert isinstance(page, Page)
    assert page.heading == "Sign in"
