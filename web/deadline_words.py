"""Dated facts of a case in words, and why a rule about deadlines does not count."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.deadline_rules import DatedFact
from core.model.deadlines import NotCounted
from web.i18n import marked as _n

DEADLINE_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    DatedFact: {
        "last_arrival": _n("Last arrival in the United States"),
        "decision": _n("Decision, oral or mailed"),
        "final_order": _n("Final order"),
        "master_hearing": _n("Master calendar hearing"),
        "individual_hearing": _n("Individual hearing"),
        "bond_hearing": _n("Bond hearing"),
        "credible_fear_interview": _n("Credible-fear interview"),
        "certification_signed": _n("Certification signed (I-918B)"),
        "status_expires": _n("Status expires"),
        "registration_closes": _n("Registration closes"),
        "divorce_or_death": _n("Divorce or death"),
        "birth": _n("Birth"),
        "conditional_residence": _n("Conditional residence began"),
    },
    NotCounted: {
        "enjoined": _n("Enjoined"),
        "vacated": _n("Vacated"),
        "superseded": _n("Superseded"),
        "not_yet": _n("Not in force yet"),
        "over": _n("No longer in force"),
    },
}
