"""Two people at one form: nobody's words are lost, and what each changed alone is kept."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Overtaken
from core.model.concurrent_edits import put_together
from core.model.deadlines.rules import DatedFact
from core.model.listings.attributes import Attribute
from core.services.cases import needs
from core.services.cases.needs import Choice, needs_of
from core.services.deadlines.dated_facts import record_dates
from core.store import audit
from core.store.cases.case_records import dates_of
from core.store.cases.cases import find_case
from core.store.cases.listings import choice_of, comparable
from core.store.database import Database
from tests.worlds import NOW, case, clinic, coordinator, waiting

ENTRIES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))


@given(opened=ENTRIES, mine=ENTRIES, theirs=ENTRIES)
def test_what_one_changed_is_never_overwritten_by_what_another_left_alone(
    opened: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    both_changed = {name for name in mine if len({of.get(name) for of in (opened, mine, theirs)}) == 3}
    if both_changed:
        with pytest.raises(Overtaken) as refused:
            put_together(opened, mine, theirs)
        assert set(refused.value.names) == both_changed
        return
    both = put_together(opened, mine, theirs)
    for name in mine.keys() | theirs.keys():
        wanted = mine.get(name, opened.get(name))
        assert both.get(name) == (theirs.get(name) if wanted == opened.get(name) else wanted)


async def test_of_two_summaries_written_at_once_the_second_is_refused_and_tells_of_the_first(
    database: Database,
) -> None:
    one, by = await waiting(case("NM-1")), await coordinator()
    await needs.write_summary(one.id, "She asks for asylum.", opened=one.summary, by=by, now=NOW)

    with pytest.raises(Overtaken, match="Somebody else"):
        await needs.write_summary(one.id, "The papers are there.", opened=one.summary, by=by, now=NOW)

    assert (await find_case(one.id)).summary == "She asks for asylum."
    await needs.write_summary(one.id, "Both.", opened="She asks for asylum.", by=by, now=NOW)
    assert (await find_case(one.id)).summary == "Both."
    assert sum(event.kind == "summary_written" for event in await audit.events()) == 2


async def test_needs_are_put_together_field_by_field_and_the_same_field_is_not_overwritten(database: Database) -> None:
    one, by = await waiting(case("NM-1")), await coordinator()
    opened = needs_of(one)

    async def settle(**changes: Any) -> None:
        await needs.settle_needs(one.id, msgspec.structs.replace(opened, **changes), opened=opened, by=by, now=NOW)

    await settle(hours=12.0)
    await settle(skill_level=4)
    with pytest.raises(Overtaken) as refused:
        await settle(hours=50.0, attorneys=2)

    after = await find_case(one.id)
    assert refused.value.names == ("hours",)
    assert (after.hours, after.skill_level, after.attorneys) == (12.0, 4, one.attorneys)


async def test_what_is_hidden_and_how_many_look_alike_are_not_overwritten_either(database: Database) -> None:
    one, by = await waiting(case("NM-1")), await coordinator()
    nothing = Choice()
    await needs.choose_listing(one.id, widened=[Attribute.REGION], opened=nothing, by=by, now=NOW)
    await needs.choose_listing(one.id, widened=[], withheld="Ask first.", opened=nothing, by=by, now=NOW)
    with pytest.raises(Overtaken):
        await needs.choose_listing(one.id, widened=[Attribute.FORUM], opened=nothing, by=by, now=NOW)
    assert await choice_of(one.id) == (frozenset({Attribute.REGION}), "Ask first.")

    k = await comparable()
    await needs.set_comparable(9, opened=k, by=by, now=NOW)
    with pytest.raises(Overtaken):
        await needs.set_comparable(7, opened=k, by=by, now=NOW)
    assert await comparable() == 9


async def test_two_dates_of_one_fact_are_not_taken_one_for_the_other(database: Database) -> None:
    one, by = await waiting(case("NM-1")), await coordinator()
    first, second = date(2026, 12, 10), date(2026, 12, 17)
    said: Any = {"clinic": clinic(), "by": by, "now": NOW}
    await record_dates(one.id, {DatedFact.INDIVIDUAL_HEARING: first}, opened={}, **said)

    with pytest.raises(Overtaken) as refused:
        await record_dates(one.id, {DatedFact.INDIVIDUAL_HEARING: second}, opened={}, **said)

    assert refused.value.names == (DatedFact.INDIVIDUAL_HEARING,)
    assert (await dates_of(one.id))[DatedFact.INDIVIDUAL_HEARING] == first
