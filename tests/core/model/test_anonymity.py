"""What may be told of open cases: everybody looks like k - 1 others, on every day and over all days together."""

from collections import Counter

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.languages import family_of
from core.model.listings.anonymity import disclose
from core.model.listings.attributes import NEEDS, Attribute, Candidate, Disclosure, Known

A = Attribute
K = 5


@st.composite
def values(draw: st.DrawFn) -> dict[Attribute, str]:
    """A case of few kinds, so that some are common and some are rare."""
    language = draw(st.sampled_from(["es", "es", "es", "mam", "quc", "ixl", "ht", "ar"]))
    area = draw(st.sampled_from(["asylum", "asylum", "family", "removal"]))
    return {
        A.LANGUAGE: language,
        A.FAMILY: family_of(language),
        A.AREA: area,
        A.POSTURE: draw(st.sampled_from(["affirmative free", "defensive free", "defensive detained"])),
        A.STATE: "NM",
        A.SPOKEN: language + draw(st.sampled_from(["", " en"])),
        A.FORUM: draw(st.sampled_from(["uscis", "eoir"])),
        A.RELIEF: f"{area} {draw(st.sampled_from('ab'))}",
        A.REGION: draw(st.sampled_from(["Central", "North", "South"])),
        A.GENDER: draw(st.sampled_from(["", "female"])),
        A.KIND: "",
    }


crowds = st.lists(values(), max_size=60)


def candidates(of: list[dict[Attribute, str]], known: dict[str, Known] | None = None) -> list[Candidate]:
    names = [f"{number:03}" for number in range(len(of))]
    return [
        Candidate(name, name, facts, (known or {}).get(name, Known())) for name, facts in zip(names, of, strict=True)
    ]


def shown_alike(found: dict[str, Disclosure]) -> Counter[str]:
    return Counter(msgspec.json.encode(one.shown, order="sorted").decode() for one in found.values())


@given(crowds)
@settings(max_examples=150, deadline=None)
def test_every_case_is_shown_just_like_k_minus_one_others_and_truly(facts: list[dict[Attribute, str]]) -> None:
    found = disclose(candidates(facts), K)

    assert len(found) == (len(facts) if len(facts) >= K else 0)
    assert all(n >= K for n in shown_alike(found).values())
    for one in candidates(facts)[: len(found)]:
        shown = found[one.key].shown
        assert shown.items() <= one.values.items()
        assert all(NEEDS[name] in shown for name in shown if name in NEEDS)


@given(crowds, st.data())
@settings(max_examples=200, deadline=None)
def test_two_that_are_shown_alike_could_change_places_and_nobody_would_see_it(
    facts: list[dict[Attribute, str]], data: st.DataObject
) -> None:
    """Whoever knows how the list is made learns no more from it: with facts and lots swapped, every case is shown as
    it was; and the swapped lots, which nobody sees, are as likely as the others.
    """
    here = candidates(facts)
    found = disclose(here, K)
    keys = sorted(found)
    if not keys:
        return
    one = data.draw(st.sampled_from(keys))
    other = data.draw(st.sampled_from([key for key in keys if found[key].shown == found[one].shown]))
    names = {one: other, other: one}
    swapped = [msgspec.structs.replace(case, key=names.get(case.key, case.key)) for case in here]

    again = disclose(swapped, K)

    assert {key: case.shown for key, case in again.items()} == {key: case.shown for key, case in found.items()}


@given(crowds)
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_cases_come_does_not_matter(facts: list[dict[Attribute, str]]) -> None:
    assert disclose(candidates(facts)[::-1], K) == disclose(candidates(facts), K)


