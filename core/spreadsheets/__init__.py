"""Spreadsheets in: CSV, TSV and Excel files become rows of cases and volunteers, or a list of what is wrong.

Pure: nothing is printed, nothing is written, no database is known.
"""

from core.spreadsheets.case_rows import CaseRow, case_facts, read_cases
from core.spreadsheets.problems import Problem, Reading, Severity, Unreadable
from core.spreadsheets.scenario import Scenario, read_scenario
from core.spreadsheets.together import conflicts_with_nothing, snapshot_of
from core.spreadsheets.volunteer import VolunteerRow, volunteer_facts
from core.spreadsheets.volunteer_rows import read_volunteers

__all__ = [
    "CaseRow",
    "Problem",
    "Reading",
    "Scenario",
    "Severity",
    "Unreadable",
    "VolunteerRow",
    "case_facts",
    "conflicts_with_nothing",
    "read_cases",
    "read_scenario",
    "read_volunteers",
    "snapshot_of",
    "volunteer_facts",
]
