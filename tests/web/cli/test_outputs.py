"""Results are written whole or not at all."""

import os
from pathlib import Path

import pytest

from web.cli.outputs import NotWritten, write_outputs


def test_when_one_of_two_results_cannot_be_written_the_other_place_keeps_what_it_had(tmp_path: Path) -> None:
    earlier = tmp_path / "a.json"
    earlier.write_text("earlier")

    with pytest.raises(NotWritten, match="The result could not be written"):
        write_outputs({str(earlier): b"new", str(tmp_path / "gone" / "b.json"): b"new"})

    assert earlier.read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "latest.json"
    link.symlink_to(tmp_path / "real" / "1.json")

    write_outputs({str(link): b"{}"})

    assert link.is_symlink()
    assert (tmp_path / "real" / "1.json").read_bytes() == b"{}"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_outputs({os.devnull: b"{}"})

    assert Path(os.devnull).is_char_device()


def test_a_new_file_may_be_read_by_whom_the_users_mask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_outputs({str(tmp_path / "a.json"): b"{}"})
    finally:
        os.umask(before)

    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o640
