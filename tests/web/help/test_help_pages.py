"""A client asks for help on pages of her own, without script, without an account, in English or in Spanish."""

import asyncio
import re

import pytest

from core import tables as t
from core.model.clients.client import ClientField, Purpose
from core.services.clients.disclosing import read_client
from tests import worlds
from tests.helping import ANSWERS
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW
from web.access.brake import TRIES_FROM_ONE_PLACE
from web.surroundings import house_of

SPANISH = {"accept-language": "es-GT,es;q=0.9"}


def fields_for(name: str, answer: str) -> dict[str, object]:
    """What the form of a question sends for an answer."""
    if name in ("hearing", "arrival", "birth"):
        year, month, day = (*answer.split("-"), "", "", "")[:3]
        return {"year": year, "month": month, "day": day}
    return {"answer": answer.split(",") if name in ("also", "times", "careful") else answer}


async def begin(visitor: Visitor) -> Page:
    """She agrees, and is asked the first question."""
    return await visitor.send(await visitor.open("/help/begin"), "/help/begin")


async def answer_all(visitor: Visitor, answers: dict[str, str] = ANSWERS) -> Page:
    """She answers question by question, as they come, until there is none."""
    page = await begin(visitor)
    while page.path.startswith("/help/ask/"):
        name = page.path.removeprefix("/help/ask/")
        page = await visitor.send(page, page.path, **fields_for(name, answers[name]))
        assert page.path != f"/help/ask/{name}", page.text
    return page


def code_on(page: Page) -> str:
    """The code that a page tells."""
    found = re.search(r"(\d{4}) (\d{4}) (\d{4}) (\d{4})", page.text)
    assert found is not None
    return found[0]


def use_up_tries(portal: Portal) -> None:
    """Somebody at this place has used up all its tries."""
    for number in range(TRIES_FROM_ONE_PLACE):
        house_of(portal.app).help_brake.failed(str(number), "127.0.0.1", now=NOW)


async def asking(portal: Portal, headers: dict[str, str] | None = None) -> Visitor:
    """Somebody with a browser of these headers."""
    visitor = portal.visitor()
    visitor.client.headers.update(headers or {})
    return visitor


async def test_a_client_answers_one_question_a_screen_and_sends_a_case_and_gets_a_code_once(portal: Portal) -> None:
    maria, by = await asking(portal), await worlds.coordinator()

    check = await answer_all(maria)
    sent = await maria.send(check, "/help/send")

    assert (check.path, check.heading) == ("/help/check", "Is this right?")
    assert "Nobody has read this yet" in check.text
    assert sent.heading == "Thank you. We have your request"
    (case,) = await t.Case.select()
    client = await read_client(case["id"], [ClientField.NAME], purpose=Purpose.INTAKE, by=by, now=NOW)
    assert client == {ClientField.NAME: ANSWERS["name"]}
    assert code_on(sent) not in (await maria.open("/help/case")).text


async def test_all_of_it_is_spanish_where_the_browser_asks_for_it_down_to_the_errors(portal: Portal) -> None:
    maria = await asking(portal, SPANISH)

    start = await maria.open("/help")
    page = await begin(maria)
    wrong = await maria.send(page, "/help/ask/who")
    await maria.send(wrong, "/help/close")
    check = await answer_all(maria)
    sent = await maria.send(check, "/help/send")
    lost = await maria.open("/help/nowhere")

    assert 'lang="es"' in start.answer.text
    assert start.heading == "Ayuda gratis con su caso de inmigración"
    assert "Responda a esta pregunta antes de seguir, por favor." in wrong.text
    assert "3 de mayo de 2026" in check.text
    assert sent.heading == "Gracias. Ya tenemos su solicitud"
    assert (lost.status, lost.heading) == (404, "Esta página no existe")
    assert [row["language"] for row in await t.Receipt.select()] == ["es"]


async def test_the_language_changes_on_every_page_and_stays_changed(portal: Portal) -> None:
    maria = await asking(portal)
    page = await begin(maria)

    spanish = await maria.open(next(link for link in page.links if link.startswith("/help/in/es")))
    english = await maria.open(next(link for link in spanish.links if link.startswith("/help/in/en")))

    assert (spanish.path, spanish.heading) == ("/help/ask/who", "¿Quién necesita ayuda?")
    assert (await maria.open("/help/ask/help")).heading == "What do you need help with?"
    assert english.heading == "Who needs help?"


async def test_a_change_of_language_leads_to_no_other_place(portal: Portal) -> None:
    client = portal.visitor().client
    for back in ("//evil.example/", "https://evil.example/help", "/sign-in", "/helpless", "/help//x", r"/help\x"):
        answer = await client.get("/help/in/es", params={"back": back})
        assert answer.headers["location"] == "/help"


async def test_who_wants_text_messages_cannot_ask_for_none_and_is_asked_anew_when_she_changes_her_mind(
    portal: Portal,
) -> None:
    maria = await asking(portal)
    check = await answer_all(maria, ANSWERS | {"reach": "call", "careful": "no_name,no_text"})
    assert "Do not send text messages" in check.text

    page = await maria.open("/help/ask/reach?checking=yes")
    page = await maria.send(page, "/help/ask/reach", answer="text")
    assert (page.path, "Do not send text messages" in page.text) == ("/help/ask/careful", False)
    old = await maria.send(page, page.path, answer=["no_name", "no_text"])
    assert (old.status, "Please choose one of the answers." in old.text) == (422, True)

    done = await maria.send(page, page.path, answer=["no_name"])
    assert (done.path, "Do not send text messages" in done.text) == ("/help/check", False)


