"""Who may fill a seat of one case, and why not."""

from datetime import timedelta

import pytest

from core.eligibility import Blocked, Verdict, ask_about, ask_rules
from core.host import PluginState
from core.model.plans.snapshot import Held
from core.model.vocabulary import PracticeArea, SeatRole, VolunteerRole
from tests.core.host.rest import info_of
from tests.plugins_for_tests.facts import TODAY, a_case, a_volunteer
from tests.plugins_for_tests.fixtures import Load
from tests.plugins_for_tests.shelf import Shelf

A_RULE = """
@rule(role="attorney", reads=("county",), blocks="x")
def stubborn(case, volunteers):
    {body}
@hookimpl
def amparo_rules(): return [stubborn]
"""


def test_a_volunteer_whom_every_rule_allows_may(load: Load) -> None:
    assert ask_rules(load(), a_case(), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY) == (Verdict("V-1", True),)


def test_each_volunteer_gets_the_reasons_that_are_her_own(load: Load) -> None:
    people = [a_volunteer("V-1"), a_volunteer("V-2")]
    verdicts = ask_rules(load(), a_case(barred=("V-2",)), people, SeatRole.ATTORNEY, today=TODAY)

    why = Blocked("not_barred", "conflict", "Everybody who could do this declined it before.")
    assert verdicts == (Verdict("V-1", True), Verdict("V-2", False, reasons=(why,)))


def test_a_rule_for_other_seats_is_not_asked(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("nobody", A_RULE.format(body="return ~volunteers.remote")))

    assert not ask_rules(host, a_case(), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY)[0].allowed
    assert ask_rules(host, a_case(), [a_volunteer()], SeatRole.MENTOR, today=TODAY) == (Verdict("V-1", True),)


def test_a_pair_that_is_kept_apart_is_so_in_every_seat_whatever_rules_are_loaded(load: Load) -> None:
    kept_apart, fine = a_case("C-1", barred=("V-1",)), a_case("C-2")
    (verdict,) = ask_rules(load(), kept_apart, [a_volunteer()], SeatRole.MENTOR, today=TODAY)

    assert (verdict.allowed, [why.code for why in verdict.reasons]) == (False, ["conflict"])
    assert ask_about(load(), [kept_apart, fine], a_volunteer(), SeatRole.MENTOR, today=TODAY) == (False, True)


def test_a_settled_seat_is_open_to_its_holder_alone_and_the_other_seats_to_everybody(load: Load) -> None:
    case = a_case(pinned=(Held(SeatRole.ATTORNEY, "V-1"),))
    people = [a_volunteer("V-1"), a_volunteer("V-2")]
    hers, not_hers = ask_rules(load(), case, people, SeatRole.ATTORNEY, today=TODAY)

    assert hers.allowed
    assert not_hers.reasons == (Blocked("pinned", "pinned", "This seat is kept for somebody else."),)
    assert all(one.allowed for one in ask_rules(load(), case, people, SeatRole.INTERPRETER, today=TODAY))
    assert ask_about(load(), [case], a_volunteer("V-2"), SeatRole.ATTORNEY, today=TODAY) == (False,)


def test_an_attorney_one_level_below_is_told_that_she_needs_a_mentor(load: Load) -> None:
    person = a_volunteer(practice={PracticeArea.ASYLUM: 1})
    for role, expected in ((SeatRole.ATTORNEY, True), (SeatRole.INTERPRETER, False)):
        (verdict,) = ask_rules(load(), a_case(), [person], role, today=TODAY)
        assert verdict.needs_mentor is expected


def test_the_sentence_names_what_the_case_needs(shelf: Shelf, load: Load) -> None:
    source = '''
    @rule(role="attorney", reads=("practice_area", "skill_level"), blocks="skill")
    def experienced(case, volunteers):
        """No {practice_area} attorney at level {skill_level} or above."""
        return volunteers.level[:, case.practice_area] >= case.skill_level
    @hookimpl
    def amparo_rules(): return [experienced]
    '''
    host = load(shelf.module("skill", source))
    (verdict,) = ask_rules(host, a_case(skill_level=3), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY)

    assert verdict.reasons == (Blocked("experienced", "skill", "No asylum attorney at level 3 or above."),)


@pytest.mark.parametrize("body", ["raise OSError", "hang()", "return 'yes'", "return volunteers.load", "sys.exit()"])
def test_a_rule_that_cannot_decide_blocks_everybody_and_the_other_rules_still_speak(
    shelf: Shelf, load: Load, body: str
) -> None:
    host = load(shelf.module("bad", A_RULE.format(body=body)))
    people = [a_volunteer("V-1"), a_volunteer("V-2")]
    first, second = ask_rules(host, a_case(barred=("V-2",)), people, SeatRole.ATTORNEY, today=TODAY)

    undecided = Blocked("stubborn", "undecided", "Could not decide: stubborn.")
    assert (first.allowed, first.reasons) == (False, (undecided,))
    assert [why.rule for why in second.reasons] == ["stubborn", "not_barred"]


def test_a_rule_that_hung_once_blocks_from_then_on(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("bad", A_RULE.format(body="hang()")))
    for _ in range(2):
        (verdict,) = ask_rules(host, a_case(), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY)
        assert verdict.reasons == (Blocked("stubborn", "undecided", "Could not decide: stubborn."),)

    assert (info_of(host, "bad").state, info_of(host, "bad").calls) == (PluginState.OFF, 1)


