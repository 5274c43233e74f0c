"""Scenarios in words: the same names and values as in a file of volunteers, and errors that say what would be right."""

import re

import pytest

from core.errors import BadInput
from core.model.plans.changes import AddAbilities, AddVolunteers, ForbidPair, PinPair, RemoveVolunteer, SetCapacity
from core.model.plans.snapshot import Snapshot, VolunteerFacts
from core.model.vocabulary import PracticeArea, SeatRole, Standing, VolunteerRole
from core.spreadsheets import read_scenario
from tests.plugins_for_tests.facts import TODAY, a_volunteer

CLINIC = Snapshot(TODAY, (), (a_volunteer("A-1", bars=("TX",)), a_volunteer("A-2", bars=("TX", "NM"))))


def changes(*texts: str) -> tuple[object, ...]:
    return read_scenario(texts, CLINIC).changes


def newcomer(text: str) -> VolunteerFacts:
    (change,) = changes(text)
    assert isinstance(change, AddVolunteers)
    return change.volunteer


def test_a_newcomer_is_described_by_the_columns_of_a_file_and_their_other_names() -> None:
    person = newcomer("add attorney practice=asylum:3 languages=es:4 county=Travis capacity=2")
    assert (person.roles, person.practice) == ((VolunteerRole.ATTORNEY,), {PracticeArea.ASYLUM: 3})
    assert (person.languages, person.capacity_cases, person.county) == ({"en": 5.0, "es": 4.0}, 2, "Travis")


def test_a_newcomer_may_practise_where_most_volunteers_may_unless_her_fields_say_otherwise() -> None:
    person = newcomer("add attorney practice=asylum:3")
    assert (person.bars, person.standing, person.eoir_registered) == (("TX",), Standing.ACTIVE, True)
    person = newcomer("add attorney practice=asylum:3 bars=NM standing=suspended eoir=no")
    assert (person.bars, person.standing, person.eoir_registered) == ((), Standing.SUSPENDED, False)


def test_several_newcomers_get_refs_of_their_own() -> None:
    added = changes(
        "add 3 interpreter interprets=mam>es", "add mentor practice=removal:4 ref=M-9", "add interpreter;mentor"
    )
    assert [(one.volunteer.ref, one.copies) for one in added if isinstance(one, AddVolunteers)] == [
        ("new-1", 3),
        ("M-9", 1),
        ("new-3", 1),
    ]


def test_each_verb_becomes_its_change() -> None:
    assert changes(
        "remove 'A 12'",
        "set I-3 capacity=4 hours=20",
        "set I-3 languages=es:4;mam:3+ interprets=mam>es practice=asylum:2 capacity_mentor=1",
        "pin C-4 A-1",
        "pin C-4 I-3 interpreter",
        "forbid C-4 A-2",
    ) == (
        RemoveVolunteer("A 12"),
        SetCapacity("I-3", cases=4, hours=20.0),
        SetCapacity("I-3", mentoring=1),
        AddAbilities("I-3", {"es": 4.0, "mam": 3.5}, (("mam", "es"),), {PracticeArea.ASYLUM: 2}),
        PinPair("C-4", "A-1"),
        PinPair("C-4", "I-3", SeatRole.INTERPRETER),
        ForbidPair("C-4", "A-2"),
    )


def test_what_will_hardly_be_meant_is_warned_of() -> None:
    (warning,) = read_scenario(["add attorney"], CLINIC).warnings
    assert warning.sentence() == "--what-if, practice: without a practice area there is no case to take or to mentor."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "begin with one of add, remove, set, pin, forbid."),
        ("ad attorney", "did you mean add?"),
        ("add", "say what the newcomer is, such as add attorney practice=asylum:3."),
        ("add practice=asylum:3", "say what the newcomer is"),
        pytest.param(
            "add " + "9" * 5000 + " mentor", "write a number from 1 to 1000", id="add a number of 5000 digits"
        ),
        ("add king practice=asylum:3", "roles: write one of attorney, accredited_full"),
        ("add attorney practice=asylum", "practice: write the area with its level from 1 to 4, such as asylum:3."),
        ("add attorney practise=asylum:3", "practise: there is no such column: did you mean practice?"),
        ("add attorney asylum:3", "“asylum:3” is not a field: write name=value, such as capacity=2."),
        ("add attorney capacity=2 cases=3", "capacity_cases comes twice: keep one."),
        ("add interpreter interprets=mam", "interprets: write two languages, such as mam>es"),
        ("add interpreter languages=zzx:4", "languages: no language that we know: write a BCP 47 tag"),
        ("remove", "write it like “remove A-12”"),
        ("remove A-1 A-2", "a ref with spaces stands in quotation marks."),
        ("remove 'A-1", "a quotation mark is not closed."),
        ("set capacity=4", "name the volunteer first, such as set I-3 capacity=4."),
        ("set I-3", "say what to set: one or more of capacity_cases, capacity_mentor"),
        ("set I-3 bars=NM", "say what to set: one or more of capacity_cases, capacity_mentor"),
        ("set I-3 capacity=-1", "capacity_cases: write a number from 0 to 1000: it cannot be negative."),
        ("set I-3 capacity=", "a field is empty: write its value, such as capacity=4."),
        ("pin C-4", "write it like “pin C-4 A-12”"),
        ("pin C-4 A-1 judge", "there is no seat judge: write one of attorney, co_counsel, interpreter, mentor."),
        ("forbid C-4", "write it like “forbid C-4 A-12”"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_what_would_be_right(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)) as refused:
        changes(text)
    assert str(refused.value).startswith(f"“{text}”: ")
