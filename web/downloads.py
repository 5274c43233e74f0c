"""Tables as files: CSV that a spreadsheet opens as it is meant, and that cannot make it compute anything."""

import csv
import io
from datetime import date
from typing import Final

from litestar.response import Response

from core.model.showing import Cell, Table

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


def csv_answer(table: Table, name: str) -> Response[bytes]:
    """A download. ``name`` is a part of an address: letters, digits, ``-`` and ``_``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_of(table).encode(), media_type="text/csv", headers=headers)
