"""A list as clinics really keep them: Spanish headings under merged ones, names in pieces, days in words."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from core.model.clients.client import ClientField
from core.model.clients.households import Period
from core.spreadsheets.problems import Severity, alike
from core.spreadsheets.table import Table
from core.waitlists import DayOrder, Understood, first_mapping, read_waitlist, understand
from core.waitlists.days import written_out

TODAY = date(2026, 11, 27)
F = ClientField
HEADER = (
    *("Nombres", "Primer apellido", "Segundo apellido", "Fecha de nac.", "Número A", "No. de expediente"),
    *("Tipo de caso", "Fecha de ingreso", "Próxima audiencia", "Detenido/a", "Teléfono", "Correo electrónico"),
    *("Personas en el hogar", "Ingresos mensuales", "Idioma", "Condado", "Estado", "Notas"),
)
ANA = {
    "Nombres": "Ana",
    "Primer apellido": "de la Cruz",
    "Segundo apellido": "Xol",
    "Fecha de nac.": "25/9/88",
    "No. de expediente": "EXP-1",
    "Tipo de caso": "asilo",
    "Fecha de ingreso": "3 de marzo de 2026",
    "Próxima audiencia": "pendiente",
    "Detenido/a": "No",
    "Personas en el hogar": "4",
    "Ingresos mensuales": "$1,200",
    "Idioma": "Mam y español",
    "Condado": "Condado de Luna",
    "Estado": "N.M.",
}


def workbook(*rows: dict[str, Any], header: tuple[str, ...] = HEADER) -> Table:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Clínica La Esperanza"])
    sheet.append([])
    sheet.append(["Cliente", *[None] * 4, "Caso"])
    sheet.merge_cells("A3:E3")
    sheet.append(list(header))
    for row in rows:
        sheet.append([row.get(heading) for heading in header])
    file = io.BytesIO()
    book.save(file)
    return read_waitlist(file.getvalue(), source="lista.xlsx")[0]


def read(given: Table) -> Understood:
    return understand(given, first_mapping(given), today=TODAY)


def test_a_spanish_list_under_merged_headings_is_read_as_it_stands() -> None:
    given = workbook(ANA)
    mapping, understood = first_mapping(given), read(given)

    assert set(mapping.columns.values()) == set(HEADER)
    assert (mapping.days, mapping.income_period) == (DayOrder.DAY_FIRST, Period.MONTH)
    (row,) = understood.rows
    assert (understood.errors, understood.warnings) == (0, 0)
    assert (row.case.ref, row.case.county, row.case.us_state) == ("EXP-1", "Luna", "NM")
    assert (row.case.received, row.case.deadline, row.case.languages) == (date(2026, 3, 3), None, ("mam", "es"))
    assert (row.client[F.NAME], row.client[F.BIRTH_DATE]) == ("Ana de la Cruz Xol", "1988-09-25")


@pytest.mark.parametrize(
    ("name", "surname", "whole"),
    [
        ("Rosa", "Pérez Ramos", "Rosa Pérez Ramos"),
        ("Rosa Pérez Ramos", "Pérez Ramos", "Rosa Pérez Ramos"),
        ("Perez Ramos, Rosa", "Pérez Ramos", "Rosa Perez Ramos"),
        ("Rosa", "", "Rosa"),
        ("", "Pérez Ramos", "Pérez Ramos"),
    ],
)
def test_surnames_in_a_column_of_their_own_are_not_lost(name: str, surname: str, whole: str) -> None:
    given = workbook(
        {"Nombre": name, "Apellidos": surname, "Tipo de caso": "asilo", "Idioma": "es"},
        header=("Nombre", "Apellidos", "Tipo de caso", "Idioma"),
    )

    assert read(given).rows[0].client[F.NAME] == whole


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/9/2026", DayOrder.MONTH_FIRST, "2026-03-09"),
        ("3-9-26", DayOrder.DAY_FIRST, "2026-09-03"),
        ("3/9/27", DayOrder.DAY_FIRST, "1927-09-03"),
        ("9/25/1988 12:00:00 AM", DayOrder.MONTH_FIRST, "1988-09-25"),
        ("3 de marzo de 2026", DayOrder.MONTH_FIRST, "2026-03-03"),
        ("3-Mar-26", DayOrder.DAY_FIRST, "2026-03-03"),
        ("Sept. 5th, 2025", DayOrder.YEAR_FIRST, "2025-09-05"),
        ("3/9/2026", DayOrder.YEAR_FIRST, "3/9/2026"),
        ("3 de mar o abril 2026", DayOrder.DAY_FIRST, "3 de mar o abril 2026"),
        ("3 ma 2026", DayOrder.DAY_FIRST, "3 ma 2026"),
        ("31/31/2027", DayOrder.MONTH_FIRST, "31/31/2027"),
        ("31 February 2026", DayOrder.DAY_FIRST, "31 February 2026"),
    ],
)
def test_days_in_words_and_with_short_years_are_written_out_and_nothing_else_is(
    text: str, order: DayOrder, day: str
) -> None:
    assert written_out(text, order, last_year=2026) == day


def test_what_is_wrong_alike_in_many_rows_is_one_remark() -> None:
    rows = [ANA | {"No. de expediente": f"EXP-{at}", "Detenido/a": "S"} for at in range(300)]
    rows[250] |= {"Ingresos mensuales": "mucho"}
    errors = alike(one for one in read(workbook(*rows)).problems if one.severity is Severity.ERROR)

    assert [one.sentence() for one in errors] == [
        "Detenido/a, 300 rows (5, 6, 7, 8, 9, …), such as “S”: write yes or no.",
        "row 255, Ingresos mensuales: “mucho”: Write dollars as a number, such as 1250 or 1,250.50; "
        "0 where there is no income.",
    ]


def test_a_row_with_a_formula_that_was_never_computed_stays_out_where_its_column_is_taken_over() -> None:
    book = io.BytesIO()
    made = openpyxl.Workbook()
    for line in (
        ["Client", "Case type", "Language", "Mark"],
        ["Rosa", "asylum", "=1+1", ""],
        ["Ana", "asylum", "es", "=1"],
    ):
        made.worksheets[0].append(line)
    made.save(book)
    given, noted = read_waitlist(book.getvalue(), source="list.xlsx")
    understood = understand(given, first_mapping(given), today=TODAY, noted=noted)

    assert understood.faulty == (2,)
    assert [row.client[F.NAME] for row in understood.rows] == ["Ana"]
    assert {one.column for one in understood.problems} == {"Language"}


@pytest.mark.parametrize("ref", ["CRUZ-2026", "Xol/Ana-1", "A123456789", "2026-123456789"])
def test_a_reference_that_tells_who_the_client_is_is_refused_since_volunteers_see_it(ref: str) -> None:
    understood = read(workbook(ANA | {"No. de expediente": ref, "Número A": "123 456 789"}))

    assert understood.rows == ()
    assert any("tells who the client is" in one.right for one in understood.problems)
