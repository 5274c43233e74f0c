"""The built-in rules of law about deadlines: days that were counted by hand, each with its authority."""

from datetime import date

import pytest

from amparo import DatedFact, DeadlineRule, Forum, PracticeArea
from amparo_testing import check_deadline
from core.model.deadlines import NotCounted, deadlines_of, working_deadline
from plugins.deadlines import court, filing, status
from tests.worlds import case

F = DatedFact
RULES: tuple[DeadlineRule, ...] = (*filing.RULES, *court.RULES, *status.RULES)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_each_keeps_its_contract(rule: DeadlineRule) -> None:
    check_deadline(rule)
    assert rule.reminders


WORKED = [
    ("asylum", F.LAST_ARRIVAL, "2025-11-24", "asylum-one-year", "2026-11-24", "8 CFR 208.4(a)(2)(ii)"),
    ("asylum", F.LAST_ARRIVAL, "2026-07-04", "asylum-one-year", "2027-07-06", "Sunday, then the observed holiday"),
    ("asylum", F.LAST_ARRIVAL, "2028-02-29", "asylum-one-year", "2029-02-28", "a leap day"),
    ("asylum_defence", F.LAST_ARRIVAL, "2025-12-25", "asylum-one-year", "2026-12-28", "Christmas is a Friday"),
    ("bia_appeal", F.DECISION, "2026-03-02", "bia-appeal", "2026-04-01", "8 CFR 1003.38(b)"),
    ("bia_appeal", F.DECISION, "2026-03-09", "bia-appeal", "2026-04-08", "30 days, the interim rule being vacated"),
    ("bia_appeal", F.DECISION, "2026-10-27", "bia-appeal", "2026-11-27", "Thanksgiving"),
    ("asylum_defence", F.DECISION, "2026-11-25", "bia-appeal-after-hearing", "2026-12-28", "Christmas, a Friday"),
    ("motion_reopen", F.FINAL_ORDER, "2026-01-15", "motion-to-reopen", "2026-04-15", "8 CFR 1003.2(c)(2)"),
    ("motion_reopen", F.FINAL_ORDER, "2026-01-15", "motion-to-reconsider", "2026-02-17", "Washington's birthday"),
    ("u_visa", F.CERTIFICATION_SIGNED, "2026-08-31", "u-visa-certification", "2027-02-28", "8 CFR 214.14(c)(2)(i)"),
    ("vawa", F.DIVORCE_OR_DEATH, "2025-05-10", "vawa-after-marriage", "2027-05-10", "INA 204(a)(1)"),
    ("sij", F.BIRTH, "2006-02-28", "sij-petition", "2027-02-27", "before the birthday"),
    ("daca_renewal", F.STATUS_EXPIRES, "2027-06-30", "daca-renewal", "2027-03-02", "120 days before"),
    ("tps", F.REGISTRATION_CLOSES, "2027-01-18", "tps-registration", "2027-01-18", "that very day, a holiday or not"),
    ("remove_conditions", F.CONDITIONAL_RESIDENCE, "2025-05-10", "remove-conditions", "2027-05-09", "the eve"),
    ("bond", F.BOND_HEARING, "2026-12-03", "bond-hearing", "2026-12-03", "the notice"),
]


@pytest.mark.parametrize(("relief", "fact", "since", "code", "due", "why"), WORKED)
def test_a_day_that_was_counted_by_hand(
    relief: str, fact: DatedFact, since: str, code: str, due: str, why: str
) -> None:
    found = deadlines_of(case(relief=relief), {fact: date.fromisoformat(since)}, RULES, TODAY)

    assert {one.rule.code: one.due for one in found}[code] == date.fromisoformat(due), why


def test_windows_open_where_the_law_opens_them() -> None:
    dates = {F.STATUS_EXPIRES: date(2027, 6, 30), F.CONDITIONAL_RESIDENCE: date(2025, 5, 10)}

    opened = {
        one.rule.code: one.opens
        for relief in ("daca_renewal", "remove_conditions")
        for one in deadlines_of(case(relief=relief), dates, RULES, TODAY)
    }
    assert opened == {"daca-renewal": date(2027, 1, 31), "remove-conditions": date(2027, 2, 9)}


@pytest.mark.parametrize("today", [date(2026, 2, 7), date(2026, 3, 8), date(2026, 3, 9), date(2026, 11, 24)])
def test_the_interim_rule_of_2026_never_counts_and_is_shown_as_vacated(today: date) -> None:
    decided = {F.DECISION: date(2026, 3, 9)}
    found = deadlines_of(case(relief="bia_appeal", forum=Forum.BIA), decided, RULES, today)

    counted = {one.rule.code: one.not_counted for one in found}
    assert counted == {"bia-appeal": None, "bia-appeal-2026": NotCounted.VACATED}
    best = working_deadline(found, today)
    assert best is not None
    assert best.due == date(2026, 4, 8)


def test_an_asylum_case_asks_for_the_last_arrival_and_for_no_hearing() -> None:
    found = deadlines_of(case(practice_area=PracticeArea.ASYLUM), {}, RULES, TODAY)

    assert [(one.rule.title, one.rule.fact, one.due) for one in found] == [("One-year deadline", F.LAST_ARRIVAL, None)]


def test_no_two_rules_have_one_code_and_every_fact_has_a_rule() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert {rule.fact for rule in RULES} == set(DatedFact)
