"""A client follows her case by receipt code: what is safe to say, messages both ways, papers, an end to it."""

from datetime import timedelta

import pytest

from core import tables as t
from core.model.cases.documents import Origin
from core.model.help.receipts import code_in
from core.model.states import CaseState
from core.services.casework.documents import list_documents
from core.store.cases.cases import find_case
from core.store.cases.documents import count_documents
from tests import worlds
from tests.helping import ANSWERS, sent
from tests.web.help.test_help_pages import SPANISH, asking, code_on
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW
from web.access.sessions import HELP
from web.pages.help import papers as help_papers
from web.surroundings import PAPERS_A_DAY, house_of
from web.words.help import STATUS_WORDS

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(600) + b"\xff\xd9"


async def maria_with_a_case(portal: Portal) -> tuple[Visitor, str]:
    """A client who has sent her request in this browser, and the address of its file for staff."""
    opened = await sent(portal.clinic)
    return Visitor(portal.app, **{HELP: opened.token}), f"/cases/{opened.case}"


async def send_file(visitor: Visitor, name: str, content: bytes, **fields: str) -> Page:
    """She chooses a file and sends it."""
    page = await visitor.open("/help/case/papers")
    data = page.form("/help/case/papers/send") | fields
    answer = await visitor.client.post(
        "/help/case/papers/send", data=data, files={"file": (name, content)}, follow_redirects=True
    )
    return Page(answer)


async def test_her_page_says_where_her_request_stands_and_nothing_that_could_harm_her(portal: Portal) -> None:
    maria, file = await maria_with_a_case(portal)
    (row,) = await t.Case.select()
    harmful = [
        "asylum",
        "Bernalillo",
        "Guatemala",
        row["reference"],
        *[text for text in ANSWERS.values() if len(text) > 8],
    ]

    for state in CaseState:
        await t.Case.update({t.Case.state: str(state)}).where(t.Case.id == row["id"])
        page = await maria.open("/help/case")

        assert page.heading == STATUS_WORDS[state][0]
        assert [text for text in harmful if text.casefold() in page.text.casefold()] == []
        assert page.links.count("/help/leave") == 1
    assert STATUS_WORDS[CaseState.MATCHED] == STATUS_WORDS[CaseState.WAITLISTED]
    assert file


async def test_she_and_the_coordinator_write_to_each_other_and_each_reads_in_her_own_language(portal: Portal) -> None:
    maria, file = await maria_with_a_case(portal)
    maria.client.headers.update(SPANISH)
    carmen = await portal.coordinator()

    written = await maria.send(await maria.open("/help/case"), "/help/case/write", text="¿Hay noticias?")
    seen = await carmen.open(f"{file}/messages")
    told = await carmen.send(seen, f"{file}/messages/write", ready="when")
    await carmen.send(told, f"{file}/messages/write", text="We found somebody to ask.")
    hers = await maria.open("/help/case")

    assert "Su mensaje está enviado" in written.text
    assert (seen.heading, "¿Hay noticias?" in seen.text) == ("The client has written last", True)
    assert "Sent. It is on the client’s page now." in told.text
    assert "¿A qué hora podemos llamarle? Responda aquí, por favor." in hers.text
    assert "El programa · 24 de noviembre" in hers.text
    assert "We found somebody to ask." in hers.text
    assert "When is a good time for us to call you?" in (await carmen.open(f"{file}/messages")).text


async def test_an_empty_message_is_told_beside_the_field(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)
    maria.client.headers.update(SPANISH)

    page = await maria.send(await maria.open("/help/case"), "/help/case/write", text=" ")

    assert (page.status, "Escriba primero el mensaje. No se envió nada." in page.text) == (422, True)


async def test_a_client_without_internet_is_taken_in_by_phone_and_follows_her_case_by_a_code(portal: Portal) -> None:
    """Scenario 14: phone intake by a coordinator in Spanish, how it stands by receipt code; no account, no e-mail."""
    carmen, by = await portal.coordinator(), await worlds.coordinator()
    case = await worlds.waiting(worlds.case(languages=("mam", "es")))
    file = f"/cases/{case.id}/messages"

    page = await carmen.open(file)
    read_out = await carmen.send(page, f"{file}/code", language=page.selected["language"])
    noted = await carmen.send(read_out, f"{file}/consent", language="es")
    code = code_on(read_out)
    neighbours_phone = await asking(portal)
    hers = await neighbours_phone.send(await neighbours_phone.open("/help/code"), "/help/code", code=code)
    await neighbours_phone.send(hers, "/help/case/write", text="Mi cita es el 20 de enero.")
    told = await carmen.open(file)

    assert "There is no code yet" in page.text
    assert "There is no code yet" not in told.text
    assert page.selected["language"] == "es"
    assert (hers.path, hers.heading) == ("/help/case", "Estamos buscando quien le represente")
    assert "Version 1 in Spanish" in noted.text
    assert "read to the client by Carmen" in noted.text
    assert "Mi cita es el 20 de enero." in told.text
    assert code not in told.text
    assert code_in(code) not in str([row["body"] for row in await t.Message.select()])
    assert by.is_staff()


async def test_a_new_code_ends_the_one_before_and_is_told_once(portal: Portal) -> None:
    maria, file = await maria_with_a_case(portal)
    other = await asking(portal)

    first = code_on(await maria.send(await maria.open("/help/case/code"), "/help/case/code"))
    second = code_on(await maria.send(await maria.open("/help/case/code"), "/help/case/code"))
    form = await other.open("/help/code")

    assert first != second
    assert (await other.send(form, "/help/code", code=first)).status == 403
    assert (await other.send(form, "/help/code", code=second)).path == "/help/case"
    assert second not in (await maria.open("/help/case")).text
    assert file


