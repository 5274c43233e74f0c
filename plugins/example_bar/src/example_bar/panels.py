"""Two panels: what our library has for a case, beside the case, and a page of our trainings."""

from collections.abc import Sequence
from datetime import date

from amparo import (
    AccountRole,
    CaseRecord,
    Column,
    ColumnKind,
    Panel,
    PanelContent,
    PanelFact,
    PanelLink,
    PanelPlace,
    PracticeArea,
    Settings,
    Subject,
    Table,
    hookimpl,
    language_name,
)

amparo_api = "1.0"

LIBRARY = "https://bar.example.org/library"
SHELVES = {PracticeArea.ASYLUM: ("Asylum practice manual", 14), PracticeArea.VICTIMS: ("U visa handbook", 6)}
TRAININGS = (
    ("Asylum, first steps", date(2026, 3, 12), 3.0),
    ("Working with an interpreter", date(2026, 4, 2), 1.5),
)


class Library:
    """Says which of our books and forms belong to a case. It is told the practice area and never a name."""

    name = "example_bar_library"
    title = "In the library of Example Bar"
    place = PanelPlace.CASE
    roles = (AccountRole.COORDINATOR, AccountRole.ADMINISTRATOR)

    async def show(self, subject: Subject) -> PanelContent:
        """A book and the number of forms; the forms come in the languages that we have them in."""
        if not isinstance(subject, CaseRecord) or subject.practice_area not in SHELVES:
            return PanelContent(("We have nothing on this practice area yet.",))
        book, forms = SHELVES[subject.practice_area]
        spoken = ", ".join(language_name(tag) for tag in subject.languages) or "not known"
        return PanelContent(
            facts=(
                PanelFact("Book", book),
                PanelFact("Forms", str(forms)),
                PanelFact("Languages of the client", spoken),
            ),
            links=(PanelLink("To the shelf", f"{LIBRARY}/{subject.practice_area}"),),
        )


class Trainings:
    """A page of its own, to which ``navigation.py`` leads."""

    name = "example_bar_trainings"
    title = "Trainings of Example Bar"
    place = PanelPlace.PAGE
    roles = tuple(AccountRole)

    async def show(self, subject: Subject) -> PanelContent:
        """The trainings to come."""
        columns = (Column("Training"), Column("Day", ColumnKind.DATE), Column("Length", ColumnKind.HOURS))
        return PanelContent(
            ("All trainings are free for volunteers of this programme.",),
            table=Table(columns, TRAININGS, "Recordings are in the library a week later."),
            links=(PanelLink("Enrol", "https://bar.example.org/trainings"),),
        )


@hookimpl
def amparo_panels(settings: Settings) -> Sequence[Panel]:
    """Our panels."""
    return [Library(), Trainings()]
