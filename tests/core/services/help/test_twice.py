"""What a client or a coordinator does twice, or in two windows at once, is done once and loses nothing."""

import asyncio

import pytest

from core import tables as t
from core.errors import TooLate
from core.model.states import CaseState
from core.services.help.helping import keep_answer
from core.services.help.messages import (
    read_as_staff,
    write_from_client,
)
from core.services.help.receipts import close_visit, give_code, open_by_code, renew_code
from core.services.help.requesting import send_request, stop_request
from core.store.cases import cases
from core.store.database import Database
from tests import worlds
from tests.helping import ANSWERS, begun, reopened, sent
from tests.worlds import NOW


async def test_of_two_touches_of_a_button_one_alone_tells_a_code_and_that_one_opens(database: Database) -> None:
    opened = await begun()

    told = await asyncio.gather(*(renew_code(opened, now=NOW) for _ in range(2)), return_exceptions=True)

    (code,) = [one for one in told if isinstance(one, str)]
    assert [type(one) for one in told if not isinstance(one, str)] == [TooLate]
    assert (await reopened(await open_by_code(code, now=NOW))).receipt == opened.receipt


async def test_of_two_touches_of_a_coordinator_one_alone_tells_a_code(database: Database) -> None:
    by, case = await worlds.coordinator(), (await worlds.waiting(worlds.case())).id

    given = (give_code(case, language="es", by=by, now=NOW) for _ in range(2))
    told = await asyncio.gather(*given, return_exceptions=True)

    (code,) = [one for one in told if isinstance(one, str)]
    assert [type(one) for one in told if not isinstance(one, str)] == [TooLate]
    assert (await reopened(await open_by_code(code, now=NOW))).case == case


async def test_no_code_is_told_for_what_was_closed_or_sent_in_another_window(database: Database) -> None:
    closed, sent_elsewhere = await begun(), await begun()
    await close_visit(closed.token)
    await send_request(sent_elsewhere, language="es", clinic=worlds.clinic(), now=NOW)

    for opened in (closed, sent_elsewhere):
        with pytest.raises(TooLate):
            await renew_code(opened, now=NOW)


async def test_answers_in_two_windows_at_once_are_both_kept(database: Database) -> None:
    opened = await begun({"who": "me"})

    await asyncio.gather(*(keep_answer(opened, name, ANSWERS[name], now=NOW) for name in ("help", "name", "story")))

    assert (await reopened(opened.token)).answers.keys() == {"who", "help", "name", "story"}


async def test_a_message_that_is_sent_twice_is_one_until_somebody_has_read_it(database: Database) -> None:
    by, opened = await worlds.coordinator(), await sent(worlds.clinic())
    assert opened.case is not None

    await asyncio.gather(*(write_from_client(opened, "¿Hay noticias?", now=NOW) for _ in range(2)))
    first = await read_as_staff(opened.case, by=by, now=NOW)
    await write_from_client(opened, "¿Hay noticias?", now=NOW)

    assert (len(first), await t.ClientMessage.count()) == (1, 2)


async def test_a_request_that_its_client_ends_is_told_to_the_coordinators_once(database: Database) -> None:
    await worlds.coordinator()
    opened = await sent(worlds.clinic())
    assert opened.case is not None

    await asyncio.gather(*(stop_request(opened, now=NOW) for _ in range(2)))

    assert (await cases.find_case(opened.case)).state is CaseState.WITHDRAWN
    assert await t.Message.count().where(t.Message.kind == "request_stopped") == 1
