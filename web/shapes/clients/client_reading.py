"""What was typed about a client becomes the fields that are sealed, or a word beside each that cannot be."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from core.errors import BadInput
from core.model.clients.client import ClientField
from core.model.clients.entries import read_entry
from core.model.clients.households import Household, Period, read_money, read_persons
from core.model.clients.interpreted import Helper, Interpreted
from core.model.clients.safe_contact import Care, SafeContact, TimeOfDay, Way
from web.i18n import gettext as _
from web.shapes.clients.client_form import LINES, PROSE, F, Fields

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")
LONGEST = 200


class ClientReader:
    """Reads field by field and goes on after a mistake, so that all of them are told at once."""

    def __init__(self, fields: Fields, today: date) -> None:
        self.typed, self.today = fields, today
        self.errors: dict[str, str] = {}

    def client(self) -> dict[ClientField, str]:
        """All fields; one that is empty was not told, or is not known after all."""
        found = {field: self._entry(field) for field in (*LINES, *PROSE)}
        return found | {
            F.SAFE_CONTACT: self._safe_contact().kept(),
            F.HOUSEHOLD: self.household().kept(),
            F.INTERPRETED: self._interpreted().kept(),
        }

    def wrong(self, name: str, said: str) -> None:
        """Note what is wrong with a field; the first remark stays."""
        self.errors.setdefault(name, said)

    def tried(self, name: str, read: Callable[[], Value], default: Value) -> Value:
        """What is read, or the default with a remark beside the field."""
        try:
            return read()
        except BadInput as problem:
            self.wrong(name, str(problem))
            return default

    def choice(self, name: str, kind: type[Code]) -> Code | None:
        """A choice of a vocabulary; None where nothing was chosen."""
        text = self.typed[name]
        if text and text not in set(kind):
            self.wrong(name, _("Choose one of the answers."))
        return kind(text) if text in set(kind) else None

    def line(self, name: str) -> str:
        """A line of words."""
        text: str = self.typed[name]
        if len(text) > LONGEST:
            self.wrong(name, _("Write at most %(num)s letters.") % {"num": LONGEST})
        return text[:LONGEST]

    def _entry(self, field: ClientField) -> str:
        return self.tried(str(field), lambda: read_entry(field, self.typed[str(field)], today=self.today), "")

    def _safe_contact(self) -> SafeContact:
        told = SafeContact(
            way=self.choice("way", Way),
            times=tuple(time for time in TimeOfDay if time in self.typed["times"]),
            care=tuple(care for care in Care if care in self.typed["care"]),
            person=self.line("person"),
            note=self.line("contact_note"),
        )
        if told.contradicts_itself:
            self.wrong("care", _("Text messages, and no text messages: only one of the two can be right."))
        return told

    def household(self) -> Household:
        """Who lives on the same money, and how much it is."""
        return Household(
            persons=self.tried("persons", lambda: read_persons(self.typed["persons"]), None),
            income=self.tried("income", lambda: read_money(self.typed["income"]), None),
            period=self.choice("period", Period) or Period.MONTH,
        )

    def _interpreted(self) -> Interpreted:
        return Interpreted(
            helper=self.choice("helper", Helper),
            name=self.line("helper_name"),
            languages=self.line("helper_languages"),
        )
