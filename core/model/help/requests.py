"""What a client's answers become: the facts of a case, what is known of her, and the parties, each in its own words."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from core.errors import BadInput
from core.model.cases.case import Case
from core.model.cases.relief import reliefs
from core.model.cases.usual import usual_forum, usual_posture
from core.model.clients.client import ClientField
from core.model.clients.households import Household
from core.model.clients.parties import Party, PartyRole
from core.model.clients.safe_contact import Care, SafeContact, TimeOfDay, Way
from core.model.conflicts.words import LONGEST, read_name
from core.model.deadlines.rules import DatedFact
from core.model.help.answering import HOME_STATE, exact_day
from core.model.help.asking import ELSEWHERE, OTHER, Answers, counted
from core.model.languages import language_tag
from core.model.states import CaseState
from core.model.vocabulary import CameBy, Forum, PracticeArea

F = ClientField
UNDETERMINED: Final = "und"
"""ISO 639-3 for a language that is not told apart: a coordinator finds out which it is."""
AREAS: Final = {
    "afraid": PracticeArea.ASYLUM,
    "court": PracticeArea.REMOVAL,
    "family": PracticeArea.FAMILY,
    "victim": PracticeArea.VICTIMS,
    "citizen": PracticeArea.CITIZENSHIP,
    "daca_tps": PracticeArea.DACA_TPS,
}


def area_of(answers: Answers) -> PracticeArea:
    """What the case seems to be about. Whoever does not know gets the area that loses most by waiting; staff decide."""
    known = AREAS.get(answers.get("help", ""))
    if known is not None:
        return known
    in_court = answers.get("detained") == "yes" or answers.get("hearing")
    return PracticeArea.REMOVAL if in_court else PracticeArea.ASYLUM


def case_of(given: Answers, *, key: UUID, ref: str, today: date) -> Case:
    """The case as it is received: a coordinator makes it exact at screening."""
    answers = counted(given)
    area, detained = area_of(answers), answers.get("detained") == "yes"
    in_court = detained or bool(answers.get("hearing"))
    relief = next(one for one in reliefs().values() if one.practice_area is area)
    here = answers["county"] != ELSEWHERE
    return Case(
        id=key,
        ref=ref,
        state=CaseState.RECEIVED,
        practice_area=area,
        skill_level=relief.level,
        languages=languages_of(answers),
        forum=Forum.EOIR if in_court else usual_forum(area),
        posture=usual_posture(PracticeArea.REMOVAL if in_court else area),
        detained=detained,
        county=answers["county"] if here else "",
        us_state=HOME_STATE if here else "",
        received=today,
        came_by=CameBy.WEB,
        hours=relief.hours,
    )


def languages_of(answers: Answers) -> tuple[str, ...]:
    """Her languages, best first, as tags; one that nobody here has a tag for is ``und``."""
    best = answers["language"]
    if best.startswith(OTHER):
        try:
            best = language_tag(best.removeprefix(OTHER))
        except BadInput:
            best = UNDETERMINED
    further = (tag for tag in answers.get("also", "").split(",") if tag and tag != best)
    return best, *further


def client_of(given: Answers) -> dict[ClientField, str]:
    """What is known of her, field by field; what has no field of its own stands before her story."""
    answers = counted(given)
    plain = {
        F.NAME: answers["name"],
        F.OTHER_NAMES: answers.get("other_names", ""),
        F.A_NUMBER: answers.get("a_number", ""),
        F.NATIONALITY: answers.get("country", ""),
        F.PHONE: answers.get("phone", ""),
        F.EMAIL: answers.get("email", ""),
        F.SAFE_CONTACT: _contact(answers).kept(),
        F.HOUSEHOLD: _household(answers).kept(),
        F.STORY: _story(answers),
    }
    birth = exact_day(answers.get("birth", ""))
    return {field: text for field, text in {**plain, F.BIRTH_DATE: birth.isoformat() if birth else ""}.items() if text}


def _contact(answers: Answers) -> SafeContact:
    return SafeContact(
        way=Way(answers["reach"]),
        times=tuple(TimeOfDay(code) for code in answers.get("times", "").split(",") if code),
        care=tuple(Care(code) for code in answers.get("careful", "").split(",") if code),
        person=answers.get("person", ""),
    )


def _household(answers: Answers) -> Household:
    persons, income = answers.get("household"), answers.get("income")
    return Household(
        persons=int(persons) if persons and int(persons) else None, income=Decimal(income) if income else None
    )


def _story(answers: Answers) -> str:
    """Her own words, after what she said that no field holds. Staff read it; the labels are theirs."""
    said = (
        ("Asked for by", {"child": "whoever takes care of the child", "other": "a helper"}.get(answers["who"], "")),
        ("Filled in by", answers.get("helper", "")),
        ("Kind of help", "the client does not know" if answers["help"] == "unsure" else ""),
        ("Detained", "the client does not know" if answers["detained"] == "unsure" else ""),
        ("Language", answers["language"].removeprefix(OTHER) if answers["language"].startswith(OTHER) else ""),
        ("Last arrival", _month(answers.get("arrival", ""))),
        ("Born", _month(answers.get("birth", ""))),
        ("Court date", _month(answers.get("hearing", ""))),
        ("Family", _beyond_names(answers.get("family", ""))),
        ("Against the client", _beyond_names(answers.get("against", ""))),
    )
    lines = [f"{label}: {text}" for label, text in said if text]
    return "\n\n".join(part for part in ("\n".join(lines), answers.get("story", "")) if part)


def _month(answer: str) -> str:
    """A day that is known to the month or the year only, which no rule can count from."""
    return f"{answer} (the day is not known)" if answer and exact_day(answer) is None else ""


def parties_of(given: Answers, *, case: UUID, keys: tuple[UUID, ...]) -> tuple[Party, ...]:
    """Her family and whoever is against her, one for each line with a name. ``keys``: ``MOST_PARTIES`` new ids."""
    answers = counted(given)
    named = [(PartyRole.FAMILY, line) for line in _lines(answers.get("family", ""))]
    named += [(PartyRole.ADVERSE, line) for line in _lines(answers.get("against", ""))]
    return tuple(Party(id=key, case=case, role=role, name=name) for key, (role, name) in zip(keys, named, strict=False))


MOST_PARTIES: Final = 40
NOBODY: Final = frozenset(("no", "none", "nobody", "n/a", "no hay", "nadie", "ninguna", "ninguno"))
"""What people write where the answer is that there is nobody: no name, and in the index it would meet others'."""


def _lines(text: str) -> list[str]:
    return [line[:LONGEST] for line in _named(text)][: MOST_PARTIES // 2]


def _named(text: str) -> list[str]:
    lines = dict.fromkeys(line.strip() for line in text.splitlines())
    return [line for line in lines if read_name(line).words and line.casefold().strip(".! ") not in NOBODY]


def _beyond_names(text: str) -> str:
    """The whole text where not all of it becomes names: nothing that she wrote is lost."""
    return "" if _named(text) == _lines(text) else text


def dates_of(given: Answers) -> dict[DatedFact, date]:
    """The dated facts that deadlines are counted from: only days that are known to the day.

    A client seldom knows which hearing it is, so it is taken as the first kind; staff correct that.
    """
    answers = counted(given)
    found = {
        DatedFact.LAST_ARRIVAL: exact_day(answers.get("arrival", "")),
        DatedFact.MASTER_HEARING: exact_day(answers.get("hearing", "")),
    }
    return {fact: day for fact, day in found.items() if day is not None}
