"""The documents lead where they say, and the index of docs/ names each of its pages."""

import re
from pathlib import Path

import pytest

from core import hookspecs
from core.settings import Settings, Smtp
from tests.house.tracked import ROOT, text_of, tracked_files
from web.cli import COMMANDS, SUMMARIES

LINK = re.compile(r"\]\((?!\w+:|#)(?P<target>[^)#\s]+)")


def documents() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".md"]


@pytest.mark.parametrize("path", documents(), ids=str)
def test_every_link_of_a_document_leads_to_a_file_of_the_house(path: Path) -> None:
    targets = {link["target"] for link in LINK.finditer(text_of(path))}

    assert {target for target in targets if not (ROOT / path.parent / target).exists()} == set()


def test_the_index_names_every_page_of_the_documentation() -> None:
    index = text_of(Path("docs/README.md"))
    pages = {path.name for path in documents() if path.parent == Path("docs")} - {"README.md"}

    assert {page for page in pages if f"({page})" not in index} == set()


def test_every_setting_is_documented() -> None:
    text = text_of(Path("docs/settings.md"))
    names = {*Settings.__struct_fields__} - {"smtp"} | {f"smtp_{name}" for name in Smtp.__struct_fields__}

    assert {name for name in names if f"`{name}`" not in text} == set()


def test_every_command_is_documented_and_has_a_summary() -> None:
    text = text_of(Path("docs/commands.md"))

    assert {name for name in COMMANDS if f"`amparo {name}" not in text} == set()
    assert set(SUMMARIES) == set(COMMANDS)


def test_every_hook_is_documented() -> None:
    text = text_of(Path("docs/plugins/README.md"))
    hooks = {name for name in vars(hookspecs) if name.startswith(f"{hookspecs.PROJECT}_")}

    assert {name for name in hooks if f"`{name}`" not in text} == set()
