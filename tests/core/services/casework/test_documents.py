"""Documents of a case: sealed as they come in, whole or not at all, and never read without a trace."""

import tracemalloc
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import tables as t
from core.crypto import Tampered
from core.envelope import Erased
from core.errors import BadInput, NotAllowed, NotFound
from core.model.cases.documents import DocumentKind, Origin, Sharing
from core.model.cases.file_types import FileType
from core.model.people import Actor
from core.services.cases import intake
from core.services.casework import documents as verbs
from core.services.casework.documents import MOST_FROM_CLIENT, PIECE, Brought
from core.services.work.working import Worker
from core.store import audit
from core.store.database import Database, open_database, transaction
from core.store.sealed.case_keys import shred
from tests.core.documents import PASSPORT, file_of, held, kept, pdf
from tests.worlds import NOW, actor_of, attorney, case, clinic, coordinator, joined

SIZES = (100, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5)


async def a_case() -> tuple[UUID, Actor]:
    by = await coordinator()
    return (await intake.receive_case(case(), by=by, now=NOW)).id, by


async def count() -> tuple[int, int]:
    """How many documents and pieces there are."""
    return await t.Document.count(), await t.DocumentPiece.count()


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_is_the_same_again_however_long_it_is(database: Database, size: int) -> None:
    key, by = await a_case()
    document = await kept(key, pdf(size), by=by)

    (known,) = await verbs.list_documents(key, by=by, now=NOW)
    assert await held(key, document, by=by) == pdf(size)
    assert (known.size, known.pieces, known.file_type) == (size, -(-size // PIECE), FileType.PDF)
    assert (known.name, known.about, known.added_by) == (PASSPORT.file_name, PASSPORT.about, "Carmen")


async def test_adding_listing_and_opening_leave_a_trace_without_a_word_of_the_client(database: Database) -> None:
    key, by = await a_case()
    document = await kept(key, pdf(), by=by)
    await verbs.list_documents(key, by=by, now=NOW)
    await held(key, document, by=by)

    events = {event.kind: event.detail for event in await audit.events() if event.subject == key}
    assert events["document_added"] == {
        "document": str(document),
        "document_kind": "identity",
        "origin": "staff",
        "sharing": "staff",
    }
    assert events["disclosed"] == {"fields": "documents", "purpose": "casework"}
    assert "document_opened" in events
    assert "speranza" not in str(events)
    assert await t.Disclosure.count() == 2


async def test_nothing_of_a_file_stands_in_the_files_of_the_database(sqlite_url: str) -> None:
    opened, folder = await open_database(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///")).parent
    key, by = await a_case()
    await kept(key, pdf(200) + b"Esperanza Canario" * 9, by=by)

    written = b"".join(file.read_bytes() for file in folder.iterdir())

    await opened.close()
    assert not [word for word in (b"Esperanza", b"Pasaporte", b"%PDF") if word in written]


async def test_memory_holds_a_few_pieces_of_a_file_and_not_the_whole(sqlite_url: str) -> None:
    opened = await open_database(sqlite_url)
    key, by = await a_case()
    whole, sent = 64 * PIECE, 0

    async def read(size: int) -> bytes:
        nonlocal sent
        given = b"" if sent >= whole else (b"%PDF-" + bytes(size))[:size]
        sent += len(given)
        return given

    tracemalloc.start()
    await verbs.add_document(key, read, PASSPORT, most_mib=100, by=by, now=NOW)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    await opened.close()
    assert sent == whole
    assert most < 12 * PIECE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b"MZ\x90\0 a program", "This kind of file is not taken."),
        (b"<html>hello</html>", "This kind of file is not taken."),
        (pdf(1_048_577), "This file is larger than the 1 MB that are taken."),
    ],
)
async def test_what_is_not_taken_is_told_and_nothing_of_it_is_kept(
    database: Database, content: bytes, said: str
) -> None:
    key, by = await a_case()
    with pytest.raises(BadInput, match=said):
        await kept(key, content, by=by, most_mib=1)
    assert await count() == (0, 0)
    assert "document_added" not in {event.kind for event in await audit.events()}


async def test_a_file_of_just_the_most_bytes_is_taken(database: Database) -> None:
    key, by = await a_case()
    await kept(key, pdf(1_048_576), by=by, most_mib=1)
    assert await count() == (1, 4)


async def test_a_sender_who_goes_away_leaves_nothing(database: Database) -> None:
    key, by = await a_case()
    coming = file_of(pdf(2 * PIECE))

    async def breaks(size: int) -> bytes:
        piece = await coming(size)
        if not piece:
            raise ConnectionError("gone")
        return piece

    with pytest.raises(ConnectionError):
        await verbs.add_document(key, breaks, PASSPORT, most_mib=5, by=by, now=NOW)
    assert await count() == (0, 0)


async def test_what_a_process_left_when_it_died_is_in_no_list_and_gone_after_two_days(database: Database) -> None:
    key, by = await a_case()
    document = await kept(key, pdf(), by=by)
    await t.Document.update({t.Document.complete: False}).where(t.Document.id == document)

    assert await verbs.list_documents(key, by=by, now=NOW) == []
    with pytest.raises(NotFound):
        await held(key, document, by=by)
    await Worker(clinic()).run_once(NOW.replace(day=NOW.day + 2))
    assert await count() == (0, 0)


