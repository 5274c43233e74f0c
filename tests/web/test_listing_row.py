"""A row of the open cases is kept by all that it shows, so that it can never be an old one or somebody else's."""

from uuid import UUID

import msgspec
import pytest

from core.model.cases.urgency import Tier
from core.model.listings.listed import Listing
from core.model.vocabulary import Forum, Posture, PracticeArea
from web.shapes.cases.listings import listing_row

LISTING = Listing(
    id=UUID(int=1),
    ref="NM-1",
    practice_area=PracticeArea.ASYLUM,
    relief="",
    posture=Posture.AFFIRMATIVE,
    forum=Forum.USCIS,
    skill_level=2,
    tier=Tier.SOON,
    detained=False,
    us_state="NM",
    region="Central",
    remote_ok=True,
    languages=("mam",),
    all_languages=True,
    family="mayan",
    attorneys=1,
    interpreter_gender=None,
    hours=25.0,
    exact_hours=True,
    interpreter_hours=None,
    waiting_week=None,
    deadline_week=None,
    hidden=(),
    weeks_waiting=4,
    weeks_left=3,
    deadline_kind="one-year filing",
    summary="Asks for help with her filing.",
)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"summary": "Asks for <help>."}, "Asks for &lt;help&gt;."),
        ({"region": ""}, "remote, NM"),
        ({"remote_ok": False}, "in person, Central"),
        ({"weeks_left": -1}, "one-year filing overdue"),
        ({"weeks_waiting": 5}, "5 weeks"),
        ({"languages": ("mam", "es")}, "Mam or Spanish"),
        ({"hours": 12.5}, "12.5 h"),
        ({"posture": Posture.DEFENSIVE}, "Asylum, defensive"),
        ({"id": UUID(int=2)}, str(UUID(int=2))),
    ],
)
def test_a_listing_that_changes_is_another_row(change: dict[str, object], shown: str) -> None:
    before = listing_row(LISTING, False)

    assert shown not in before
    assert shown in listing_row(msgspec.structs.replace(LISTING, **change), False)
    assert listing_row(LISTING, False) == before


def test_only_a_case_that_fits_says_so() -> None:
    assert "Fits you" in listing_row(LISTING, True)
    assert "Fits you" not in listing_row(LISTING, False)
