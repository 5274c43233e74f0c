"""The columns of a clinic's waitlist: those of cases, and what it knows of the client behind each."""

from collections.abc import Mapping
from typing import Final

import msgspec

from core.spreadsheets.columns import CASE_COLUMNS, Column

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": (
        *("matter", "matter_number", "matter_id", "file_number", "file_no", "intake_number"),
        *("expediente", "no_de_expediente", "numero_de_expediente", "no_de_caso", "numero_de_caso"),
    ),
    "practice_area": ("case_type", "matter_type", "legal_problem", "problem", "tipo_de_caso", "area_legal"),
    "relief": ("relief_type", "application", "form", "forms", "tipo_de_alivio", "formulario"),
    "language": (
        *("primary_language", "preferred_language", "language_preference"),
        *("idiomas", "idioma_principal", "idioma_preferido", "lengua", "lenguas"),
    ),
    "county": ("county_of_residence", "residence_county", "condado_de_residencia"),
    "state": ("estado", "state_of_residence"),
    "received": (
        *("date_added", "added", "waitlisted", "waitlist_date", "on_waitlist_since", "application_date"),
        *("fecha", "fecha_de_ingreso", "fecha_de_entrada", "fecha_de_recepcion", "fecha_de_solicitud"),
    ),
    "deadline": (
        *("next_hearing", "next_court_date", "court_date", "filing_deadline"),
        *("proxima_audiencia", "audiencia", "fecha_de_audiencia", "fecha_de_corte", "fecha_limite", "plazo"),
    ),
    "forum": ("corte", "tribunal"),
    "detained": ("detention", "detained_y_n", "detenido", "detenida", "detenido_a"),
    "hours": ("horas",),
    "summary": ("resumen",),
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
        synonyms=(
            "client",
            "client_name",
            "full_name",
            "applicant",
            "applicant_name",
            "nombre",
            "nombre_completo",
            "cliente",
        ),
    ),
    Column(
        "first_name",
        "part of the name",
        synonyms=("given_name", "first", "client_first_name", "nombres", "primer_nombre"),
    ),
    Column(
        "last_name",
        "part of the name",
        synonyms=(
            "surname",
            "family_name",
            "last",
            "client_last_name",
            "apellidos",
            "apellido",
            "primer_apellido",
            "apellido_paterno",
        ),
    ),
    Column(
        "second_last_name",
        "part of the name",
        synonyms=("second_surname", "segundo_apellido", "apellido_materno"),
    ),
    Column(
        "other_names",
        "also known as",
        synonyms=("aliases", "alias", "aka", "maiden_name", "other_name", "otros_nombres"),
    ),
    Column(
        "birth_date",
        "a day",
        synonyms=("date_of_birth", "dob", "birthdate", "birthday", "fecha_de_nacimiento", "fecha_de_nac", "nacimiento"),
    ),
    Column(
        "a_number",
        "eight or nine digits",
        synonyms=("alien_number", "a_no", "anumber", "a", "alien_registration", "numero_a", "numero_de_extranjero"),
    ),
    Column(
        "nationality",
        "a country",
        synonyms=(
            "country",
            "country_of_origin",
            "citizenship_country",
            "origin",
            "pais",
            "pais_de_origen",
            "nacionalidad",
        ),
    ),
    Column(
        "phone",
        "as it is written",
        synonyms=("telephone", "phone_number", "cell", "mobile", "telefono", "numero_de_telefono", "celular", "movil"),
    ),
    Column("email", "one address", synonyms=("e_mail", "email_address", "mail", "correo", "correo_electronico")),
    Column(
        "address",
        "as it is written",
        synonyms=("street_address", "home_address", "mailing_address", "direccion", "domicilio"),
    ),
    Column(
        "safe_contact",
        "when and how the client may be reached without danger",
        synonyms=(
            "safe_to_contact",
            "contact_instructions",
            "contact_preference",
            "how_to_contact",
            "best_time",
            "contacto_seguro",
        ),
    ),
    Column(
        "household",
        "how many persons",
        synonyms=(
            "household_size",
            "family_size",
            "size_of_household",
            "hh_size",
            "personas_en_el_hogar",
            "tamano_del_hogar",
            "tamano_de_la_familia",
        ),
    ),
    Column(
        "income",
        "dollars of the whole household",
        synonyms=(
            "household_income",
            "annual_income",
            "yearly_income",
            "monthly_income",
            "ingresos",
            "ingreso",
            "ingresos_mensuales",
            "ingreso_mensual",
            "ingresos_anuales",
            "ingreso_anual",
        ),
    ),
    Column(
        "story",
        "what the client told",
        synonyms=("notes", "note", "narrative", "comments", "facts", "notas", "observaciones", "comentarios"),
    ),
)
"""What is known of the client; each is sealed and shown only where identity is shown."""
WAITLIST_COLUMNS: Final = (*CASES, *CLIENT_COLUMNS)
NEEDED: Final = ("practice_area", "language")
"""What every case must have, from its row or for all rows alike."""
