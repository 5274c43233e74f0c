"""Further questions about a case: what this bar's volunteers want to know before they offer to take one."""

from collections.abc import Sequence

from amparo import FieldKind, IntakeField, PracticeArea, hookimpl

amparo_api = "1.0"
SECTION = "Questions of the Example Bar"

SHELTER = IntakeField(
    name="example_bar_shelter",
    label="Where does the client sleep these weeks?",
    kind=FieldKind.CHOICE,
    choices=(("home", "At home"), ("relatives", "With relatives or friends"), ("shelter", "In a shelter")),
    section=SECTION,
)
REPORT = IntakeField(
    name="example_bar_report",
    label="Was the crime reported to the police?",
    help="A certification needs a report; it can still be made.",
    kind=FieldKind.YES_NO,
    required=True,
    practice_areas=(PracticeArea.VICTIMS,),
    section=SECTION,
)
CHILDREN = IntakeField(
    name="example_bar_children",
    label="How many children live in the household?",
    kind=FieldKind.NUMBER,
    section=SECTION,
)


@hookimpl
def amparo_intake_fields() -> Sequence[IntakeField]:
    """All three; the second is asked about victims of crime only, and must be answered."""
    return [SHELTER, REPORT, CHILDREN]
