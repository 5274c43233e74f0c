"""How clients come and are understood, and what happens at the desk, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.vocabulary import CameBy, InterpretingMode
from web.i18n import marked as _n

INTAKE_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    InterpretingMode: {
        "consecutive": _n("one after the other (consecutive)"),
        "simultaneous": _n("at the same time (simultaneous)"),
        "sight": _n("reading a document aloud (sight translation)"),
        "written": _n("in writing"),
    },
    CameBy: {
        "web": _n("Our web form"),
        "phone": _n("Telephone"),
        "email": _n("E-mail"),
        "outreach": _n("Outreach event"),
        "walk_in": _n("Walk-in"),
        "partner": _n("A partner"),
        "import": _n("Another waitlist"),
    },
}

INTAKE_EVENTS: Final[Mapping[str, str]] = {
    "client_told": _n("A message to the client"),
    "client_wrote": _n("A message from the client"),
    "receipt_given": _n("A receipt code given"),
    "receipt_opened": _n("Opened by receipt code"),
    "consent_given": _n("The client agreed to how the data is used"),
    "client_corrected": _n("What is known of the client corrected"),
    "eligibility_checked": _n("Checked whether the client may be served"),
    "eligibility_decided": _n("Decided by a person whether the client may be served"),
    "thresholds_set": _n("Set whom the programme serves"),
}
"""What happened, by the kind of the event."""
