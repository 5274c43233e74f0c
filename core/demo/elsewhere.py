"""What the demo notes beside its cases: families, cases that were opened again, places of help that we made up."""

from datetime import datetime
from random import Random
from typing import Final

from core.model.cases.relating import PlaceOfHelp, Relation
from core.model.people import Actor
from core.model.states import CaseState
from core.model.vocabulary import PracticeArea
from core.services.cases import referring, relating, reopening
from core.store.cases import cases
from core.store.keys import new_id

A: Final = PracticeArea
PLACES: Final = (
    ("Río Abajo Legal Aid", "505 555 0142", "https://rioabajo.example", "English, Spanish", (A.FAMILY, A.CITIZENSHIP)),
    ("Casa del Cerro, shelter", "505 555 0177", "", "Spanish, Mam by telephone", (A.VICTIMS,)),
    ("High Desert Law Clinic", "575 555 0110", "https://highdesert.example", "English, Spanish, Diné", ()),
    (
        "Border Asylum Project",
        "915 555 0129",
        "https://borderasylum.example",
        "English, Spanish, K\u02bciche\u02bc",
        (A.ASYLUM, A.REMOVAL),
    ),
)
"""Names, numbers and addresses are invented."""
FAMILIES: Final = (Relation.SPOUSE, Relation.CHILD, Relation.SIBLING)
CAME_BACK: Final = "She called: the number had changed, and she still needs help."


async def note_beside(*, by: Actor, now: datetime) -> None:
    """Write down the places, send the declined there, relate some waiting cases, and open one again."""
    places = [
        PlaceOfHelp(new_id(), name, phone, website, "", languages, areas)
        for name, phone, website, languages, areas in PLACES
    ]
    for place in places:
        await referring.keep_place(place, by=by, now=now)
    random = Random(len(places))  # noqa: S311 -- a made-up world, the same every time
    for case in await cases.cases_in(CaseState.DECLINED):
        fitting = [place.id for place in places if place.helps_with(case.practice_area)]
        await referring.refer_client(case.id, random.sample(fitting, min(len(fitting), 2)), by=by, now=now)
    waiting = sorted(await cases.cases_in(CaseState.WAITLISTED), key=lambda case: case.ref)
    for relation, one, other in zip(FAMILIES, waiting[10::7], waiting[12::7], strict=False):
        await relating.relate_cases(one.id, other.ref, relation=relation, by=by, now=now)
    for gone in sorted(await cases.cases_in(CaseState.WITHDRAWN), key=lambda case: case.ref)[-1:]:
        await reopening.reopen_case(gone.id, reason=CAME_BACK, by=by, now=now)
