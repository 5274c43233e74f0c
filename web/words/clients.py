"""What is known of a client, why somebody looks at it, and who else is there, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.clients.checks import CheckAnswer
from core.model.clients.client import ClientField, Purpose
from core.model.clients.parties import PartyRole
from core.services.clients.disclosing import PARTIES, QUESTIONS
from web.i18n import gettext as _
from web.i18n import marked as _n

CLIENT_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    ClientField: {
        "name": _n("Name"),
        "other_names": _n("Other names"),
        "birth_date": _n("Date of birth"),
        "a_number": _n("A-number"),
        "nationality": _n("Nationality"),
        "phone": _n("Phone"),
        "email": _n("E-mail"),
        "address": _n("Address"),
        "safe_contact": _n("How to reach the client safely"),
        "story": _n("What happened"),
        "household": _n("Household and income"),
        "interpreted": _n("Who interpreted"),
    },
    Purpose: {
        "intake": _n("taking the case in"),
        "screening": _n("screening the case"),
        "contact": _n("getting in touch"),
        "conflict_check": _n("checking for conflicts"),
        "engagement": _n("working on the case"),
        "correction": _n("correcting what is known"),
        "duplicates": _n("looking for the same person"),
        "casework": _n("the clinic's own work on the case"),
        "client_request": _n("the client asked for it"),
    },
    PartyRole: {
        "family": _n("Family"),
        "adverse": _n("On the other side"),
        "other": _n("Somebody else"),
    },
    CheckAnswer: {
        "clear": _n("no conflict"),
        "conflict": _n("has a conflict"),
    },
}
OTHER_THINGS: Final[Mapping[str, str]] = {
    PARTIES: _n("Names of other people"),
    QUESTIONS: _n("Questions about conflicts"),
    "found_name": _n("A name that a search found"),
    "documents": _n("Documents"),
    "notes": _n("Notes"),
    "contacts": _n("When we talked"),
    "tasks": _n("Tasks"),
    "messages": _n("Messages"),
}
"""What the log names that is no field of the client."""


def seen_word(code: str) -> str:
    """What somebody was shown, as the log names it; an unknown code is told as it is."""
    said = CLIENT_WORDS[ClientField].get(code) or OTHER_THINGS.get(code)
    return _(said) if said else code.replace("_", " ").capitalize()


def purpose_word(code: str) -> str:
    """Why somebody looked; an unknown code is told as it is."""
    said = CLIENT_WORDS[Purpose].get(code)
    return _(said) if said else code.replace("_", " ")
