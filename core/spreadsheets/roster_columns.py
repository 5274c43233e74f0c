"""The columns of a bar's roster, in New York's shape and its variations. All other columns are passed over."""

from collections.abc import Mapping
from typing import Final

from core.spreadsheets.columns import Column, key_of, keys_of

ROSTER_COLUMNS: Final = (
    Column(
        "number",
        "the bar's number of its member, each once; lost leading zeros are put back where the length is known",
        "not allowed",
        (
            "registration_number",
            "registration_no",
            "bar_number",
            "bar_no",
            "barno",
            "bar_id",
            "atty_id",
            "attorney_id",
            "attorney_number",
            "license_number",
            "licence_number",
            "sbn",
        ),
        required=True,
    ),
    Column("first_name", "part of the name", synonyms=("first", "given_name")),
    Column("middle_name", "part of the name", synonyms=("middle", "middle_initial")),
    Column("last_name", "part of the name", synonyms=("last", "surname", "family_name")),
    Column("suffix", "part of the name", synonyms=("name_suffix",)),
    Column("name", "instead of parts: `Last, First M., Jr.`", synonyms=("full_name", "attorney_name", "member_name")),
    Column("email", "one address", "none", ("email_address", "e_mail", "mail")),
    Column("county", "the county's name; `Out of USA` is none", "not known"),
    Column("state", "two letters or the state's name", "not known", ("us_state",)),
    Column("country", "anything but the United States: state and county are not taken over", "United States"),
    Column(
        "admitted",
        "a year, or a day of which the year is taken",
        "not known",
        ("year_admitted", "admission_year", "date_admitted", "admission_date", "admitted_on", "admit_date"),
    ),
    Column(
        "status",
        "the bar's word; one that we do not know counts as unknown, with a warning",
        "unknown: not eligible",
        ("lic_status", "license_status", "licence_status", "membership_status", "standing", "registration_status"),
    ),
    Column(
        "languages",
        "taken over only with an ILR level: `es:4.5`",
        "English at 5",
        ("language", "languages_spoken"),
    ),
)
NUMBER_LENGTHS: Final[Mapping[str, int]] = {"NY": 7}
"""How many digits a bar's numbers have, where we know (New York's open data set of attorney registrations)."""


def is_roster(header: tuple[str, ...]) -> bool:
    """Whether a header is that of a bar's roster: members' numbers and names, and no roles."""
    known = keys_of(ROSTER_COLUMNS)
    names = {known.get(key_of(heading)) for heading in header}
    return "number" in names and bool({"name", "last_name"} & names) and "roles" not in map(key_of, header)
