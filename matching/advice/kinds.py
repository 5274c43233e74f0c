"""The kinds of volunteer that might be missing: those that the cases without a team ask for, and their languages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.model.languages import ENGLISH, language_name
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import Forum, Gender, PracticeArea, Standing, VolunteerRole

HUBS: Final = (ENGLISH, "es")
"""The languages into which an interpreter is looked for: those that attorneys speak and relays go through."""
MOST: Final = 240
"""How many kinds are looked at in one run; those that most waiting cases ask for first."""
ANY_BAR: Final = "NM"
"""Federal practice asks for a bar, whichever it is (8 CFR 1292.1)."""
BEGINNER: Final = 1
"""The level of somebody who is looked for as co-counsel: the lead has the experience."""
TIER_WEIGHT: Final = {1: 9, 2: 3, 3: 1}


@dataclass(frozen=True, slots=True)
class Kind:
    """What somebody would have to be. An empty place is remote work, an empty language or gender any.

    ``subject`` is the practice area of attorneys and mentors, or the client's language of interpreters.
    """

    role: VolunteerRole
    subject: str
    level: int = 0
    into: str = ""
    language: str = ""
    place: tuple[str, str] = ("", "")
    gender: Gender = Gender.UNSTATED
    bar: str = ""

    @property
    def demands(self) -> frozenset[tuple[str, str]]:
        """What makes her harder to find than others for the same subject, but for her level."""
        gender = "" if self.gender is Gender.UNSTATED else str(self.gender)
        more = {"language": self.language, "place": self.place[0], "gender": gender, "bar": self.bar}
        return frozenset((name, value) for name, value in more.items() if value)

    def is_meant_for(self, case: CaseFacts) -> bool:
        """Whether she is looked for on account of such cases; an interpreter may do as a relay for others by chance."""
        return self.role is not VolunteerRole.INTERPRETER or self.subject in (*case.languages, *HUBS)

    def is_as_easy_as(self, other: "Kind") -> bool:
        """Whether nothing is demanded of her that is not demanded of the other."""
        return self.demands <= other.demands and self.level <= other.level

    @property
    def label(self) -> str:
        """The kind in words."""
        if self.role is VolunteerRole.INTERPRETER:
            asked = f" ({self.gender})" if self.gender is not Gender.UNSTATED else ""
            return f"Interpreter {language_name(self.subject)} and {language_name(self.into)}{asked}{self._where}"
        what = "Mentor" if self.role is VolunteerRole.MENTOR else "Attorney"
        speaks = f", speaks {language_name(self.language)}" if self.language else ""
        barred = f", admitted in {self.bar}" if self.bar else ""
        area = PracticeArea(self.subject).word
        where = "" if self.role is VolunteerRole.MENTOR else self._where
        return f"{what} for {area} at level {self.level}{speaks}{barred}{where}"

    @property
    def _where(self) -> str:
        county, state = self.place
        return f", in person in {county}, {state}" if county else ", remote"

    def volunteer(self, ref: str, *, home: str, places: int) -> VolunteerFacts:
        """One of the kind, in good standing, with these many places; ``home`` is her state where none is asked for."""
        county, state = self.place[0], self.place[1] or home
        interprets = self.role is VolunteerRole.INTERPRETER
        mentors = self.role is VolunteerRole.MENTOR
        spoken = (self.subject, self.into) if interprets else (self.language,)
        return VolunteerFacts(
            ref=ref,
            roles=(self.role,),
            practice={} if interprets else {PracticeArea(self.subject): self.level},
            languages={ENGLISH: 5.0} | {tag: 5.0 for tag in spoken if tag},
            interprets=((self.subject, self.into),) if interprets else (),
            bars=() if interprets else (self.bar or home or ANY_BAR,),
            standing=Standing.UNKNOWN if interprets else Standing.ACTIVE,
            eoir_registered=not interprets,
            county=county,
            us_state=state,
            capacity_cases=0 if mentors else places,
            capacity_mentor=places if mentors else 0,
            gender=self.gender,
        )


def kinds_for(snapshot: Snapshot, waiting: Iterable[CaseFacts]) -> list[Kind]:
    """The kinds worth looking at: all that a waiting case asks for, and every language of a client."""
    asked: Counter[Kind] = Counter()
    for case in waiting:
        weight = TIER_WEIGHT[int(case.urgency(snapshot.today).tier)]
        for kind in _asked_for(case):
            asked[kind] += weight
    for case in snapshot.cases:
        for kind in _interpreters(case, place=("", ""), gender=Gender.UNSTATED):
            asked[kind] += 0
    asked[Kind(VolunteerRole.INTERPRETER, "es", into=ENGLISH)] += 0
    return [kind for kind, _ in asked.most_common(MOST)]


def _asked_for(case: CaseFacts) -> Iterator[Kind]:
    places = {("", ""), ("", "") if case.remote_ok else (case.county, case.us_state)}
    spoken = {"", "es" if "es" in case.languages else ""}
    bar = case.us_state if case.forum is Forum.STATE_COURT else ""
    for place in sorted(places):
        for language in sorted(spoken):
            yield Kind(
                VolunteerRole.ATTORNEY, case.practice_area, case.skill_level, language=language, place=place, bar=bar
            )
        if case.attorneys > 1:
            yield Kind(VolunteerRole.ATTORNEY, case.practice_area, BEGINNER, place=place, bar=bar)
        for gender in {Gender.UNSTATED, case.interpreter_gender or Gender.UNSTATED}:
            yield from _interpreters(case, place=place, gender=gender)
    yield Kind(VolunteerRole.MENTOR, case.practice_area, case.skill_level)


def _interpreters(case: CaseFacts, *, place: tuple[str, str], gender: Gender) -> Iterator[Kind]:
    if ENGLISH in case.languages:
        return
    for language in case.languages:
        for hub in HUBS:
            if hub not in case.languages:
                yield Kind(VolunteerRole.INTERPRETER, language, into=hub, place=place, gender=gender)
