"""What was typed into the form of an intake becomes a case, its client and its parties, or a word beside each field."""

import re
from datetime import date
from typing import Final
from uuid import UUID, uuid5

import msgspec

from core.errors import BadInput, WrongEntries
from core.model.cases.case import Case
from core.model.cases.relief import Relief, reliefs
from core.model.cases.usual import usual_forum, usual_posture
from core.model.clients.client import ClientField
from core.model.clients.parties import Party, PartyRole
from core.model.languages import language_tag
from core.model.states import CaseState
from core.model.vocabulary import CameBy, Forum, Posture, PracticeArea
from core.store.keys import new_case_id, new_id
from web.i18n import gettext as _
from web.shapes.clients.client_form import Fields
from web.shapes.intake.place_reading import PlaceReader
from web.typed import read_day

SUMMARY: Final = 2000
LONGEST_PARTY: Final = 200


class Intake(msgspec.Struct, frozen=True):
    """What an intake says. The case has no reference yet."""

    case: Case
    client: dict[ClientField, str]
    parties: tuple[Party, ...]


def read_intake(fields: Fields, *, today: date) -> Intake:
    """What the fields of a form say; WrongEntries names each that cannot be understood."""
    reader = _IntakeReader(fields, today)
    intake = reader.intake()
    if reader.errors:
        raise WrongEntries(reader.errors)
    return intake


class _IntakeReader(PlaceReader):
    def intake(self) -> Intake:
        client = self.client()
        if not client[ClientField.NAME]:
            self.wrong("name", _("Write the client's name. A name that is used every day is enough for a beginning."))
        case = self._case()
        return Intake(case, client, self._parties(case))

    def _case(self) -> Case:
        area, relief = self._about()
        state, county = self.place()
        return Case(
            id=_case_id(self.typed),
            ref="",
            state=CaseState.RECEIVED,
            practice_area=area,
            relief=relief.name if relief else "",
            skill_level=relief.level if relief else 1,
            hours=relief.hours if relief else 40.0,
            languages=self._languages(),
            forum=self.choice("forum", Forum) or usual_forum(area, relief.code if relief else ""),
            posture=self.choice("posture", Posture) or usual_posture(area),
            detained=bool(self.typed["detained"]),
            us_state=state,
            county=county,
            received=self._day("received", latest=self.today) or self.today,
            deadline=self._day("deadline"),
            deadline_kind=self._deadline_kind(),
            summary=self._summary(),
            came_by=self._came_by(),
        )

    def _came_by(self) -> CameBy | None:
        way = self.choice("came_by", CameBy)
        if way is None:
            self.wrong("came_by", _("Choose how the client came to us."))
        return way

    def _about(self) -> tuple[PracticeArea, Relief | None]:
        text = self.typed["about"]
        if relief := reliefs().get(text):
            return relief.practice_area, relief
        if text in set(PracticeArea):
            return PracticeArea(text), None
        self.wrong("about", _("Choose what it is about; “not clear yet” will do."))
        return PracticeArea.ASYLUM, None

    def _languages(self) -> tuple[str, ...]:
        words = [part for part in re.split(r"\s*[;,/]\s*", self.typed["languages"]) if part]
        if not words:
            self.wrong("languages", _("Write the language that the client speaks best, then others spoken well."))
        return tuple(dict.fromkeys(filter(None, map(self._language, words))))

    def _language(self, text: str) -> str:
        said = _("“%(text)s” is not a language that we know. Write its English name or its code, such as mam.")
        try:
            return language_tag(text)
        except BadInput:
            self.wrong("languages", said % {"text": text[:40]})
            return ""

    def _day(self, name: str, *, latest: date | None = None) -> date | None:
        text = self.typed[name]
        day = self.tried(name, lambda: read_day(text, name), None)
        if latest and day and day > latest:
            self.wrong(name, _("This day has not come yet."))
        return day

    def _deadline_kind(self) -> str:
        kind = self.line("deadline_kind")
        if self.typed["deadline"] and not kind:
            self.wrong("deadline_kind", _("Say what that day is, such as an individual hearing."))
        return kind[:100] if self.typed["deadline"] else ""

    def _summary(self) -> str:
        text = " ".join(self.typed["summary"].split())
        if len(text) > SUMMARY:
            self.wrong("summary", _("Write at most %(num)s letters.") % {"num": SUMMARY})
        return text[:SUMMARY]

    def _parties(self, case: Case) -> tuple[Party, ...]:
        found = []
        for line in self.typed["parties"]:
            if not line["name"]:
                continue
            if line["role"] not in set(PartyRole):
                self.wrong(f"party_role_{line['at']}", _("Choose what this person is to the client."))
            elif len(line["name"]) > LONGEST_PARTY:
                self.wrong(f"party_name_{line['at']}", _("Write at most %(num)s letters.") % {"num": LONGEST_PARTY})
            else:
                found.append(_party(case, line))
        return tuple(found)


def _case_id(fields: Fields) -> UUID:
    """The same for one form that is sent twice as it is, so that pressing twice makes one case; else a fresh one."""
    try:
        return uuid5(UUID(fields["sheet"]), msgspec.json.encode(fields, order="sorted").decode())
    except ValueError:
        return new_case_id()


def _party(case: Case, line: Fields) -> Party:
    role = PartyRole(line["role"])
    return Party(id=new_id(), case=case.id, role=role, name=line["name"], is_organisation=line["organisation"])
