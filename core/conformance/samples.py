"""Cases, volunteers and everything else that a plugin may be asked about: made up, ordinary or odd."""

import random
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np

from core.model.deadlines.rules import DatedFact, DeadlineRule, Span
from core.model.events import GENESIS, AuditEvent
from core.model.messages import Envelope
from core.model.plans.columns import CaseView, CodeBook, Ints, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.snapshot import CaseFacts, Held, Snapshot, VolunteerFacts
from core.model.plugins.intake_fields import FieldKind, IntakeField
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import (
    Forum,
    Gender,
    InterpretingMode,
    Posture,
    PracticeArea,
    SeatRole,
    Standing,
    VolunteerRole,
)

TODAY: Final = date(2026, 3, 2)
PLACES: Final = (("NM", "Bernalillo"), ("NM", "Taos"), ("NY", "Kings"), ("NM", "Nowhere"), ("", ""), ("QQ", "—"))
"""Counties that are known, one that is not, and none: the last three have no coordinates."""
LANGUAGES: Final = ("en", "es", "mam", "quc", "ar", "zh")


def a_case(ref: str = "C-1", **given: Any) -> CaseFacts:
    """An asylum case at level 2 of a client who speaks Spanish; what is given replaces what is usual."""
    usual: dict[str, Any] = {
        "practice_area": PracticeArea.ASYLUM,
        "skill_level": 2,
        "languages": ("es",),
        "forum": Forum.USCIS,
        "received": date(2026, 1, 5),
        "county": "Bernalillo",
        "us_state": "NM",
    }
    return CaseFacts(ref=ref, **(usual | given))


def a_volunteer(ref: str = "V-1", **given: Any) -> VolunteerFacts:
    """An attorney in good standing who does asylum at level 2 and speaks English and Spanish."""
    usual: dict[str, Any] = {
        "roles": (VolunteerRole.ATTORNEY,),
        "practice": {PracticeArea.ASYLUM: 2},
        "languages": {"en": 5.0, "es": 3.0},
        "bars": ("NM",),
        "standing": Standing.ACTIVE,
        "county": "Bernalillo",
        "us_state": "NM",
    }
    return VolunteerFacts(ref=ref, **(usual | given))


class Matter(NamedTuple):
    """A case as a rule about deadlines looks at it."""

    practice_area: PracticeArea = PracticeArea.ASYLUM
    relief: str = "asylum"
    forum: Forum = Forum.USCIS
    posture: Posture = Posture.AFFIRMATIVE
    us_state: str = ""


def a_deadline_rule(code: str = "our-rule", **given: Any) -> DeadlineRule:
    """A rule in force: thirty days after a decision, in every case."""
    usual: dict[str, Any] = {
        "title": "Our deadline",
        "fact": DatedFact.DECISION,
        "span": Span(days=30),
        "citation": "8 CFR 1003.38(b)",
        "reviewed": TODAY,
    }
    return DeadlineRule(code=code, **(usual | given))


def an_intake_field(name: str = "our_question", **given: Any) -> IntakeField:
    """A question that is answered yes or no, about every case."""
    usual: dict[str, Any] = {"label": "Has the client a safe place to sleep?", "kind": FieldKind.YES_NO}
    return IntakeField(name=name, **(usual | given))


def a_snapshot(
    cases: tuple[CaseFacts, ...] = (), volunteers: tuple[VolunteerFacts, ...] = (), today: date = TODAY
) -> Snapshot:
    """A snapshot of these cases and volunteers; without any, of one each."""
    return Snapshot(today, cases or (a_case(),), volunteers or (a_volunteer(),))


def an_entry(number: str = "12345", **given: Any) -> RosterEntry:
    """A member of a bar in good standing."""
    usual: dict[str, Any] = {"name": "Alma Reyes", "standing": Standing.ACTIVE, "status": "Active", "admitted": 2011}
    return RosterEntry(number=number, **(usual | given))


def an_envelope(key: str = "key-1", **given: Any) -> Envelope:
    """A message to nobody: its address ends in a domain that cannot exist (RFC 2606)."""
    usual: dict[str, Any] = {
        "to_name": "Alma Reyes",
        "to_address": "nobody@example.invalid",
        "subject": "A new offer",
        "body": "You have a new offer.",
        "link": "https://portal.example.org/offers",
    }
    return Envelope(idempotency_key=key, **(usual | given))


