"""What a bar sees of its members' help: nothing that rests on fewer than five people, nor what would tell it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from core.model.rosters.figures import HOURS, Figure, K, RosterFigures, YearOfBar, figures

SMALL = range(1, K)
World = tuple[tuple[int, ...], tuple[int, ...], int]
"""How many joined in each year, how many took a case in each, and how many in any."""


def seen(world: World) -> RosterFigures:
    """What is shown of a world in which whoever takes a case takes one and gives as much as all others."""
    joined, took, ever = world
    years = [
        YearOfBar(year=2020 + at, joined=j, took=k, cases=k, gave=k, hours=500.0)
        for at, (j, k) in enumerate(zip(joined, took, strict=True))
    ]
    return figures(1000, years, took=ever)


def quantities(world: World) -> Iterator[tuple[str, int]]:
    """Every count of people that sums and differences of what a table has could tell, by what it counts."""
    joined, took, ever = world
    years = range(len(joined))
    for size in range(1, len(joined) + 1):
        for some in combinations(years, size):
            yield f"joined in {some}", sum(joined[at] for at in some)
    yield "never took a case", sum(joined) - ever
    for at in years:
        yield f"took in {at}", took[at]
        yield f"took in other years than {at} only", ever - took[at]
        yield f"joined until {at} and took none in it", sum(joined[: at + 1]) - took[at]
    yield "ever took a case", ever


def leaks(worlds: Iterable[World]) -> list[tuple[str, int]]:
    """The small counts that are the same in all worlds which look alike: whoever looks knows them."""
    told: dict[RosterFigures, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for world in worlds:
        for name, count in quantities(world):
            told[seen(world)][name].add(count)
    alike = [(name, counts) for one in told.values() for name, counts in one.items() if len(counts) == 1]
    return [(name, *counts) for name, counts in alike if counts <= set(SMALL)]  # type: ignore[misc]  # -- there is one


def worlds_of(joined: Sequence[int]) -> Iterator[World]:
    """All worlds in which so many join in each of two years."""
    first, both = joined[0], sum(joined)
    for one, other in product(range(first + 1), range(both + 1)):
        for ever in range(max(one, other), min(both, one + other) + 1):
            yield tuple(joined), (one, other), ever


def test_no_two_years_tell_a_small_figure_by_any_sum_or_difference() -> None:
    assert leaks(world for joined in product(range(2 * K), repeat=2) for world in worlds_of(joined)) == []


def test_years_with_few_each_tell_none_of_them_however_many_they_are() -> None:
    for years in range(1, 6):
        nobody = (0,) * years
        assert leaks((joined, nobody, 0) for joined in product(range(K), repeat=years)) == []


def test_three_years_that_are_shown_in_part_tell_nothing_of_the_others() -> None:
    assert leaks((joined, (0, 0, 0), 0) for joined in product(range(2 * K), repeat=3)) == []


def test_everybody_who_joined_in_five_lean_years_is_not_told_by_those_who_took_cases_later() -> None:
    lean = seen(((4, 4, 4, 4, 4), (0, 0, 0, 0, 20), 20))

    assert [one.joined for one in lean.years] == [Figure(few=True)] * 5
    assert lean.together.joined.at_least == lean.years[-1].took.at_least == 15


COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(0, 2000)), min_size=1, max_size=8)


def years_of(counts: list[tuple[int, int, int]]) -> list[YearOfBar]:
    """Years in which no more take cases than have joined by then."""
    by_then = [sum(one[0] for one in counts[: at + 1]) for at in range(len(counts))]
    return [
        YearOfBar(year=2010 + at, joined=j, took=min(k, most), cases=2 * min(k, most), gave=min(k, most), hours=h)
        for at, ((j, k, h), most) in enumerate(zip(counts, by_then, strict=True))
    ]


@given(COUNTS)
def test_every_figure_is_true_in_steps_and_rests_on_five_people_or_is_not_shown(
    counts: list[tuple[int, int, int]],
) -> None:
    years = years_of(counts)
    ever = min(sum(one.joined for one in years), sum(one.took for one in years))
    shown = figures(100, years, took=ever)

    for true, told in zip(years, shown.years, strict=True):
        for figure, value, people, step in (
            (told.joined, true.joined, true.joined, K),
            (told.took, true.took, true.took, K),
            (told.cases, true.cases, true.took, K),
            (told.hours, true.hours, true.gave, HOURS),
        ):
            assert figure.at_least <= value
            assert figure.at_least % step == 0
            assert not figure.at_least or people >= K
            assert figure.few is (people < K) or figure.at_least == 0
    together = shown.together
    assert together.joined.at_least <= sum(one.joined for one in years)
    assert together.took.at_least <= min(ever, together.joined.at_least)
    assert together.cases.at_least == sum(one.cases.at_least for one in shown.years)
    assert together.hours.at_least == sum(one.hours.at_least for one in shown.years)


@given(COUNTS, st.data())
def test_a_small_year_could_be_any_other_small_one_for_all_that_is_shown(
    counts: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    years = years_of(counts)
    few = [at for at, one in enumerate(years) if one.joined < K]
    assume(few)
    at, other = data.draw(st.sampled_from(few)), data.draw(st.integers(0, K - 1))
    shown = figures(100, years, took=0)

    full = [msgspec.structs.replace(one, joined=K * (one.joined // K) + K - 1) for one in years]
    full[at] = msgspec.structs.replace(years[at], joined=other)
    told = figures(100, full, took=0)

    assert [one.joined for one in told.years] == [one.joined for one in shown.years]
    most = sum(one.joined for one in full)
    assert shown.together.joined.at_least <= most
    assert all(
        one.took.at_least <= sum(each.joined for each in full[: place + 1]) for place, one in enumerate(shown.years)
    )
