"""Days that were counted by hand, each with its authority: leap years, holidays, windows, rules that do not count."""

from datetime import date, datetime

import pytest

from amparo import DatedFact, DeadlineRule
from core.model.cases.relief import reliefs as taxonomy
from core.model.deadlines.counting import Deadline, NotCounted, deadlines_of, working_deadline
from core.model.deadlines.law_changes import Amendment, amended
from core.model.deadlines.rules import RuleStatus
from core.model.vocabulary import Forum
from plugins.deadlines import court, filing, status
from tests.worlds import case, clinic

F = DatedFact
RULES: tuple[DeadlineRule, ...] = (*filing.RULES, *court.RULES, *status.RULES)
TODAY = date(2026, 11, 24)
YEAR = "INA 208(a)(2)(B), 8 CFR 208.4(a)(2)(ii)"
APPEAL = "8 CFR 1003.38(b)"
REOPEN, RECONSIDER = "8 CFR 1003.2(c)(2), 1001.1(h)", "8 CFR 1003.2(b)(2), 1001.1(h)"
SIGNED = "8 CFR 214.14(c)(2)(i)"
MARRIED = "INA 204(a)(1)(A)(iii)(II)(aa)(CC)"
RENEW = "USCIS, instructions to Form I-821D"
AGED_OUT = "8 CFR 204.11(b)(1)"
CONDITIONS = "INA 216(d)(2)(A), 8 CFR 216.4(a)(1)"
NATURALIZE = "INA 334(a), 8 CFR 334.2(b)"
NOTICE = "the notice of the hearing"