def an_event(kind: str = "case.listed", **given: Any) -> AuditEvent:
    """A committed event about a case."""
    usual: dict[str, Any] = {
        "sequence": 1,
        "at": datetime(2026, 3, 2, 16, 0, tzinfo=UTC),
        "subject_kind": "case",
        "subject": UUID(int=1),
        "actor": None,
        "actor_label": "Amparo",
        "detail": {"from": "screening", "count": 2, "hours": 1.5, "urgent": True, "reason": None},
        "previous": GENESIS,
        "digest": "1" * 64,
    }
    return AuditEvent(kind=kind, **(usual | given))


@dataclass(frozen=True, slots=True)
class World:
    """A sample as rules and scorers get it, with the facts that it was made of."""

    snapshot: Snapshot
    views: tuple[CaseView, ...]
    columns: VolunteerColumns


@cache
def sample_world() -> World:
    """Some thirty cases and volunteers with everything that occurs: unknown places, no hours, past deadlines."""
    chance = random.Random(20260302)  # noqa: S311 -- a sample, the same every time
    people = tuple(_some_volunteer(chance, f"V-{number}") for number in range(36))
    refs = [person.ref for person in people]
    cases = tuple(_some_case(chance, f"C-{number}", refs) for number in range(30))
    snapshot = Snapshot(TODAY, cases, people)
    book = CodeBook.of(snapshot)
    views = tuple(case_view(case, book, TODAY) for case in cases)
    return World(snapshot, views, volunteer_columns(snapshot, book))


def _some_volunteer(chance: random.Random, ref: str) -> VolunteerFacts:
    state, county = chance.choice(PLACES)
    return VolunteerFacts(
        ref=ref,
        roles=tuple(chance.sample(list(VolunteerRole), chance.choice((0, 1, 1, 2)))),
        practice={area: chance.randint(1, 4) for area in chance.sample(list(PracticeArea), chance.randint(0, 3))},
        languages={tag: chance.choice((0.5, 2.0, 3.0, 5.0)) for tag in chance.sample(LANGUAGES, chance.randint(0, 3))},
        interprets=chance.choice(((), (("mam", "es"),), (("es", "en"), ("quc", "es")))),
        modes=tuple(chance.sample(list(InterpretingMode), chance.randint(0, 4))),
        bars=chance.choice(((), ("NM",), ("NM", "NY"), ("QQ",))),
        standing=chance.choice(list(Standing)),
        eoir_registered=chance.random() < 0.5,
        county=county,
        us_state=state,
        remote=chance.random() < 0.5,
        capacity_cases=chance.choice((0, 1, 3)),
        capacity_mentor=chance.choice((0, 1)),
        capacity_hours=chance.choice((None, 0.0, 60.0)),
        gender=chance.choice(list(Gender)),
        interests=tuple(chance.sample(list(PracticeArea), chance.randint(0, 2))),
        leave=chance.choice(((), ((TODAY, TODAY + timedelta(days=40)),))),
        load=chance.choice((0.0, 0.5, 1.0)),
    )


def _some_case(chance: random.Random, ref: str, volunteers: list[str]) -> CaseFacts:
    state, county = chance.choice(PLACES)
    ahead = chance.choice((None, -3, 0, 9, 4000))
    return CaseFacts(
        ref=ref,
        practice_area=chance.choice(list(PracticeArea)),
        skill_level=chance.randint(1, 4),
        languages=tuple(chance.sample(LANGUAGES, chance.choice((1, 1, 2)))),
        forum=chance.choice(list(Forum)),
        received=TODAY - timedelta(days=chance.choice((-1, 0, 30, 3000))),
        county=county,
        us_state=state,
        remote_ok=chance.random() < 0.5,
        detained=chance.random() < 0.2,
        deadline=None if ahead is None else TODAY + timedelta(days=ahead),
        attorneys=chance.choice((1, 1, 2)),
        hours=chance.choice((0.0, 10.0, 80.0)),
        interpreter_hours=chance.choice((None, 5.0)),
        interpreter_gender=chance.choice((None, None, Gender.FEMALE)),
        interpreter_mode=chance.choice((None, None, InterpretingMode.SIMULTANEOUS)),
        barred=tuple(chance.sample(volunteers, chance.choice((0, 0, 2, len(volunteers))))),
        prior=tuple(chance.sample(volunteers, chance.choice((0, 0, 2)))),
        proposed=tuple(Held(role, chance.choice(volunteers)) for role in SeatRole if chance.random() < 0.3),
    )


def rows_of(columns: VolunteerColumns, rows: Ints) -> VolunteerColumns:
    """Some of the volunteers, in the order of ``rows``, which may repeat. Read-only as the whole is."""
    part = {name.name: getattr(columns, name.name)[rows] for name in fields(columns) if name.name != "n"}
    for values in part.values():
        if isinstance(values, np.ndarray):
            values.flags.writeable = False
    return VolunteerColumns(n=len(rows), **part)
