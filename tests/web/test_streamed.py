"""Forms whose file is handed on as it comes: what becomes of one that breaks off."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.connection import Request
from litestar.exceptions import ClientException
from litestar.testing import RequestFactory

from web.streamed import streamed_form

HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\n\r\n%PDF-1.7\n'


async def test_whoever_goes_away_while_she_sends_a_file_is_no_error_of_ours() -> None:
    said: Iterator[Any] = iter(
        ({"type": "http.request", "body": HEAD, "more_body": True}, {"type": "http.disconnect"}),
    )

    async def receive() -> Any:
        return next(said)

    scope: Any = RequestFactory().post("/").scope
    scope["state"] = {}  # without the body that the factory has read already
    scope["headers"] = [(b"content-type", b"multipart/form-data; boundary=x")]
    form = await streamed_form(Request(scope, receive=receive))

    assert form.file_name == "scan.pdf"
    with pytest.raises(ClientException, match="broke off"):
        await form.read(1 << 20)