# What a case asks for, the day of the fact that the rule counts from; the rule, the last day; why, and the authority.
WORKED = [
    ("asylum", "2025-11-24", "asylum-one-year", "2026-11-24", "the day of arrival is not counted", YEAR),
    ("asylum", "2025-12-13", "asylum-one-year", "2026-12-14", "the 13th is a Sunday", YEAR),
    ("asylum", "2025-05-16", "asylum-one-year", "2026-05-18", "the 16th is a Saturday", YEAR),
    ("asylum", "2026-07-04", "asylum-one-year", "2027-07-06", "Sunday, then the observed holiday", YEAR),
    ("asylum", "2025-07-03", "asylum-one-year", "2026-07-06", "the 4th is a Saturday, observed on 3", YEAR),
    ("asylum", "2025-06-19", "asylum-one-year", "2026-06-22", "Juneteenth, a Friday", YEAR),
    ("asylum", "2025-11-11", "asylum-one-year", "2026-11-12", "Veterans Day", YEAR),
    ("asylum", "2025-05-25", "asylum-one-year", "2026-05-26", "Memorial Day", YEAR),
    ("asylum", "2025-10-12", "asylum-one-year", "2026-10-13", "Columbus Day", YEAR),
    ("asylum", "2026-01-01", "asylum-one-year", "2027-01-04", "New Year, a Friday", YEAR),
    ("asylum", "2026-12-24", "asylum-one-year", "2027-12-27", "Christmas 2027, observed on 24", YEAR),
    ("asylum", "2026-12-31", "asylum-one-year", "2028-01-03", "New Year 2028, observed on 31", YEAR),
    ("asylum", "2028-02-29", "asylum-one-year", "2029-02-28", "a leap day has no anniversary", YEAR),
    ("asylum", "2027-02-28", "asylum-one-year", "2028-02-28", "the day before a leap day", YEAR),
    ("asylum", "2027-03-01", "asylum-one-year", "2028-03-01", "a year of 366 days", YEAR),
    ("asylum_defence", "2025-12-25", "asylum-one-year", "2026-12-28", "Christmas, a Friday", YEAR),
    ("bia_appeal", "2026-03-02", "bia-appeal", "2026-04-01", "30 calendar days", APPEAL),
    ("bia_appeal", "2026-03-09", "bia-appeal", "2026-04-08", "the interim rule is vacated", APPEAL),
    ("bia_appeal", "2026-10-27", "bia-appeal", "2026-11-27", "Thanksgiving, not the day after", APPEAL),
    ("bia_appeal", "2026-08-08", "bia-appeal", "2026-09-08", "Labor Day", APPEAL),
    ("bia_appeal", "2026-12-19", "bia-appeal", "2027-01-19", "birthday of Martin Luther King", APPEAL),
    ("bia_appeal", "2028-01-30", "bia-appeal", "2028-02-29", "over to a leap day", APPEAL),
    ("bia_appeal", "2027-01-30", "bia-appeal", "2027-03-01", "over a short February", APPEAL),
    ("bia_appeal", "2028-02-01", "bia-appeal", "2028-03-02", "over a leap day", APPEAL),
    ("bia_appeal", "2026-07-31", "bia-appeal", "2026-08-31", "30 days, a Sunday; not one month", APPEAL),
    ("bia_appeal", "2023-09-14", "bia-appeal", "2023-10-16", "a Saturday", "Iskandarani, 29 I&N Dec. 26"),
    ("bia_appeal", "2021-01-21", "bia-appeal", "2021-02-22", "a Saturday", "Thomas v. AG, No. 21-2065"),
    ("asylum_defence", "2026-11-25", "bia-appeal-after-hearing", "2026-12-28", "Christmas", APPEAL),
    ("bond", "2026-11-02", "bia-appeal-after-hearing", "2026-12-02", "bond orders, too", "8 CFR 1003.38"),
    ("family_adjustment", "2026-11-02", "bia-appeal-after-hearing", "2026-12-02", "whatever was asked for", APPEAL),
    ("motion_reopen", "2026-01-15", "motion-to-reopen", "2026-04-15", "90 days", REOPEN),
    ("asylum_defence", "2026-01-15", "motion-to-reopen-after-order", "2026-04-15", "any final order", REOPEN),
    ("u_visa", "2026-01-15", "motion-to-reconsider-after-order", "2026-02-17", "in proceedings", RECONSIDER),
    ("motion_reopen", "2026-04-05", "motion-to-reopen", "2026-07-06", "4 July, a Saturday", REOPEN),
    ("motion_reopen", "2027-12-01", "motion-to-reopen", "2028-02-29", "to a leap day", REOPEN),
    ("motion_reopen", "2026-12-01", "motion-to-reopen", "2027-03-01", "no leap day", REOPEN),
    ("motion_reopen", "2026-01-15", "motion-to-reconsider", "2026-02-17", "Washington, after Saturday", RECONSIDER),
    ("motion_reopen", "2026-01-16", "motion-to-reconsider", "2026-02-17", "Washington, after Sunday", RECONSIDER),
    ("motion_reopen", "2026-12-02", "motion-to-reconsider", "2027-01-04", "New Year, a Friday", RECONSIDER),
    ("u_visa", "2026-05-27", "u-visa-certification", "2026-11-27", "six months", SIGNED),
    ("u_visa", "2026-08-31", "u-visa-certification", "2027-02-28", "no 31 February; not moved", SIGNED),
    ("u_visa", "2027-08-31", "u-visa-certification", "2028-02-29", "a leap year", SIGNED),
    ("u_visa", "2026-10-31", "u-visa-certification", "2027-04-30", "no 31 April", SIGNED),
    ("vawa", "2025-05-10", "vawa-after-marriage", "2027-05-10", "two years", MARRIED),
    ("vawa", "2024-02-29", "vawa-after-marriage", "2026-02-28", "a leap day; not moved", MARRIED),
    ("vawa", "2026-03-01", "vawa-after-marriage", "2028-03-01", "over a leap day", MARRIED),
    ("daca_renewal", "2027-06-30", "daca-renewal", "2027-03-02", "120 days before", RENEW),
    ("daca_renewal", "2028-03-31", "daca-renewal", "2027-12-02", "back over a leap day", RENEW),
    ("daca_renewal", "2027-03-31", "daca-renewal", "2026-12-01", "back over no leap day", RENEW),
    ("tps", "2027-01-18", "tps-registration", "2027-01-18", "as the notice says", "INA 244(c)(1)(A)(iv)"),
    ("remove_conditions", "2025-05-10", "remove-conditions", "2027-05-09", "the eve", CONDITIONS),
    ("remove_conditions", "2026-02-28", "remove-conditions", "2028-02-27", "before a leap day", CONDITIONS),
    ("remove_conditions", "2024-02-29", "remove-conditions", "2026-02-27", "from a leap day", CONDITIONS),
    ("sij", "2006-02-28", "sij-petition", "2027-02-27", "before the birthday, a Saturday", AGED_OUT),
    ("sij", "2008-02-29", "sij-petition", "2029-02-27", "born on a leap day: the earlier reading", AGED_OUT),
    ("sij", "2006-01-01", "sij-petition", "2026-12-31", "the eve is last year", AGED_OUT),
    ("sij", "2006-05-04", "sij-order-nm", "2027-05-03", "New Mexico: until 21", "NMSA 1978, 40-18-4(D)"),
    ("bond", "2026-12-03", "bond-hearing", "2026-12-03", "that day", NOTICE),
    ("asylum_defence", "2027-01-18", "master-hearing", "2027-01-18", "even on a holiday", NOTICE),
    ("asylum_defence", "2026-12-05", "individual-hearing", "2026-12-05", "even on a Saturday", NOTICE),
    ("asylum", "2026-11-30", "credible-fear-interview", "2026-11-30", "that day", NOTICE),
]  # fmt: skip

