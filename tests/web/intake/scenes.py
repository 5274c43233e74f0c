"""Scenes for the pages of the desk: what a coordinator types, and a case whose client is known."""

from typing import Any

from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.clients.households import Household
from core.model.clients.safe_contact import Care, SafeContact, Way
from core.model.people import SYSTEM
from core.services.cases import intake
from tests.worlds import NOW, case

F = ClientField
ROSA: dict[ClientField, str] = {
    F.NAME: "Rosa Pérez Ramos",
    F.BIRTH_DATE: "1991-03-09",
    F.A_NUMBER: "A201555321",
    F.PHONE: "505 555 0142",
    F.SAFE_CONTACT: SafeContact(Way.CALL, care=(Care.NO_VOICEMAIL,), note="Ask for Doña Rosa.").kept(),
    F.STORY: "They came at night.\nShe left with the children.",
    F.HOUSEHOLD: Household(persons=3).kept(),
}
TYPED: dict[str, Any] = {
    "name": "Rosa Pérez Ramos",
    "came_by": "phone",
    "languages": "Mam; Spanish",
    "about": "asylum_defence",
    "us_state": "NM",
    "county": "Doña Ana",
    "received": "2026-11-24",
}
"""The least that is typed, and what the form begins with."""


async def screening_of(client: dict[ClientField, str], ref: str = "NM-1", **changes: object) -> Case:
    """A case in screening whose client is known."""
    new = await intake.receive_case(case(ref, **changes), client=client, by=SYSTEM, now=NOW)
    await intake.begin_screening(new.id, by=SYSTEM, now=NOW)
    return new
