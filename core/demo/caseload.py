"""The demo's cases: as they come to a clinic in New Mexico over a year, in the languages that people speak."""

import csv
from datetime import date, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Final

import msgspec

from core.demo.words import SUMMARIES
from core.model.cases.case import Case
from core.model.cases.relief import Relief, reliefs
from core.model.deadlines.workdays import on_business_day
from core.model.places import counties
from core.model.states import CaseState
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea
from core.store.keys import new_case_id

INDIGENOUS_SHARE: Final = 0.13
"""The share of indigenous languages among the clients, our assumption: court figures name them seldom."""
ALSO_SPANISH: Final = 0.35
"""How many of those who speak an indigenous language best speak Spanish well too, our assumption."""
FREQUENCY: Final = {
    "asylum": 12,
    "asylum_defence": 22,
    "asylee_relative": 3,
    "asylee_adjustment": 5,
    "relative_petition": 6,
    "family_adjustment": 7,
    "consular_processing": 3,
    "provisional_waiver": 4,
    "remove_conditions": 3,
    "fiance_petition": 1,
    "cancellation_resident": 2,
    "cancellation_nonresident": 5,
    "bond": 6,
    "motion_reopen": 3,
    "bia_appeal": 2,
    "voluntary_departure": 1,
    "u_visa": 7,
    "t_visa": 2,
    "vawa": 6,
    "sij": 7,
    "naturalization": 6,
    "disability_exception": 2,
    "citizenship_certificate": 2,
    "daca_renewal": 6,
    "tps": 4,
}
"""How often each relief is asked for, our assumption."""
FORUMS: Final = {
    "bia_appeal": Forum.BIA,
    "sij": Forum.STATE_COURT,
    "consular_processing": Forum.CONSULATE,
}
DETENTION: Final = (("Cibola", "NM"), ("Otero", "NM"), ("Torrance", "NM"))
"""Counties in which people are detained."""
DEADLINES: Final = {
    "asylum": ("One-year filing", 0.6),
    "asylum_defence": ("Individual hearing", 0.7),
    "cancellation_resident": ("Individual hearing", 0.7),
    "cancellation_nonresident": ("Individual hearing", 0.7),
    "bond": ("Bond hearing", 1.0),
    "bia_appeal": ("Notice of appeal", 1.0),
    "motion_reopen": ("Motion", 0.8),
    "voluntary_departure": ("Master hearing", 0.8),
    "remove_conditions": ("Filing", 0.8),
    "sij": ("Twenty-first birthday", 0.5),
    "u_visa": ("Certification runs out", 0.4),
    "daca_renewal": ("Expiry", 0.8),
    "tps": ("Registration ends", 0.8),
}
"""What has to be done by a day, and for how many cases there is such a day."""


@cache
def _languages() -> tuple[list[str], list[float]]:
    """Tags with their shares: court figures for the common ones, one share for the indigenous ones together."""
    text = resources.files("core").joinpath("data", "languages.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["tag"] != "und"]
    totals = {scale: sum(float(row["weight"]) for row in rows if row["scale"] == scale) for scale in _SCALES}
    return [row["tag"] for row in rows], [
        float(row["weight"]) / totals[row["scale"]] * _SCALES[row["scale"]] for row in rows
    ]


_SCALES: Final = {"court": 1 - INDIGENOUS_SHARE, "indigenous": INDIGENOUS_SHARE}


def _asks_two(relief: Relief, deadline_kind: str, *, detained: bool) -> bool:
    """Whether a case is for two attorneys, our assumption: appeals, the hardest hearings, and those in detention."""
    hard = relief.level == 4 and deadline_kind == "Individual hearing"
    return hard or relief.code == "bia_appeal" or (detained and relief.code != "bond")


class Caseload:
    """Draws cases, the same ones for the same seed and day."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._places = [(place.name, place.state) for place in counties().values()]
        self._weights = [9.0 if name == "Bernalillo" else 1.0 for name, _ in self._places]

    def case(self, number: int, arrives: date) -> Case:
        """The case that comes as number ``number``, on a day."""
        relief = reliefs()[self._random.choices(list(FREQUENCY), list(FREQUENCY.values()))[0]]
        detained = relief.code == "bond" or (
            relief.practice_area is PracticeArea.REMOVAL and self._random.random() < 0.1
        )
        county, state = self._random.choice(DETENTION) if detained else self._place()
        languages, forum = self._spoken(), self._forum(relief)
        kind, deadline = self._deadline(relief, arrives, detained=detained)
        return Case(
            id=new_case_id(),
            ref=f"NM-{arrives:%y}-{number:04}",
            state=CaseState.RECEIVED,
            practice_area=relief.practice_area,
            skill_level=max(1, min(4, relief.level + self._random.choice((-1, -1, 0, 0, 0)))),
            languages=languages,
            forum=forum,
            received=arrives,
            relief=relief.name,
            posture=Posture.DEFENSIVE if relief.practice_area is PracticeArea.REMOVAL else Posture.AFFIRMATIVE,
            detained=detained,
            county=county,
            us_state=state,
            remote_ok=self._random.random() < 0.75,
            attorneys=2 if _asks_two(relief, kind, detained=detained) else 1,
            hours=relief.hours,
            interpreter_hours=30.0 if relief.code.startswith("asylum") and "en" not in languages else None,
            interpreter_gender=self._wanted_gender(relief),
            deadline=deadline,
            deadline_kind=kind,
            summary=self._random.choice(SUMMARIES[relief.code]),
        )

    def mam_case(self, number: int, arrives: date) -> Case:
        """A case before the immigration court whose client speaks Mam only (DOMAIN scenario 1)."""
        return msgspec.structs.replace(
            self.case(number, arrives),
            practice_area=PracticeArea.REMOVAL,
            relief=reliefs()["asylum_defence"].name,
            posture=Posture.DEFENSIVE,
            forum=Forum.EOIR,
            skill_level=2,
            languages=("mam",),
            detained=False,
            remote_ok=True,
            attorneys=1,
            hours=reliefs()["asylum_defence"].hours,
            interpreter_hours=30.0,
            interpreter_gender=None,
            deadline_kind="Individual hearing",
            deadline=on_business_day(arrives + timedelta(days=75)),
            summary=SUMMARIES["asylum_defence"][0],
        )

    def _place(self) -> tuple[str, str]:
        return self._random.choices(self._places, self._weights)[0]

    def _spoken(self) -> tuple[str, ...]:
        tags, shares = _languages()
        tag = self._random.choices(tags, shares)[0]
        indigenous = tag not in ("es", "en", "pt", "ht", "zh", "pa")
        return (tag, "es") if indigenous and self._random.random() < ALSO_SPANISH else (tag,)

    def _forum(self, relief: Relief) -> Forum:
        usual = Forum.EOIR if relief.practice_area is PracticeArea.REMOVAL else Forum.USCIS
        return FORUMS.get(relief.code, usual)

    def _wanted_gender(self, relief: Relief) -> Gender | None:
        traumatic = relief.code in ("vawa", "u_visa", "t_visa", "asylum")
        return Gender.FEMALE if traumatic and self._random.random() < 0.2 else None

    def _deadline(self, relief: Relief, arrives: date, *, detained: bool) -> tuple[str, date | None]:
        kind, share = DEADLINES.get(relief.code, ("", 0.0))
        if self._random.random() > share:
            return "", None
        ahead = self._random.randint(10, 40) if detained else round(self._random.triangular(10, 270, 55))
        day = arrives + timedelta(days=ahead)
        return kind, on_business_day(day) if kind.endswith("hearing") else day  # no court sits on a Sunday
