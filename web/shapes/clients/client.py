"""What is known of a client, for the page of her record: how to reach her safely first."""

from datetime import date
from typing import Any, Final

from core.model.clients.client import Client, ClientField
from core.model.clients.households import household_in
from core.model.clients.interpreted import interpreted_in
from core.model.clients.safe_contact import Care, safe_contact_in
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.clients.client_form import CARES, HELPERS, PERIODS, TIMES, WAYS
from web.words.field import marked as _n
from web.words.times import Times

Item = dict[str, Any]
F: Final = ClientField
LABELS: Final = {
    F.NAME: _n("Name"),
    F.OTHER_NAMES: _n("Other names"),
    F.BIRTH_DATE: _n("Date of birth"),
    F.A_NUMBER: _n("A-number"),
    F.NATIONALITY: _n("Nationality"),
    F.PHONE: _n("Telephone"),
    F.EMAIL: _n("E-mail"),
    F.ADDRESS: _n("Address"),
}
WARNINGS: Final = (Care.NO_VOICEMAIL, Care.NO_NAME, Care.ONLY_ME, Care.NO_TEXT)


def contact_item(client: Client) -> Item:
    """How she may be reached: the way, when, what to be careful about, and the numbers."""
    contact = safe_contact_in(client.get(F.SAFE_CONTACT, ""))
    return {
        "way": _(WAYS[contact.way]) if contact.way else "",
        "times": [_(TIMES[time]) for time in contact.times],
        "care": [_(CARES[care]) for care in WARNINGS if care in contact.care],
        "person": contact.person,
        "note": contact.note,
        "facts": _facts(client, F.PHONE, F.EMAIL, F.ADDRESS),
        "told": bool(client.get(F.SAFE_CONTACT)),
    }


def _facts(client: Client, *fields: ClientField) -> list[Item]:
    return [{"label": _(LABELS[field]), "value": client[field]} for field in fields if client.get(field)]


def identity_facts(client: Client, times: Times) -> list[Item]:
    """Who she is."""
    facts = _facts(client, F.NAME, F.OTHER_NAMES)
    if born := client.get(F.BIRTH_DATE):
        facts.append({"label": _(LABELS[F.BIRTH_DATE]), "value": _born(born, times)})
    return facts + _facts(client, F.A_NUMBER, F.NATIONALITY)


def _born(text: str, times: Times) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    age = times.today.year - day.year - ((times.today.month, times.today.day) < (day.month, day.day))
    return _("%(day)s, %(num)s years old") % {"day": times.day(day), "num": age}


def household_line(client: Client) -> str:
    """The household in a sentence; empty where nothing is known."""
    household = household_in(client.get(F.HOUSEHOLD, ""))
    parts = []
    if household.persons:
        said = ngettext("%(num)s person on the same money", "%(num)s persons on the same money", household.persons)
        parts.append(said % {"num": household.persons})
    if household.income is not None:
        parts.append(f"${household.income:,.0f} {_(PERIODS[household.period])}")
    return ", ".join(parts)


def interpreted_item(client: Client) -> Item | None:
    """Who interpreted when she first spoke with the clinic, and whether that must be repeated."""
    interpreted = interpreted_in(client.get(F.INTERPRETED, ""))
    if not interpreted.kept():
        return None
    helper = interpreted.helper
    return {
        "who": _(HELPERS[helper]) if helper else "",
        "name": interpreted.name,
        "languages": interpreted.languages,
        "again": bool(helper and helper.must_be_repeated),
    }
