"""The client's part of a form: its fields as they are known or were typed, and the choices in words."""

from collections.abc import Mapping
from typing import Any, Final

from core.model.clients.client import Client, ClientField
from core.model.clients.households import Period, household_in
from core.model.clients.interpreted import Helper, interpreted_in
from core.model.clients.safe_contact import Care, TimeOfDay, Way, safe_contact_in
from web.i18n import gettext as _
from web.words.field import marked as _n

Fields = dict[str, Any]
Choices = list[tuple[str, str]]
F: Final = ClientField
LINES: Final = (F.NAME, F.BIRTH_DATE, F.A_NUMBER, F.NATIONALITY, F.PHONE, F.EMAIL, F.ADDRESS)
"""Fields of one line, each under its own name."""
PROSE: Final = (F.OTHER_NAMES, F.STORY)
PARTS: Final = (
    "way",
    "person",
    "contact_note",
    "persons",
    "income",
    "period",
    "helper",
    "helper_name",
    "helper_languages",
)
"""What fields that hold several things are typed into."""
SHOWN: Final = (*LINES, *PROSE, F.SAFE_CONTACT, F.HOUSEHOLD, F.INTERPRETED)

WAYS: Final[Mapping[Way, str]] = {
    Way.CALL: _n("Phone call"),
    Way.TEXT: _n("Text message"),
    Way.EMAIL: _n("E-mail"),
    Way.PERSON: _n("Through somebody whom the client trusts"),
    Way.PAGE: _n("Only on the client’s own page, by the receipt code"),
}
TIMES: Final[Mapping[TimeOfDay, str]] = {
    TimeOfDay.MORNING: _n("8 to 11"),
    TimeOfDay.MIDDAY: _n("11 to 2"),
    TimeOfDay.AFTERNOON: _n("2 to 5"),
    TimeOfDay.EVENING: _n("5 to 8"),
    TimeOfDay.WEEKEND: _n("weekend"),
}
CARES: Final[Mapping[Care, str]] = {
    Care.NO_VOICEMAIL: _n("no voicemail"),
    Care.NO_NAME: _n("do not say who is calling"),
    Care.ONLY_ME: _n("talk to nobody but the client"),
    Care.NO_TEXT: _n("no text messages"),
}
PERIODS: Final[Mapping[Period, str]] = {
    Period.MONTH: _n("a month"),
    Period.TWO_WEEKS: _n("every two weeks"),
    Period.HALF_MONTH: _n("twice a month"),
    Period.WEEK: _n("a week"),
    Period.YEAR: _n("a year"),
}
HELPERS: Final[Mapping[Helper, str]] = {
    Helper.NOBODY: _n("nobody: we share a language"),
    Helper.STAFF: _n("one of us"),
    Helper.VOLUNTEER: _n("a volunteer interpreter"),
    Helper.LINE: _n("an interpreter by telephone"),
    Helper.FRIEND: _n("a friend or neighbour of the client"),
    Helper.RELATIVE: _n("a relative of the client"),
}


def told(words: Mapping[Any, str]) -> Choices:
    """A vocabulary as choices."""
    return [(str(code), _(said)) for code, said in words.items()]


def client_choices() -> Fields:
    """All choices of the client's part."""
    return {
        "ways": told(WAYS),
        "times": told(TIMES),
        "cares": told(CARES),
        "periods": told(PERIODS),
        "helpers": told(HELPERS),
    }


def known_fields(client: Client) -> Fields:
    """The fields as they are known."""
    contact, household = safe_contact_in(client.get(F.SAFE_CONTACT, "")), household_in(client.get(F.HOUSEHOLD, ""))
    interpreted = interpreted_in(client.get(F.INTERPRETED, ""))
    return {
        **{str(field): client.get(field, "") for field in (*LINES, *PROSE)},
        "way": str(contact.way or ""),
        "times": [str(time) for time in contact.times],
        "care": [str(care) for care in contact.care],
        "person": contact.person,
        "contact_note": contact.note,
        "persons": "" if household.persons is None else str(household.persons),
        "income": "" if household.income is None else f"{household.income:f}",
        "period": str(household.period),
        "helper": str(interpreted.helper or ""),
        "helper_name": interpreted.name,
        "helper_languages": interpreted.languages,
    }


def typed_fields(form: Any) -> Fields:
    """The fields as they were typed. ``form`` is what the browser sent, several values a name."""
    lines = {name: line_in(form, name) for name in (*map(str, LINES), *PARTS)}
    prose = {str(field): str(form.get(str(field), "")) for field in PROSE}
    return {**lines, **prose, "times": several_in(form, "times"), "care": several_in(form, "care")}


def line_in(form: Any, name: str) -> str:
    """One line of a form."""
    return " ".join(str(form.get(name, "")).split())


def several_in(form: Any, name: str) -> list[str]:
    """The choices that were ticked."""
    return [str(value)[:40] for value in form.getall(name, [])]
