"""Cases as coordinators read them: every column of the model, under the alias ``c``."""

from typing import Any, Final

from core.model.cases.case import Case
from core.queries.reading import Row, loaded
from core.store.cases.cases import case_of

COLUMNS: Final = ", ".join(
    f"c.{name}"
    for name in (
        "id",
        "reference",
        *(field for field in Case.__struct_fields__ if field not in ("id", "ref")),
    )
)


def case_in(row: Row) -> Case:
    """The case in a row that was selected with ``COLUMNS``."""
    values: dict[str, Any] = row | {"languages": loaded(row["languages"], list[str])}
    return case_of(values)


def speaking(tag: str) -> tuple[str, str]:
    """The condition that a case's client speaks this language, with its value."""
    return "CAST(c.languages AS TEXT) LIKE {}", f'%"{_plain(tag)}"%'


def _plain(tag: str) -> str:
    return "".join(letter for letter in tag if letter.isalnum() or letter == "-")
