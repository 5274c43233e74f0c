"""Answers to the questions that plugins ask about a case."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from core.errors import BadInput, TooLate, WrongEntries
from core.model.cases.case import Case
from core.model.concurrent_edits import require_untouched
from core.model.people import Actor
from core.model.plugins.intake_fields import Answer, IntakeField, missing, read_answer, said_of
from core.model.states import OPEN_CASE
from core.services.clinic import Clinic, require_staff
from core.store.audit import record
from core.store.cases import case_records as records
from core.store.cases.cases import find_case
from core.store.database import transaction
from core.store.matches.settled import lock_case


def questions_about(case: Case, *, clinic: Clinic) -> tuple[IntakeField, ...]:
    """The questions that plugins ask about this case, in the order of loading."""
    return tuple(field for field in clinic.host.intake_fields() if field.is_asked(case.practice_area))


def section_of(field: IntakeField, *, clinic: Clinic) -> str:
    """The heading above a question: its own, else the name of its plugin."""
    return field.section or clinic.host.plugin_of(field)


async def answer_questions(
    case: UUID,
    typed: Mapping[str, str],
    *,
    opened: Mapping[str, str] | None = None,
    clinic: Clinic,
    by: Actor,
    now: datetime,
) -> None:
    """Write what was answered about an open case, by the names of the fields; nothing typed takes an answer back.

    Answers to questions that are not asked now, because their plugin is gone, stay as they are. Raises WrongEntries;
    Overtaken where a question has another answer by now than in ``opened``, as they stood before her, if they did.
    Side effects, in one transaction: the answers, an audit event that names the fields and never what was said.
    """
    require_staff(by)
    async with transaction():
        await lock_case(case)
        found = await find_case(case)
        if found.state not in OPEN_CASE:
            raise TooLate(f"{found.ref} has ended: its answers are left as they are.")
        fields = [field for field in questions_about(found, clinic=clinic) if field.name in typed]
        known = await records.answers_of(case)
        given = _read(fields, typed, clinic)
        if opened is not None:
            before = _as_opened(fields, opened)
            stands, wanted = _values(known), _values(given)
            require_untouched({name: wanted.get(name) for name in before}, before, stands)
        kept = {name: answer for name, answer in known.items() if name not in {one.name for one in fields}} | given
        changed = sorted(name for name in known.keys() | kept.keys() if _value(known, name) != _value(kept, name))
        if changed:
            await records.keep_answers(case, kept, now=now)
            await record(
                "answers_recorded", subject_kind="case", subject=case, by=by, now=now, fields=", ".join(changed)
            )


def _values(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {name: answer.value for name, answer in answers.items()}


def _as_opened(fields: list[IntakeField], opened: Mapping[str, str]) -> dict[str, object]:
    """What stood before her, but for what its plugin does not take as an answer any more."""
    found = dict[str, object]()
    for field in fields:
        with suppress(BadInput):
            found[field.name] = read_answer(field, opened.get(field.name, ""))
    return found


def _value(answers: Mapping[str, Answer], name: str) -> object:
    return answers[name].value if name in answers else None


def _read(fields: list[IntakeField], typed: Mapping[str, str], clinic: Clinic) -> dict[str, Answer]:
    errors, given = dict[str, str](), dict[str, Answer]()
    for field in fields:
        try:
            value = read_answer(field, typed[field.name])
        except BadInput as problem:
            errors[field.name] = f"{field.label}: {problem}"
            continue
        if value is not None:
            section = section_of(field, clinic=clinic)
            given[field.name] = Answer(value, said_of(field, value), field.kind, field.label, section)
    if errors:
        raise WrongEntries(errors)
    return given


async def require_answers(case: UUID, *, clinic: Clinic) -> None:
    """Raise WrongEntries, by the names of the questions, where some that must be answered are not yet."""
    found, answers = await find_case(case), await records.answers_of(case)
    open_ones = missing(clinic.host.intake_fields(), answers, found.practice_area)
    if open_ones:
        said = "{}: this is answered before the case is put on the waitlist."
        raise WrongEntries({field.name: said.format(field.label) for field in open_ones})
