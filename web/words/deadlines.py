"""Dated facts of a case in words, where a rule about deadlines stands, and why it does not count."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.deadlines.counting import NotCounted
from core.model.deadlines.law_changes import ChangeOfRule
from core.model.deadlines.rules import Counting, DatedFact, RuleStatus
from web.i18n import marked as _n

DEADLINE_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    DatedFact: {
        "last_arrival": _n("Last arrival in the United States"),
        "decision": _n("Decision of the immigration judge, oral or mailed"),
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
        "permanent_residence": _n("Permanent residence began"),
        "residence_as_spouse": _n("Permanent residence and marriage to a citizen, the later of both"),
        "briefing_schedule": _n("Briefing schedule of the BIA"),
    },
    NotCounted: {
        "enjoined": _n("Enjoined"),
        "vacated": _n("Vacated"),
        "superseded": _n("Superseded"),
        "not_yet": _n("Not in force yet"),
        "over": _n("No longer in force"),
        "met": _n("Done"),
        "set_aside": _n("Set aside"),
    },
    RuleStatus: {
        "in_force": _n("In force"),
        "enjoined": _n("Enjoined"),
        "vacated": _n("Vacated"),
        "superseded": _n("Superseded"),
    },
    Counting: {
        "calendar": _n("as it falls"),
        "next_business_day": _n("moved to the next business day"),
    },
    ChangeOfRule: {
        "came": _n("New rule"),
        "went": _n("Rule gone"),
        "changed": _n("The rule changed"),
        "began": _n("Took effect"),
        "ended": _n("Lost effect"),
    },
}

DEADLINE_EVENTS: Final[Mapping[str, str]] = {
    "deadline_moved": _n("The deadline follows from its dates anew"),
    "deadline_set": _n("Another deadline given by a person"),
    "deadline_freed": _n("The deadline left to the rules again"),
    "deadline_decided": _n("Decided about a deadline"),
    "deadline_reopened": _n("A decision about a deadline taken back"),
    "deadline_in_hand": _n("A deadline taken in hand"),
    "deadline_given_back": _n("A deadline in nobody's hands any more"),
    "deadline_reminded": _n("Reminded of a deadline"),
    "deadline_escalated": _n("Nobody acted on a deadline: more people were called"),
}
"""What happened to a deadline, by the kind of its event."""
