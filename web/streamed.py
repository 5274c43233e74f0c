"""Forms with a file whose bytes are handed on as they come: never a whole file in memory, none on a disk.

The framework's own forms keep a larger file in a temporary one, in clear. A form that is read here has its fields
first and its file last; what comes behind the file is left out.
"""

from collections.abc import AsyncIterator
from typing import Any, Final

from litestar.connection import Request
from litestar.exceptions import ClientException, InternalServerException
from multipart import MultipartError, MultipartSegment, PushMultipartParser

MOST_PARTS: Final = 40
MOST_FIELD_BYTES: Final = 100_000
"""How much all fields before the file may hold together."""
Event = Any
"""A part begins (MultipartSegment), some of its bytes, or None at its end."""
Visit = Request[Any, Any, Any]


class StreamedForm:
    """The fields of a form, and its file while it comes in. ``file_name`` is empty where no file was chosen."""

    def __init__(self, fields: dict[str, str], file_name: str, events: AsyncIterator[Event]) -> None:
        self.fields, self.file_name = fields, file_name
        self._events, self._held, self._over = events, bytearray(), not file_name

    async def read(self, size: int) -> bytes:
        """Up to so many bytes of the file; none at its end. ClientException where the request breaks off before."""
        while len(self._held) < size and not self._over:
            event = await anext(self._events, None)
            if isinstance(event, bytes | bytearray):
                self._held += event
            else:
                self._over = True
        given, self._held = bytes(self._held[:size]), self._held[size:]
        return given

    async def drain(self) -> None:
        """Let what is left of the file come and go: a browser shows an answer only once it has sent all."""
        while await self.read(1 << 16):
            continue


def form_with_file(request: Visit) -> StreamedForm:
    """The form of a request to a route that streams: the guard has read its fields and seen its signature."""
    form: StreamedForm = request.state.streamed
    return form


async def streamed_form(request: Visit) -> StreamedForm:
    """Read a form as far as its file; one without any file is read whole. Raises ClientException for a broken one."""
    kind, options = request.content_type
    if kind != "multipart/form-data" or not options.get("boundary"):
        form = await request.form()
        return StreamedForm({name: str(value) for name, value in form.items()}, "", _no_events())
    fields: dict[str, str] = {}
    events = _events(request, options["boundary"])
    async for event in events:
        if not isinstance(event, MultipartSegment):
            raise ClientException("This form cannot be understood.")
        if event.filename is not None:
            return StreamedForm(fields, event.filename, events)
        fields[event.name or ""] = await _field(events, MOST_FIELD_BYTES - sum(map(len, fields.values())))
    return StreamedForm(fields, "", _no_events())


async def _field(events: AsyncIterator[Event], room: int) -> str:
    held = bytearray()
    async for event in events:
        if not isinstance(event, bytes | bytearray):
            break
        held += event
        if len(held) > room:
            raise ClientException("The fields of this form are too long.")
    return held.decode(errors="replace")


async def _events(request: Visit, boundary: str) -> AsyncIterator[Event]:
    try:
        with PushMultipartParser(boundary, max_segment_count=MOST_PARTS) as parser:
            async for chunk in request.stream():
                for event in parser.parse(chunk):
                    yield event
    except MultipartError as problem:
        raise ClientException("This form cannot be understood.") from problem
    except InternalServerException as problem:  # so the framework says that the sender went away, as phones do
        raise ClientException("This form broke off before its end.") from problem


async def _no_events() -> AsyncIterator[Event]:
    nothing: tuple[Event, ...] = ()
    for event in nothing:
        yield event
