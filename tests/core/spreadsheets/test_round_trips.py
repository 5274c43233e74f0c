"""Whatever a row holds, it comes back the same from CSV with any separator and from an Excel workbook."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.people import BarAdmission
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea, Standing, VolunteerRole
from core.spreadsheets import CaseRow, Unreadable, VolunteerRow, read_cases, read_volunteers
from tests.core.spreadsheets.sheets import TODAY, as_csv, as_workbook

LANGUAGES = st.sampled_from(["es", "mam", "quc", "kek", "ht", "zh", "ar", "pt"])
GENDERS = st.sampled_from([Gender.FEMALE, Gender.MALE, Gender.NONBINARY])
AREAS = st.sampled_from(PracticeArea)
PLACES = st.sampled_from([("Doña Ana", "NM"), ("Taos", "NM"), ("", "TX"), ("", "")])
DAYS = st.dates(date(2020, 1, 1), TODAY)
LATER = st.dates(TODAY, date(2030, 1, 1))
HOURS = st.integers(1, 800).map(lambda quarters: quarters / 4)
WORDS = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\u00ad"), max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: not text.startswith(("=", "#")))
)
LETTERS = st.text("ABCxyz0123456789/_.#é-", min_size=1, max_size=12).filter(lambda text: text[0].isalpha())


def listed(values: Any) -> str:
    return ";".join(map(str, values))


def yes_no(value: bool) -> str:
    return "yes" if value else "no"


CASES = st.builds(
    CaseRow,
    line=st.just(2),
    ref=LETTERS,
    practice_area=AREAS,
    languages=st.lists(LANGUAGES, min_size=1, max_size=3, unique=True).map(tuple),
    received=DAYS,
    relief=WORDS,
    skill_level=st.integers(1, 4),
    remote_ok=st.booleans(),
    forum=st.sampled_from(Forum),
    detained=st.booleans(),
    deadline=st.none() | LATER,
    deadline_kind=WORDS,
    hours=HOURS,
    interpreter_hours=st.none() | HOURS,
    interpreter_gender=st.none() | GENDERS,
    posture=st.sampled_from(Posture),
    summary=WORDS,
)


def case_cells(row: CaseRow) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "practice_area": str(row.practice_area),
        "relief": row.relief,
        "level": row.skill_level,
        "language": listed(row.languages),
        "county": row.county,
        "state": row.us_state,
        "remote_ok": yes_no(row.remote_ok),
        "forum": str(row.forum),
        "detained": row.detained,
        "received": row.received,
        "deadline": row.deadline,
        "hours": row.hours,
        "needs_interpreter_gender": row.interpreter_gender and str(row.interpreter_gender),
        "interpreter_hours": row.interpreter_hours,
        "deadline_kind": row.deadline_kind,
        "posture": str(row.posture),
        "summary": row.summary,
    }


@given(row=CASES, place=PLACES, separator=st.sampled_from(",;\t|"), workbook=st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_case_survives_a_spreadsheet(row: CaseRow, place: tuple[str, str], separator: str, workbook: bool) -> None:
    row = msgspec.structs.replace(row, county=place[0], us_state=place[1])
    cells = case_cells(row)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_cases(written(Path(folder), cells, separator, workbook=workbook), TODAY)

    assert reading.errors == 0, reading.problems
    assert reading.rows == (row,)


@st.composite
def volunteers(draw: st.DrawFn) -> VolunteerRow:
    standing = draw(st.sampled_from(Standing))
    bars = draw(st.lists(st.sampled_from(["NM", "TX", "NY", "PR"]), max_size=3, unique=True))
    starts = draw(st.lists(LATER, max_size=2, unique=True))
    pairs = st.tuples(LANGUAGES, LANGUAGES).filter(lambda pair: pair[0] != pair[1])
    return VolunteerRow(
        line=2,
        ref=draw(LETTERS),
        roles=tuple(draw(st.lists(st.sampled_from(VolunteerRole), min_size=1, max_size=3, unique=True))),
        languages={"en": 5.0} | draw(st.dictionaries(LANGUAGES, st.integers(0, 10).map(lambda half: half / 2))),
        name=draw(WORDS),
        email=draw(st.sampled_from(["", "ana@example.org"])),
        practice=draw(st.dictionaries(AREAS, st.integers(1, 4))),
        interprets=tuple(draw(st.lists(pairs, min_size=1, max_size=3, unique=True))),
        bars=tuple(BarAdmission(bar, standing=standing) for bar in bars),
        standing=standing,
        eoir_registered=draw(st.booleans()),
        remote=draw(st.booleans()),
        capacity_cases=draw(st.integers(0, 20)),
        capacity_mentor=draw(st.integers(0, 20)),
        capacity_hours=draw(st.none() | HOURS),
        gender=draw(st.sampled_from(Gender)),
        interests=tuple(draw(st.lists(AREAS, max_size=2, unique=True))),
        leave=tuple((day, day + timedelta(days=draw(st.integers(0, 40)))) for day in starts),
        conflicts=tuple(draw(st.lists(LETTERS, max_size=2, unique=True))),
    )


def volunteer_cells(row: VolunteerRow) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "roles": listed(row.roles),
        "practice": listed(f"{area}:{level}" for area, level in row.practice.items()),
        "languages": listed(f"{tag}:{ilr}" for tag, ilr in row.languages.items()),
        "interprets": listed(f"{one}>{other}" for one, other in row.interprets),
        "bars": listed(bar.jurisdiction for bar in row.bars),
        "standing": str(row.standing),
        "eoir_registered": row.eoir_registered,
        "remote": yes_no(row.remote),
        "capacity_cases": row.capacity_cases,
        "capacity_hours": row.capacity_hours,
        "gender": str(row.gender),
        "name": row.name,
        "email": row.email,
        "interests": listed(row.interests),
        "capacity_mentor": row.capacity_mentor,
        "leave": listed(f"{first}..{last}" for first, last in row.leave),
        "conflicts": listed(row.conflicts),
    }


@given(row=volunteers(), separator=st.sampled_from(",;\t|"), workbook=st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_volunteer_survives_a_spreadsheet(row: VolunteerRow, separator: str, workbook: bool) -> None:
    cells = volunteer_cells(row)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_volunteers(written(Path(folder), cells, separator, workbook=workbook), TODAY)

    assert reading.errors == 0, reading.problems
    assert reading.rows == (row,)


@given(data=st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_whatever_bring_the_reader_down(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.csv"
        path.write_bytes(data)
        try:
            said = [each.sentence() for each in read_cases(path, TODAY).problems]
        except Unreadable as refused:
            said = [str(refused)]

    assert str(path) in said[0]


def written(folder: Path, cells: dict[str, Any], separator: str, *, workbook: bool) -> Path:
    rows = [list(cells), list(cells.values())]
    if workbook:
        return as_workbook(folder / "file.xlsx", rows)
    path = folder / "file.csv"
    path.write_text(as_csv(rows, separator=separator), encoding="utf-8")
    return path
