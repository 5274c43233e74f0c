"""Checks of what plugins hand over as data: rules about deadlines, and questions about cases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from core.conformance.outcome import Advice, Check, Wrong
from core.conformance.samples import TODAY, Matter
from core.errors import BadInput
from core.model.cases.relief import reliefs
from core.model.deadlines.counting import deadline_after, holds_for
from core.model.deadlines.rules import DeadlineRule
from core.model.plugins.intake_fields import FieldKind, IntakeField, Value, read_answer, said_of
from core.model.vocabulary import Forum, Posture

ODD_DAYS: Final = (date(2028, 2, 29), date(2027, 1, 31), date(1900, 1, 1), TODAY, date.min, date.max)
ODD_ANSWERS: Final = (
    *("", "   ", "0", "-1", "1e400", "nan", "12 34", "yes", "YES", "2028-02-29", "2027-02-29", "31.12.2027"),
    *("\0", "\u202e", "ñ" * 5000, "<script>", "'; DROP TABLE legal_case; --", "A 123 456 789", "a@example.invalid"),
)
IDENTITY: Final = re.compile(
    r"\b(?:(?:first|last|middle|full|maiden|client'?s|her|his|their) names?|a-?number|alien number|passport|ssn|"
    r"social security|phone|e-?mail|street|address|date of birth|birthday)\b",
    re.IGNORECASE,
)
"""Words by which a question asks who somebody is."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule about deadlines under check."""

    provider: DeadlineRule

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("the same deadline twice, on odd days, too", self.counts_the_same_twice)
        yield Check("holds for some case", self.holds_somewhere)
        yield Check("is reviewed", self.is_reviewed)

    def counts_the_same_twice(self) -> None:
        """Leap days, ends of months, the first and the last day of the calendar."""
        for day in ODD_DAYS:
            found = deadline_after(self.provider, day)
            if found != deadline_after(self.provider, day) or (found.due or found.opens) is None:
                raise Wrong(
                    f"Counted from {day}, it gives two deadlines.", "Return an amparo.DeadlineRule, no subclass."
                )

    def holds_somewhere(self) -> None:
        """A rule that is about no case at all was meant otherwise."""
        every = product(reliefs().values(), Forum, Posture)
        cases = (Matter(relief.practice_area, relief.code, forum, posture) for relief, forum, posture in every)
        if not any(holds_for(self.provider, case) for case in cases):
            raise Wrong(
                "It holds for no case.", "Leave practice_areas, reliefs, forums or postures empty: then for all."
            )

    def is_reviewed(self) -> None:
        """Somebody has compared it with what was published, and not with what was announced."""
        rule = self.provider
        if rule.published and rule.reviewed < rule.published:
            raise Wrong(
                f"It was reviewed on {rule.reviewed} and published on {rule.published}.",
                "Compare it with its source again, and write the day on which you did.",
            )


@dataclass(frozen=True, slots=True)
class Questioned:
    """A question about cases under check."""

    provider: IntakeField

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        yield Check("takes every answer that it offers", self.takes_its_choices)
        yield Check("odd answers are taken or refused with a sentence", self.survives_odd_answers)
        yield Check("asks for nothing that identifies anybody", self.identifies_nobody)

    def takes_its_choices(self) -> None:
        """Each choice is taken as its code and read as its words."""
        for code, words in self.provider.choices:
            value = read_answer(self.provider, code)
            if value != code or said_of(self.provider, value) != words:
                raise Wrong(f"The choice {code!r} is not taken.", "Write codes without spaces around them.")

    def survives_odd_answers(self) -> None:
        """What cannot be understood is refused, the same way each time."""
        for typed in ODD_ANSWERS:
            if self._read(typed) != self._read(typed):
                raise Wrong("It takes one answer in two ways.", "Return an amparo.IntakeField, no subclass.")

    def _read(self, typed: str) -> Value | None:
        try:
            return read_answer(self.provider, typed)
        except BadInput as problem:
            return str(problem)

    def identifies_nobody(self) -> None:
        """Answers stand in clear text in the database."""
        field = self.provider
        texts = " ".join((field.label, field.name.replace("_", " ").replace("-", " "), field.section))
        if found := IDENTITY.search(texts):
            raise Advice(
                f"It seems to ask who somebody is: “{found[0]}”.",
                "Answers are kept in clear text. Ask for a choice that says what you need.",
            )
        if field.kind is FieldKind.TEXT:
            raise Advice("It takes free text, into which people write names.", "Give choices where you can.")