def test_a_rule_that_blocks_and_cannot_say_why_still_blocks(shelf: Shelf, load: Load) -> None:
    source = """
    class Mute:
        name, roles, reads, blocks, text = "mute", (SeatRole.ATTORNEY,), (), "x", ""
        def allows(self, case, volunteers): return ~volunteers.remote
        def explain(self, case): raise ValueError
    @hookimpl
    def amparo_rules(): return [Mute()]
    """
    host = load(shelf.module("bad", source))
    (verdict,) = ask_rules(host, a_case(), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY)

    assert verdict.reasons == (Blocked("mute", "x", "Not allowed by the rule mute."),)


def test_a_rule_cannot_change_what_the_others_see(shelf: Shelf, load: Load) -> None:
    body = "volunteers.index[:] = -1; return volunteers.remote"
    host = load(shelf.module("bad", A_RULE.format(body=body)))
    (verdict,) = ask_rules(host, a_case(barred=("V-1",)), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY)

    assert [why.rule for why in verdict.reasons] == ["stubborn", "not_barred"]


def test_nobody_is_asked_about_where_there_is_nobody(load: Load) -> None:
    assert ask_rules(load(), a_case(), [], SeatRole.ATTORNEY, today=TODAY) == ()


def test_a_law_student_needs_a_mentor_whatever_her_level(load: Load) -> None:
    student = a_volunteer(roles=(VolunteerRole.LAW_STUDENT,), practice={PracticeArea.ASYLUM: 4})
    (verdict,) = ask_rules(load(), a_case(), [student], SeatRole.ATTORNEY, today=TODAY)

    assert verdict.needs_mentor


A_RULE_OF_PAIRS = """
@pair_rule(role="attorney", reads=("waiting_days", "remote_ok"), blocks="days")
def by_days(cases, volunteers):
    \"\"\"Not with {waiting_days} days.\"\"\"
    if (cases.waiting_days == 13).any():
        raise OSError
    return volunteers.remote | (cases.waiting_days % 2 == 0)
@hookimpl
def amparo_rules(): return [by_days]
"""


def test_a_rule_of_pairs_decides_a_claim_like_any_other(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("pairs", A_RULE_OF_PAIRS))
    people = [a_volunteer("V-1"), a_volunteer("V-2", remote=False)]
    case = a_case(received=TODAY - timedelta(days=7))
    here, away = ask_rules(host, case, people, SeatRole.ATTORNEY, today=TODAY)

    assert (here.allowed, away.allowed) == (True, False)
    assert away.reasons == (Blocked("by_days", "days", "Not with 7 days."),)


def test_a_rule_of_pairs_is_asked_about_many_cases_at_once_with_the_answer_for_each_alone(
    shelf: Shelf, load: Load
) -> None:
    host = load(shelf.module("pairs", A_RULE_OF_PAIRS))
    person = a_volunteer(remote=False)
    cases = [a_case(f"C-{days}", received=TODAY - timedelta(days=days)) for days in range(12)]
    at_once = ask_about(host, cases, person, SeatRole.ATTORNEY, today=TODAY)

    assert info_of(host, "pairs").calls == 1
    assert at_once == tuple(days % 2 == 0 for days in range(12))
    assert at_once == tuple(
        ask_rules(host, case, [person], SeatRole.ATTORNEY, today=TODAY)[0].allowed for case in cases
    )


def test_a_rule_of_pairs_that_fails_about_one_case_blocks_that_case_alone(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("pairs", A_RULE_OF_PAIRS))
    cases = [a_case(f"C-{days}", received=TODAY - timedelta(days=days)) for days in (12, 13, 14)]

    assert ask_about(host, cases, a_volunteer(), SeatRole.ATTORNEY, today=TODAY) == (True, False, True)


def test_a_rule_of_a_partners_own_class_sees_what_it_declares_and_no_more(shelf: Shelf, load: Load) -> None:
    source = """
    class Nosy:
        name, roles, reads, blocks, text = "nosy", (SeatRole.ATTORNEY,), ("county",), "x", ""
        def allows(self, case, volunteers): return volunteers.remote if case.tier else ~volunteers.remote
        def explain(self, case): return "No."
    @hookimpl
    def amparo_rules(): return [Nosy()]
    """
    (verdict,) = ask_rules(load(shelf.module("bad", source)), a_case(), [a_volunteer()], SeatRole.ATTORNEY, today=TODAY)
    assert verdict.reasons == (Blocked("nosy", "undecided", "Could not decide: nosy."),)


def test_a_bars_rule_for_attorneys_is_asked_about_co_counsel_without_a_change(shelf: Shelf, load: Load) -> None:
    host = load(shelf.module("nobody", A_RULE.format(body="return volunteers.index > 0")))
    people = [a_volunteer("V-1"), a_volunteer("V-2")]
    verdicts = ask_rules(host, a_case(attorneys=2), people, SeatRole.CO_COUNSEL, today=TODAY)

    assert [one.allowed for one in verdicts] == [False, True]
    assert verdicts[0].reasons[0].code == "x"
    assert ask_about(host, [a_case(attorneys=2)], people[0], SeatRole.CO_COUNSEL, today=TODAY) == (False,)
