"""What clients read on their pages: plain words, short sentences, what happens next and who sees it."""

from collections.abc import Mapping
from typing import Final

from core.model.cases.documents import DocumentKind
from core.model.help.answering import Wrong
from core.model.states import CaseState
from web.i18n import gettext as _
from web.words.field import marked as _n

QUESTION_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "who": (_n("Who needs help?"), ""),
    "help": (
        _n("What do you need help with?"),
        _n("Choose what fits best. A person talks about it with you later."),
    ),
    "detained": (_n("Is the person who needs help in detention or in jail?"), ""),
    "hearing": (
        _n("Is there a date in immigration court?"),
        _n("It is on the paper called “Notice of Hearing”. If you have none, or do not know it, skip this question."),
    ),
    "arrival": (
        _n("When did you last come into the United States?"),
        _n("Some kinds of help have a time limit that begins on that day. Only the month or the year helps, too."),
    ),
    "county": (_n("Where do you live?"), _n("Choose the county. We do not need your street.")),
    "language": (_n("Which language do you speak best?"), _n("We look for somebody who speaks it, or an interpreter.")),
    "also": (_n("Which other language do you speak well?"), _n("Well enough to talk about something difficult.")),
    "name": (_n("What is your name?"), _n("As it is on your papers, with all your last names.")),
    "helper": (
        _n("You help somebody to fill this in. Who are you?"),
        _n("Your name, and how you know the person who needs help."),
    ),
    "other_names": (
        _n("Have you used another name?"),
        _n("For example a name from before you married, or one on an old paper."),
    ),
    "birth": (_n("When were you born?"), _n("Only the month or the year helps, too.")),
    "country": (_n("Which country are you from?"), ""),
    "a_number": (
        _n("Do you have an A-Number?"),
        _n("It is on letters and cards from immigration: an A, then 8 or 9 digits. If you have none, skip this."),
    ),
    "household": (
        _n("How many people live on the same money as you?"),
        _n("Count yourself, your husband or wife, and the children."),
    ),
    "income": (
        _n("How much money do all of you together get in a month?"),
        _n("In dollars, before taxes. It need not be exact. If there is none, write 0."),
    ),
    "family": (
        _n("Does somebody in your family need help with this, too?"),
        _n("For example your children, or your husband or wife. One name on each line."),
    ),
    "against": (
        _n("Is there somebody who is against you, or who must not find out?"),
        _n(
            "For example a husband, a boss or a landlord. We never talk to them. We need the names to make sure that "
            "your lawyer does not work for them. One name on each line."
        ),
    ),
    "reach": (_n("How can we reach you safely?"), _n("Choose a way in which nobody else listens or reads.")),
    "phone": (_n("What is your phone number?"), ""),
    "email": (_n("What is your e-mail address?"), ""),
    "person": (
        _n("Whom can we call, to reach you?"),
        _n("The name and the phone number of the person, and what we may say to them."),
    ),
    "times": (_n("When is it safe to call?"), _n("You can choose more than one.")),
    "careful": (_n("What should we be careful about?"), _n("You can choose more than one.")),
    "story": (
        _n("What else should we know?"),
        _n("In your own words, as much or as little as you like. You can also tell us later."),
    ),
}
"""Each question with what helps to answer it."""

OTHER_PERSON: Final[Mapping[str, str]] = {
    "hearing": _n("Does the person have a date in immigration court?"),
    "arrival": _n("When did the person last come into the United States?"),
    "county": _n("Where does the person live?"),
    "language": _n("Which language does the person speak best?"),
    "also": _n("Which other language does the person speak well?"),
    "name": _n("What is the name of the person who needs help?"),
    "other_names": _n("Has the person used another name?"),
    "birth": _n("When was the person born?"),
    "country": _n("Which country is the person from?"),
    "a_number": _n("Does the person have an A-Number?"),
    "household": _n("How many people live on the same money as the person?"),
    "family": _n("Does somebody in the person’s family need help with this, too?"),
    "against": _n("Is there somebody who is against the person, or who must not find out?"),
}
"""The same where somebody answers for a child or for another person."""

CHOICE_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "who": {
        "me": _n("I need help"),
        "child": _n("A child that I take care of"),
        "other": _n("Another person, and I help to fill this in"),
    },
    "help": {
        "afraid": _n("I am afraid to go back to my country"),
        "court": _n("I must go to immigration court, or they want to deport me"),
        "family": _n("Papers through my family, or to bring my family"),
        "victim": _n("Somebody hurt me, threatened me, or forced me to work"),
        "citizen": _n("I want to become a citizen"),
        "daca_tps": _n("DACA or TPS"),
        "unsure": _n("Something else, or I do not know"),
    },
    "detained": {"no": _n("No"), "yes": _n("Yes"), "unsure": _n("I do not know")},
    "also": {"es": _n("Spanish"), "en": _n("English")},
    "reach": {
        "call": _n("Call me"),
        "text": _n("Send me a text message"),
        "email": _n("Send me an e-mail"),
        "person": _n("Through a person whom I trust"),
        "page": _n("Only on this page, with my code"),
    },
    "times": {
        "morning": _n("In the morning, 8 to 11"),
        "midday": _n("Around noon, 11 to 2"),
        "afternoon": _n("In the afternoon, 2 to 5"),
        "evening": _n("In the evening, 5 to 8"),
        "weekend": _n("On Saturday or Sunday"),
    },
    "careful": {
        "no_voicemail": _n("Do not leave a voice message"),
        "no_name": _n("Do not say who is calling, or why"),
        "only_me": _n("Talk to nobody but me"),
        "no_text": _n("Do not send text messages"),
    },
}
"""The answers to choose from."""

