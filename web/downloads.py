"""Downloads: files as they are read, and tables as CSV that a spreadsheet opens as meant and cannot compute."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import date
from typing import Final
from urllib.parse import quote

from litestar.response import Response, Stream

from core.model.plugins.showing import Cell, Table

BYTE_ORDER_MARK: Final = "\ufeff"
"""By this Excel knows that a file is UTF-8."""
_COMPUTED: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What a text must not begin with: a spreadsheet would take it for a formula (OWASP, "CSV Injection")."""


def csv_of(table: Table) -> str:
    """A table as comma-separated text with a heading: percents as shares from 0 to 1, days as 2026-11-27."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    rows = csv.writer(text)
    rows.writerow([harmless(column.label) for column in table.columns])
    rows.writerows([_written(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell


def harmless(text: str) -> str:
    """A text as it is, or after an apostrophe where a spreadsheet would compute it; spaces before do not hide that."""
    return f"'{text}" if text.lstrip(" ").startswith(_COMPUTED) or text[:1] in _COMPUTED else text


def file_answer(pieces: AsyncIterator[bytes], *, name: str, media_type: str) -> Stream:
    """A download of any file, sent as it is read; it is never shown inside a page. ``name`` may hold any letters."""
    plain = name.encode("ascii", "replace").decode().translate({ord(sign): "_" for sign in '"\\?%;'})
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Stream(pieces, media_type=media_type, headers={"Content-Disposition": told})


def csv_answer(table: Table, name: str) -> Response[bytes]:
    """A download. ``name`` is a part of an address: letters, digits, ``-`` and ``_``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_of(table).encode(), media_type="text/csv", headers=headers)
