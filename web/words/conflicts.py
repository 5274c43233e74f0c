"""The words of conflict checks: what a hit is about, how alike names are and why, what happened."""

from collections.abc import Mapping
from typing import Final

from core.model.clients.client import ClientField
from core.model.clients.parties import PartyRole
from core.model.conflicts.grading import Agreement, Grade
from core.model.conflicts.hits import Concern, NameKind, Relation, Verdict
from web.i18n import marked as _n

CONCERNS: Final[Mapping[Concern, tuple[str, str]]] = {
    Concern.CONFLICT: (_n("Opposite sides"), "now"),
    Concern.SAME_PERSON: (_n("The same client?"), "soon"),
    Concern.MENTIONED: (_n("Mentioned"), "info"),
}
GRADES: Final[Mapping[Grade, str]] = {
    Grade.SAME: _n("the same name"),
    Grade.LIKELY: _n("very like it"),
    Grade.POSSIBLE: _n("may be it"),
}
KINDS: Final[Mapping[NameKind, str]] = {
    NameKind.CLIENT: _n("client"),
    NameKind.FAMILY: _n("family"),
    NameKind.ADVERSE: _n("on the other side"),
    NameKind.OTHER: _n("otherwise in it"),
    NameKind.LISTED: _n("on the volunteer’s list"),
}
RELATIONS: Final[Mapping[Relation, str]] = {
    Relation.EMPLOYER: _n("employer or firm"),
    Relation.CLIENT: _n("own client"),
    Relation.FAMILY: _n("own family"),
    Relation.OTHER: _n("otherwise listed"),
}
ROLES: Final[Mapping[PartyRole, str]] = {
    PartyRole.FAMILY: _n("Family"),
    PartyRole.ADVERSE: _n("On the other side"),
    PartyRole.OTHER: _n("Otherwise in it"),
}
VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.CLEAR: (_n("No conflict"), "ok"),
    Verdict.CONFLICT: (_n("A conflict"), "now"),
}
SAME_OR_NOT: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.CLEAR: (_n("Another person"), "ok"),
    Verdict.CONFLICT: (_n("The same client"), "soon"),
}
"""The same two answers where the question is whether one client is here twice."""
EVIDENCE: Final[Mapping[ClientField, tuple[str, str]]] = {
    ClientField.A_NUMBER: (_n("the same A-number"), _n("another A-number")),
    ClientField.PHONE: (_n("the same telephone"), _n("another telephone")),
    ClientField.BIRTH_DATE: (_n("born on the same day"), _n("born on another day")),
}
"""What speaks for two clients being one, and what against it."""
WHYS: Final[Mapping[Agreement, str]] = {
    Agreement.FORM: _n("“%(one)s” stands for “%(other)s”"),
    Agreement.SOUND: _n("“%(one)s” sounds like “%(other)s”"),
    Agreement.SPELLING: _n("“%(one)s” is a slip away from “%(other)s”"),
    Agreement.JOINED: _n("“%(one)s” is written “%(other)s”"),
    Agreement.INITIAL: _n("“%(one)s” may be “%(other)s”"),
}
EVENTS: Final[Mapping[str, str]] = {
    "party_added": _n("Somebody noted in the case"),
    "party_removed": _n("Somebody in the case taken back"),
    "conflict_decided": _n("Hits of the conflict check decided"),
    "name_listed": _n("A name put on the list for conflict checks"),
    "list_read": _n("List for conflict checks read by staff"),
    "name_unlisted": _n("A name taken off the list for conflict checks"),
}
"""What happened, by the kinds of audit events."""