async def test_what_was_typed_is_kept_beside_a_word_about_it(portal: Portal) -> None:
    maria = await asking(portal)
    await answer_all(maria, ANSWERS | {"reach": "email", "email": "maria@example.org"})

    wrong = await maria.send(await maria.open("/help/ask/email"), "/help/ask/email", answer="maria@")
    day = await maria.send(await maria.open("/help/ask/birth"), "/help/ask/birth", year="1990", month="02", day="31")

    assert (wrong.status, "Please write an e-mail address" in wrong.text) == (422, True)
    assert 'value="maria@"' in wrong.answer.text
    assert "This day is not in the calendar" in day.text
    assert (day.selected["month"], 'value="31"' in day.answer.text) == ("02", True)


async def test_a_changed_answer_leads_back_to_the_look_at_all_by_what_it_makes_worth_asking(portal: Portal) -> None:
    maria = await asking(portal)
    await answer_all(maria)
    question = await maria.open("/help/ask/reach?checking=yes")

    asked = await maria.send(question, "/help/ask/reach", answer="email")
    check = await maria.send(asked, "/help/ask/email", answer="m@example.org")

    assert asked.path == "/help/ask/email"
    assert "/help/check" not in asked.links
    assert check.path == "/help/check"
    assert "m@example.org" in check.text
    assert ANSWERS["phone"] not in check.text


async def test_whoever_fills_it_in_for_somebody_is_asked_about_that_person(portal: Portal) -> None:
    helper = await asking(portal)
    page = await begin(helper)

    await helper.send(page, page.path, answer="child")

    assert (await helper.open("/help/ask/name")).heading == "What is the name of the person who needs help?"
    assert (await helper.open("/help/ask/helper")).heading == "You help somebody to fill this in. Who are you?"


async def test_a_code_goes_on_where_she_stopped_on_another_phone(portal: Portal) -> None:
    maria, again = await asking(portal, SPANISH), await asking(portal)
    page = await begin(maria)
    await maria.send(page, page.path, answer="me")
    paused = await maria.send(await maria.open("/help/pause"), "/help/pause")

    there = await again.send(await again.open("/help/code"), "/help/code", code=code_on(paused))

    assert (there.path, there.heading) == ("/help/ask/help", "¿Con qué necesita ayuda?")


async def test_a_wrong_code_tells_nothing_and_a_place_has_so_many_tries(portal: Portal) -> None:
    stranger, maria = await asking(portal), await asking(portal)
    page = await begin(maria)
    code = code_on(await maria.send(await maria.open("/help/pause"), "/help/pause"))
    form = await stranger.open("/help/code")

    short = await stranger.send(form, "/help/code", code="1234")
    wrong = [await stranger.send(form, "/help/code", code=f"{number:016}") for number in range(2)]
    use_up_tries(portal)
    held_back = await stranger.send(form, "/help/code", code=code)

    assert (short.status, "A code has 16 digits." in short.text) == (422, True)
    assert {(one.status, one.text) for one in wrong} == {(403, wrong[0].text)}
    assert "No request has this code." in wrong[0].text
    assert 'value="0000 0000 0000 0000"' in wrong[0].answer.text
    assert (held_back.status, "Please try again in 15 minutes" in held_back.text) == (429, True)
    assert (await maria.open(page.path)).status == 200


async def test_whoever_sends_twice_is_told_how_to_get_a_code(portal: Portal) -> None:
    maria = await asking(portal)
    check = await answer_all(maria)
    both = await asyncio.gather(maria.send(check, "/help/send"), maria.send(check, "/help/send"))
    late = await maria.send(check, "/help/send")

    assert await t.Case.count() == 1
    assert {page.status for page in (*both, late)} == {200}
    assert (late.path, "press “Get a new code”" in late.text) == ("/help/case", True)


@pytest.mark.parametrize(("typed", "shown"), [("$1,200.50", "$1,200"), ("1.200,50", "$1,200"), (" 1 200 ", "$1,200")])
async def test_a_sum_is_read_as_people_write_it(portal: Portal, typed: str, shown: str) -> None:
    maria = await asking(portal)

    check = await answer_all(maria, ANSWERS | {"income": typed})

    assert shown in check.text


async def test_a_day_may_be_a_year_alone(portal: Portal) -> None:
    maria = await asking(portal)

    check = await answer_all(maria, ANSWERS | {"birth": "1990", "arrival": "2019-04"})

    assert ("1990" in check.text, "April 2019" in check.text) == (True, True)


async def test_a_form_of_another_page_changes_nothing_and_says_so_in_her_language(portal: Portal) -> None:
    maria = await asking(portal, SPANISH)
    await begin(maria)

    answer = await maria.client.post("/help/ask/who", data={"answer": "me"})

    assert answer.status_code == 403
    assert "Esta página se cerró" in answer.text


async def test_what_she_writes_is_shown_as_text(portal: Portal) -> None:
    maria, hostile = await asking(portal), "<script>alert(1)</script>"

    check = await answer_all(maria, ANSWERS | {"name": hostile, "story": hostile})

    assert "<script>alert" not in check.answer.text
    assert hostile in check.text


async def test_a_place_that_begins_without_end_is_held_back(portal: Portal) -> None:
    robot = await asking(portal)
    form = await robot.open("/help/begin")

    use_up_tries(portal)
    page = await robot.send(form, "/help/begin")

    assert (page.status, page.heading) == (429, "Please wait a little")
    assert await t.Receipt.count() == 0
