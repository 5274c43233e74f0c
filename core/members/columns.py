"""The columns of a roster that an entry is made of: those that volunteers are imported from, and some more."""

from collections.abc import Mapping
from typing import Final

import msgspec

from core.spreadsheets.columns import Column
from core.spreadsheets.roster_columns import ROSTER_COLUMNS

_READ_OTHERWISE: Final[Mapping[str, Mapping[str, str]]] = {
    "number": {"values": "the bar's number of its member; lost leading zeros are put back where the length is known"},
    "admitted": {"values": "a year, or a day in any form that shows its year"},
    "status": {"values": "the bar's word; one that we do not know counts as unknown"},
    "languages": {"values": "free text: `Spanish (fluent), some French`", "empty": "not told"},
}
_ALSO: Final = {
    "number": ("bar_registration_number", "member_number", "member_id", "attorney_no", "attorney_bar_number"),
    "name": ("attorney", "member", "lawyer", "name_of_attorney"),
    "email": ("e_mail_address", "business_email", "work_email"),
    "status": ("member_status", "bar_status", "attorney_status", "current_status"),
    "admitted": ("admitted_year", "year_of_admission", "date_of_admission", "bar_admission_date"),
    "languages": ("foreign_languages", "other_languages", "idiomas"),
}

MEMBER_COLUMNS: Final = (
    *(
        msgspec.structs.replace(
            column,
            synonyms=(*column.synonyms, *_ALSO.get(column.name, ())),
            **_READ_OTHERWISE.get(column.name, {}),
        )
        for column in ROSTER_COLUMNS
    ),
    Column(
        "phone",
        "as the bar writes it",
        "none",
        ("phone_number", "telephone", "telephone_number", "office_phone", "business_phone", "work_phone"),
    ),
    Column(
        "firm",
        "where the member works",
        "none",
        ("company_name", "company", "firm_name", "law_firm", "employer", "organization", "organisation"),
    ),
    Column("practice", "practice areas, several by `;`", "not told", ("practice_areas", "areas_of_practice", "areas")),
    Column(
        "pro_bono",
        "`yes` or `no`: takes cases without a fee",
        "not told",
        ("pro_bono_interest", "accepts_pro_bono", "willing_to_do_pro_bono", "pro_bono_volunteer"),
    ),
)
NAMED: Final = ("name", "last_name")
"""At least one of these must be there."""
DECISIVE: Final = ("number", "name", "last_name", "status")
"""Columns of which a roster may not have two: which one is meant decides who
somebody is, or whether she may practise."""
