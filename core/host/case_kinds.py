"""The kinds of provider that are data about cases: rules about deadlines, and questions."""

from typing import Final

from core.host.contracts import Kind
from core.model.deadlines.rules import DeadlineRule, wrong_with_rule
from core.model.plugins.intake_fields import IntakeField, wrong_with_field

CASE_KINDS: Final = (
    Kind("deadlines", DeadlineRule, is_value=True, wrong=wrong_with_rule, named_by="code"),
    Kind("intake_fields", IntakeField, is_value=True, wrong=wrong_with_field),
)
