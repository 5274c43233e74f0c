"""Rows of cases: from a file to checked rows, and from rows to what a matcher sees."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from core.model.plans.snapshot import CaseFacts
from core.model.vocabulary import MOST_ATTORNEYS, Forum, Gender, Posture, PracticeArea
from core.spreadsheets import cells
from core.spreadsheets.cells import AREA, FORUM, POSTURE, WANTED_GENDER
from core.spreadsheets.columns import CASE_COLUMNS, VOLUNTEER_COLUMNS, key_of, keys_of
from core.spreadsheets.problems import Problems, Reading, reading
from core.spreadsheets.row_reader import RowReader, note_doubles, places_of, refuse_other_kind
from core.spreadsheets.table import read_table

DEFAULT_HOURS: Final = 40.0
"""What a case takes of each attorney where nobody says: a volunteer asylum case takes 40 to 50 hours."""


class CaseRow(msgspec.Struct, frozen=True):
    """A case as a file gives it. ``line`` is its row in the file; the rest as in ``core.model.cases.case.Case``.

    ``attorneys`` is None where the file does not say.
    """

    line: int
    ref: str
    practice_area: PracticeArea
    languages: tuple[str, ...]
    received: date
    relief: str = ""
    skill_level: int = 1
    county: str = ""
    us_state: str = ""
    remote_ok: bool = True
    forum: Forum = Forum.USCIS
    detained: bool = False
    deadline: date | None = None
    deadline_kind: str = ""
    attorneys: int | None = None
    hours: float = DEFAULT_HOURS
    interpreter_hours: float | None = None
    interpreter_gender: Gender | None = None
    posture: Posture = Posture.AFFIRMATIVE
    summary: str = ""


def read_cases(path: Path, today: date) -> Reading[CaseRow]:
    """Read a file of cases. Raises Unreadable where it is no spreadsheet; all other problems are in the reading."""
    problems = Problems(str(path))
    known = keys_of(CASE_COLUMNS)
    table = read_table(path, problems, lambda heading: key_of(heading) in known)
    refuse_other_kind(table, CASE_COLUMNS, "volunteers", VOLUNTEER_COLUMNS)
    places = places_of(table, CASE_COLUMNS, problems)
    rows = tuple(case_of(RowReader(table, row, places, problems), today) for row in table.rows)
    note_doubles(problems, ((row.line, row.ref) for row in rows))
    return reading(problems, rows, table.notes)


def case_of(cell: RowReader, today: date) -> CaseRow:
    """The case of one row; what does not fit is noted, and its default taken."""
    county, state = cell.place()
    area = cell.needed("practice_area", AREA, PracticeArea.ASYLUM)
    row = CaseRow(
        line=cell.line,
        ref=cell.needed("ref", cells.reference, ""),
        practice_area=area,
        languages=_languages(cell),
        received=_received(cell, today),
        relief=cell.read("relief", partial(cells.prose, most=200), ""),
        skill_level=cell.read("level", partial(cells.whole, least=1, most=4), 1),
        county=county,
        us_state=state,
        remote_ok=cell.read("remote_ok", cells.boolean, default=True),
        forum=_forum(cell, area),
        detained=cell.read("detained", cells.boolean, default=False),
        deadline=_deadline(cell, today),
        deadline_kind=cell.read("deadline_kind", partial(cells.prose, most=100), ""),
        attorneys=cell.read("attorneys", partial(cells.whole, least=1, most=MOST_ATTORNEYS), None),
        hours=cell.read("hours", _hours, DEFAULT_HOURS),
        interpreter_hours=cell.read("interpreter_hours", _hours, None),
        interpreter_gender=cell.read("needs_interpreter_gender", wanted_gender, None),
        posture=cell.read("posture", POSTURE, Posture.AFFIRMATIVE),
        summary=cell.read("summary", cells.prose, ""),
    )
    _note_hopeless(cell, row)
    return row


def _note_hopeless(cell: RowReader, row: CaseRow) -> None:
    """Warn of what keeps everybody from a case, which is seldom meant."""
    if row.forum is Forum.STATE_COURT and not row.us_state:
        cell.warning("state", "a case in a state's court without the state: no attorney is eligible. Fill it in.")
    if not row.remote_ok and not row.county:
        cell.warning("county", "a case in person without a county: nobody is known to be near. Fill it in.")


def _hours(text: str) -> float:
    return cells.decimal(text, most=5000.0, above=True)


def wanted_gender(text: str) -> Gender | None:
    """The gender that an interpreter must have; None where any will do."""
    return None if key_of(text) in ("any", "no", "none") else WANTED_GENDER(text)


def _languages(cell: RowReader) -> tuple[str, ...]:
    cell.needed("language", str, "")
    return cell.each("language", cells.language)


def _received(cell: RowReader, today: date) -> date:
    received = cell.read("received", partial(cells.day, epoch=cell.epoch), today)
    if received > today:
        cell.error("received", f"the day lies after today, {today.isoformat()}: write the day it was received.")
    return received


def _deadline(cell: RowReader, today: date) -> date | None:
    deadline: date | None = cell.read("deadline", partial(cells.day, epoch=cell.epoch), None)
    if deadline is not None and deadline < today:
        cell.warning("deadline", f"the deadline passed {(today - deadline).days} days ago; it is kept and flagged.")
    return deadline


def _forum(cell: RowReader, area: PracticeArea) -> Forum:
    if not cell.text("forum") and area is PracticeArea.REMOVAL:
        cell.warning("forum", "empty, so uscis is taken; removal defence is before the immigration court: write eoir.")
    return cell.read("forum", FORUM, Forum.USCIS)


def case_facts(row: CaseRow, *, barred: tuple[str, ...] = ()) -> CaseFacts:
    """What a matcher sees of a row; ``barred`` are the refs of volunteers who may not take it."""
    return CaseFacts(
        ref=row.ref,
        practice_area=row.practice_area,
        skill_level=row.skill_level,
        languages=row.languages,
        forum=row.forum,
        received=row.received,
        relief=row.relief,
        county=row.county,
        us_state=row.us_state,
        remote_ok=row.remote_ok,
        detained=row.detained,
        deadline=row.deadline,
        deadline_kind=row.deadline_kind,
        attorneys=row.attorneys or 1,
        hours=row.hours,
        interpreter_hours=row.interpreter_hours,
        interpreter_gender=row.interpreter_gender,
        barred=barred,
    )