TONGUE_NAMES: Final[Mapping[str, str]] = {
    "es": "Español",
    "en": "English",
    "mam": "Mam",
    "quc": "K’iche’",
    "kek": "Q’eqchi’",
    "kjb": "Q’anjob’al",
    "knj": "Akateko",
    "cac": "Chuj",
    "jac": "Popti’",
    "ixl": "Ixil",
    "cak": "Kaqchikel",
    "nv": "Diné bizaad",
    "ht": "Kreyòl ayisyen",
    "pt": "Português",
    "zh": "中文",
}
"""Languages as those who speak them call them; they need no translation."""

WRONG_WORDS: Final[Mapping[Wrong, str]] = {
    Wrong.MISSING: _n("Please answer this question before you go on."),
    Wrong.TOO_LONG: _n("This is too long for us. Please make it shorter."),
    Wrong.NO_CHOICE: _n("Please choose one of the answers."),
    Wrong.NO_NUMBER: _n("Please write a number, such as 4."),
    Wrong.NO_DAY: _n(
        "This day is not in the calendar. Choose the month, and write the year with four digits, such as 2024."
    ),
    Wrong.AHEAD: _n("This day has not come yet. Please look at the year again."),
    Wrong.NO_PHONE: _n("Please write a phone number with its area code, such as 505 555 0123."),
    Wrong.NO_EMAIL: _n("Please write an e-mail address, such as name@example.org."),
}
"""What to do about an answer that cannot be one."""

STATUS_WORDS: Final[Mapping[CaseState, tuple[str, str]]] = {
    CaseState.RECEIVED: (
        _n("We have your request"),
        _n("A person of the programme reads it. You do not need to do anything now."),
    ),
    CaseState.SCREENING: (
        _n("A person looks at your request"),
        _n("We may have questions. Look here for a message, about once a week."),
    ),
    CaseState.WAITLISTED: (
        _n("We are looking for a lawyer for you"),
        _n("Many people wait, so this can take weeks or months. You keep your place."),
    ),
    CaseState.MATCHED: (
        _n("We are looking for a lawyer for you"),
        _n("Many people wait, so this can take weeks or months. You keep your place."),
    ),
    CaseState.ENGAGED: (
        _n("You have a lawyer"),
        _n("Your lawyer talks to you in the way that you told us is safe."),
    ),
    CaseState.CLOSED: (
        _n("This case is finished"),
        _n("If you need help again, write to us here, or begin a new request."),
    ),
    CaseState.DECLINED: (
        _n("We cannot take this case"),
        _n("This does not mean that you have no rights. Others may be able to help; we write to you here about that."),
    ),
    CaseState.WITHDRAWN: (
        _n("This request was stopped"),
        _n("We do nothing more with it. If this was a mistake, write to us here. You can also begin a new request."),
    ),
}
"""Where a case stands, for whoever holds its code: nothing of the case itself, no hope too early.

That somebody was asked is not told: she may say no.
"""

STEPS: Final = (
    _n("We have it"),
    _n("A person reads it"),
    _n("We look for a lawyer"),
    _n("You have a lawyer"),
)
"""The way of a request, as a client follows it."""

STEP_OF: Final[Mapping[CaseState, int]] = {
    CaseState.RECEIVED: 0,
    CaseState.SCREENING: 1,
    CaseState.WAITLISTED: 2,
    CaseState.MATCHED: 2,
    CaseState.ENGAGED: 3,
}
"""At which step an open case is; the others have ended."""

READY_WORDS: Final[Mapping[str, str]] = {
    "call_us": _n("Please call us at a time that is safe for you."),
    "when": _n("When is a good time for us to call you? Please answer here."),
    "papers": _n(
        "Please send us photos of the letters that you got from the court or from immigration. "
        "The button “Send papers” is on this page."
    ),
    "changed": _n("Has anything changed: a date in court, your address, your phone? Please tell us here."),
    "still": _n("We are still looking for a lawyer for you. You have not lost your place."),
}
"""Messages that staff send with one tap: the client reads them in her own language."""

PAPER_KINDS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.COURT: _n("A letter from the court"),
    DocumentKind.IMMIGRATION: _n("A letter or a card from immigration"),
    DocumentKind.IDENTITY: _n("A passport, a birth certificate, a card with my name"),
    DocumentKind.EVIDENCE: _n("Something that shows what happened"),
    DocumentKind.OTHER: _n("Something else"),
}
"""What a client may say of a paper."""

DONE_WORDS: Final[Mapping[str, str]] = {
    "sent": _n(
        "We have your request. If you saw no code, or did not write it down, press “Get a new code” on this page."
    ),
    "written": _n("Your message is sent. Look here for an answer."),
    "paper": _n("We have it. You can send another one."),
}
"""What just happened on her page."""


def flash_of(done: str) -> str:
    """What just happened, in words, by the code in an address; nothing for any other code."""
    words = DONE_WORDS.get(done)
    return _(words) if words else ""


SAID_ELSEWHERE: Final = (
    _n("No request has this code. Look at the digits again."),
    _n("Write the message first. Nothing was sent."),
    _n("This message is too long. Make it shorter. Nothing was sent."),
    _n("Your messages are waiting to be read. Please write again when somebody has answered."),
)
"""Sentences of the verbs behind the pages, which are translated where they are shown."""