# From when on something is possible.
WINDOWS = [
    ("daca_renewal", "2027-06-30", "daca-renewal", "2027-01-31", "150 days before", RENEW),
    ("daca_renewal", "2028-03-31", "daca-renewal", "2027-11-02", "back over a leap day", RENEW),
    ("remove_conditions", "2025-05-10", "remove-conditions", "2027-02-09", "90 days", CONDITIONS),
    ("remove_conditions", "2026-05-29", "remove-conditions", "2028-02-29", "a leap day", CONDITIONS),
    ("naturalization", "2022-03-01", "naturalization-five-years", "2026-12-01", "5 years", NATURALIZE),
    ("naturalization", "2024-02-29", "naturalization-five-years", "2028-11-30", "leap day", NATURALIZE),
    ("naturalization", "2023-06-15", "naturalization-five-years", "2028-03-17", "5 years", NATURALIZE),
    ("disability_exception", "2022-03-01", "naturalization-five-years", "2026-12-01", "N-648", NATURALIZE),
    ("naturalization", "2024-05-01", "naturalization-three-years", "2027-01-31", "3 years", NATURALIZE),
    ("naturalization", "2025-05-01", "naturalization-three-years", "2028-02-01", "leap year", NATURALIZE),
]  # fmt: skip


def found_in(relief: str, since: str, code: str) -> Deadline:
    """What one rule makes of a case in New Mexico whose fact was on a day."""
    fact = next(rule.fact for rule in RULES if rule.code == code)
    found = deadlines_of(case(relief=relief), {fact: date.fromisoformat(since)}, RULES, TODAY)
    return {one.rule.code: one for one in found}[code]


def test_there_are_at_least_sixty_and_every_rule_that_counts_has_one() -> None:
    assert len(WORKED) + len(WINDOWS) >= 60
    counting = {rule.code for rule in RULES if rule.status is RuleStatus.IN_FORCE}
    apart = {"sij-order-elsewhere", "bia-brief-2026"}
    assert {code for _, _, code, *_ in (*WORKED, *WINDOWS)} == counting - apart, "those have tests of their own"


