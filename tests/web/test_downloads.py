"""Downloads of files: their names can hold anything and say nothing to the browser but a name."""

from collections.abc import AsyncIterator
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from core.model.cases.documents import file_name
from web.downloads import file_answer


async def nothing() -> AsyncIterator[bytes]:
    """A file without any bytes."""
    pieces: tuple[bytes, ...] = ()
    for piece in pieces:
        yield piece


@given(st.text(max_size=200))
@example("Pasaporte de Ñusta.pdf")
@example('a"; filename="evil.exe')
@example("line\r\nSet-Cookie: x=1")
def test_a_name_is_told_whole_in_one_header_and_never_as_more_than_a_name(sent: str) -> None:
    name = file_name(sent)
    answer = file_answer(nothing(), name=name, media_type="application/pdf")
    told = answer.headers["Content-Disposition"]
    plain, _, whole = told.removeprefix('attachment; filename="').partition("\"; filename*=UTF-8''")
    assert told.isascii()
    assert not set(plain) & set('"\\\r\n;')
    assert unquote(whole) == name