async def test_a_code_that_staff_give_closes_her_page_wherever_it_is_open(portal: Portal) -> None:
    maria, file = await maria_with_a_case(portal)
    carmen = await portal.coordinator()

    await carmen.send(await carmen.open(f"{file}/messages"), f"{file}/messages/code", language="en")

    assert (await maria.open("/help/case")).heading == "This page was closed"


async def test_papers_are_kept_sealed_as_they_come_and_never_shown_to_her_again(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)
    (row,) = await t.Case.select()

    page = await send_file(maria, "citatorio.jpg", PHOTO, kind="court")

    assert "We have it. You can send another one." in page.text
    assert "You have sent 1 paper." in page.text
    assert "citatorio" not in page.text
    (document,) = await list_documents(row["id"], by=await worlds.coordinator(), now=NOW)
    assert (document.name, str(document.kind), document.origin) == ("citatorio.jpg", "court", Origin.CLIENT)


async def test_very_many_papers_from_one_place_are_held_back_until_tomorrow(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)
    maria.client.headers.update(SPANISH)
    (row,) = await t.Case.select()
    brake = house_of(portal.app).papers_brake
    for _ in range(PAPERS_A_DAY - 1):
        brake.count("127.0.0.1", now=NOW)

    last = await send_file(maria, "uno.jpg", PHOTO, kind="court")
    page = await send_file(maria, "dos.jpg", PHOTO, kind="court")

    assert last.status == 200
    assert (page.status, "Hoy llegaron demasiados papeles desde aquí." in page.text) == (429, True)
    assert 'value="court" selected' in page.answer.text
    assert await count_documents(row["id"], Origin.CLIENT) == 1
    brake.count("127.0.0.1", now=NOW + timedelta(days=1))


async def test_what_is_no_paper_is_refused_in_her_language_and_nothing_of_it_is_kept(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)
    maria.client.headers.update(SPANISH)
    (row,) = await t.Case.select()

    program = await send_file(maria, "foto.jpg", b"MZ" + bytes(600), kind="court")
    nothing = await maria.send(await maria.open("/help/case/papers"), "/help/case/papers/send", kind="court")

    assert (program.status, "No lo pudimos recibir." in program.text) == (422, True)
    assert (nothing.status, "Elija primero una foto o un papel." in nothing.text) == (422, True)
    assert await count_documents(row["id"], Origin.CLIENT) == 0


async def test_she_may_end_it_and_nothing_more_is_asked_of_her(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)
    (row,) = await t.Case.select()

    page = await maria.send(await maria.open("/help/case/stop"), "/help/case/stop")

    assert page.heading == "This request was stopped"
    assert ("/help/case/papers" in page.links, "/help/begin" in page.links) == (False, True)
    found = await find_case(row["id"])
    assert (found.state, found.ended_reason) == (CaseState.WITHDRAWN, "The client does not need help any more.")


async def test_who_has_a_lawyer_is_told_what_an_end_means_and_a_second_touch_is_no_error(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)
    await t.Case.update({t.Case.state: str(CaseState.ENGAGED)}, force=True)
    served = await maria.open("/help/case/stop")
    await t.Case.update({t.Case.state: str(CaseState.WAITLISTED)}, force=True)
    page = await maria.open("/help/case/stop")

    ended = [await maria.send(page, "/help/case/stop") for _ in range(2)]

    assert ("Talk to your lawyer" in served.text, "Talk to your lawyer" in page.text) == (True, False)
    assert {(one.status, one.heading) for one in ended} == {(200, "This request was stopped")}


async def test_a_file_that_is_too_large_leads_back_to_her_papers(portal: Portal) -> None:
    maria, _file = await maria_with_a_case(portal)

    page = await send_file(maria, "foto.jpg", PHOTO + bytes(27 << 20), kind="court")

    assert (page.status, page.heading) == (413, "This file is too large")
    assert "/help/case/papers" in page.links


async def test_no_paper_comes_to_a_request_that_has_ended_and_not_more_than_fit(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria, _file = await maria_with_a_case(portal)
    (row,) = await t.Case.select()
    await send_file(maria, "uno.jpg", PHOTO, kind="court")
    page = await maria.open("/help/case/papers")

    monkeypatch.setattr(help_papers, "MOST_FROM_CLIENT", 1)
    full = await maria.open("/help/case/papers")
    await maria.send(await maria.open("/help/case/stop"), "/help/case/stop")
    data, files = page.form("/help/case/papers/send"), {"file": ("dos.jpg", PHOTO)}
    late = await maria.client.post("/help/case/papers/send", data=data, files=files)

    assert ("as many papers as fit here" in full.text, full.forms[:-1]) == (True, [])
    assert late.headers["location"] == "/help/case"
    assert await count_documents(row["id"], Origin.CLIENT) == 1


async def test_what_was_not_sent_yet_has_no_page_of_a_case(portal: Portal) -> None:
    maria = await asking(portal)
    await maria.send(await maria.open("/help/begin"), "/help/begin")

    assert (await maria.open("/help/case")).path == "/help/ask/who"
    assert (await maria.open("/help/case/stop")).status == 409
    assert (await maria.open("/help/case/papers")).path == "/help/ask/who"
