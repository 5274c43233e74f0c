"""Files for tests of documents: how a file comes in, and what it holds again."""

from datetime import datetime
from uuid import UUID

from core.model.cases.documents import DocumentKind
from core.model.people import Actor
from core.services.casework.documents import Brought, Read, add_document, open_document
from tests.worlds import NOW

PDF = b"%PDF-1.7\n"
PASSPORT = Brought(DocumentKind.IDENTITY, "Pasaporte de Esperanza.pdf", about="The passport of Esperanza")


def file_of(content: bytes, *, drip: int = 1 << 16) -> Read:
    """A file that comes in little by little: at most ``drip`` bytes at a time, whatever is asked for."""
    left = memoryview(content)

    async def read(size: int) -> bytes:
        nonlocal left
        given, left = bytes(left[: min(size, drip)]), left[min(size, drip) :]
        return given

    return read


def pdf(size: int = 100) -> bytes:
    """A file of this many bytes that begins as a PDF does, no two pieces of it alike."""
    body = b"".join(number.to_bytes(8, "big") for number in range(size // 8 + 1))
    return (PDF + body)[:size]


async def kept(
    case: UUID, content: bytes, brought: Brought = PASSPORT, *, by: Actor, most_mib: int = 5, now: datetime = NOW
) -> UUID:
    """Keep a file of a case."""
    return await add_document(case, file_of(content), brought, most_mib=most_mib, by=by, now=now)


async def held(case: UUID, document: UUID, *, by: Actor) -> bytes:
    """What a document holds."""
    _, pieces = await open_document(document, case=case, by=by, now=NOW)
    return b"".join([piece async for piece in pieces])
