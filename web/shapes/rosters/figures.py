"""What a bar's members gave, as its staff may see it."""

from typing import Any

from core.model.rosters.figures import Figure, K, RosterFigures, ShownYear
from web.i18n import gettext as _

Item = dict[str, Any]


def figure_text(figure: Figure) -> str:
    """A figure in words: "at least 15", "fewer than 5", or that it is not shown."""
    if figure.at_least:
        return _("at least %(num)s") % {"num": f"{figure.at_least:,}"}
    if figure.few:
        return _("fewer than %(num)s") % {"num": K}
    return _("not shown")


def people_text(figure: Figure) -> str:
    """The same of a figure that rests on others: cases, hours."""
    return _("rests on fewer than %(num)s people") % {"num": K} if figure.few else figure_text(figure)


def together(shown: RosterFigures) -> list[Item]:
    """The figures of all years as facts."""
    year = shown.together
    return [
        {"label": _("Members listed"), "value": f"{shown.listed:,}"},
        {"label": _("Joined as volunteers"), "value": figure_text(year.joined)},
        {"label": _("Took a case"), "value": figure_text(year.took)},
        {"label": _("Cases taken"), "value": people_text(year.cases)},
        {"label": _("Hours given"), "value": people_text(year.hours)},
    ]


def columns() -> list[Item]:
    """The columns of the table of years."""
    return [
        {"label": _("Year")},
        {"label": _("Joined as volunteers")},
        {"label": _("Took a case")},
        {"label": _("Cases taken")},
        {"label": _("Hours given")},
    ]


def year_rows(shown: RosterFigures) -> list[list[str]]:
    """The years, the newest first."""
    return [_row(year) for year in reversed(shown.years)]


def _row(year: ShownYear) -> list[str]:
    return [
        str(year.year),
        figure_text(year.joined),
        figure_text(year.took),
        people_text(year.cases),
        people_text(year.hours),
    ]


def figures_title(shown: RosterFigures) -> str:
    """What the page says first."""
    year = shown.together
    if year.took.at_least:
        return _("At least %(num)s members have taken a case") % {"num": f"{year.took.at_least:,}"}
    if year.joined.at_least:
        return _("At least %(num)s members have joined as volunteers") % {"num": f"{year.joined.at_least:,}"}
    return _("Too few members have joined for figures to be shown")
