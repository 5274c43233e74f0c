"""The columns of both kinds of file: their names, other names, what a cell may hold, what an empty cell means.

This table is what the readers use and what ``docs/spreadsheets.md`` prints.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A column by its name and synonyms. ``values`` and ``empty`` are for the manual and for messages."""

    name: str
    values: str
    empty: str = ""
    synonyms: tuple[str, ...] = ()
    required: bool = False


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """How headings and words are compared: no case, no accents, "#" is "number", all else between words is "_"."""
    plain = unicodedata.normalize("NFKD", text.replace("#", " number ")).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def keys_of(columns: Iterable[Column]) -> dict[str, str]:
    """Every key under which a heading is understood, with the column's name."""
    return {key_of(key): column.name for column in columns for key in (column.name, *column.synonyms)}


BOOLEAN: Final = "`yes` or `no`"
DAY: Final = "a day such as `2026-03-04`"
AREAS: Final = "`asylum`, `family`, `removal`, `victims`, `citizenship` or `daca_tps`"

CASE_COLUMNS: Final = (
    Column(
        "ref",
        "the clinic's own reference, each once; never a name or an A-number",
        "not allowed",
        ("reference", "case", "case_ref", "case_id", "case_number", "case_no", "id"),
        required=True,
    ),
    Column(
        "practice_area", AREAS, "not allowed", ("area", "practice", "area_of_law", "legal_area", "type"), required=True
    ),
    Column("relief", "the form of relief in words", "not stated", ("form_of_relief", "relief_sought")),
    Column("level", "`1` to `4`: the experience that it asks for", "1", ("skill_level", "skill", "difficulty")),
    Column(
        "language",
        "tags or English names, best first, several by `;`: any one suffices",
        "not allowed",
        ("languages", "client_language", "client_languages", "language_spoken", "idioma"),
        required=True,
    ),
    Column("county", "the county's name", "not known", ("client_county", "condado")),
    Column("state", "two letters or the state's name", "not known", ("us_state", "client_state")),
    Column("remote_ok", BOOLEAN + ": work by video or telephone will do", "yes", ("remote", "remote_allowed")),
    Column(
        "forum",
        "`uscis`, `eoir`, `bia`, `state_court` or `consulate`",
        "uscis, with a warning where that is unlikely",
        ("court", "agency", "venue"),
    ),
    Column("detained", BOOLEAN, "no", ("in_detention", "is_detained", "custody")),
    Column(
        "received",
        DAY + ", not later than today",
        "today",
        ("received_on", "date_received", "received_date", "intake_date", "opened"),
    ),
    Column(
        "deadline",
        DAY + "; one that has passed is kept and flagged",
        "none",
        ("due", "due_date", "deadline_date", "next_deadline", "hearing", "hearing_date"),
    ),
    Column(
        "hours", "above 0: what the case takes of each attorney", "40", ("attorney_hours", "hours_needed", "est_hours")
    ),
    Column(
        "attorneys",
        "`1` or `2`: how many it asks for; with 2, one leads and one is co-counsel",
        "1",
        ("attorneys_needed", "number_of_attorneys", "attorney_count", "lawyers"),
    ),
    Column(
        "needs_interpreter_gender",
        "`female`, `male` or `nonbinary`",
        "any",
        ("interpreter_gender", "gender_of_interpreter"),
    ),
    Column(
        "interpreter_hours",
        "above 0: what the case takes of each interpreter",
        "interpreters count by cases",
        ("hours_interpreter",),
    ),
    Column("deadline_kind", "what the deadline is, in words", "Deadline", ("deadline_type", "kind_of_deadline")),
    Column("posture", "`affirmative` or `defensive`", "affirmative", ("procedural_posture",)),
    Column("summary", "what volunteers may read before they are chosen", "none", ("description", "case_summary")),
)

VOLUNTEER_COLUMNS: Final = (
    Column(
        "ref",
        "the clinic's own reference, each once",
        "not allowed",
        ("reference", "volunteer", "volunteer_ref", "volunteer_id", "id"),
        required=True,
    ),
    Column(
        "roles",
        "`attorney`, `accredited_full`, `accredited_partial`, `law_student`, `interpreter`, `mentor`, several by `;`",
        "not allowed",
        ("role", "volunteer_role", "volunteer_roles"),
        required=True,
    ),
    Column(
        "practice",
        "practice areas with a level `1` to `4`: `asylum:3;removal:2`",
        "takes and mentors no case",
        ("practice_areas", "areas", "skills"),
    ),
    Column(
        "languages",
        "tags or English names with ILR `0` to `5`: `es:4.5;mam:5`; `3+` is 3.5",
        "English at 5; so it is also where other languages are given",
        ("language", "spoken_languages", "idiomas"),
    ),
    Column(
        "interprets",
        "pairs, both ways: `mam>es;es>en`",
        "for interpreters: every pair of languages at ILR 4 or above",
        ("interprets_between", "language_pairs", "interpreting_pairs"),
    ),
    Column(
        "bars",
        "states where admitted: `NM;TX`",
        "none",
        ("bar", "bar_admissions", "admitted_in", "jurisdictions", "bar_states"),
    ),
    Column(
        "standing",
        "`active`, `emeritus`, `inactive`, `suspended`, `disbarred`, `resigned`, `deceased`, `pending` or `unknown`",
        "unknown, with a warning for attorneys: only good standing is eligible",
        ("bar_status", "status", "membership_status", "lic_status", "license_status"),
    ),
    Column("eoir_registered", BOOLEAN, "no", ("eoir", "eoir_registration", "registered_with_eoir")),
    Column("county", "the county's name", "not known", ("home_county", "condado")),
    Column("state", "two letters or the state's name", "not known", ("us_state", "home_state")),
    Column("remote", BOOLEAN + ": works by video or telephone", "yes", ("remote_ok", "works_remotely")),
    Column(
        "capacity_cases",
        "a whole number: attorney and interpreter seats together",
        "1",
        ("max_cases", "cases", "capacity", "case_capacity"),
    ),
    Column(
        "capacity_hours",
        "hours for new cases in all",
        "no limit",
        ("max_hours", "hours", "hours_available", "available_hours"),
    ),
    Column("gender", "`female`, `male`, `nonbinary` or `unstated`", "unstated", ("sex", "genero")),
    Column("name", "the volunteer's name", "not known", ("full_name", "volunteer_name", "nombre")),
    Column("email", "one address", "none", ("e_mail", "email_address", "mail", "correo")),
    Column("firm", "employers: the volunteer is kept off cases against them", "not known", ("employer", "law_firm")),
    Column("interests", "practice areas, several by `;`", "none", ("interested_in", "preferred_areas")),
    Column(
        "capacity_mentor",
        "a whole number: cases to mentor",
        "as capacity_cases",
        ("capacity_mentoring", "max_mentoring", "mentor_capacity"),
    ),
    Column(
        "leave",
        "periods, both days included: `2026-12-01..2026-12-20`, several by `;`",
        "none",
        ("on_leave", "away", "absences"),
    ),
    Column("conflicts", "refs of cases barred to somebody, several by `;`", "none", ("conflict", "conflict_cases")),
)
