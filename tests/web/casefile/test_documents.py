"""Documents on the pages of a case: added, described, downloaded and deleted by staff, and kept from everybody else."""

import tempfile
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from core import tables as t
from core.services.casework.documents import PIECE
from tests.core.documents import PDF, pdf
from tests.web.coordinator.scenes import counted
from tests.web.portal import Page, Portal, Visitor, open_portal
from tests.worlds import attorney, case, joined, waiting

BOUNDARY = "amparo-test"


async def a_case() -> tuple[UUID, str]:
    key = (await waiting(case("NM-1"))).id
    return key, f"/cases/{key}/documents"


async def added(visitor: Visitor, path: str, content: bytes, name: str = "Pasaporte.pdf", **fields: str) -> Page:
    """Send a file with the form of the page, fields first."""
    data = (
        (await visitor.open(path)).form(f"{path}/add") | {"kind": "identity", "about": "", "sharing": "staff"} | fields
    )
    answer = await visitor.client.post(f"{path}/add", data=data, files={"file": (name, content)}, follow_redirects=True)
    return Page(answer)


async def test_a_coordinator_adds_a_document_finds_it_and_gets_it_back(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    assert (await carmen.open(path)).heading == "No document yet"

    page = await added(carmen, path, pdf(3 * PIECE), about="Her passport")
    assert page.heading == "1 document"
    assert "The document is in the file, sealed." in page.text
    assert "Her passport Identity Pasaporte.pdf PDF, 768 KB · 24 November, 2:14 · Carmen" in page.text

    (link,) = [link for link in page.links if link.endswith("/file")]
    answer = await carmen.client.get(link)
    assert answer.content == pdf(3 * PIECE)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="Pasaporte.pdf"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_document_is_described_shared_and_deleted_on_its_own_page(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await added(carmen, path, pdf())
    (link,) = [link for link in page.links if link.startswith(f"{path}/") and not link.endswith("/file")]

    one = await carmen.open(link)
    assert (one.heading, one.selected) == ("Pasaporte.pdf", {"kind": "identity", "sharing": "staff"})
    page = await carmen.send(one, link, kind="court", about="Hearing notice", sharing="team")
    assert "Hearing notice Court and hearings Staff and the whole engaged team" in page.text

    page = await carmen.send(await carmen.open(link), f"{link}/remove")
    assert page.heading == "No document yet"
    assert (await carmen.open(link)).status == 404
    history = (await carmen.open(path.removesuffix("/documents"))).text
    for said in ("A document added", "Who may read a document changed", "A document deleted"):
        assert said in history
    assert "Hearing notice" not in history


async def test_whoever_corrects_the_words_does_not_share_again_what_a_colleague_has_taken_back(portal: Portal) -> None:
    (_, path), carmen, joel = await a_case(), await portal.coordinator(), await portal.coordinator()
    page = await added(carmen, path, pdf(), sharing="team")
    (link,) = [link for link in page.links if link.startswith(f"{path}/") and not link.endswith("/file")]
    shown = {"kind": "identity", "about": "", "sharing": "team"}
    before = await carmen.open(link)
    await joel.send(await joel.open(link), link, **shown | {"sharing": "staff"})

    await carmen.send(before, link, **shown | {"about": "Hearing notice"})

    after = await carmen.open(link)
    assert (after.heading, after.selected["sharing"]) == ("Hearing notice", "staff")


async def test_words_that_two_give_one_document_are_told_beside_each_other_and_neither_is_lost(portal: Portal) -> None:
    (_, path), carmen, joel = await a_case(), await portal.coordinator(), await portal.coordinator()
    page = await added(carmen, path, pdf(), about="A letter")
    (link,) = [link for link in page.links if link.startswith(f"{path}/") and not link.endswith("/file")]
    shown, before = {"kind": "identity", "sharing": "staff"}, await carmen.open(link)
    await joel.send(await joel.open(link), link, **shown | {"about": "Her mother’s letter"})

    refused = await carmen.send(before, link, **shown | {"about": "Letter of 2019"})

    assert (refused.status, refused.heading) == (422, "Her mother’s letter")
    assert "Somebody else has changed this meanwhile, to “Her mother’s letter”" in refused.text
    assert 'value="Letter of 2019"' in refused.answer.text
    await carmen.send(refused, link, **shown | {"about": "Her mother’s letter of 2019"})
    assert (await carmen.open(link)).heading == "Her mother’s letter of 2019"


async def test_a_file_that_is_not_taken_is_told_beside_its_field_and_nothing_typed_is_lost(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await added(carmen, path, b"MZ\x90\0", name="passport.pdf", kind="court", about="The notice")
    assert page.status == 422
    assert "This kind of file is not taken." in page.text
    assert page.selected["kind"] == "court"
    assert 'value="The notice"' in page.answer.text
    without = await carmen.send(await carmen.open(path), f"{path}/add", kind="court")
    assert "Choose the file first." in without.text
    assert await t.Document.count() == 0


async def test_a_file_beyond_the_limit_is_not_taken(sqlite_url: str) -> None:
    async with open_portal(sqlite_url, document_mib=1, upload_mib=2) as portal:
        (_, path), carmen = await a_case(), await portal.coordinator()
        page = await added(carmen, path, pdf(1_048_577))
        assert (page.status, page.heading) == (422, "No document yet")
        assert "This file is larger than the 1 MB that are taken." in page.text
        page = await added(carmen, path, pdf(4_000_000))
        assert page.status == 413
        assert "This file is larger than the 1 MB that are taken." in page.text
        assert "raise document_mib" in page.text
        assert await t.Document.count() == 0


async def test_a_forged_form_is_refused_before_its_file_is_read(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield _part('name="kind"', b"court") + _part('name="file"; filename="a.pdf"', PDF, end=b"")
        for _ in range(50):
            sent += 1
            yield bytes(1 << 16)

    kind = f"multipart/form-data; boundary={BOUNDARY}"
    answer = await carmen.client.post(f"{path}/add", content=body(), headers={"content-type": kind})
    assert (answer.status_code, sent) == (403, 0)
    assert await t.Document.count() == 0
    other = await carmen.client.post(f"{path}/add", data={"kind": "court"})
    assert other.status_code == 403


def _part(disposition: str, content: bytes, end: bytes = b"\r\n") -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + end


async def test_no_temporary_file_is_opened_for_a_file_however_large(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    opened: list[str] = []

    def noted(name: str) -> Any:
        def refused(*_: Any, **__: Any) -> Any:
            opened.append(name)
            raise AssertionError(name)

        return refused

    with monkeypatch.context() as watched:
        for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
            watched.setattr(tempfile, name, noted(name))
        watched.setattr("litestar.datastructures.upload_file.SpooledTemporaryFile", noted("spooled"))
        page = await added(carmen, path, pdf(9 * PIECE))
    assert page.heading == "1 document"
    assert opened == []


@pytest.mark.parametrize("cut", [b"", b"\r\n--amparo"])
async def test_a_form_that_breaks_off_leaves_nothing(portal: Portal, cut: bytes) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    token = (await carmen.open(path)).form(f"{path}/add")["_csrf_token"].encode()
    body = _part('name="_csrf_token"', token) + _part('name="file"; filename="a.pdf"', pdf(900), end=cut)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    answer = await carmen.client.post(f"{path}/add", content=body, headers={"content-type": kind})
    assert answer.status_code == 422
    assert await t.Document.count() == 0


async def test_volunteers_are_told_that_there_is_no_such_page(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await added(carmen, path, pdf())
    alma = await portal.volunteer(await joined(attorney()))
    for link in (path, *(link for link in page.links if link.startswith(f"{path}/"))):
        assert (await alma.open(link)).status in (403, 404)


async def test_the_pages_take_few_statements_however_many_documents_there_are(portal: Portal) -> None:
    (_, path), carmen = await a_case(), await portal.coordinator()
    page = await added(carmen, path, pdf())
    one = (await counted(carmen, path))[0]
    for _ in range(3):
        await added(carmen, path, pdf())
    assert (await counted(carmen, path))[0] == one < 20
    link = next(link for link in page.links if link.startswith(f"{path}/"))
    assert (await counted(carmen, link))[0] < 20
