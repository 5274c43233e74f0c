"""The manual of plugins: each hook, its parts and the test kit are documented, and every block of code works."""

import inspect
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

import amparo_testing
from amparo_testing import check_plugin
from core.conformance import Report
from core.host import PluginHost
from core.host.contracts import Kind
from core.host.kinds import KINDS
from core.settings import Settings
from tests.house.tracked import ROOT, text_of, tracked_files
from tests.plugins_for_tests.fixtures import shelf
from tests.plugins_for_tests.shelf import Shelf
from web.cli import COMMANDS

__all__ = ["shelf"]

MANUAL = Path("docs/plugins")
BLOCK = re.compile(
    r"(?:^<!-- quoted: (?P<quoted>\S+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
SECTIONS = ("## When", "## With what", "## What to return", "## What a failure does", "## Example", "## Test it")


@dataclass(frozen=True)
class Block:
    """A block of code, with the page and line it stands in and the file it is quoted from."""

    page: Path
    line: int
    language: str
    text: str
    quoted: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(*languages: str) -> list[Block]:
    return [block for page in _pages() for block in _blocks_of(page) if block.language in languages]


def _pages() -> list[Path]:
    manual = [path for path in tracked_files() if path.suffix == ".md" and MANUAL in path.parents]
    return [*manual, Path("plugins/example_bar/README.md"), Path("web/cli/data/new_plugin/README.md")]


def _blocks_of(page: Path) -> Iterator[Block]:
    text = text_of(page)
    for found in BLOCK.finditer(text):
        line = text[: found.start()].count("\n") + 1
        yield Block(page, line, found["language"], found["text"], found["quoted"] or "")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_each_hook_has_a_page_that_says_when_with_what_and_what_a_failure_does(kind: Kind) -> None:
    text = text_of(MANUAL / f"{kind.name}.md")

    assert text.startswith(f"# `{kind.hook}`")
    assert [section for section in SECTIONS if f"\n{section}" not in text] == []
    parts = kind.protocol.__struct_fields__ if issubclass(kind.protocol, msgspec.Struct) else ()
    assert [part for part in (*kind.attributes, *kind.methods, *parts) if f"`{part}" not in text] == []
    assert f"({kind.name}.md)" in text_of(MANUAL / "README.md")
    assert f"check_{kind.name.removesuffix('s')}(" in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_each_hook_has_a_test_of_how_it_is_loaded(kind: Kind) -> None:
    tests = [path for path in tracked_files() if path.match("tests/core/host/test_*.py")]

    assert [path for path in tests if kind.hook in text_of(path)] != []


def test_the_page_of_the_test_kit_names_everything_in_it() -> None:
    text = text_of(MANUAL / "testing.md")

    assert [name for name in amparo_testing.__all__ if f"`{name}" not in text and f"{name}`" not in text] == []


def test_the_index_of_the_manual_names_every_page() -> None:
    index = text_of(MANUAL / "README.md")
    pages = {path.name for path in tracked_files() if path.parent == MANUAL} - {"README.md"}

    assert {page for page in pages if f"({page})" not in index} == set()


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_every_block_of_python_runs(block: Block, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin is loaded as in the portal and each of its pieces checked, by its own tests where it has some."""
    name = "a_page_of_the_manual"
    (shelf.folder / f"{name}.py").write_text(block.text)
    module = __import__(name)

    if "hookimpl" in block.text and "def test_" not in block.text:
        assert check_plugin(module) or "os.environ" in block.text
    tests = [test for called, test in vars(module).items() if called.startswith("test_")]
    for test in tests:
        fixtures = {"tmp_path": shelf.folder, "monkeypatch": monkeypatch}
        test(**{wanted: fixtures[wanted] for wanted in inspect.signature(test).parameters})
    assert tests or "hookimpl" in block.text


def _plugins_elsewhere() -> list[Block]:
    pages = [path for path in tracked_files() if path.suffix == ".md" and path not in _pages()]
    return [block for page in pages for block in _blocks_of(page) if block.language == "python"]


@pytest.mark.parametrize("block", _plugins_elsewhere(), ids=str)
def test_a_plugin_on_any_other_page_loads(block: Block, shelf: Shelf) -> None:
    (shelf.folder / "another_page.py").write_text(block.text)

    with closing(PluginHost.load(["another_page"], settings=Settings(), entry_points=False)) as host:
        assert [info.cause for info in host.plugins()] == [""]


@pytest.mark.parametrize("block", [block for block in blocks("python") if block.quoted], ids=str)
def test_what_is_quoted_stands_in_its_file(block: Block) -> None:
    assert block.text in text_of(Path(block.quoted))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_each_hook_is_shown_by_a_piece_of_the_example(kind: Kind) -> None:
    quoted = {block.quoted for block in blocks("python") if block.page == MANUAL / f"{kind.name}.md"}

    assert f"plugins/example_bar/src/example_bar/{kind.name}.py" in quoted


@pytest.mark.parametrize("block", blocks("json"), ids=str)
def test_every_report_in_the_manual_is_one(block: Block) -> None:
    told = json.loads(block.text)

    reports = msgspec.convert(told["plugins"], list[Report])
    assert json.loads(msgspec.json.encode(reports)) == told["plugins"]
    assert told["ok"] is all(report.ok for report in reports)


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_every_block_of_toml_can_be_read(block: Block) -> None:
    assert tomllib.loads(block.text)


@pytest.mark.parametrize("block", blocks(""), ids=str)
def test_every_command_in_the_manual_is_one_of_ours(block: Block) -> None:
    typed = [shlex.split(line, comments=True) for line in block.text.splitlines() if line.startswith("amparo ")]

    assert [words for words in typed if words[1] not in COMMANDS] == []


def test_no_block_is_in_a_language_that_nobody_checks() -> None:
    known = ("", "json", "python", "toml")
    assert [str(block) for page in _pages() for block in _blocks_of(page) if block.language not in known] == []
    assert (ROOT / MANUAL / "tutorial.md").exists()
