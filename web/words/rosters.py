"""The states of runs over rosters, and what they change, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.rosters.changes import ChangeKind
from core.model.states import RosterRunState
from web.i18n import marked as _n

ROSTER_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    RosterRunState: {
        "reading": _n("Being read"),
        "previewed": _n("Waits for a decision"),
        "held": _n("Held for a person"),
        "applying": _n("Being applied"),
        "applied": _n("Applied"),
        "undoing": _n("Being taken back"),
        "undone": _n("Taken back"),
        "superseded": _n("Not applied"),
        "failed": _n("Failed"),
    },
    ChangeKind: {
        "new": _n("New"),
        "changed": _n("Changed"),
        "back": _n("Listed again"),
        "gone": _n("Not listed any more"),
        "overdue": _n("Overdue with a volunteer"),
    },
}
