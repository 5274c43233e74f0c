"""What in a summary tells more than the listing around it, however it is written: then the summary is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.demo.words import SUMMARIES
from core.model.listings.attributes import Attribute
from core.model.listings.listed import Told, told_of
from core.model.listings.reidentification import Clue, clues_in, gives_away, meter
from tests.worlds import case

A = Attribute
HIDDEN = told_of(case("NM-1", languages=("mam", "es")), {})
AS_TOLD = told_of(
    case("NM-1", languages=("mam", "es"), us_state="NM"),
    dict.fromkeys((A.LANGUAGE, A.AREA, A.RELIEF, A.POSTURE, A.STATE, A.SPOKEN), "told")
    | {A.FAMILY: "mayan", A.STATE: "NM"},
)


def told(summary: str, around: Told = HIDDEN) -> list[tuple[Clue, str]]:
    return [(one.clue, one.text) for one in clues_in(summary, around) if one.blocks]


@pytest.mark.parametrize(
    ("summary", "clue", "text"),
    [
        ("She speaks mam.", Clue.LANGUAGE, "mam"),
        ("She speaks q’anjob’al at home.", Clue.LANGUAGE, "q’anjob’al"),
        ("A mandarin chinese speaker.", Clue.LANGUAGE, "mandarin chinese"),
        ("A mayan client.", Clue.LANGUAGE, "mayan"),
        ("A guatemalan mother.", Clue.ORIGIN, "guatemalan"),
        ("Una madre hondureña.", Clue.ORIGIN, "hondureña"),
        ("Of an indigenous people.", Clue.ORIGIN, "indigenous"),
        ("See file A# 123 456 789.", Clue.NUMBER, "A# 123 456 789"),
        ("See file a-123-456-789.", Clue.NUMBER, "a-123-456-789"),
        ("Call 555-1234 first.", Clue.NUMBER, "555-1234"),
        ("Call (505) 555-1234 first.", Clue.NUMBER, "(505) 555-1234"),
        ("Known as @rosita.", Clue.NUMBER, "@rosita"),
        ("Came in november.", Clue.DATE, "november"),
        ("Llegó en marzo.", Clue.DATE, "marzo"),
        ("A mother, 34 yo.", Clue.AGE, "34 yo"),
        ("A mother 34 years of age.", Clue.AGE, "34 years of age"),
        ("Works for mr. jones.", Clue.NAME, "mr. jones"),
        ("Lives in dona ana.", Clue.PLACE, "dona ana"),
        ("Lives in Grant.", Clue.PLACE, "Grant"),
        ("A U-visa for a worker.", Clue.AREA, "U-visa"),
        ("The NTA is here.", Clue.DETENTION, "NTA"),
        ("She was at the court.", Clue.DETENTION, "court"),
    ],
)
def test_what_tells_more_keeps_the_summary_off_the_list(summary: str, clue: Clue, text: str) -> None:
    assert (clue, text) in told(summary)
    assert meter(clues_in(summary, HIDDEN)) == 100


@pytest.mark.parametrize(
    "summary",
    [
        "The committee may grant more time; a union helps and will polish the letter.",
        "They march on: ten hours a week for 12 weeks, on I-589 forms in New Mexico.",
        "She speaks Mam, a Mayan language, and some spanish.",
        *[text for texts in SUMMARIES.values() for text in texts],
    ],
)
def test_what_the_listing_tells_and_what_everybody_says_is_shown(summary: str) -> None:
    assert told(summary, AS_TOLD) == []


def test_a_relief_that_the_listing_hides_within_its_area_is_not_told_by_the_summary() -> None:
    area_only = told_of(case("NM-1", languages=("mam",)), {A.AREA: "daca_tps", A.POSTURE: "affirmative free"})

    assert told("Registers for temporary protected status.", area_only) == [(Clue.RELIEF, "temporary protected")]
    assert told("A renewal is due.", area_only) == []


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_its_clues_stand_where_they_are_said_to(text: str) -> None:
    for one in clues_in(text, HIDDEN):
        assert text[one.start : one.start + len(one.text)] == one.text
    assert gives_away(text, HIDDEN) == any(one.blocks for one in clues_in(text, HIDDEN))