@given(data=st.data())
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
async def test_pieces_that_were_changed_moved_or_cut_off_do_not_open(sqlite_url: str, data: st.DataObject) -> None:
    opened = await open_database(sqlite_url)
    try:
        key, by = await a_case()
        document = await kept(key, pdf(3 * PIECE + 7), by=by)
        how = data.draw(st.sampled_from(["flip", "swap", "cut", "move"]))
        await _tamper(document, how, data.draw(st.integers(0, 3)), key, by)
        with pytest.raises(Tampered):
            await held(key, document, by=by)
    finally:
        await opened.close()


async def _tamper(document: UUID, how: str, at: int, key: UUID, by: Actor) -> None:
    p, d = t.DocumentPiece, t.Document
    rows = await p.select().where(p.document == document).order_by(p.position)
    other = (at + 1) % len(rows)
    if how == "flip":
        content = bytearray(rows[at]["content"])
        content[-1] ^= 1
        await p.update({p.content: bytes(content)}).where(p.id == rows[at]["id"])
    elif how == "swap":
        for place, taken in ((at, other), (other, at)):
            await p.update({p.content: rows[taken]["content"]}).where(p.id == rows[place]["id"])
    elif how == "cut":
        await d.update({d.pieces: max(1, at)}).where(d.id == document)
    else:
        source = await kept(key, pdf(3 * PIECE + 7), by=by)
        (row,) = await p.select(p.content).where(p.document == source, p.position == at)
        await p.update({p.content: row["content"]}).where(p.id == rows[at]["id"])


async def test_shredding_the_key_of_a_case_erases_its_documents(database: Database) -> None:
    key, by = await a_case()
    document = await kept(key, pdf(), by=by)
    async with transaction():
        await shred(key, now=NOW)
    for reading in (held(key, document, by=by), verbs.list_documents(key, by=by, now=NOW), kept(key, pdf(), by=by)):
        with pytest.raises(Erased):
            await reading


async def test_a_case_that_is_erased_while_a_file_comes_in_keeps_nothing_of_it(database: Database) -> None:
    key, by = await a_case()
    await kept(key, pdf(), by=by)
    coming = file_of(pdf(2 * PIECE))

    async def erased_meanwhile(size: int) -> bytes:
        async with transaction():
            await shred(key, now=NOW)
        return await coming(size)

    with pytest.raises(Erased):
        await verbs.add_document(key, erased_meanwhile, PASSPORT, most_mib=5, by=by, now=NOW)
    assert await t.Document.count() == 1


async def test_what_a_document_is_can_be_corrected_and_it_can_be_removed(database: Database) -> None:
    key, by = await a_case()
    document = await kept(key, pdf(), by=by)
    told = {"kind": DocumentKind.COURT, "about": " Notice  of hearing ", "sharing": Sharing.TEAM}
    await verbs.describe_document(document, case=key, **told, by=by, now=NOW)  # type: ignore[arg-type]  # -- as above

    (known,) = await verbs.list_documents(key, by=by, now=NOW)
    assert (known.kind, known.about, known.sharing) == (DocumentKind.COURT, "Notice of hearing", Sharing.TEAM)
    await verbs.remove_document(document, case=key, by=by, now=NOW)
    assert await count() == (0, 0)
    kinds = [event.kind for event in await audit.events() if event.kind.startswith("document_")]
    assert kinds == ["document_added", "document_shared", "document_removed"]


async def test_a_document_is_found_only_in_its_own_case(database: Database) -> None:
    key, by = await a_case()
    other, _ = await a_case()
    document = await kept(key, pdf(), by=by)
    with pytest.raises(NotFound):
        await held(other, document, by=by)
    with pytest.raises(NotFound):
        await verbs.remove_document(document, case=other, by=by, now=NOW)


async def test_a_volunteer_who_is_not_engaged_is_told_that_nothing_is_there(database: Database) -> None:
    key, by = await a_case()
    document = await kept(key, pdf(), Brought(DocumentKind.COURT, "nta.pdf", sharing=Sharing.TEAM), by=by)
    alma = actor_of(await joined(attorney()))
    for reading in (held(key, document, by=alma), verbs.shared_documents(key, by=alma, now=NOW)):
        with pytest.raises(NotFound):
            await reading
    with pytest.raises(NotAllowed):
        await verbs.list_documents(key, by=alma, now=NOW)
    with pytest.raises(NotAllowed):
        await kept(key, pdf(), by=alma)


async def test_a_client_may_send_some_documents_and_the_coordinators_are_told(database: Database) -> None:
    key, by = await a_case()
    for _ in range(MOST_FROM_CLIENT):
        await verbs.add_from_client(key, file_of(pdf()), PASSPORT, most_mib=1, now=NOW)
    with pytest.raises(BadInput, match="no more are taken"):
        await verbs.add_from_client(key, file_of(pdf()), PASSPORT, most_mib=1, now=NOW)

    found = await verbs.list_documents(key, by=by, now=NOW)
    assert {one.origin for one in found} == {Origin.CLIENT}
    told = await t.Message.select().where(t.Message.kind == "document_came")
    assert {row["account"] for row in told} == {by.account}
    assert not [row for row in told if "speranza" in str(row)]