@pytest.mark.parametrize(("relief", "since", "code", "due", "why", "authority"), WORKED)
def test_a_last_day_that_was_counted_by_hand(
    relief: str, since: str, code: str, due: str, why: str, authority: str
) -> None:
    one = found_in(relief, since, code)

    assert (one.due, one.not_counted) == (date.fromisoformat(due), None), f"{why} ({authority})"


@pytest.mark.parametrize(("relief", "since", "code", "opens", "why", "authority"), WINDOWS)
def test_a_first_day_that_was_counted_by_hand(
    relief: str, since: str, code: str, opens: str, why: str, authority: str
) -> None:
    one = found_in(relief, since, code)

    assert (one.opens, one.not_counted) == (date.fromisoformat(opens), None), f"{why} ({authority})"


@pytest.mark.parametrize("relief", sorted(taxonomy()))
def test_in_court_each_decision_order_and_schedule_makes_its_deadlines_once_whatever_the_case_asks_for(
    relief: str,
) -> None:
    dates = dict.fromkeys((F.DECISION, F.FINAL_ORDER, F.BRIEFING_SCHEDULE), date(2026, 11, 2))
    of = case(relief=relief, practice_area=taxonomy()[relief].practice_area)

    counted = [one for one in deadlines_of(of, dates, RULES, TODAY) if one.since and one.not_counted is None]
    assert sorted((str(one.rule.fact), str(one.due)) for one in counted) == [
        ("briefing_schedule", "2026-11-22"),
        ("decision", "2026-12-02"),
        ("final_order", "2026-12-02"),
        ("final_order", "2027-02-01"),
    ]


@pytest.mark.parametrize(
    ("us_state", "due"),
    [("NM", {"sij-order-nm": "2027-05-03"}), ("TX", {"sij-order-elsewhere": "2024-05-03"}),
     ("", {"sij-order-nm": "2027-05-03", "sij-order-elsewhere": "2024-05-03"})],
)  # fmt: skip
def test_the_state_courts_order_is_due_as_the_state_says_and_early_where_that_is_not_known(
    us_state: str, due: dict[str, str]
) -> None:
    young = case(relief="sij", us_state=us_state)
    found = deadlines_of(young, {F.BIRTH: date(2006, 5, 4)}, RULES, TODAY)

    orders = {one.rule.code: str(one.due) for one in found if one.rule.code.startswith("sij-order")}
    assert orders == due


VACATED, ENJOINED, OVER, NOT_YET = NotCounted.VACATED, NotCounted.ENJOINED, NotCounted.OVER, NotCounted.NOT_YET
# The rule, what becomes of it, the day on which one asks, and why it does not count; None: it counts.
STANDING = [
    ("bia-appeal-2026", {}, "2026-02-07", VACATED, "published on 6 February 2026, and known by now to be vacated"),
    ("bia-appeal-2026", {}, "2026-03-09", VACATED, "vacated the day before it was to take effect"),
    ("bia-appeal-2026", {"status": RuleStatus.IN_FORCE}, "2026-03-08", NOT_YET, "as it stood before the court decided"),
    ("bia-appeal-2026", {"status": RuleStatus.IN_FORCE}, "2026-03-09", None, "had no court decided"),
    ("bia-appeal-2026", {"status": RuleStatus.ENJOINED}, "2026-06-01", ENJOINED, "had a court enjoined it"),
    ("bia-appeal", {"until": date(2026, 3, 8)}, "2026-03-09", OVER, "had the old rule ended"),
    ("bia-brief-2026", {}, "2026-03-08", NOT_YET, "the part that stayed, the day before"),
    ("bia-brief-2026", {}, "2026-03-09", None, "8 CFR 1003.3(c): the part that stayed in force"),
    ("sij-order-nm", {}, "2023-04-04", NOT_YET, "the day before HB 15"),
    ("sij-order-nm", {}, "2023-04-05", None, "HB 15 takes effect at once"),
]


