"""Write the tables of the pages about spreadsheets and rosters from the code: ``python -m tools.spreadsheet_manual``.

What stands between ``<!-- name -->`` and ``<!-- /name -->`` is replaced; all other words of the page are kept.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from core.members import MEMBER_COLUMNS
from core.spreadsheets import words
from core.spreadsheets.columns import CASE_COLUMNS, VOLUNTEER_COLUMNS, Column
from core.spreadsheets.roster_columns import ROSTER_COLUMNS

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
PAGE: Final = DOCS / "spreadsheets.md"
ROSTERS_PAGE: Final = DOCS / "roster-sources.md"
WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "practice areas": words.AREA_WORDS,
    "forums": words.FORUM_WORDS,
    "roles": words.ROLE_WORDS,
    "genders": words.GENDER_WORDS,
    "postures": words.POSTURE_WORDS,
    "standings": words.STANDING_WORDS,
    "ILR levels": words.ILR_WORDS,
}


def column_table(columns: Iterable[Column]) -> str:
    """The columns as a table: name, what a cell holds, what an empty one means, other names."""
    lines = ["| column | a cell holds | empty means | also called |", "|---|---|---|---|"]
    for column in columns:
        name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
        others = ", ".join(f"`{other}`" for other in column.synonyms)
        lines.append(f"| {name} | {_cell(column.values)} | {column.empty} | {others} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def word_table() -> str:
    """The words that stand for stable codes."""
    lines = ["| of | word | stands for |", "|---|---|---|"]
    for kind, vocabulary in WORDS.items():
        lines += [f"| {kind} | {word} | `{meaning}` |" for word, meaning in vocabulary.items()]
    return "\n".join(lines)


def page_with_tables(page: str) -> str:
    """The page with its tables as the code has them."""
    tables = {
        "cases": column_table(CASE_COLUMNS),
        "volunteers": column_table(VOLUNTEER_COLUMNS),
        "roster": column_table(ROSTER_COLUMNS),
        "words": word_table(),
        "members": column_table(MEMBER_COLUMNS),
    }
    for name, table in tables.items():
        if f"<!-- {name} -->" not in page:
            continue
        before, start, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}{start}{table}\n{end}{after}"
    return page


if __name__ == "__main__":
    for one in (PAGE, ROSTERS_PAGE):
        one.write_text(page_with_tables(one.read_text(encoding="utf-8")), encoding="utf-8")
