"""How long clients are kept, as coordinators meet it: holds, forgetting, the years, the keys."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from core.key_files import fresh_key
from core.model.clients.client import ClientField, Purpose
from core.model.clients.retention import ErasureReason
from core.services.cases import intake
from core.services.clients.disclosing import read_client
from core.services.clients.writing import correct_client
from core.services.privacy import holding
from core.services.privacy.erasing import erase_client
from core.services.privacy.retaining import decide_retention
from core.store.cases.cases import find_case
from core.store.upkeep.renewing import RENEWED
from tests.core.documents import pdf
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal, open_portal
from tests.worlds import NOW, case, coordinator, waiting
from web.pages.office.keys import KINDS
from web.shapes.cases.case_tabs import CASE_TABS

CLIENT = {ClientField.NAME: "Esperanza Canario"}
FILLED_IN = {"text": "Too late.", "words": "Too late.", "kind": "other", "day": "2026-11-23", "clock": "09:00"} | {
    "channel": "phone",
    "direction": "out",
    "counterpart": "client",
    "outcome": "no_answer",
}
"""What the forms beside a case ask for."""


async def known_client(ref: str = "NM-1") -> UUID:
    """A waiting case whose client is known."""
    new = await waiting(case(ref))
    await correct_client(new.id, CLIENT, by=await coordinator(), now=NOW)
    return new.id


async def test_a_case_is_held_and_the_hold_lifted_each_with_its_reason(portal: Portal) -> None:
    key = await known_client()
    visitor, path = await portal.coordinator(), f"/cases/{key}/privacy"
    page = await visitor.open(path)
    assert page.heading == "NM-1 is kept as long as it is open"

    page = await visitor.send(page, f"{path}/hold", reason=" ")
    assert (page.status, "Write in a sentence why." in page.text) == (422, True)
    page = await visitor.send(page, f"{path}/hold", reason="A subpoena of 3 November")
    assert page.heading == "NM-1 is under a legal hold"
    assert "Held. Nothing of this case is erased" in page.text
    assert "A subpoena of 3 November" in page.text
    assert "Set by Carmen" in page.text
    assert "Not while the hold stands." in page.text

    page = await visitor.send(page, f"{path}/lift", why="It was quashed")
    assert page.heading == "NM-1 is kept as long as it is open"
    assert "An earlier hold" in page.text
    assert "It was quashed" in page.text
    assert "Legal hold lifted" in (await visitor.open(f"/cases/{key}")).text


async def test_a_client_is_forgotten_once_the_reference_is_typed(portal: Portal) -> None:
    key = await known_client()
    visitor, path = await portal.coordinator(), f"/cases/{key}/privacy"
    page = await visitor.open(path)
    assert "The case is withdrawn first." in page.text

    page = await visitor.send(page, f"{path}/erase", ref="NM-2")
    assert (page.status, "Type the reference of this case, NM-1, to confirm." in page.text) == (422, True)
    by = await coordinator()
    assert await read_client(key, (ClientField.NAME,), purpose=Purpose.CONTACT, by=by, now=NOW) == CLIENT

    page = await visitor.send(page, f"{path}/erase", ref="nm-1 ")
    assert page.heading == "NM-1 was reduced to statistics"
    assert "Erased. Nothing is known any more of who the client is." in page.text
    assert "Erase the client" not in page.text
    assert (await find_case(key)).summary == ""
    assert (await visitor.open(f"/cases/{key}")).heading == "NM-1 was withdrawn"
    assert "Reduced to statistics: the client was erased" in (await visitor.open(f"/cases/{key}")).text


async def test_what_comes_too_late_says_so(portal: Portal) -> None:
    key, by = await known_client(), await coordinator()
    visitor, path = await portal.coordinator(), f"/cases/{key}/privacy"
    before = await visitor.open(path)

    await holding.hold_case(key, reason="A subpoena", by=by, now=NOW)
    page = await visitor.send(before, f"{path}/erase", ref="NM-1")
    assert (page.status, page.heading) == (409, "A legal hold stands on this case")

    await holding.lift_hold(key, why="Quashed", by=by, now=NOW)
    messages = f"/cases/{key}/messages"
    open_then = await visitor.open(messages)
    await erase_client(key, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW)
    page = await visitor.send(before, f"{path}/hold", reason="A subpoena")
    assert (page.status, page.heading) == (410, "This was erased")
    page = await visitor.send(open_then, f"{messages}/code", language="es")
    assert (page.status, "there is nobody to give a code to" in page.text) == (409, True)
    page = await visitor.open(messages)
    assert "Nothing is known of this client any more" in page.text
    assert [one for one in page.forms if one["action"].startswith(messages)] == []


@pytest.mark.parametrize(
    ("page", "sent"), [("notes", "notes"), ("notes", "contacts"), ("notes", "tasks"), ("documents", "documents/add")]
)
async def test_beside_a_case_whose_client_was_erased_nothing_more_is_offered_to_be_written(
    portal: Portal, page: str, sent: str
) -> None:
    key, by, visitor = await known_client(), await coordinator(), await portal.coordinator()
    path, action = f"/cases/{key}/{page}", f"/cases/{key}/{sent}"
    form = (await visitor.open(path)).form(action) | FILLED_IN
    await erase_client(key, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW)

    after = await visitor.open(path)
    late = await visitor.client.post(action, data=form, files={"file": ("a.pdf", pdf())} if "add" in sent else None)

    assert [one for one in after.forms if one["action"].startswith(f"/cases/{key}/")] == []
    assert "Nothing more can be kept with this case." in after.text
    assert (late.status_code, Page(late).heading) == (410, "This was erased")


async def test_years_are_decided_after_a_look_at_what_that_does(portal: Portal) -> None:
    by = await coordinator()
    old = await intake.receive_case(case("NM-OLD"), client=CLIENT, by=by, now=NOW - timedelta(days=1200))
    await intake.withdraw_case(old.id, reason="moved away", by=by, now=NOW - timedelta(days=1200))
    visitor, path = await portal.coordinator(), "/office/retention"
    page = await visitor.open(path)
    assert page.heading == "Clients are kept until they ask to be forgotten"
    assert "No case is held." in page.text

    page = await visitor.send(page, path, years="many", reason="x")
    assert (page.status, "whole years from 1 to 50" in page.text) == (422, True)
    page = await visitor.send(page, path, years="3", reason="Our insurer")
    assert "From 1 December on: 3 years" in page.text
    assert "That night 1 case is reduced to statistics, for good." in page.text
    page = await visitor.send(page, path, years="3", reason="Our insurer")
    assert "From 1 December on clients are kept: 3 years. Until then it can be taken back." in page.text
    assert page.heading == "Clients are kept until they ask to be forgotten"

    page = await visitor.send(page, f"{path}/take-back")
    assert "Taken back. What held before goes on to hold." in page.text
    assert "taken back before it began" in page.text


@pytest.mark.parametrize("years", ["", "9"])
async def test_what_keeps_longer_is_decided_at_once(portal: Portal, years: str) -> None:
    await decide_retention(7, reason="Insurer", by=await coordinator(), now=NOW - timedelta(days=30))
    visitor, path = await portal.coordinator(), "/office/retention"
    page = await visitor.open(path)
    assert page.heading == "Clients are kept for 7 years after their case has ended"

    page = await visitor.send(page, path, years=years, reason="The state bar")
    said = "for 9 years after their case has ended" if years else "until they ask to be forgotten"
    assert page.heading == f"Clients are kept {said}"


async def test_an_ended_case_says_until_when_it_is_kept(portal: Portal) -> None:
    by, key = await coordinator(), await known_client()
    await intake.withdraw_case(key, reason="moved away", by=by, now=NOW)
    visitor, path = await portal.coordinator(), f"/cases/{key}/privacy"
    assert (await visitor.open(path)).heading == "NM-1 is kept without end"

    await decide_retention(7, reason="Insurer", by=by, now=NOW - timedelta(days=30))
    assert (await visitor.open(path)).heading == "NM-1 is kept until 24 November 2033"


async def test_lists_of_what_is_held_and_reduced_lead_to_the_cases_in_few_statements(portal: Portal) -> None:
    by, visitor = await coordinator(), await portal.coordinator()
    counts = []
    for number in range(2):
        held, gone = await known_client(f"NM-H{number}"), await known_client(f"NM-G{number}")
        await holding.hold_case(held, reason="A subpoena", by=by, now=NOW)
        await erase_client(gone, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW)
        counts.append((await counted(visitor, "/office/retention"))[0])
    page = await visitor.open("/office/retention")
    assert counts == [5, 5]
    assert "NM-H1 held since 24 November by Carmen" in page.text
    assert "NM-G1 24 November. The client asked to be forgotten. Carmen" in page.text
    assert "subpoena" not in page.text


async def test_the_page_of_keys_tells_ids_and_never_the_key(portal: Portal) -> None:
    key, by = await known_client(), await coordinator()
    await erase_client(key, reason=ErasureReason.CLIENT_REQUEST, by=by, now=NOW)
    page: Page = await (await portal.coordinator()).open("/office/keys")

    assert page.heading == "One key seals what is known of clients"
    assert "1 client was erased since it is in use." in page.text
    assert {kind.name for kind in RENEWED} == KINDS.keys()


async def test_every_page_of_a_reduced_case_opens_or_says_that_it_was_erased(portal: Portal) -> None:
    key = await known_client()
    await erase_client(key, reason=ErasureReason.CLIENT_REQUEST, by=await coordinator(), now=NOW)
    visitor = await portal.coordinator()
    for end, _name in CASE_TABS:
        page = await visitor.open(f"/cases/{key}{end}")
        assert page.status in (200, 410), end
        assert f"/cases/{key}" in page.links, end
        assert "Esperanza" not in page.text


async def test_a_key_that_is_gone_is_told_without_where_it_was(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AMPARO_KEY", raising=False)
    async with open_portal(sqlite_url) as portal:
        key, visitor = await known_client(), await portal.coordinator()
        drop_all(tmp_path / "amparo.db.key")
        with capture_logs() as logs:
            page = await visitor.open(f"/cases/{key}/client")

    assert (page.status, page.heading) == (503, "What is known of clients cannot be opened just now")
    assert str(tmp_path) not in page.text
    assert [entry["event"] for entry in logs] == ["a key is missing"]


def drop_all(file: Path) -> None:
    """Put another key where the right one was."""
    file.write_text(fresh_key())
