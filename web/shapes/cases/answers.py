"""Questions of plugins for pages: what was answered under each heading, what is open, what is not asked any more."""

from collections.abc import Mapping
from typing import Any

from core.model.cases.case import Case
from core.model.plugins.intake_fields import Answer, FieldKind, IntakeField, typed_of
from core.services.cases.answering import questions_about, section_of
from core.services.clinic import Clinic
from web.i18n import gettext as _

Item = dict[str, Any]


def answer_cards(case: Case, answers: Mapping[str, Answer], clinic: Clinic) -> list[Item]:
    """A card for each heading, with its questions and answers; the last one holds answers without a question."""
    cards: dict[str, Item] = {}
    for field in questions_about(case, clinic=clinic):
        section = section_of(field, clinic=clinic)
        card = cards.setdefault(section, {"title": section, "rows": [], "open": 0, "gone": False})
        card["rows"].append(_row(field, answers.get(field.name)))
        card["open"] += field.required and field.name not in answers
    asked = {field.name for field in questions_about(case, clinic=clinic)}
    for name, answer in answers.items():
        if name not in asked:
            card = cards.setdefault(f"{answer.plugin}\0", {"title": answer.plugin, "rows": [], "open": 0, "gone": True})
            card["rows"].append({"label": answer.label, "value": _said(answer), "tag": None})
    return list(cards.values())


def _row(field: IntakeField, answer: Answer | None) -> Item:
    if answer is not None:
        return {"label": field.label, "value": _said(answer), "tag": None}
    tag = {"label": _("To be asked"), "tone": "soon"} if field.required else None
    return {"label": field.label, "value": "", "tag": tag}


def _said(answer: Answer) -> str:
    if isinstance(answer.value, bool):
        return _("Yes") if answer.value else _("No")
    return answer.said


def answer_form(
    case: Case,
    answers: Mapping[str, Answer],
    typed: Mapping[str, str],
    opened: Mapping[str, str],
    errors: Mapping[str, str],
    clinic: Clinic,
) -> list[Item]:
    """The form by headings: each question with what was typed, else with what is kept.

    ``opened``: what was kept when a form that comes back was opened.
    """
    sections: dict[str, list[Item]] = {}
    for field in questions_about(case, clinic=clinic):
        kept = typed_of(answers[field.name]) if field.name in answers else ""
        one = _control(field, typed.get(field.name, kept), errors.get(field.name, ""))
        one["was"] = opened.get(field.name, kept)
        sections.setdefault(section_of(field, clinic=clinic), []).append(one)
    return [{"title": title, "fields": fields} for title, fields in sections.items()]


def _control(field: IntakeField, value: str, error: str) -> Item:
    return {
        "name": f"q-{field.name}",
        "label": field.label,
        "kind": str(field.kind),
        "options": _options(field),
        "value": value,
        "hint": _hint(field),
        "error": error,
        "required": field.required,
    }


def _options(field: IntakeField) -> list[tuple[str, str]]:
    if field.kind is FieldKind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    return list(field.choices)


def _hint(field: IntakeField) -> str:
    parts = [field.help]
    if field.kind is FieldKind.TEXT:
        parts.append(
            _("A few words. Never a name, a number or an address, nor anything else that identifies a person.")
        )
    if field.required:
        parts.append(_("Needed before the case is put on the waitlist."))
    return " ".join(part for part in parts if part)
