"""The list that volunteers see is worked out by whatever changes the open cases, and no answer goes beyond it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from core.errors import NotEligible, NotFound
from core.model.cases.case import Case
from core.model.languages import InterpretingPair
from core.model.listings.attributes import Attribute
from core.model.people import SYSTEM, Leave, Volunteer
from core.model.vocabulary import Forum, Posture, PracticeArea, SeatRole
from core.queries.cases.listings import FAMILY, Wishes, last_listing, open_case, open_cases, similar_cases
from core.services.cases import intake
from core.services.cases.importing import import_cases
from core.services.matches import approval, claiming
from core.services.matches.fitting import fits_of, fitting
from core.spreadsheets import CaseRow
from core.store.cases.listings import keep_comparable
from core.store.database import Database, transaction
from core.store.matches.teams import open_proposals
from tests import worlds
from tests.worlds import NOW, actor_of, case, waiting

A = Attribute
TODAY = NOW.date()


async def crowd(n: int = 5, **changes: Any) -> list[Case]:
    await keep_comparable(5)
    return [await waiting(case(**changes)) for _ in range(n)]


async def told(of: Case) -> set[Attribute]:
    return set(A) - set((await last_listing(of.id, today=TODAY)).hidden)


async def listed(wishes: Wishes | None = None) -> set[str]:
    return {row.ref for row in (await open_cases(wishes or Wishes(), today=TODAY, limit=500)).rows}


async def test_the_verb_that_takes_one_of_five_away_hides_what_the_others_shared_with_it(database: Database) -> None:
    gone, *left = await crowd(languages=("mam",))
    others = await crowd(20)
    assert A.LANGUAGE in await told(gone)

    await intake.withdraw_case(gone.id, reason="moved", by=SYSTEM, now=NOW)

    assert [A.LANGUAGE in await told(one) for one in left] == [False] * 4
    assert {one.ref for one in (*left, *others)} == await listed()


async def test_a_change_that_fails_leaves_the_list_as_it_was(database: Database) -> None:
    gone, *left = await crowd(languages=("mam",))
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await intake.withdraw_case(gone.id, reason="moved", by=SYSTEM, now=NOW)
            1 / 0  # noqa: B018 -- whatever goes wrong

    assert all([A.LANGUAGE in await told(one) for one in (gone, *left)])


async def test_fewer_than_five_open_cases_are_on_no_list_and_can_be_claimed_by_nobody(database: Database) -> None:
    four = await crowd(4)
    alma = await worlds.joined(worlds.attorney())

    assert await listed() == set()
    with pytest.raises(NotFound):
        await open_case(four[0].id, today=TODAY)
    with pytest.raises(NotFound):
        await claiming.claim_case(
            four[0].id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=actor_of(alma), now=NOW
        )
    fifth = await waiting()
    assert fifth.ref in await listed()


async def test_a_corrected_case_is_listed_as_it_is_now(database: Database) -> None:
    one, *_rest = await crowd(10)

    await intake.correct_case(msgspec.structs.replace(one, languages=("ti",)), by=SYSTEM, now=NOW)

    assert A.LANGUAGE not in await told(one)


async def test_a_whole_file_is_worked_out_once_at_its_end(database: Database) -> None:
    await keep_comparable(5)
    rows = [
        CaseRow(
            line=number,
            ref=f"F-{number}",
            practice_area=PracticeArea.ASYLUM,
            skill_level=2,
            languages=("es",),
            forum=Forum.EOIR,
            received=date(2026, 9, 1),
        )
        for number in range(6)
    ]

    await import_cases(rows, by=SYSTEM, now=NOW)

    assert await listed() == {f"F-{number}" for number in range(6)}


async def test_filters_find_what_is_told_and_nothing_that_is_hidden(database: Database) -> None:
    rare = await crowd(2, languages=("ixl",)) + await crowd(3, languages=("cac",))
    common = await crowd(12)
    (secret,) = await crowd(1, languages=("ti",), practice_area=PracticeArea.FAMILY)

    assert await listed(Wishes(language="es")) <= {one.ref for one in common}
    assert await listed(Wishes(language="ixl")) == await listed(Wishes(language=FAMILY + "mayan"))
    assert await listed(Wishes(language="ixl")) == {one.ref for one in rare}
    assert secret.ref not in await listed(Wishes(language="ti"))
    assert secret.ref not in await listed(Wishes(area=PracticeArea.FAMILY))
    assert secret.ref in await listed()


async def test_similar_cases_are_similar_in_what_is_told(database: Database) -> None:
    await crowd(12)
    one, *_rest = await crowd(1, languages=("ti",), practice_area=PracticeArea.FAMILY)
    listing = await last_listing(one.id, today=TODAY)

    found = await similar_cases(listing, today=TODAY)

    assert {(row.practice_area, row.languages) for row in found} <= {(listing.practice_area, listing.languages)}


async def test_hours_and_urgency_tell_nothing_that_is_hidden(database: Database) -> None:
    (held,) = await crowd(1, detained=True, posture=Posture.DEFENSIVE, hours=60.0, relief="Bond hearing")
    await crowd(12, hours=45.0, relief="Asylum")

    listing = await last_listing(held.id, today=TODAY)

    assert (listing.detained, listing.tier.word, listing.exact_hours, listing.hours) == (False, "none", False, 100.0)


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("A parent asks for help with two children.", True),
        ("María asks for help.", False),
        ("He asks Pastor Jones for help.", False),
        ("A 17-year-old asks for help.", False),
        ("Fled in March 2021.", False),
        ("Fled Guatemala.", False),
        ("Lives in Taos.", False),
        ("Speaks Tigrinya.", False),
        ("Call 505-555-0123.", False),
        ("Lives in New Mexico and filed form I-589.", True),
    ],
)
async def test_a_summary_that_tells_more_than_its_listing_is_left_out(
    database: Database, summary: str, shown: bool
) -> None:
    one, *_rest = await crowd(6, summary=summary)

    assert (await last_listing(one.id, today=TODAY)).summary == (summary if shown else "")


def speaker(*pairs: tuple[str, str]) -> Volunteer:
    return worlds.interpreter("Isidro", *pairs)


async def test_what_fits_follows_from_the_listing_and_herself_alone(database: Database) -> None:
    """Two cases that are listed alike get the same answers, whatever they are in truth and whatever she says she is."""
    far = {"remote_ok": False, "practice_area": PracticeArea.FAMILY, "skill_level": 2}
    hidden = [
        (await crowd(1, languages=("ti",), county="Lea", **far))[0],
        (await crowd(1, languages=("ff",), county="San Juan", **far))[0],
    ]
    await crowd(12)
    pair = [await last_listing(one.id, today=TODAY) for one in hidden]
    people = [
        await worlds.joined(one)
        for one in (
            speaker(("ti", "en")),
            speaker(("ff", "en")),
            worlds.attorney("Alma", practice={PracticeArea.FAMILY: 3}, county="Lea", remote=False),
            worlds.attorney("Berta", practice={PracticeArea.ASYLUM: 3}, county="San Juan", remote=False),
            worlds.attorney("Celia", leave=(Leave(TODAY, TODAY + timedelta(days=30)),)),
        )
    ]

    for person in people:
        answers = await fitting(pair, clinic=worlds.clinic(), by=actor_of(person), now=NOW)
        reasons = [
            [(fit.role, fit.verdict.allowed, fit.verdict.reasons) for fit in fits]
            for fits in [await fits_of(one, clinic=worlds.clinic(), by=actor_of(person), now=NOW) for one in pair]
        ]
        assert answers[0] == answers[1]
        assert reasons[0] == reasons[1]


async def test_a_claim_that_only_hidden_facts_forbid_waits_for_a_coordinator_who_is_told_why(
    database: Database,
) -> None:
    (secret,) = await crowd(1, practice_area=PracticeArea.FAMILY, languages=("ti",))
    await crowd(12)
    alma, by = await worlds.joined(worlds.attorney()), await worlds.coordinator()

    await claiming.claim_case(secret.id, role=SeatRole.ATTORNEY, clinic=worlds.clinic(), by=actor_of(alma), now=NOW)

    (proposal,) = await open_proposals(case=secret.id)
    assert any(
        "Something that the listing hides stands against it: No family attorney" in why for why in proposal.team.reasons
    )
    with pytest.raises(NotEligible):
        await approval.approve_proposal(proposal.id, clinic=worlds.clinic(), by=by, now=NOW)


async def test_an_interpreter_is_refused_by_what_is_told(database: Database) -> None:
    mam, *_rest = await crowd(5, languages=("mam",))
    isidro = await worlds.joined(worlds.interpreter("Isidro", interprets=(InterpretingPair("quc", "es"),)))

    with pytest.raises(NotEligible):
        await claiming.claim_case(
            mam.id, role=SeatRole.INTERPRETER, clinic=worlds.clinic(), by=actor_of(isidro), now=NOW
        )
