"""How cases belong together, and what happened between them, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.cases.relating import Relation
from web.i18n import marked as _n

RELATING_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    Relation: {
        "spouse": _n("Spouse or partner"),
        "parent": _n("Parent"),
        "child": _n("Child"),
        "sibling": _n("Brother or sister"),
        "household": _n("Of the same household"),
        "same_client": _n("The same client"),
        "other": _n("Related otherwise"),
    },
}

RELATING_EVENTS: Final[Mapping[str, str]] = {
    "case_related": _n("A related case noted"),
    "case_parted": _n("A related case taken back"),
    "case_reopened": _n("Opened again"),
    "client_referred": _n("The client told of another organisation"),
    "referral_dropped": _n("A referral taken back"),
    "place_kept": _n("A place of help written down"),
    "place_retired": _n("A place of help taken off the list"),
    "rule_amended": _n("Where a rule stands, said by a coordinator"),
    "rule_restored": _n("A rule left to its plugin again"),
    "rule_changed": _n("A rule changed"),
}
"""What happened, by the kind of its event."""
