"""Random counties, people and open cases, for somebody who tries to tell whose case a listing is."""

from collections import Counter
from datetime import timedelta
from typing import Final

import msgspec
import numpy as np

from bench.portal.waiting import NOW
from core.model.cases.case import Case
from core.model.cases.relief import reliefs
from core.model.places import counties
from core.model.states import CaseState
from core.model.vocabulary import Forum, Gender, Posture, PracticeArea
from core.store.keys import new_id

LANGUAGES: Final = {
    "es": 300, "en": 20, "mam": 24, "quc": 12, "kek": 7, "kjb": 4, "ixl": 2, "cac": 1, "pt": 9, "ht": 8, "zh": 5,
    "pa": 4, "ar": 3, "am": 2, "ti": 1, "nv": 3, "qu": 2, "ru": 3, "prs": 2, "ff": 1,
}  # fmt: skip
"""How often each language is spoken, our assumption; most are rare, as they are."""


class Step(msgspec.Struct, frozen=True):
    """What happens between two looks at the list."""

    come: tuple[Case, ...]
    go: tuple[Case, ...]


class World(msgspec.Struct, frozen=True):
    """A year in miniature: how many people live in each county by language, and cases that come and go.

    Every case is somebody else's, and everybody whose case it is counts among the people.
    """

    people: dict[tuple[str, str], int]
    steps: tuple[Step, ...]


def world(seed: int) -> World:
    """The world of a seed."""
    draw = np.random.default_rng(seed)
    here = [_case(draw, number) for number in range(int(draw.integers(1, 90)))]
    steps, number, everybody = [Step(tuple(here), ())], len(here), list(here)
    for _ in range(int(draw.integers(2, 6))):
        come = [_case(draw, number + more) for more in range(int(draw.integers(0, 8)))]
        gone = draw.random(len(here)) < draw.choice([0.02, 0.1, 0.4])
        go = [case for case, left in zip(here, gone, strict=True) if left]
        here = [*(case for case, left in zip(here, gone, strict=True) if not left), *come]
        number, everybody = number + len(come), everybody + come
        steps.append(Step(tuple(come), tuple(go)))
    return World(_people(everybody, draw), tuple(steps))


def _people(cases: list[Case], draw: np.random.Generator) -> dict[tuple[str, str], int]:
    """As few as there can be: those whose cases they are, and now and then somebody more."""
    counted = Counter((case.county, case.languages[0]) for case in cases)
    return {cell: n + int(draw.integers(0, 3)) for cell, n in counted.items()}


def _case(draw: np.random.Generator, number: int) -> Case:
    tags, weights = list(LANGUAGES), np.array(list(LANGUAGES.values()), dtype=float)
    tag = str(draw.choice(tags, p=weights / weights.sum()))
    places = [county.name for county in counties().values()]
    shares = np.array([9.0 if name == "Bernalillo" else 1.0 for name in places])
    relief = list(reliefs().values())[int(draw.integers(len(reliefs())))]
    removal = relief.practice_area is PracticeArea.REMOVAL
    days = int(draw.integers(-10, 200))
    return Case(
        id=new_id(),
        ref=f"A-{number:04}",
        state=CaseState.WAITLISTED,
        practice_area=relief.practice_area,
        skill_level=relief.level,
        languages=(tag, "es") if tag not in ("es", "en") and draw.random() < 0.3 else (tag,),
        forum=Forum.EOIR if removal else Forum.STATE_COURT if relief.code == "sij" else Forum.USCIS,
        received=(NOW - timedelta(days=number % 60)).date(),
        relief=relief.name,
        posture=Posture.DEFENSIVE if removal else Posture.AFFIRMATIVE,
        detained=removal and draw.random() < 0.25,
        county=str(draw.choice(places, p=shares / shares.sum())),
        us_state="NM",
        remote_ok=bool(draw.random() < 0.75),
        hours=relief.hours,
        interpreter_gender=Gender.FEMALE if draw.random() < 0.15 else None,
        deadline=NOW.date() + timedelta(days=days) if draw.random() < 0.5 else None,
        deadline_kind="Individual hearing" if removal else "Filing",
        summary="Asks for help.",
        waiting_since=NOW - timedelta(days=int(draw.integers(1, 300))),
    )