@given(crowds, st.lists(st.tuples(st.sets(st.integers(0, 80)), st.lists(values(), max_size=8)), max_size=5))
@settings(max_examples=80, deadline=None)
def test_all_lists_of_many_days_together_fit_k_of_those_that_were_open_when_the_last_thing_was_told(
    facts: list[dict[Attribute, str]], days: list[tuple[set[int], list[dict[Attribute, str]]]]
) -> None:
    here = {f"{number:03}": case for number, case in enumerate(facts)}
    known: dict[str, Known] = {}
    for day, (leave, come) in enumerate([(set(), []), *days]):
        here = {key: case for at, (key, case) in enumerate(sorted(here.items())) if at not in leave}
        here |= {f"{day}-{number}": case for number, case in enumerate(come)}
        found = disclose([Candidate(key, key, case, known.get(key, Known())) for key, case in here.items()], K)
        for key, one in found.items():
            if one.known != known.get(key, Known()) and _is_news(one.known, known.get(key, Known())):
                assert sum(one.known.fits(case) for case in here.values()) >= K
            known[key] = one.known
            assert one.known.fits(here[key])


def _is_news(after: Known, before: Known) -> bool:
    """The family of a language that is known is no news, nor that somebody speaks none of another family."""
    told = {name for name in after.has if name not in before.has}
    if A.LANGUAGE in before.has:
        told.discard(A.FAMILY)
    family = before.has.get(A.FAMILY)
    denied = {
        (name, value)
        for name, lacks in after.lacks.items()
        for value in set(lacks) - set(before.lacks.get(name, ()))
        if not (name is A.LANGUAGE and family is not None and family_of(value) != family)
    }
    return bool(told or denied)


def of_language(tag: str, n: int, **more: str) -> list[dict[Attribute, str]]:
    one = dict.fromkeys(Attribute, "") | {
        A.LANGUAGE: tag,
        A.FAMILY: family_of(tag),
        A.SPOKEN: tag,
        A.AREA: "asylum",
    }
    return [one | {A(name): value for name, value in more.items()} for _ in range(n)]


def test_the_language_is_generalised_last_and_the_place_before_it() -> None:
    facts = [
        {**case, A.STATE: "NM", A.REGION: region}
        for case, region in zip(of_language("mam", 5), ["North", "South", "East", "West", "Central"], strict=True)
    ]

    found = disclose(candidates(facts), K)

    assert all(one.shown[A.LANGUAGE] == "mam" and A.REGION not in one.shown for one in found.values())
    assert all(one.sharing[A.REGION] == 1 for one in found.values())


def test_rare_languages_of_one_family_are_told_by_their_family() -> None:
    found = disclose(candidates(of_language("es", 9) + of_language("ixl", 2) + of_language("cac", 3)), K)

    assert Counter(one.shown.get(A.LANGUAGE, one.shown.get(A.FAMILY, "")) for one in found.values()) == {
        "es": 9,
        "mayan": 5,
    }


def test_a_single_rare_case_is_listed_since_some_who_could_tell_more_stay_with_it() -> None:
    found = disclose(candidates(of_language("es", 20) + of_language("ti", 1)), K)

    assert len(found) == 21
    assert Counter(A.LANGUAGE in one.shown for one in found.values()) == {True: 16, False: 5}


def test_fewer_than_k_cases_are_not_listed_at_all() -> None:
    assert disclose(candidates(of_language("es", 4)), K) == {}


def test_what_a_coordinator_hides_stays_hidden() -> None:
    facts = of_language("es", 12)
    shy = [
        msgspec.structs.replace(one, widened=frozenset({A.LANGUAGE, A.FAMILY}) if number < 1 else frozenset())
        for number, one in enumerate(candidates(facts))
    ]

    found = disclose(shy, K)

    assert A.LANGUAGE not in found["000"].shown
    assert A.FAMILY not in found["000"].shown
    assert all(n >= K for n in shown_alike(found).values())


def test_a_case_that_was_told_of_one_thing_is_not_told_of_another_unless_five_fit_both() -> None:
    """The list of one day tells the area of five, that of another the posture of five: only one fits both."""
    facts = of_language("es", 5, posture="defensive free") + of_language("es", 5, posture="affirmative free")
    facts[0] |= {A.AREA: "family"}
    before = {"000": Known(has={A.LANGUAGE: "es", A.FAMILY: "romance", A.AREA: "family"})}

    found = disclose(candidates(facts, before), K)

    assert A.POSTURE not in found["000"].shown
    assert found["000"].known.has == before["000"].has
