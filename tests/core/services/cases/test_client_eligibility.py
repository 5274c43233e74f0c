"""Whether a client may be served: checked, decided otherwise with a reason, and needed before anybody waits."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from core.errors import BadInput, NotAllowed, NotEligible, TooLate
from core.model.cases.case import Case
from core.model.cases.eligibility import Exemption, Met, Thresholds, Verdict
from core.model.cases.eligibility_checks import CheckedBy
from core.model.clients.client import ClientField, Purpose
from core.model.clients.households import Household, Period, household_in
from core.model.concurrent_edits import version_of
from core.model.people import Actor
from core.model.states import CaseState
from core.model.vocabulary import AccountRole, PracticeArea
from core.services.cases import intake
from core.services.cases.eligibility import (
    check_eligibility,
    checked_elsewhere,
    decide_otherwise,
    set_thresholds,
)
from core.services.clients.disclosing import read_client
from core.store import audit
from core.store.cases.cases import find_case
from core.store.cases.eligibility import checks_of, last_check, thresholds_history, thresholds_in_force
from core.store.database import Database, open_database
from core.store.keys import new_id
from tests.worlds import NOW, case, coordinator

POOR, RICH = Household(3, Decimal(1500)), Household(1, Decimal(9000))


async def screening(ref: str = "", **changes: object) -> tuple[Actor, Case]:
    """A case in screening."""
    by, new = await coordinator(), case(ref, **changes)
    await intake.receive_case(new, by=by, now=NOW)
    await intake.begin_screening(new.id, by=by, now=NOW)
    return by, new


async def state_of(of: Case) -> CaseState:
    return (await find_case(of.id)).state


async def test_nobody_is_put_on_the_waitlist_before_it_is_known_that_she_may_be_served(database: Database) -> None:
    by, new = await screening()
    with pytest.raises(NotEligible, match="not checked yet"):
        await intake.waitlist_case(new.id, by=by, now=NOW)

    await check_eligibility(new.id, by=by, now=NOW)
    with pytest.raises(NotEligible, match="must still be asked"):
        await intake.waitlist_case(new.id, by=by, now=NOW)

    await check_eligibility(new.id, household=RICH, by=by, now=NOW)
    with pytest.raises(NotEligible, match="may not be served"):
        await intake.waitlist_case(new.id, by=by, now=NOW)
    assert await state_of(new) is CaseState.SCREENING

    await check_eligibility(new.id, household=POOR, by=by, now=NOW)
    await intake.waitlist_case(new.id, by=by, now=NOW)
    assert await state_of(new) is CaseState.WAITLISTED


async def test_a_person_decides_otherwise_with_a_reason_and_what_the_rules_said_stays_beside_it(
    database: Database,
) -> None:
    by, new = await screening()
    with pytest.raises(TooLate, match="check first"):
        await decide_otherwise(new.id, Verdict.ELIGIBLE, reason="Board vote.", by=by, now=NOW)
    await check_eligibility(new.id, household=RICH, by=by, now=NOW)
    with pytest.raises(BadInput, match="why"):
        await decide_otherwise(new.id, Verdict.ELIGIBLE, reason=" ", by=by, now=NOW)

    await decide_otherwise(new.id, Verdict.ELIGIBLE, reason="Medical costs eat it up.", by=by, now=NOW)

    newest, first = await checks_of(new.id)
    assert (newest.by_rules, newest.decided, newest.source) == (Verdict.INELIGIBLE, Verdict.ELIGIBLE, CheckedBy.PERSON)
    assert (first.decided, newest.reason) == (Verdict.INELIGIBLE, "Medical costs eat it up.")
    await intake.waitlist_case(new.id, by=by, now=NOW)


@pytest.mark.parametrize("decided", [False, True], ids=["by the thresholds", "by a person"])
async def test_a_case_that_changed_after_it_was_checked_is_checked_again(database: Database, *, decided: bool) -> None:
    by, new = await screening()
    await check_eligibility(new.id, household=RICH if decided else POOR, by=by, now=NOW)
    if decided:
        await decide_otherwise(new.id, Verdict.ELIGIBLE, reason="Medical costs eat it up.", by=by, now=NOW)
    await intake.correct_case(msgspec.structs.replace(new, us_state="TX", county="El Paso"), by=by, now=NOW)

    with pytest.raises(NotEligible, match="has changed"):
        await intake.waitlist_case(new.id, by=by, now=NOW)
    assert (await check_eligibility(new.id, by=by, now=NOW)).decided is Verdict.INELIGIBLE


async def test_detention_is_a_fact_of_the_case_and_no_choice_of_the_form(database: Database) -> None:
    by, free = await screening()
    _, held = await screening(detained=True)

    claimed = await check_eligibility(free.id, exemptions=(Exemption.DETAINED,), by=by, now=NOW)
    exempt = await check_eligibility(held.id, by=by, now=NOW)

    assert (claimed.decided, exempt.decided) == (Verdict.UNKNOWN, Verdict.ELIGIBLE)
    assert exempt.findings[2].met is Met.EXEMPT


async def test_the_figures_are_kept_with_the_sealed_client_and_nowhere_else(sqlite_url: str) -> None:
    opened, folder = await open_database(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///")).parent
    by, new = await screening()
    odd = Household(7, Decimal("1234.56"), Period.TWO_WEEKS)
    check = await check_eligibility(new.id, household=odd, by=by, now=NOW)

    known = await read_client(new.id, (ClientField.HOUSEHOLD,), purpose=Purpose.SCREENING, by=by, now=NOW)
    assert household_in(known[ClientField.HOUSEHOLD]) == odd
    assert (check.band, await last_check(new.id)) == ("0-125", check)
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    await opened.close()
    assert new.ref.encode() in written
    assert not [figure for figure in (b"1234.56", b"32098") if figure in written]


async def test_what_was_found_elsewhere_counts_and_says_so(database: Database) -> None:
    by, new = await screening(us_state="TX")
    await checked_elsewhere(new.id, reason="referred by a partner", by=by, now=NOW)

    await intake.waitlist_case(new.id, by=by, now=NOW)

    (event,) = await audit.with_words(new.id, await audit.events_of([new.id], "eligibility_checked"))
    told = [event.detail[name] for name in ("result", "source", "reason")]
    assert told == ["eligible", "elsewhere", "referred by a partner"]


async def test_thresholds_count_from_the_day_they_are_set_and_their_history_stays(database: Database) -> None:
    by, new = await screening()
    assert (await thresholds_in_force()).asks == Thresholds()
    before = await check_eligibility(new.id, household=POOR, by=by, now=NOW)
    strict = Thresholds(percent=50, areas=(PracticeArea.ASYLUM,))

    await set_thresholds(
        strict, version=version_of(Thresholds()), why="The grant asks for it.", by=by, now=NOW + timedelta(days=1)
    )
    await set_thresholds(strict, version=version_of(strict), why="Again the same.", by=by, now=NOW + timedelta(days=2))
    after = await check_eligibility(new.id, by=by, now=NOW + timedelta(days=3))

    assert (before.decided, after.decided) == (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
    (kept,) = await thresholds_history()
    assert (kept.asks, kept.set_by, kept.why) == (strict, "Carmen", "The grant asks for it.")
    assert (before.thresholds, after.thresholds) == (None, kept.id)


async def test_thresholds_need_a_reason_and_must_be_such_that_somebody_can_meet_them(database: Database) -> None:
    by = await coordinator()
    with pytest.raises(BadInput, match="why"):
        await set_thresholds(Thresholds(percent=125), version="", why="", by=by, now=NOW)
    with pytest.raises(BadInput, match="at least one state"):
        await set_thresholds(Thresholds(areas=()), version="", why="Mistake.", by=by, now=NOW)
    assert await thresholds_history() == []


async def test_only_staff_checks_and_decides_and_only_while_the_case_is_open(database: Database) -> None:
    by, new = await screening()
    she = Actor(label="Alma", account=new_id(), roles=(AccountRole.VOLUNTEER,), volunteer=new_id())
    with pytest.raises(NotAllowed):
        await check_eligibility(new.id, by=she, now=NOW)
    with pytest.raises(NotAllowed):
        await set_thresholds(Thresholds(percent=300), version="", why="Hers.", by=she, now=NOW)

    await intake.decline_case(new.id, reason="No forum.", by=by, now=NOW)
    with pytest.raises(TooLate, match="has ended"):
        await check_eligibility(new.id, by=by, now=NOW)
