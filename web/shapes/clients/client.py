"""What is known of a client, for the page of her record: how to reach her safely first."""

from datetime import date
from typing import Any, Final

from core.model.clients.client import Client, ClientField
from core.model.clients.households import household_in
from core.model.clients.interpreted import interpreted_in
from core.model.clients.safe_contact import Care, safe_contact_in
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.clients.client_form import CARES, HELPERS, PERIODS, TIMES, WAYS, client_choices
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
ENTRIES: Final = {str(field): label for field, label in LABELS.items()} | {
    "way": _n("How to reach the client"),
    "times": _n("When"),
    "care": _n("Careful"),
    "person": _n("Through whom, what may be said"),
    "contact_note": _n("Note for whoever calls"),
    "persons": _n("Persons, with the client"),
    "income": _n("Income before tax, $"),
    "period": _n("It comes"),
    "helper": _n("Who interprets now"),
    "helper_name": _n("Name and number"),
    "helper_languages": _n("Between which languages"),
    "story": _n("What the client told"),
}
"""The entries of the form of a record, by their names."""
CHOSEN: Final = ("way", "times", "care", "period", "helper")
"""Those that are chosen from a list."""
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


def differing_facts(now: Item, typed: Item) -> list[Item]:
    """What stands in a record now where something else was typed: the name of each entry, and what it says."""
    return [
        {"name": name, "label": _(ENTRIES[name]), "value": _entry_in_words(name, now[name])}
        for name in ENTRIES
        if _plain(now[name]) != _plain(typed[name])
    ]


def _plain(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else " ".join(sorted(value))


def _entry_in_words(name: str, value: Any) -> str:
    choices = dict(pair for told in client_choices().values() for pair in told)
    given = [value] if isinstance(value, str) else value
    return ", ".join(choices.get(one, one) if name in CHOSEN else one for one in given if one) or _("nothing")


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
