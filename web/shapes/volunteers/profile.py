"""The form of a profile: its choices in words, and its fields as they are shown, saved or just typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from core.model.languages import language_name
from core.model.people import Volunteer
from core.model.places import STATES, counties
from core.model.vocabulary import Gender, InterpretingMode, PracticeArea
from core.model.volunteers.profile import OWN_CHOICE, Profile
from web.i18n import gettext as _
from web.words.field import marked as _n
from web.words.field import options, word
from web.words.times import number

Fields = dict[str, Any]
Choices = list[tuple[str, str]]
HOME: Final = "NM"
OFTEN: Final = (
    "es",
    "mam",
    "quc",
    "kek",
    "kjb",
    "pt",
    "fr",
    "zh",
    "ht",
    "ar",
    "ru",
    "vi",
    "pa",
    "uk",
    "prs",
    "ps",
    "nv",
)
"""Languages that are offered while somebody writes; any other is understood as well."""
SPOKEN: Final = {
    "1": _n("a few everyday words (ILR 1)"),
    "2": _n("simple talk, not about a case (ILR 2)"),
    "3": _n("I talk with a client without an interpreter (ILR 3)"),
    "4": _n("fluent, in legal matters too (ILR 4)"),
    "5": _n("native, or as good as native (ILR 5)"),
}
LEVELS: Final = {
    "1": _n("1 · new to it, with a mentor"),
    "2": _n("2 · I have done a few cases"),
    "3": _n("3 · experienced, also before a judge"),
    "4": _n("4 · expert, I can guide others"),
}
EMPTY_LINES: Final = {"languages": 2, "pairs": 1, "leave": 1}
MOST_LINES: Final = 20


def fields_of(profile: Profile) -> Fields:
    """The fields of the form as they are for this profile."""
    capacity = profile.capacity
    return _shown(
        {
            "roles": [str(role) for role in profile.roles],
            "practice": {str(area): str(level) for area, level in profile.practice.items()},
            "interests": [str(area) for area in profile.interests],
            "languages": [
                {"language": language_name(one.language), "ilr": number(one.ilr)} for one in profile.languages
            ],
            "pairs": [
                {
                    "source": language_name(one.source),
                    "target": language_name(one.target),
                    "modes": [str(mode) for mode in one.modes],
                }
                for one in profile.interprets
            ],
            "eoir": profile.eoir_registered,
            "us_state": profile.us_state,
            "county": profile.county,
            "remote": profile.remote,
            "gender": str(profile.gender),
            "cases": str(capacity.cases),
            "mentoring": str(capacity.mentoring),
            "hours": "" if capacity.hours_a_month is None else number(capacity.hours_a_month),
            "leave": [{"starts": one.starts.isoformat(), "ends": one.ends.isoformat()} for one in profile.leave],
        }
    )


def typed_fields(form: Any) -> Fields:
    """The fields of the form as they were typed. ``form`` is what the browser sent, several values a name."""

    def text(name: str) -> str:
        return " ".join(str(form.get(name, "")).split())[:200]

    def several(name: str) -> list[str]:
        return [str(value)[:40] for value in form.getall(name, [])]

    def lines(*names: str) -> list[Fields]:
        found = [{name: text(f"{name}_{at}") for name in names} | {"at": at} for at in range(MOST_LINES)]
        return [line for line in found if any(line[name] for name in names)]

    pairs = [line | {"modes": several(f"modes_{line['at']}")} for line in lines("source", "target")]
    return _shown(
        {
            "roles": several("roles"),
            "practice": {str(area): text(f"level_{area}") for area in PracticeArea},
            "interests": several("interests"),
            "languages": lines("language", "ilr"),
            "pairs": pairs,
            "eoir": bool(text("eoir")),
            "us_state": text("us_state"),
            "county": text("county"),
            "remote": bool(text("remote")),
            "gender": text("gender"),
            "cases": text("cases"),
            "mentoring": text("mentoring"),
            "hours": text("hours"),
            "leave": lines("starts", "ends"),
        }
    )


def _shown(fields: Fields) -> Fields:
    """The same fields with the lines numbered anew."""
    lists = {name: _numbered(fields[name]) for name in EMPTY_LINES}
    return fields | lists


def _numbered(lines: Sequence[Fields]) -> list[Fields]:
    return [line | {"at": at} for at, line in enumerate(lines)]


def form_of(fields: Fields) -> Fields:
    """What the template needs for the form: the fields with empty lines to fill in, and the choices."""
    longer = {name: _lengthened(fields[name], more) for name, more in EMPTY_LINES.items()}
    return {
        "fields": fields | longer,
        "roles": [(str(role), word(role)) for role in OWN_CHOICE],
        "areas": options(PracticeArea),
        "levels": _told(LEVELS),
        "ilr": _levels_spoken(line["ilr"] for line in fields["languages"]),
        "modes": options(InterpretingMode),
        "genders": options(Gender),
        "states": [(state, state) for state in sorted(STATES)],
        "known_counties": sorted({place.name for place in counties().values()}),
        "known_languages": sorted(language_name(tag) for tag in OFTEN),
    }


def _lengthened(lines: list[Fields], more: int) -> list[Fields]:
    blank = [{"at": at, "modes": ["consecutive"]} for at in range(len(lines), min(MOST_LINES, len(lines) + more))]
    return [*lines, *blank]


def _told(said: Mapping[str, str]) -> Choices:
    return [(code, _(words)) for code, words in said.items()]


def _levels_spoken(given: Iterable[str]) -> Choices:
    """The levels of speaking in words, and those between that somebody has already."""
    between = {level for level in given if level not in SPOKEN and level.replace(".", "", 1).isdigit()}
    return sorted([*_told(SPOKEN), *((level, _("ILR %(num)s") % {"num": level}) for level in between)])


def profile_facts(profile: Profile) -> list[Fields]:
    """What a volunteer offers, in lines."""
    days, held = ("–".join((one.starts.isoformat(), one.ends.isoformat())) for one in profile.leave), profile.capacity
    facts = [
        (_("Role"), ", ".join(map(word, profile.roles))),
        (_("Practice areas"), ", ".join(f"{word(area)} {level}" for area, level in profile.practice.items())),
        (_("Languages"), ", ".join(language_name(one.language) for one in profile.languages)),
        (_("Where"), ", ".join(part for part in (profile.county, profile.us_state) if part)),
        (_("Cases at once"), str(held.cases)),
        (_("Hours a month"), "" if held.hours_a_month is None else number(held.hours_a_month)),
        (_("Away"), ", ".join(days)),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def verified_facts(person: Volunteer) -> list[Fields]:
    """What was verified of a volunteer and is not hers to change, beside her admissions."""
    others = [word(role) for role in person.roles if role not in OWN_CHOICE]
    certified = [
        _("%(language)s: %(certificate)s") % {"language": language_name(one.language), "certificate": one.certification}
        for one in person.languages
        if one.certification
    ]
    facts = [
        (_("Name"), person.name),
        (_("E-mail"), person.email),
        (_("Role"), ", ".join(others)),
        (_("Certified"), ", ".join(certified)),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]
