"""What was typed into the form of a profile becomes a profile, or a word beside each field that cannot be."""

from datetime import date
from typing import Final

from core.errors import BadInput, WrongEntries
from core.model.languages import InterpretingPair, LanguageAbility, language_tag
from core.model.people import Capacity, Leave
from core.model.places import STATES, county_of
from core.model.vocabulary import Gender, InterpretingMode, PracticeArea, VolunteerRole
from core.model.volunteers.profile import OWN_CHOICE, Profile
from web.i18n import gettext as _
from web.shapes.volunteers.profile import HOME, LEVELS, Fields

MOST_CASES: Final = 50
MOST_HOURS: Final = 300
HIGHEST_ILR: Final = 5.0


def read_profile(fields: Fields) -> Profile:
    """The profile that the fields of a form say; WrongEntries names each field that cannot be understood."""
    reader = _Reader(fields)
    profile = reader.profile()
    if reader.errors:
        raise WrongEntries(reader.errors)
    return profile


class _Reader:
    """Reads field by field and goes on after a mistake, so that all of them are told at once."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self.errors: dict[str, str] = {}

    def profile(self) -> Profile:
        fields, roles = self._fields, self._roles()
        return Profile(
            roles=roles,
            practice=self._practice(),
            interests=tuple(area for area in PracticeArea if area in fields["interests"]),
            languages=self._languages(),
            interprets=self._pairs(needed=VolunteerRole.INTERPRETER in roles),
            eoir_registered=fields["eoir"],
            us_state=(state := self._state()),
            county=self._county(state),
            remote=fields["remote"],
            gender=Gender(fields["gender"]) if fields["gender"] in set(Gender) else Gender.UNSTATED,
            capacity=self._capacity(),
            leave=self._leave(),
        )

    def _wrong(self, name: str, said: str) -> None:
        self.errors.setdefault(name, said)

    def _roles(self) -> tuple[VolunteerRole, ...]:
        roles = tuple(role for role in OWN_CHOICE if role in self._fields["roles"])
        if not roles and not self._fields.get("others"):
            self._wrong("roles", _("Choose at least one: as what would you like to help?"))
        return roles

    def _practice(self) -> dict[PracticeArea, int]:
        given = {area: self._fields["practice"].get(area, "") for area in PracticeArea}
        return {area: int(level) for area, level in given.items() if level in LEVELS}

    def _language(self, name: str, text: str) -> str:
        try:
            return language_tag(text)
        except BadInput:
            said = _("“%(text)s” is not a language that we know. Write its English name or its code, such as mam.")
            self._wrong(name, said % {"text": text[:40]})
            return ""

    def _languages(self) -> tuple[LanguageAbility, ...]:
        found: dict[str, LanguageAbility] = {}
        for line in self._fields["languages"]:
            name, tag = f"language_{line['at']}", ""
            if line["language"]:
                tag = self._language(name, line["language"])
            else:
                self._wrong(name, _("Write which language this level is for."))
            if tag in found:
                self._wrong(name, _("This language is given twice. Leave one of the two lines empty."))
            level = self._ilr(line)
            if tag and level is not None:
                found[tag] = LanguageAbility(tag, level)
        return tuple(found.values())

    def _ilr(self, line: Fields) -> float | None:
        try:
            level = float(line["ilr"])
        except ValueError:
            level = -1.0
        if not 0 <= level <= HIGHEST_ILR:
            self._wrong(f"ilr_{line['at']}", _("Choose how well you speak it."))
            return None
        return level

    def _pairs(self, *, needed: bool) -> tuple[InterpretingPair, ...]:
        found: dict[tuple[str, ...], InterpretingPair] = {}
        for line in self._fields["pairs"]:
            name = f"source_{line['at']}"
            if not (line["source"] and line["target"]):
                self._wrong(name, _("Interpreting goes between two languages: write both."))
                continue
            ends = [self._language(f"{end}_{line['at']}", line[end]) for end in ("source", "target")]
            modes = tuple(mode for mode in InterpretingMode if mode in line["modes"])
            if ends[0] == ends[1] != "":
                self._wrong(name, _("Interpreting goes between two different languages."))
            if not modes:
                self._wrong(f"modes_{line['at']}", _("Choose at least one way in which you can interpret."))
            found[tuple(sorted(ends))] = InterpretingPair(ends[0], ends[1], modes)
        if needed and not self._fields["pairs"]:
            self._wrong("source_0", _("Write between which languages you interpret, or leave “Interpreter” out above."))
        return tuple(found.values())

    def _state(self) -> str:
        state: str = self._fields["us_state"].upper()
        if state and state not in STATES:
            self._wrong("us_state", _("Choose a state from the list."))
        return state

    def _county(self, state: str) -> str:
        given: str = self._fields["county"]
        if state != HOME or not given:
            return given[:80]
        known = county_of(state, given)
        if known is None:
            self._wrong(
                "county", _("“%(text)s” is no county of New Mexico. Choose one from the list.") % {"text": given[:40]}
            )
        return known.name if known else given

    def _capacity(self) -> Capacity:
        cases, mentoring = self._amount("cases", MOST_CASES), self._amount("mentoring", MOST_CASES)
        hours = self._amount("hours", MOST_HOURS) if self._fields["hours"] else None
        return Capacity(int(cases or 0), int(mentoring or 0), hours)

    def _amount(self, name: str, most: int) -> float | None:
        text: str = self._fields[name].replace(",", ".")
        whole = name != "hours"
        if (text.isdigit() if whole else text.replace(".", "", 1).isdigit()) and float(text) <= most:
            return float(text)
        said = _("Write a whole number from 0 to %(most)s.") if whole else _("Write a number from 0 to %(most)s.")
        self._wrong(name, said % {"most": most})
        return None

    def _leave(self) -> tuple[Leave, ...]:
        found = []
        for line in self._fields["leave"]:
            days = [self._day(f"{end}_{line['at']}", line[end]) for end in ("starts", "ends")]
            if days[0] is None or days[1] is None:
                continue
            if days[1] < days[0]:
                self._wrong(f"ends_{line['at']}", _("This day is before the first one. Turn the two around."))
            found.append(Leave(days[0], days[1]))
        return tuple(found)

    def _day(self, name: str, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._wrong(name, _("Give both days of a leave, each with day, month and year."))
            return None
