"""The questions that clients are asked, and what answers become: any order of answers, any text, leads somewhere."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.clients.parties import PartyRole
from core.model.deadlines.rules import DatedFact
from core.model.help.answering import Wrong, wrong_with
from core.model.help.asking import (
    BY_NAME,
    QUESTIONS,
    Kind,
    Question,
    after,
    asked,
    before,
    counted,
    first_open,
    fitted,
    unanswered,
    without_contradictions,
)
from core.model.help.requests import MOST_PARTIES, case_of, client_of, dates_of, parties_of
from core.model.vocabulary import Forum, Posture, PracticeArea
from tests.helping import ANSWERS

TODAY = date(2026, 11, 24)


def sound(question: Question) -> st.SearchStrategy[str]:
    """Answers that can be given to a question, some of them long ago or empty."""
    some: dict[Kind, st.SearchStrategy[str]] = {
        Kind.CHOICE: st.sampled_from(question.choices or ("",)),
        Kind.MANY: st.lists(st.sampled_from(question.choices or ("",)), unique=True).map(",".join),
        Kind.LANGUAGE: st.sampled_from((*question.choices, "other:Mixteco de la sierra", "other:Tigrinya")),
        Kind.COUNTY: st.sampled_from(("Bernalillo", "Doña Ana", "elsewhere")),
        Kind.DAY: st.sampled_from(("2026-03-09", "2025-02", "1990-12-31")),
        Kind.NUMBER: st.sampled_from(("0", "1", "4", "30")),
        Kind.PHONE: st.just("505 555 0123"),
        Kind.EMAIL: st.just("maria@example.org"),
    }
    given = some.get(question.kind, st.text(min_size=1, max_size=min(60, question.most)).map(str.strip).filter(bool))
    return given if question.required else st.one_of(st.just(""), given)


ANYHOW = st.fixed_dictionaries({question.name: sound(question) for question in QUESTIONS})


@given(ANYHOW)
def test_whoever_goes_on_sees_each_question_that_is_asked_once_and_comes_to_an_end(answers: dict[str, str]) -> None:
    seen, question = [], first_open({})
    while question is not None:
        seen.append(question)
        question = after(question.name, answers)

    assert seen == list(asked(answers))
    assert [before(one.name, answers) for one in seen] == [None, *seen[:-1]]
    assert first_open(answers) is None


@given(ANYHOW)
def test_every_request_that_can_be_sent_becomes_a_case_with_what_was_said(answers: dict[str, str]) -> None:
    assert unanswered(answers) == ()
    assert [one.name for one in asked(answers) if wrong_with(one, answers[one.name], TODAY)] == []

    case, client = case_of(answers, key=uuid4(), ref="NM-26-0001", today=TODAY), client_of(answers)

    assert case.languages[0]
    assert case.detained == (answers["detained"] == "yes")
    assert client[ClientField.NAME] == answers["name"]
    assert all(client.values())
    assert answers["story"] in client.get(ClientField.STORY, "")


@given(ANYHOW, st.sampled_from(("reach", "who", "help")))
def test_what_is_not_asked_any_more_does_not_count(answers: dict[str, str], changed: str) -> None:
    for choice in BY_NAME[changed].choices:
        now = answers | {changed: choice}
        assert set(counted(now)) <= {one.name for one in asked(now)}


def test_who_wants_text_messages_is_not_asked_whether_she_wants_none() -> None:
    careful = BY_NAME["careful"]
    assert "no_text" in fitted(careful, {"reach": "call"}).choices
    assert fitted(careful, {"reach": "text"}).choices == ("no_voicemail", "no_name", "only_me")
    assert wrong_with(fitted(careful, {"reach": "text"}), "no_name,no_text", TODAY) is Wrong.NO_CHOICE


def test_who_changes_her_mind_to_text_messages_says_anew_what_to_be_careful_about() -> None:
    told = ANSWERS | {"reach": "call", "careful": "no_name,no_text"}
    assert without_contradictions(told) == told
    changed = without_contradictions(told | {"reach": "text"})
    assert first_open(changed) is BY_NAME["careful"]
    assert without_contradictions(ANSWERS | {"reach": "text", "careful": "no_name"})["careful"] == "no_name"


def test_the_areas_follow_what_she_asks_for_and_court_comes_first_where_she_does_not_know() -> None:
    areas = {choice: case(help=choice).practice_area for choice in BY_NAME["help"].choices}

    assert areas == {
        "afraid": PracticeArea.ASYLUM,
        "court": PracticeArea.REMOVAL,
        "family": PracticeArea.FAMILY,
        "victim": PracticeArea.VICTIMS,
        "citizen": PracticeArea.CITIZENSHIP,
        "daca_tps": PracticeArea.DACA_TPS,
        "unsure": PracticeArea.ASYLUM,
    }
    assert case(help="unsure", detained="yes").practice_area is PracticeArea.REMOVAL
    for in_court in ({"hearing": "2027-01-20"}, {"detained": "yes"}):
        found = case(help="afraid", **in_court)
        assert (found.forum, found.posture) == (Forum.EOIR, Posture.DEFENSIVE)


def case(**answers: str) -> Case:
    return case_of(ANSWERS | answers, key=uuid4(), ref="NM-26-0001", today=TODAY)


def test_a_language_in_her_own_words_is_found_or_left_open_and_kept_for_a_person() -> None:
    assert case(language="other:Tigrinya").languages == ("ti", "en")
    assert case(language="other:Mixteco de la sierra").languages == ("und", "en")
    assert "Mixteco de la sierra" in client_of(ANSWERS | {"language": "other:Mixteco de la sierra"})[ClientField.STORY]


def test_deadlines_are_counted_from_days_that_are_known_and_from_no_guess() -> None:
    known = dates_of(ANSWERS | {"arrival": "2026-03-09", "hearing": "2027-01-20"})
    month = ANSWERS | {"arrival": "2026-03", "hearing": ""}

    assert known == {DatedFact.LAST_ARRIVAL: date(2026, 3, 9), DatedFact.MASTER_HEARING: date(2027, 1, 20)}
    assert dates_of(month) == {}
    assert "Last arrival: 2026-03 (the day is not known)" in client_of(month)[ClientField.STORY]
    year = ANSWERS | {"arrival": "2019"}
    assert dates_of(year) == {}
    assert "Last arrival: 2019 (the day is not known)" in client_of(year)[ClientField.STORY]


def test_those_who_are_named_are_parties_one_for_each_line() -> None:
    named = ANSWERS | {"family": "Ana Pérez\n\n Luis Pérez ", "against": "Rodolfo Canario"}

    found = parties_of(named, case=uuid4(), keys=tuple(uuid4() for _ in range(MOST_PARTIES)))

    assert [(one.role, one.name) for one in found] == [
        (PartyRole.FAMILY, "Ana Pérez"),
        (PartyRole.FAMILY, "Luis Pérez"),
        (PartyRole.ADVERSE, "Rodolfo Canario"),
    ]


def test_nobody_is_no_party_and_what_does_not_fit_into_names_is_kept_in_her_words() -> None:
    def names(text: str) -> list[str]:
        keys = tuple(uuid4() for _ in range(MOST_PARTIES))
        return [one.name for one in parties_of(ANSWERS | {"family": "", "against": text}, case=uuid4(), keys=keys)]

    prose = "Mi esposo y toda su familia, que me buscan desde que salí de la casa. " * 4
    many = "\n".join(f"Pariente {number}" for number in range(30))

    assert [names(text) for text in ("No.", "Nadie", "-", "Luis\nLuis\n No")] == [[], [], [], ["Luis"]]
    for text in (prose.strip(), many):
        assert text in client_of(ANSWERS | {"against": text})[ClientField.STORY]
    assert "Rodolfo" not in client_of(ANSWERS | {"against": "Rodolfo Canario"})[ClientField.STORY]


@pytest.mark.parametrize(
    ("name", "answer", "wrong"),
    [
        ("name", "", Wrong.MISSING),
        ("name", "x" * 201, Wrong.TOO_LONG),
        ("help", "divorce", Wrong.NO_CHOICE),
        ("also", "es,xx", Wrong.NO_CHOICE),
        ("county", "Travis", Wrong.NO_CHOICE),
        ("language", "other:", Wrong.NO_CHOICE),
        ("household", "four", Wrong.NO_NUMBER),
        ("household", "31", Wrong.NO_NUMBER),
        ("arrival", "2026-02-30", Wrong.NO_DAY),
        ("arrival", "26-02-03", Wrong.NO_DAY),
        ("arrival", "2019", None),
        ("arrival", "2027", Wrong.AHEAD),
        ("arrival", "2026-11-25", Wrong.AHEAD),
        ("hearing", "2027-11-25", None),
        ("phone", "12", Wrong.NO_PHONE),
        ("phone", "+1 (505) 555-0123", None),
        ("email", "maria@", Wrong.NO_EMAIL),
        ("story", "", None),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_by_a_code(name: str, answer: str, wrong: Wrong | None) -> None:
    assert wrong_with(BY_NAME[name], answer, TODAY) is wrong
