"""Members of a bar: from any shape of roster to entries in our words, row by row and never held all at once.

Pure: no network, no database. Plugins use it through the partner's door, ``amparo``.
"""

from core.members.columns import MEMBER_COLUMNS
from core.members.files import members_of_file, read_members
from core.members.mapping import ColumnMapping
from core.members.proposing import Proposal, propose_for, propose_mapping
from core.members.reading import RecordReader, RosterUnfit
from core.members.surveying import Survey, survey_file, undecided_words

__all__ = [
    "MEMBER_COLUMNS",
    "ColumnMapping",
    "Proposal",
    "RecordReader",
    "RosterUnfit",
    "Survey",
    "members_of_file",
    "propose_for",
    "propose_mapping",
    "read_members",
    "survey_file",
    "undecided_words",
]
