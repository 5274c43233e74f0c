"""The columns of a clinic's waitlist: those of cases, and what it knows of the client behind each."""

from collections.abc import Mapping
from typing import Final

import msgspec

from core.spreadsheets.columns import CASE_COLUMNS, Column

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("matter", "matter_number", "matter_id", "file_number", "file_no", "intake_number", "expediente"),
    "practice_area": ("case_type", "matter_type", "legal_problem", "problem", "tipo_de_caso"),
    "relief": ("relief_type", "application", "form", "forms"),
    "language": ("primary_language", "preferred_language", "language_preference"),
    "county": ("county_of_residence", "residence_county"),
    "received": ("date_added", "added", "waitlisted", "waitlist_date", "on_waitlist_since", "application_date"),
    "deadline": ("next_hearing", "next_court_date", "court_date", "filing_deadline"),
    "detained": ("detention", "detained_y_n"),
}
"""How lists that clinics keep for themselves call the columns of cases, besides what the import of files knows."""

CASES: Final = tuple(
    msgspec.structs.replace(column, synonyms=(*column.synonyms, *_ALSO.get(column.name, ())), required=False)
    for column in CASE_COLUMNS
)
CLIENT_COLUMNS: Final = (
    Column(
        "name",
        "the client's whole name",
        synonyms=("client", "client_name", "full_name", "applicant", "applicant_name", "nombre"),
    ),
    Column("first_name", "part of the name", synonyms=("given_name", "first", "client_first_name", "nombres")),
    Column(
        "last_name", "part of the name", synonyms=("surname", "family_name", "last", "client_last_name", "apellidos")
    ),
    Column("other_names", "also known as", synonyms=("aliases", "alias", "aka", "maiden_name", "other_name")),
    Column("birth_date", "a day", synonyms=("date_of_birth", "dob", "birthdate", "birthday", "fecha_de_nacimiento")),
    Column("a_number", "eight or nine digits", synonyms=("alien_number", "a_no", "anumber", "a", "alien_registration")),
    Column(
        "nationality", "a country", synonyms=("country", "country_of_origin", "citizenship_country", "origin", "pais")
    ),
    Column("phone", "as it is written", synonyms=("telephone", "phone_number", "cell", "mobile", "telefono")),
    Column("email", "one address", synonyms=("e_mail", "email_address", "mail", "correo")),
    Column("address", "as it is written", synonyms=("street_address", "home_address", "mailing_address", "direccion")),
    Column(
        "safe_contact",
        "when and how she may be reached without danger",
        synonyms=("safe_to_contact", "contact_instructions", "contact_preference", "how_to_contact", "best_time"),
    ),
    Column("household", "how many persons", synonyms=("household_size", "family_size", "size_of_household", "hh_size")),
    Column(
        "income",
        "dollars of the whole household",
        synonyms=("household_income", "annual_income", "yearly_income", "monthly_income", "ingresos"),
    ),
    Column("story", "what she told", synonyms=("notes", "note", "narrative", "comments", "facts", "notas")),
)
"""What is known of the client; each is sealed and shown only where identity is shown."""
WAITLIST_COLUMNS: Final = (*CASES, *CLIENT_COLUMNS)
NEEDED: Final = ("practice_area", "language")
"""What every case must have, from its row or for all rows alike."""
