"""The field's codes in words, each told once."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.states import CaseState, MatchState, OfferState, ProposalState, SeatState
from core.model.vocabulary import (
    AccountRole,
    DeclineReason,
    Forum,
    Gender,
    Posture,
    PracticeArea,
    SeatRole,
    Standing,
    VolunteerRole,
)
from web import i18n
from web.i18n import gettext as _
from web.i18n import remembered
from web.words.casework import CASEWORK_EVENTS, CASEWORK_WORDS
from web.words.clients import CLIENT_WORDS
from web.words.conflicts import EVENTS as CONFLICT_EVENTS
from web.words.deadlines import DEADLINE_EVENTS, DEADLINE_WORDS
from web.words.intake import INTAKE_EVENTS, INTAKE_WORDS
from web.words.privacy import EVENTS as PRIVACY_EVENTS
from web.words.relating import RELATING_EVENTS, RELATING_WORDS
from web.words.rosters import ROSTER_WORDS
from web.words.tongues import language_name

marked = i18n.marked
_n = marked

WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    PracticeArea: {
        "asylum": _n("Asylum"),
        "family": _n("Family reunification"),
        "removal": _n("Removal defence"),
        "victims": _n("Victims of crime"),
        "citizenship": _n("Citizenship"),
        "daca_tps": _n("DACA and TPS"),
    },
    Forum: {
        "uscis": _n("USCIS"),
        "eoir": _n("Immigration court"),
        "bia": _n("Board of Immigration Appeals"),
        "state_court": _n("State court"),
        "consulate": _n("Consulate"),
    },
    Posture: {
        "affirmative": _n("affirmative"),
        "defensive": _n("defensive"),
    },
    Standing: {
        "active": _n("In good standing"),
        "emeritus": _n("Emeritus, pro bono"),
        "inactive": _n("Inactive"),
        "suspended": _n("Suspended"),
        "disbarred": _n("Disbarred"),
        "resigned": _n("Resigned"),
        "deceased": _n("Deceased"),
        "pending": _n("Pending"),
        "unknown": _n("Standing not known"),
    },
    VolunteerRole: {
        "attorney": _n("Attorney"),
        "accredited_full": _n("Fully accredited representative"),
        "accredited_partial": _n("Partially accredited representative"),
        "law_student": _n("Law student"),
        "interpreter": _n("Interpreter"),
        "mentor": _n("Mentor"),
    },
    SeatRole: {
        "attorney": _n("Attorney"),
        "co_counsel": _n("Co-counsel"),
        "interpreter": _n("Interpreter"),
        "mentor": _n("Mentor"),
    },
    AccountRole: {
        "volunteer": _n("Volunteer"),
        "coordinator": _n("Coordinator"),
        "administrator": _n("Administrator"),
        "partner": _n("Bar association"),
    },
    Gender: {
        "female": _n("Female"),
        "male": _n("Male"),
        "nonbinary": _n("Nonbinary"),
        "unstated": _n("Not stated"),
    },
    **CLIENT_WORDS,
    **DEADLINE_WORDS,
    **INTAKE_WORDS,
    **RELATING_WORDS,
    **CASEWORK_WORDS,
    DeclineReason: {
        "no_time": _n("I have no time for it"),
        "conflict": _n("I have a conflict of interest"),
        "skills": _n("It is outside my skills"),
        "location": _n("It is too far away"),
        "language": _n("The language does not fit"),
        "other": _n("Another reason"),
    },
    CaseState: {
        "received": _n("Received"),
        "screening": _n("In screening"),
        "waitlisted": _n("Waiting"),
        "matched": _n("Matched"),
        "engaged": _n("Engaged"),
        "closed": _n("Closed"),
        "declined": _n("Declined"),
        "withdrawn": _n("Withdrawn"),
    },
    MatchState: {
        "offered": _n("Offers are out"),
        "accepted": _n("Everybody has accepted"),
        "cleared": _n("Conflicts are clear"),
        "engaged": _n("Engaged"),
        "completed": _n("Completed"),
        "ended": _n("Ended"),
    },
    SeatState: {
        "proposed": _n("proposed"),
        "approved": _n("approved"),
        "offered": _n("asked, no answer yet"),
        "accepted": _n("accepted"),
        "conflict_cleared": _n("accepted, conflicts clear"),
        "engaged": _n("engaged"),
        "completed": _n("completed"),
        "rejected": _n("rejected"),
        "declined": _n("declined"),
        "expired": _n("did not answer in time"),
        "conflicted": _n("has a conflict"),
        "withdrawn": _n("withdrawn"),
        "revoked": _n("taken back"),
    },
    **ROSTER_WORDS,
    OfferState: {
        "open": _n("Waiting for your answer"),
        "frozen": _n("On hold"),
        "accepted": _n("Accepted"),
        "declined": _n("Declined"),
        "expired": _n("Expired"),
        "revoked": _n("Taken back"),
    },
    ProposalState: {
        "open": _n("Waits for a coordinator"),
        "approved": _n("Approved"),
        "rejected": _n("Not approved"),
        "superseded": _n("Replaced by a newer proposal"),
        "withdrawn": _n("Taken back"),
    },
}

TONES: Final[Mapping[str, str]] = {
    "accepted": "ok",
    "conflict_cleared": "ok",
    "cleared": "ok",
    "engaged": "ok",
    "completed": "ok",
    "approved": "ok",
    "applied": "ok",
    "previewed": "soon",
    "held": "now",
    "failed": "now",
    "reading": "info",
    "applying": "info",
    "undoing": "info",
    "open": "info",
    "offered": "info",
    "frozen": "now",
    "conflicted": "now",
    "clear": "ok",
    "suspended": "now",
    "disbarred": "now",
}
"""The colours of states; all others are plain."""


@remembered
def word(code: StrEnum) -> str:
    """A code in words."""
    return _(WORDS[type(code)][str(code)])


def options(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """All codes of a vocabulary with their words, for a choice."""
    return [(str(code), word(code)) for code in kind]


def language_options(tags: tuple[str, ...]) -> list[tuple[str, str]]:
    """Languages for a choice, by name."""
    return sorted(((tag, language_name(tag)) for tag in tags), key=lambda pair: pair[1])


def tone(code: StrEnum) -> str:
    """The colour of a state's tag."""
    return TONES.get(str(code), "plain")


