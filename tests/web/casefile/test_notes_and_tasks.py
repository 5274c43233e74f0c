"""Notes, contacts and tasks on the pages: written, read, done, and told in lists without a word of the client."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest

from core import tables as t
from core.model.cases.casework import TaskKind
from core.services.casework import tasks
from core.services.casework.tasks import Changes, Wanted
from core.services.privacy.screening_off import screen_off
from tests.core.documents import kept, pdf
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal, Visitor
from tests.worlds import NOW, attorney, case, coordinator, joined, waiting

SECRET = "Esperanza is afraid of Rodolfo"
CALL = {"channel": "phone", "direction": "out", "counterpart": "client", "outcome": "no_answer"}


async def a_case(ref: str = "NM-1") -> tuple[UUID, str]:
    key = (await waiting(case(ref, languages=("mam",)))).id
    return key, f"/cases/{key}"


async def sent(visitor: Visitor, path: str, to: str, **fields: str) -> Page:
    return await visitor.send(await visitor.open(f"{path}/notes"), f"{path}/{to}", **fields)


def value_of(page: Page, name: str) -> str:
    """What stands in a field of a form."""
    found = re.search(rf'<input id="{name}"[^>]*value="([^"]*)"', page.answer.text)
    assert found is not None
    return found[1]


async def test_a_note_is_written_read_by_a_colleague_and_taken_back_by_its_writer(portal: Portal) -> None:
    (_, path), carmen, joel = await a_case(), await portal.coordinator(), await portal.coordinator()
    page = await sent(carmen, path, "notes", text=f"{SECRET}.\n\nSecond line.")
    assert "The note is in the file." in page.text
    assert f"Note {SECRET}. Second line." in page.text
    assert f"{SECRET}.\n\nSecond line." in page.answer.text

    theirs = await joel.open(f"{path}/notes")
    assert SECRET in theirs.text
    assert not [form for form in theirs.forms if form["action"].endswith("/take-back")]
    (back,) = [form["action"] for form in page.forms if form["action"].endswith("/take-back")]
    page = await carmen.send(page, back)
    assert SECRET not in page.text
    assert "Note, taken back" in page.text


async def test_a_contact_is_noted_with_its_language_at_the_time_of_the_clinic(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await carmen.open(f"{path}/notes")
    assert (value_of(page, "day"), value_of(page, "clock")) == ("2026-11-24", "02:14")
    fields = CALL | {
        "outcome": "reached",
        "day": "2026-11-23",
        "clock": "16:30",
        "language": "mam",
        "interpreted": "yes",
    }
    page = await sent(carmen, path, "contacts", **fields, said=SECRET)
    assert "23 November, 16:30 · Carmen" in page.text
    assert "Phone, from us, with the client in Mam, with an interpreter Reached" in page.text
    assert SECRET in page.text
    assert (await carmen.open(f"{path}/timeline")).heading == "The client was reached today"


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({"day": "24.11.2026", "clock": "09:00"}, "Write year, month and day: 2026-03-09.", "day"),
        ({"day": "2026-11-24", "clock": "noon"}, "Write the time of day: 14:30.", "clock"),
        ({"day": "2026-11-25", "clock": "09:00"}, "This lies ahead.", "day"),
    ],
)
async def test_what_is_no_time_of_a_contact_is_told_beside_its_field(
    portal: Portal, fields: dict[str, str], said: str, field: str
) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await sent(carmen, path, "contacts", **CALL, **fields, said=SECRET)
    assert page.status == 422
    assert said in page.text
    assert f"#{field}" in page.links
    assert (page.selected["outcome"], value_of(page, "day")) == ("no_answer", fields["day"])
    assert SECRET in page.answer.text
    assert await t.CaseContact.count() == 0


async def test_a_task_is_added_listed_done_from_the_list_and_opened_again(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await carmen.open(f"{path}/notes")
    me = re.search(r'<option value="([0-9a-f-]{36})">Carmen<', page.answer.text)
    assert me is not None
    page = await sent(carmen, path, "tasks", kind="ask_document", due="2026-11-20", assignee=me[1], words=SECRET)
    assert page.heading == "1 task to be done"
    assert f"Ask for a document Urgent: 4 days overdue {SECRET} for Carmen · added by Carmen" in tidy(page)

    whole = await carmen.open("/tasks")
    assert whole.heading == "1 task is yours"
    assert "NM-1 · Asylum · for Carmen" in whole.text
    assert "speranza" not in whole.answer.text
    (done,) = [form["action"] for form in whole.forms if form["action"].endswith("/done")]
    page = await carmen.send(whole, done)
    assert (page.path, page.heading) == ("/tasks", "Nothing is left for you to do")

    page = await carmen.open(f"{path}/notes")
    assert "1 task that has ended" in page.text
    page = await carmen.send(page, done.replace("/done", "/reopen"))
    assert page.heading == "1 task to be done"


def tidy(page: Page) -> str:
    return page.text.replace("● ", "").replace("◐ ", "").replace("○ ", "")


async def test_a_task_is_changed_and_dropped_on_its_own_page(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await sent(carmen, path, "tasks", kind="sign", due="", assignee="", words="")
    (link,) = [link for link in page.links if f"{path}/tasks/" in link]
    assert f'href="{path}/notes" aria-current="page"' in (await carmen.open(link)).answer.text
    one = await carmen.open(link)
    assert one.selected == {"kind": "sign", "assignee": ""}
    wrong = await carmen.send(one, link, kind="other", due="soon", assignee="", words="")
    assert (wrong.status, wrong.selected["kind"], value_of(wrong, "due")) == (422, "other", "soon")
    page = await carmen.send(one, link, kind="review", due="2026-11-24", assignee="", words="The scan")
    assert "Look at what has come" in page.text
    assert "Due today" in page.text
    page = await carmen.send(await carmen.open(link), f"{link}/drop")
    assert page.heading == "Nothing is to be done"
    assert (await carmen.send(await carmen.open(link), f"{link}/reopen")).heading == "1 task to be done"


async def test_an_old_form_of_a_task_takes_nothing_away_from_what_others_changed_meanwhile(portal: Portal) -> None:
    (key, path), carmen, by = await a_case(), await portal.coordinator(), await coordinator()
    task = await tasks.add_task(key, Wanted(TaskKind.SIGN, "The letter", NOW.date(), by.account), by=by, now=NOW)
    link, opened = f"{path}/tasks/{task}", {"kind": "sign", "words": "The letter", "assignee": str(by.account)}
    old = await carmen.open(link)
    await tasks.change_task(task, Changes(due=None, assignee=None), case=key, by=by, now=NOW)

    back = await carmen.send(old, link, **opened | {"due": "soon"})
    assert back.status == 422
    page = await carmen.send(back, link, **opened | {"due": "2026-11-24", "words": "Both letters"})

    assert page.status == 200
    found = await tasks.read_task(task, case=key, by=by, now=NOW)
    assert (found.words, found.due, found.assignee) == ("Both letters", None, None)


async def test_a_day_that_two_give_one_task_is_told_beside_the_field_and_neither_is_lost(portal: Portal) -> None:
    (key, path), carmen, by = await a_case(), await portal.coordinator(), await coordinator()
    task = await tasks.add_task(key, Wanted(TaskKind.SIGN, "The letter", NOW.date()), by=by, now=NOW)
    link, opened = f"{path}/tasks/{task}", {"kind": "sign", "words": "The letter", "assignee": ""}
    old, sooner = await carmen.open(link), NOW.date() + timedelta(days=2)
    await tasks.change_task(task, Changes(due=sooner), opened=Changes(due=NOW.date()), case=key, by=by, now=NOW)

    refused = await carmen.send(old, link, **opened | {"due": "2026-12-01"})

    assert (refused.status, value_of(refused, "due")) == (422, "2026-12-01")
    assert "Somebody else has changed this meanwhile, to “26 November 2026”" in refused.text
    assert (await tasks.read_task(task, case=key, by=by, now=NOW)).due == sooner
    await carmen.send(refused, link, **opened | {"due": "2026-12-01"})
    assert (await tasks.read_task(task, case=key, by=by, now=NOW)).due == date(2026, 12, 1)


async def test_a_task_that_says_nothing_is_refused_with_what_was_typed(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await sent(carmen, path, "tasks", kind="other", due="2026-12-01", assignee="", words=" ")
    assert page.status == 422
    assert "Say what is to be done." in page.text
    assert (page.selected["kind"], value_of(page, "due")) == ("other", "2026-12-01")
    assert (await sent(carmen, path, "tasks", kind="sign", due="", assignee="me")).status == 422


async def test_the_list_leads_to_nobodys_and_everybodys_tasks(portal: Portal) -> None:
    (key, _), carmen, by = await a_case(), await portal.coordinator(), await coordinator()
    await tasks.add_task(key, Wanted(TaskKind.SIGN, assignee=by.account), by=by, now=NOW)
    await tasks.add_task(key, Wanted(TaskKind.REFER), by=by, now=NOW)
    mine = await carmen.open("/tasks")
    assert "Others have something to do, or nobody has taken it yet." in mine.text
    headings = [(await carmen.open(f"/tasks?whose={whose}")).heading for whose in ("nobody", "all")]
    assert [unescape(said) for said in headings] == ["1 task is nobody's", "2 tasks to be done"]
    assert (await carmen.open("/tasks?whose=hers")).status == 422


async def test_the_timeline_tells_what_happened_part_by_part_and_opens_no_word(portal: Portal) -> None:
    (key, path), carmen, by = await a_case(), await portal.coordinator(), await coordinator()
    await sent(carmen, path, "notes", text=SECRET)
    await sent(carmen, path, "contacts", **CALL, day="2026-11-23", clock="16:30", said=SECRET)
    await tasks.add_task(key, Wanted(TaskKind.REFER, SECRET, NOW.date()), by=by, now=NOW)
    before = await t.Disclosure.count()

    page = await carmen.open(f"{path}/timeline")
    assert page.heading == "No talk with the client is noted"
    for said in ("A note written", "A contact noted", "Phone, from us, the client, No answer", "Put on the waitlist"):
        assert said in page.text
    assert "A task added Refer elsewhere, by 24 November" in page.text
    parts = {
        part: (await carmen.open(f"{path}/timeline?about={part}")).text
        for part in ("steps", "talk", "tasks", "file", "dates")
    }
    assert "A note written" not in parts["steps"]
    assert "Put on the waitlist" not in parts["talk"]
    assert "A task added" in parts["tasks"]
    assert "speranza" not in page.answer.text + str(parts)
    assert await t.Disclosure.count() == before


async def test_a_long_timeline_is_read_page_by_page(portal: Portal) -> None:
    (key, path), carmen, by = await a_case(), await portal.coordinator(), await coordinator()
    for _ in range(60):
        await tasks.add_task(key, Wanted(TaskKind.SIGN), by=by, now=NOW)
    first = await carmen.open(f"{path}/timeline")
    (following,) = [link for link in first.links if "before=" in link]
    second = await carmen.open(following)
    assert first.text.count("A task added") + second.text.count("A task added") == 60
    assert "Case received" in second.text


async def test_whoever_is_screened_off_a_case_has_none_of_it_and_none_of_its_tasks(portal: Portal) -> None:
    (key, path), joel, by = await a_case(), await coordinator(), await coordinator()
    await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET, NOW.date(), joel.account), by=by, now=NOW)
    document = await kept(key, pdf(), by=by)
    await screen_off(key, account=joel.account, reason="her sister's landlord", by=by, now=NOW)
    assert joel.account is not None
    his = await portal.signed_in(joel.account)
    for page in ("notes", "documents", f"documents/{document}", f"documents/{document}/file", "timeline"):
        assert (await his.open(f"{path}/{page}")).status == 404
    for whose in ("mine", "all"):
        found = await his.open(f"/tasks?whose={whose}")
        assert found.status == 200
        assert "NM-1" not in found.text
        data = found.form("/sign-out") | {"text": SECRET}
        assert (await his.client.post(f"{path}/notes", data=data)).status_code == 404
    assert await t.CaseNote.count() == 0


async def test_volunteers_have_none_of_these_pages(portal: Portal) -> None:
    (_, path), alma = await a_case(), await portal.volunteer(await joined(attorney()))
    for page in (f"{path}/notes", f"{path}/timeline", "/tasks"):
        assert (await alma.open(page)).status == 403


async def test_the_pages_take_few_statements_however_much_there_is(portal: Portal) -> None:
    (key, path), carmen, by = await a_case(), await portal.coordinator(), await coordinator()
    taken = []
    for many in (1, 3):
        for _ in range(many):
            await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET), by=by, now=NOW)
            await sent(carmen, path, "notes", text=SECRET)
            await sent(carmen, path, "contacts", **CALL, day="2026-11-23", clock="16:30", said=SECRET)
        pages = (f"{path}/notes", f"{path}/timeline", "/tasks?whose=all")
        taken.append([(await counted(carmen, page))[0] for page in pages])
    assert taken[0] == taken[1]
    assert max(taken[0]) < 20


async def test_what_is_hers_and_due_is_told_on_the_page_of_today(portal: Portal) -> None:
    (key, _), by = await a_case(), await coordinator()
    for due in (NOW.date(), NOW.date() + timedelta(days=1), None):
        await tasks.add_task(key, Wanted(TaskKind.SIGN, SECRET, due, by.account), by=by, now=NOW)
    assert by.account is not None
    carmen = await portal.signed_in(by.account)
    page = await carmen.open("/today")
    assert page.heading == "1 thing needs you today"
    (done,) = [form["action"] for form in page.forms if form["action"].endswith("/done")]
    assert "speranza" not in page.answer.text
    page = await carmen.send(page, done)
    assert (page.path, page.heading) == ("/today", "Nothing needs you right now")
