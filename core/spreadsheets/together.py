"""Both files together: the snapshot that a matcher gets, and refs that lead nowhere."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from core.model.plans.snapshot import Snapshot
from core.spreadsheets.case_rows import CaseRow, case_facts
from core.spreadsheets.problems import Problem, Problems, Reading
from core.spreadsheets.volunteer import VolunteerRow, volunteer_facts


def snapshot_of(cases: Sequence[CaseRow], volunteers: Sequence[VolunteerRow], today: date) -> Snapshot:
    """What a matcher sees of both files. A conflict that a volunteer names bars her from that case."""
    barred: dict[str, list[str]] = defaultdict(list)
    for person in volunteers:
        for case in person.conflicts:
            barred[case].append(person.ref)
    return Snapshot(
        today=today,
        cases=tuple(case_facts(row, barred=tuple(barred.get(row.ref, ()))) for row in cases),
        volunteers=tuple(volunteer_facts(row) for row in volunteers),
    )


def conflicts_with_nothing(cases: Reading[CaseRow], volunteers: Reading[VolunteerRow]) -> tuple[Problem, ...]:
    """Warnings about conflicts that name no case of the other file: a misspelt ref would let her see the case."""
    known = {row.ref for row in cases.rows}
    problems = Problems(volunteers.file)
    for row in volunteers.rows:
        for ref in row.conflicts:
            if ref not in known:
                problems.warning(
                    f"no case in {cases.file} has this ref: check it.", row=row.line, column="conflicts", value=ref
                )
    return tuple(problems.listed)
