"""Tables of plugins as pages show them: each cell in the words of the visitor's language, a bar for a percent."""

from datetime import date
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from core.model.plugins.showing import Cell, ColumnKind, Table
from web.i18n import gettext as _
from web.i18n import locale

Item = dict[str, Any]
ROWS_SHOWN: Final = 200
"""How many rows a page shows. The download has all."""
NUMERIC: Final = (ColumnKind.NUMBER, ColumnKind.PERCENT, ColumnKind.HOURS)
NOTHING: Final = "—"


def table_item(table: Table, shown: int = ROWS_SHOWN) -> Item:
    """What ``shown_table`` of components/figures.html shows: columns, the first rows, how many more there are."""
    kinds = [column.kind for column in table.columns]
    return {
        "columns": [{"label": column.label, "numeric": column.kind in NUMERIC} for column in table.columns],
        "rows": [[_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows[:shown]],
        "shown": min(shown, len(table.rows)),
        "all": len(table.rows),
        "note": table.note,
    }


def _cell(cell: Cell, kind: ColumnKind) -> Item:
    if cell is None:
        return {"text": NOTHING, "nothing": True}
    if kind is ColumnKind.PERCENT and isinstance(cell, int | float):
        return {"text": format_percent(cell, locale=locale()), "bar": round(100 * cell, 1)}
    return {"text": _text(cell, kind)}


def _text(cell: Cell, kind: ColumnKind) -> str:
    if isinstance(cell, date):
        return format_date(cell, "d MMM y", locale=locale())
    if isinstance(cell, int | float):
        number = format_decimal(cell, locale=locale())
        return _("%(num)s h") % {"num": number} if kind is ColumnKind.HOURS else number
    return str(cell)
