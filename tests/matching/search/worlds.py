"""Small snapshots with everything that a search meets: named people, leave, gender, co-counsel."""

from datetime import timedelta

import msgspec
import numpy as np

from bench.worlds import TODAY, World
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.vocabulary import SeatRole, VolunteerRole


def a_world(seed: int, cases: int, attorneys: int, interpreters: int, *, settled: bool = True) -> Snapshot:
    """A drawn world, some of whose cases name people and some of whose people are away or study law."""
    random = np.random.default_rng(seed)
    plain = World(seed).snapshot(cases, attorneys, interpreters, hours=bool(seed % 2), mentors=True)
    people = tuple(_changed(person, random) for person in plain.volunteers)
    refs = [person.ref for person in people]
    return Snapshot(TODAY, tuple(_naming(case, refs, random, settled=settled) for case in plain.cases), people)


def _changed(person: VolunteerFacts, random: np.random.Generator) -> VolunteerFacts:
    away = ((TODAY, TODAY + timedelta(days=int(random.integers(3, 90)))),) if random.random() < 0.2 else ()
    student = VolunteerRole.ATTORNEY in person.roles and random.random() < 0.1
    roles = (VolunteerRole.LAW_STUDENT,) if student else person.roles
    return msgspec.structs.replace(person, leave=away, roles=roles)


def _naming(case: CaseFacts, refs: list[str], random: np.random.Generator, *, settled: bool) -> CaseFacts:
    def some(chance: float) -> tuple[str, ...]:
        return tuple(str(ref) for ref in random.choice(refs, size=2)) if random.random() < chance else ()

    held = [Held(role, ref) for role in SeatRole for ref in some(0.3)]
    pins = [Held(role, ref) for role in SeatRole for ref in some(0.1)] if settled else []
    named = {"barred": some(0.3), "prior": some(0.2), "proposed": tuple(held), "pinned": tuple(pins)}
    return msgspec.structs.replace(case, attorneys=int(random.choice((1, 1, 2))), **named)