@pytest.mark.parametrize(("code", "said", "day", "reason", "why"), STANDING)
def test_a_rule_that_is_not_in_force_never_counts(
    code: str, said: dict[str, object], day: str, reason: NotCounted | None, why: str
) -> None:
    rule = next(one for one in RULES if one.code == code)
    until = said.get("until")
    standing = RuleStatus(str(said.get("status", rule.status)))
    ends = until if isinstance(until, date) else rule.effective_until
    amendment = Amendment(code, standing, rule.effective_from, ends, TODAY, why)
    facts = {F.DECISION: date(2026, 3, 9), F.BRIEFING_SCHEDULE: date(2026, 3, 9), F.BIRTH: date(2006, 5, 4)}
    of = case(relief="sij") if code.startswith("sij") else case(relief="bia_appeal", forum=Forum.BIA)

    found = deadlines_of(of, facts, amended(RULES, {code: amendment} if said else {}), date.fromisoformat(day))

    assert {one.rule.code: one.not_counted for one in found}[code] is reason, why


@pytest.mark.parametrize("today", [date(2026, 2, 7), date(2026, 3, 8), date(2026, 3, 9), TODAY])
def test_the_interim_rule_of_2026_is_shown_as_vacated_and_thirty_days_hold(today: date) -> None:
    decided = {F.DECISION: date(2026, 3, 9)}
    found = deadlines_of(case(relief="bia_appeal", forum=Forum.BIA), decided, RULES, today)

    counted = {one.rule.code: one.not_counted for one in found if one.since}
    assert counted == {"bia-appeal": None, "bia-appeal-2026": NotCounted.VACATED}
    best = working_deadline(found, today)
    assert best is not None
    assert best.due == date(2026, 4, 8)


def test_briefs_are_due_twenty_days_after_a_schedule_since_the_day_the_rule_took_effect() -> None:
    appeal = case(relief="bia_appeal", forum=Forum.BIA)

    def due(schedule: date) -> dict[str, date | None]:
        found = deadlines_of(appeal, {F.BRIEFING_SCHEDULE: schedule}, RULES, TODAY)
        return {one.rule.code: one.due for one in found if one.since}

    assert due(date(2026, 11, 2)) == {"bia-brief-2026": date(2026, 11, 22)}, "8 CFR 1003.3(c), a Sunday, not moved"
    assert due(date(2026, 3, 9)) == {"bia-brief-2026": date(2026, 3, 29)}
    assert due(date(2026, 3, 8)) == {}, "an earlier schedule names its own days"


@pytest.mark.parametrize(
    ("zone", "instant", "day", "why"),
    [
        ("America/Denver", "2026-04-09T05:59:00+00:00", "2026-04-08", "a minute to midnight in Albuquerque, in summer"),
        ("America/Denver", "2026-04-09T06:00:00+00:00", "2026-04-09", "midnight there"),
        ("America/Denver", "2026-12-15T06:59:00+00:00", "2026-12-14", "a minute to midnight, in winter"),
        ("America/Denver", "2026-11-01T05:59:00+00:00", "2026-10-31", "before the night in which the clocks go back"),
        ("America/Denver", "2026-11-02T06:59:00+00:00", "2026-11-01", "after it"),
        ("America/New_York", "2026-04-09T03:59:00+00:00", "2026-04-08", "where the Board receives an appeal"),
        ("Pacific/Honolulu", "2026-04-09T09:59:00+00:00", "2026-04-08", "hours later than in Virginia"),
        ("UTC", "2026-04-09T00:00:00+00:00", "2026-04-09", "the clock of the database"),
    ],
)  # fmt: skip
def test_today_is_the_day_at_the_clinic_so_a_deadline_is_not_missed_in_its_evening(
    zone: str, instant: str, day: str, why: str
) -> None:
    today = clinic(timezone=zone).today(datetime.fromisoformat(instant))
    one = found_in("bia_appeal", "2026-03-09", "bia-appeal")

    assert today == date.fromisoformat(day), why
    assert one.is_missed(today) == (today > date(2026, 4, 8))
