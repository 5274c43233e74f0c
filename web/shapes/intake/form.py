"""The form of an intake by staff: the client's part, the case, and the other people; its fields and choices."""

from collections.abc import Mapping
from typing import Any, Final

from core.model.cases.relief import reliefs
from core.model.clients.parties import PartyRole
from core.model.languages import language_name
from core.model.vocabulary import CameBy, Forum, Posture, PracticeArea
from core.store.keys import new_case_id
from web.i18n import gettext as _
from web.shapes.clients.client_form import Choices, Fields, client_choices, known_fields, line_in, told, typed_fields
from web.shapes.intake.place_reading import county_choices, state_choices
from web.shapes.volunteers.profile import OFTEN
from web.words.field import marked as _n
from web.words.field import options, word

PARTY_LINES: Final = 4
PARTY_ROLES: Final[Mapping[PartyRole, str]] = {
    PartyRole.ADVERSE: _n("against the client"),
    PartyRole.FAMILY: _n("family"),
    PartyRole.OTHER: _n("other"),
}
CASE_LINES: Final = (
    "came_by",
    "languages",
    "county",
    "us_state",
    "about",
    "forum",
    "posture",
    "detained",
    "received",
    "deadline",
    "deadline_kind",
)
DATE_KINDS: Final = (
    _n("Individual hearing"),
    _n("Master calendar hearing"),
    _n("Bond hearing"),
    _n("Credible-fear interview"),
    _n("One-year deadline"),
    _n("Notice of appeal"),
)
"""What is offered while somebody writes what a date is."""
BY_STAFF: Final = (CameBy.PHONE, CameBy.OUTREACH, CameBy.WALK_IN, CameBy.EMAIL, CameBy.PARTNER)
"""The ways in which staff take somebody in."""


def blank_intake(*, today: str, came_by: str = "", us_state: str = "NM") -> Fields:
    """The fields of an intake that begins; ``sheet`` names this form and no other."""
    case = dict.fromkeys(CASE_LINES, "") | {"received": today, "us_state": us_state, "came_by": came_by}
    return {**known_fields({}), **case, "summary": "", "parties": _party_lines({}), "sheet": str(new_case_id())}


def typed_intake(form: Any) -> Fields:
    """The fields as they were typed."""
    case = {name: line_in(form, name) for name in CASE_LINES}
    prose = {"summary": str(form.get("summary", "")), "sheet": line_in(form, "sheet")}
    return {**typed_fields(form), **case, **prose, "parties": _party_lines(form)}


def _party_lines(form: Any) -> list[Fields]:
    get = form.get
    return [
        {
            "at": at,
            "role": str(get(f"party_role_{at}", ""))[:20],
            "name": " ".join(str(get(f"party_name_{at}", "")).split()),
            "organisation": bool(get(f"party_organisation_{at}", "")),
        }
        for at in range(PARTY_LINES)
    ]


def intake_choices() -> Fields:
    """All choices of the form."""
    return client_choices() | {
        "came_by": [(str(way), word(way)) for way in BY_STAFF],
        "abouts": abouts(),
        "forums": options(Forum),
        "postures": options(Posture),
        "states": state_choices(),
        "known_counties": county_choices(),
        "known_languages": sorted(language_name(tag) for tag in OFTEN),
        "party_roles": told(PARTY_ROLES),
        "date_kinds": [_(kind) for kind in DATE_KINDS],
    }


def abouts() -> list[tuple[str, Choices]]:
    """What a case may be about: by practice area, each relief by its code, and the area alone where it is not clear."""
    return [
        (
            word(area),
            [
                (str(area), _("%(area)s, not clear yet") % {"area": word(area)}),
                *((one.code, _(one.name)) for one in reliefs().values() if one.practice_area is area),
            ],
        )
        for area in PracticeArea
    ]
