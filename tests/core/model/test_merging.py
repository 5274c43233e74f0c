"""Two records made one and taken apart again, value by value."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.languages import InterpretingPair, LanguageAbility
from core.model.people import BarAdmission, Capacity, Leave, Volunteer, standing_of
from core.model.vocabulary import Gender, PracticeArea, Standing, VolunteerRole
from core.model.volunteers.merging import Part, conflicts, merged, stricter
from core.model.volunteers.splitting import split

KEPT = Volunteer(id=UUID(int=1), ref="V-1", name="Ana Lee")
OTHER = Volunteer(id=UUID(int=2), ref="V-2", name="Ana Lee")


def kept(**given: Any) -> Volunteer:
    return msgspec.structs.replace(KEPT, **given)


def other(**given: Any) -> Volunteer:
    return msgspec.structs.replace(OTHER, **given)


def test_the_kept_records_values_stand_and_the_other_fills_what_it_does_not_say() -> None:
    mine = kept(name="Ana Lee", county="Taos", us_state="NM", capacity=Capacity(cases=2))
    hers = other(name="Ana Soto", email="a@x.example", county="Travis", us_state="TX", capacity=Capacity(cases=3))
    made = merged(mine, hers)
    assert (made.id, made.ref, made.name, made.email) == (KEPT.id, "V-1", "Ana Lee", "a@x.example")
    assert (made.county, made.us_state) == ("Taos", "NM")
    assert made.capacity == Capacity(cases=2), "Capacities are not added."
    assert conflicts(mine, hers) == (Part.NAME, Part.WHERE, Part.CAPACITY)


def test_a_coordinator_may_let_the_other_value_win_part_by_part() -> None:
    mine = kept(practice={PracticeArea.ASYLUM: 1}, gender=Gender.FEMALE, remote=True)
    hers = other(name="Ana Soto", practice={PracticeArea.ASYLUM: 3, PracticeArea.FAMILY: 2}, remote=False)
    made = merged(mine, hers, yielding={Part.NAME, Part.PRACTICE, Part.REMOTE})
    assert (made.name, made.remote, made.gender) == ("Ana Soto", False, Gender.FEMALE)
    assert made.practice == {PracticeArea.ASYLUM: 3, PracticeArea.FAMILY: 2}
    assert merged(mine, hers).practice == {PracticeArea.ASYLUM: 1, PracticeArea.FAMILY: 2}


def test_lists_are_put_together() -> None:
    mine = kept(
        roles=(VolunteerRole.ATTORNEY,),
        languages=(LanguageAbility("es", 4.0),),
        interprets=(InterpretingPair("mam", "es"),),
        leave=(Leave(date(2026, 1, 1), date(2026, 1, 9)),),
    )
    hers = other(
        roles=(VolunteerRole.INTERPRETER, VolunteerRole.ATTORNEY),
        languages=(LanguageAbility("quc", 5.0), LanguageAbility("es", 5.0)),
        interprets=(InterpretingPair("es", "mam"), InterpretingPair("quc", "es")),
        leave=(Leave(date(2026, 1, 1), date(2026, 1, 9)), Leave(date(2026, 5, 1), date(2026, 5, 2))),
    )
    made = merged(mine, hers)
    assert made.roles == (VolunteerRole.ATTORNEY, VolunteerRole.INTERPRETER)
    assert {one.language: one.ilr for one in made.languages} == {"es": 4.0, "quc": 5.0}
    assert [(one.source, one.target) for one in made.interprets] == [("mam", "es"), ("quc", "es")]
    assert len(made.leave) == 2


@pytest.mark.parametrize(
    ("one", "another", "stays"),
    [
        (Standing.ACTIVE, Standing.SUSPENDED, Standing.SUSPENDED),
        (Standing.DISBARRED, Standing.SUSPENDED, Standing.DISBARRED),
        (Standing.ACTIVE, Standing.UNKNOWN, Standing.ACTIVE),
        (Standing.ACTIVE, Standing.INACTIVE, Standing.INACTIVE),
    ],
)
def test_of_two_standings_at_one_bar_the_stricter_stays(one: Standing, another: Standing, stays: Standing) -> None:
    assert stricter(one, another) is stricter(another, one) is stays
    mine, hers = kept(bars=(BarAdmission("NM", "", one),)), other(bars=(BarAdmission("NM", "7", another, 1999),))
    assert merged(mine, hers, yielding=set(Part)).bars == (BarAdmission("NM", "7", stays, 1999),)


def test_whose_number_stays_is_for_a_person_to_choose() -> None:
    mine, hers = (
        kept(bars=(BarAdmission("NM", "12"),)),
        other(bars=(BarAdmission("NM", "0012"), BarAdmission("TX", "5"))),
    )
    assert conflicts(mine, hers) == (Part.NUMBERS,)
    assert [bar.number for bar in merged(mine, hers).bars] == ["12", "5"]
    assert [bar.number for bar in merged(mine, hers, yielding={Part.NUMBERS}).bars] == ["0012", "5"]


def test_what_was_changed_since_stays_and_everything_else_goes_back() -> None:
    mine, hers = kept(practice={PracticeArea.ASYLUM: 1}), other(email="a@x.example", practice={PracticeArea.FAMILY: 2})
    after = merged(mine, hers)
    now = msgspec.structs.replace(
        after, name="Ana Lee-Soto", practice={PracticeArea.FAMILY: 2, PracticeArea.ASYLUM: 2, PracticeArea.REMOVAL: 1}
    )
    apart = split(now, kept=mine, other=hers, after=after)
    assert (apart.kept.name, apart.kept.email) == ("Ana Lee-Soto", "")
    assert apart.kept.practice == {PracticeArea.ASYLUM: 2, PracticeArea.REMOVAL: 1}
    assert apart.other == hers
    assert apart.stayed == ("name", "practice")


def test_what_a_bar_has_said_since_follows_its_number() -> None:
    mine, hers = (
        kept(bars=(BarAdmission("NM", "1", Standing.ACTIVE),)),
        other(bars=(BarAdmission("TX", "5", Standing.ACTIVE),)),
    )
    after = merged(mine, hers)
    now = msgspec.structs.replace(
        after, bars=(BarAdmission("NM", "1", Standing.ACTIVE), BarAdmission("TX", "5", Standing.SUSPENDED))
    )
    apart = split(now, kept=mine, other=hers, after=after)
    assert apart.kept.bars == mine.bars
    assert apart.other.bars == (BarAdmission("TX", "5", Standing.SUSPENDED),)
    assert apart.stayed == ()


def test_of_one_number_on_both_records_the_news_is_for_both() -> None:
    mine, hers = (one(bars=(BarAdmission("NM", "1", Standing.ACTIVE),)) for one in (kept, other))
    after = merged(mine, hers)
    now = msgspec.structs.replace(after, bars=(BarAdmission("NM", "1", Standing.SUSPENDED),))
    apart = split(now, kept=mine, other=hers, after=after)
    assert apart.kept.bars == apart.other.bars == now.bars
    assert apart.stayed == ("bar NM",)


BARS = st.dictionaries(
    st.sampled_from(["NM", "TX", "NY"]), st.tuples(st.sampled_from(["", "1", "2"]), st.sampled_from(Standing))
).map(lambda found: tuple(BarAdmission(bar, *said) for bar, said in found.items()))
RECORDS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Ana Lee", "Ana Soto"]),
        "email": st.sampled_from(["", "a@x.example", "b@x.example"]),
        "roles": st.lists(st.sampled_from(VolunteerRole), unique=True).map(tuple),
        "practice": st.dictionaries(st.sampled_from(PracticeArea), st.integers(1, 4)),
        "languages": st.dictionaries(st.sampled_from(["es", "mam"]), st.sampled_from([3.0, 5.0])).map(
            lambda found: tuple(LanguageAbility(*one) for one in found.items())
        ),
        "bars": BARS,
        "eoir_registered": st.booleans(),
        "county": st.sampled_from(["", "Taos"]),
        "remote": st.booleans(),
        "gender": st.sampled_from(Gender),
        "capacity": st.builds(Capacity, st.integers(0, 3), st.integers(0, 3)),
    }
)
PARTS = st.sets(st.sampled_from(Part))


@given(RECORDS, RECORDS, PARTS)
def test_a_merge_loses_no_admission_and_a_split_gives_what_was(one: Any, more: Any, yielding: set[Part]) -> None:
    mine, hers = kept(**one), other(**more)
    after = merged(mine, hers, yielding=yielding)

    assert {bar.jurisdiction for bar in after.bars} == {bar.jurisdiction for bar in (*mine.bars, *hers.bars)}
    assert {Standing.SUSPENDED, Standing.DISBARRED} & {standing_of(mine.bars), standing_of(hers.bars)} <= {
        bar.standing for bar in after.bars
    } | ({Standing.SUSPENDED} if standing_of(after.bars) is Standing.DISBARRED else set())
    assert set(mine.roles) | set(hers.roles) == set(after.roles)
    apart = split(after, kept=mine, other=hers, after=after)
    assert (apart.kept, apart.other, apart.stayed) == (mine, hers, ())


@given(RECORDS, RECORDS, BARS)
def test_whatever_bars_say_between_merge_and_split_no_admission_of_either_is_lost(
    one: Any, more: Any, news: Any
) -> None:
    mine, hers = kept(**one), other(**more)
    after = merged(mine, hers)
    said = {bar.jurisdiction: bar for bar in after.bars} | {bar.jurisdiction: bar for bar in news}
    apart = split(msgspec.structs.replace(after, bars=tuple(said.values())), kept=mine, other=hers, after=after)

    assert {bar.jurisdiction for bar in hers.bars} == {bar.jurisdiction for bar in apart.other.bars}
    assert {bar.jurisdiction for bar in mine.bars} <= {bar.jurisdiction for bar in apart.kept.bars}
    everywhere = {bar.jurisdiction for bar in (*apart.kept.bars, *apart.other.bars)}
    assert everywhere == {bar.jurisdiction for bar in (*mine.bars, *hers.bars, *news)}
