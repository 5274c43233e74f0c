"""Rosters that come as files into a folder, as a clinic describes them."""

import os
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import PluginError
from core.host import PluginState
from core.model.vocabulary import Standing
from tests.core.members.shapes import ANA, BEN, plain
from tests.plugins.rosters.described import entries_of, host_of

FOLDER = "plugins.rosters.folder"


def describe(drop: Path, more: str = "") -> str:
    return f'[our-bar]\nkind = "folder"\ntitle = "Our bar"\nbar = "NM"\npath = "{drop}"\n{more}'


def put(drop: Path, name: str, data: bytes, *, day: int) -> None:
    drop.mkdir(exist_ok=True)
    (drop / name).write_bytes(data)
    os.utime(drop / name, (day * 86_400, day * 86_400))


async def test_the_newest_whole_file_counts(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    put(drop, "march.csv", plain(BEN), day=10)
    put(drop, "april.csv", plain(ANA), day=40)
    put(drop, "may.csv.part", b"4312", day=70)
    put(drop, ".hidden.csv", b"4312", day=70)
    put(drop, "note.txt", b"The roster is in April's file.", day=70)

    async with host_of(tmp_path, describe(drop, 'pattern = "*.csv"'), FOLDER) as host:
        (roster,) = host.rosters()
        entries = await entries_of(host, "our-bar")

    assert [entry.name for entry in entries] == ["Ana M. García"]
    assert (roster.title, roster.bar, roster.every) == ("Our bar", "NM", timedelta(days=1))


async def test_a_single_file_and_what_was_settled_about_it(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(plain(ANA | {"Status": "Limited", "Registration Number": "77"}))
    more = 'every_hours = 0\nnumber_length = 6\ncolumns = { firm = "" }\nstatuses = { Limited = "emeritus" }'

    async with host_of(tmp_path, describe(tmp_path / "roster.csv", more), FOLDER) as host:
        (entry,) = await entries_of(host, "our-bar")

    assert (entry.number, entry.standing, entry.firm) == ("000077", Standing.EMERITUS, "")


async def test_the_shape_of_new_york_has_a_name(tmp_path: Path) -> None:
    (tmp_path / "ny.csv").write_bytes(plain(ANA | {"Registration Number": "77"}))
    description = f'[ny]\nkind = "folder"\npreset = "new-york"\npath = "{tmp_path / "ny.csv"}"'

    async with host_of(tmp_path, description, FOLDER) as host:
        (entry,) = await entries_of(host, "ny")

    assert (entry.number, entry.firm) == ("0000077", "García & Peña LLP")
    assert host.plugins()[0].providers == {"rosters": ("ny",)}


async def test_an_empty_folder_and_a_broken_file_fail_the_fetch_under_the_plugin(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    async with host_of(tmp_path, describe(drop), FOLDER) as host:
        with pytest.raises(PluginError, match=r"our-bar: There is no file \* in .*drop. Put the roster there."):
            await entries_of(host, "our-bar")
        put(drop, "roster.csv", plain(ANA, BEN | {"Registration Number": ""}), day=1)
        with pytest.raises(PluginError, match=r"roster.csv, row 3, Registration Number: the cell is empty"):
            await entries_of(host, "our-bar")
        put(drop, "roster.csv", plain(ANA), day=2)
        assert len(await entries_of(host, "our-bar")) == 1


def open_files() -> list[Path]:
    return [each.resolve() for each in Path("/proc/self/fd").iterdir() if each.exists()]


async def test_whoever_stops_early_leaves_no_file_open(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(plain(*(ANA | {"Registration Number": str(number)} for number in range(1_000, 9_000))))

    async with host_of(tmp_path, describe(path), FOLDER) as host:
        async with aclosing(host.stream(host.rosters()[0], None)) as batches:
            first = await anext(batches)
        still_open = open_files()

    assert len(first) == 1_000
    assert path not in still_open


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ("kind = ", "is no TOML"),
        ("[our-bar]\nkind = 'ldap'", "our-bar: write [our-bar] and its kind: folder"),
        ("[our-bar]\nkind = 'folder'\ntitle = 'X'\nbar = 'NM'", "our-bar: Object missing required field `path`"),
        ("[our-bar]\nkind = 'folder'\npath = 'x'\npreset = 'utah'", "there is no preset utah; choose new-york"),
        ("[our-bar]\nkind = 'folder'\npath = 'x'\npreset = 'new-york'\nfolder = 'x'", "unknown field `folder`"),
        ("[our-bar]\nkind = 'folder'\npath = 'x'\ntitle = 'X'\nbar = 'XX'", "two letters of a bar's jurisdiction"),
        (
            "[our-bar]\nkind = 'folder'\npath = 'x'\ntitle = 'X'\nbar = 'NM'\nstatuses = { Limited = 'fine' }",
            "Invalid enum value 'fine'",
        ),
    ],
)
async def test_a_description_that_cannot_be_understood_is_told_at_start(
    tmp_path: Path, description: str, said: str
) -> None:
    async with host_of(tmp_path, description, FOLDER) as host:
        (plugin,) = host.plugins()

    assert plugin.state is PluginState.FAILED
    assert said in plugin.cause


async def test_without_a_description_there_are_no_rosters(tmp_path: Path) -> None:
    async with host_of(tmp_path, "", FOLDER) as host:
        assert host.rosters() == ()
        assert host.plugins()[0].state is PluginState.ON
