"""A look through a whole file: how it begins, and the words of the columns that hold few."""

from pathlib import Path

import msgspec
import openpyxl
import pytest

from core.members import ColumnMapping, Survey, survey_file, undecided_words
from core.members.surveying import FEW
from core.model.vocabulary import Standing
from core.spreadsheets.problems import Unreadable

HEADER = ("Roll", "Member", "Lic Status", "Remark")


def rows(count: int) -> list[tuple[str, ...]]:
    return [(f"{n:05}", f"Surname{n}, Given", "Active" if n % 3 else " frozen ", f"remark {n}") for n in range(count)]


def written(path: Path, *lines: tuple[str, ...]) -> Path:
    path.write_text("\n".join("\t".join(line) for line in lines) + "\n", encoding="utf-16")
    return path


def test_words_are_counted_over_the_whole_file_where_a_column_has_few(tmp_path: Path) -> None:
    found = survey_file(written(tmp_path / "export", ("Roster of 2026",), HEADER, *rows(900)), source="export")

    assert (found.first.header, found.first.header_line, found.rows) == (HEADER, 2, 900)
    assert found.words == {2: {"Active": 600, "frozen": 300}}
    assert found.words_of("lic status") == {"Active": 600, "frozen": 300}
    assert (found.words_of("Roll"), found.words_of("Nothing")) == (None, None)


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in (HEADER, *rows(900)):
        book.active.append(line)
    book.save(tmp_path / "export.dat")

    assert survey_file(tmp_path / "export.dat").words == {2: {"Active": 600, "frozen": 300}}


@pytest.mark.parametrize(("count", "counted"), [(FEW, True), (FEW + 1, False)])
def test_more_words_than_a_vocabulary_has_are_none(tmp_path: Path, count: int, counted: bool) -> None:
    found = survey_file(written(tmp_path / "export", HEADER, *rows(count)))

    assert (3 in found.words) is counted


def test_only_words_that_nobody_knows_are_undecided(tmp_path: Path) -> None:
    found = survey_file(written(tmp_path / "export", HEADER, *rows(9), ("9", "Li, Bo", "Limited", "")))
    settled = ColumnMapping(statuses={"FROZEN": Standing.SUSPENDED})

    assert undecided_words(found, ColumnMapping()) == ("frozen",)
    assert undecided_words(found, settled) == ()
    assert undecided_words(found, ColumnMapping(columns={"status": ""})) == ()


def test_it_is_kept_as_json_and_read_back(tmp_path: Path) -> None:
    found = survey_file(written(tmp_path / "export", HEADER, *rows(30)))

    assert msgspec.json.decode(msgspec.json.encode(found), type=Survey) == found


def test_a_file_that_breaks_off_is_told_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "amparo-upload-x"
    path.write_text("Roll,Member\n1,Li\n2")

    with pytest.raises(Unreadable, match=r"^export\.csv breaks off in the middle of row 3"):
        survey_file(path, source="export.csv")