@remembered
def languages(tags: tuple[str, ...]) -> str:
    """Languages by name: "Mam or Spanish", since any one of them suffices."""
    return _(" or ").join(language_name(tag) for tag in tags)


_EVENTS: Final[Mapping[str, str]] = {
    "case_received": _n("Case received"),
    **INTAKE_EVENTS,
    "needs_settled": _n("What it needs written down"),
    "summary_written": _n("The summary for volunteers written"),
    "listing_chosen": _n("What volunteers are told of it decided"),
    "listing_withheld": _n("Kept off the list of open cases"),
    "comparable_set": _n("How many listed cases must look alike decided"),
    "case_corrected": _n("Facts corrected"),
    "dates_recorded": _n("Dates recorded"),
    **DEADLINE_EVENTS,
    **RELATING_EVENTS,
    "answers_recorded": _n("Answers recorded"),
    "screening_begun": _n("Screening begun"),
    "case_waitlisted": _n("Put on the waitlist"),
    "case_declined": _n("Declined"),
    "case_withdrawn": _n("Withdrawn"),
    "case_claimed": _n("Claimed by a volunteer"),
    "claim_withdrawn": _n("Claim taken back"),
    "seat_pinned": _n("A volunteer pinned to a seat"),
    "pin_lifted": _n("The pin undone"),
    "pair_forbidden": _n("A volunteer ruled out"),
    "forbid_lifted": _n("Nobody ruled out by this any more"),
    "seat_swapped": _n("A seat of the proposed team swapped"),
    "case_returned": _n("Back on the waitlist, its waiting time kept"),
    "case_closed": _n("Closed with its outcome"),
    "match_approved": _n("Team approved, offers sent"),
    "match_ended": _n("Match ended"),
    "match_engaged": _n("Engagement letter signed"),
    "conflicts_cleared": _n("Conflicts cleared"),
    "conflict_found": _n("Conflict found"),
    "names_opened": _n("A volunteer has opened the names to check for conflicts"),
    "names_opened_again": _n("The names opened to a volunteer once more"),
    "check_clear": _n("A volunteer has looked and has no conflict"),
    "check_question": _n("A volunteer asks something before answering"),
    "check_reply": _n("The volunteer’s question has a reply"),
    "person_screened_off": _n("Somebody kept off the case altogether"),
    "screen_lifted": _n("Somebody who was kept off let in again"),
    "disclosed": _n("Looked at who the client is"),
    "disclosures_exported": _n("The list of looks taken out for the client"),
    "team_accepted": _n("Everybody has accepted"),
    "team_completed": _n("The missing seats were looked for"),
    "proposal_rejected": _n("Proposal rejected"),
    "offer_accepted": _n("Offer accepted"),
    "offer_declined": _n("Offer declined"),
    "offer_expired": _n("Offer expired without an answer"),
    "offer_frozen": _n("Offer put on hold"),
    "offer_thawed": _n("Offer open again"),
    "offer_revoked": _n("Offer taken back"),
    "alert_closed": _n("Alert closed"),
    "volunteer_registered": _n("Joined"),
    "volunteer_changed": _n("Details changed"),
    "standing_recorded": _n("Standing recorded"),
    "member_confirmed": _n("Confirmed as a member of a bar"),
    "member_separated": _n("Not the member of a bar after all"),
    "volunteer_verified": _n("Identity confirmed"),
    "profile_changed": _n("Profile changed"),
    "leave_planned": _n("Leave planned"),
    "password_chosen": _n("A password chosen"),
    "roster_access_given": _n("Access to a roster given to a bar's staff"),
    "roster_access_taken": _n("Access to a roster taken back"),
    "roster_link_sent": _n("A new link sent to a bar's staff"),
    "roster_token_made": _n("A token for a bar's program made"),
    "roster_token_revoked": _n("A token for a bar's program revoked"),
    "roster_pushed": _n("Entries pushed by a bar's program"),
    "roster_added": _n("A roster added"),
    "roster_mapped": _n("The columns of a roster chosen"),
    "records_merged": _n("Another record of this person merged into this one"),
    "record_absorbed": _n("This record merged into another one of this person"),
    "records_split": _n("A merged record split off again"),
    "record_restored": _n("This record stands for itself again"),
    "told_apart": _n("Known to be somebody else than a volunteer who looks alike"),
    "plugin_switched_off": _n("A plugin switched off"),
    "plugin_switched_on": _n("A plugin switched on again"),
    **CONFLICT_EVENTS,
    **PRIVACY_EVENTS,
    **CASEWORK_EVENTS,
}


def event(kind: str) -> str:
    """What happened, in words; an unknown kind is told by its code."""
    known = _EVENTS.get(kind)
    return _(known) if known else kind.replace("_", " ").capitalize()
