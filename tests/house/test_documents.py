"""The documents lead where they say, and the index of docs/ names each of its pages."""

import re
from pathlib import Path

import pytest

from tests.house.tracked import ROOT, text_of, tracked_files

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
