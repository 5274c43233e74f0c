"""Proposals of which column is which, for a person to settle."""

from pathlib import Path

import pytest

from core.members import ColumnMapping, Proposal, propose_mapping
from core.model.vocabulary import Standing
from tests.core.members.shapes import ANA, BEN, NEW_YORK, book, plain, table


def proposed(folder: Path, data: bytes, mapping: ColumnMapping | None = None) -> Proposal:
    path = folder / "roster"
    path.write_bytes(data)
    return propose_mapping(path, bar="NY", mapping=mapping or ColumnMapping())


@pytest.mark.parametrize("made", [plain(ANA, BEN), book(table(ANA, BEN))], ids=["CSV", "Excel"])
def test_known_headings_are_proposed_and_the_others_named(tmp_path: Path, made: bytes) -> None:
    proposal = proposed(tmp_path, made)

    assert proposal.mapping.columns["number"] == "Registration Number"
    assert proposal.mapping.columns["firm"] == "Company Name"
    assert (proposal.guessed, proposal.missing) == ((), ())
    assert "Law School" in proposal.unmapped
    assert proposal.header == NEW_YORK
    assert proposal.rows[0][0] == "4312345"
    assert [entry.name for entry in proposal.entries] == ["Ana M. García", "Ben M. Öz"]


def test_headings_that_nobody_knows_are_guessed_by_what_stands_below_them(tmp_path: Path) -> None:
    people = [
        {"A": f"{n}12345", "B": f"Baca, Ana {n}", "C": f"a{n}@example.org", "D": "Active", "E": "1998"}
        for n in range(5)
    ]

    proposal = proposed(tmp_path, plain(*people))

    assert proposal.mapping.columns == {"email": "C", "status": "D", "admitted": "E", "number": "A", "name": "B"}
    assert set(proposal.guessed) == {"email", "status", "admitted", "number", "name"}
    assert proposal.entries[0].name == "Ana 0 Baca"
    assert proposal.entries[0].standing is Standing.ACTIVE


def test_what_is_missing_is_said_and_nothing_made_up(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, plain({"Species": "Cat", "Weight": "4"}, {"Species": "Dog", "Weight": "12"}))

    assert (proposal.missing, proposal.entries) == (("number", "name"), ())
    assert proposal.unmapped == ("Species", "Weight")


def test_what_a_person_has_settled_stays(tmp_path: Path) -> None:
    given = ColumnMapping({"number": "Zip", "email": "", "firm": "Law School"}, {"Delinquent": Standing.SUSPENDED})

    proposal = proposed(tmp_path, plain(ANA, BEN), given)

    assert proposal.mapping.columns["number"] == "Zip"
    assert proposal.mapping.columns["email"] == ""
    assert {"Registration Number", "Email Address", "Company Name"} <= set(proposal.unmapped)
    assert proposal.entries[1].standing is Standing.SUSPENDED


def test_unknown_words_and_wrong_cells_of_the_first_rows_are_shown(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, plain(ANA | {"Status": "Of counsel"}, BEN | {"Registration Number": "x"}))

    assert proposal.unknown_statuses == {"Of counsel": 1}
    assert any("row 3, Registration Number: “x”" in problem for problem in proposal.problems)
