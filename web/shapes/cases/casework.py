"""Notes, contacts and tasks for pages."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from core.model.cases.casework import Channel, Contact, Counterpart, Direction, Note, Outcome, Task, TaskKind
from core.model.languages import language_name
from core.model.people import Actor
from core.model.states import TaskState
from core.model.vocabulary import AccountRole
from core.queries.tasks import TaskLine
from core.services.casework.notes import Casework
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.cases.full import title_of
from web.words.field import language_options, options, word
from web.words.times import Times, iso

Item = dict[str, Any]
SPOKEN: Final = ("en", "es", "mam", "quc", "kjb", "kek", "ht", "pt", "zh", "pa", "ar", "fr", "ru", "uk", "ps", "prs")
"""Languages that can always be chosen, beside those of the case."""
WEEK: Final = timedelta(days=7)


def talk(file: Casework, by: Actor, times: Times) -> list[Item]:
    """Notes and contacts in one stream, the latest first."""
    notes = [(one.written_at, _note_item(one, by, times)) for one in file.notes]
    contacts = [(one.at, _contact_item(one, times)) for one in file.contacts]
    return [item for _at, item in sorted([*notes, *contacts], key=lambda pair: pair[0], reverse=True)]


def _note_item(note: Note, by: Actor, times: Times) -> Item:
    gone = note.taken_back_at is not None
    mine = note.account == by.account or AccountRole.ADMINISTRATOR in by.roles
    return {
        "when": times.moment(note.written_at),
        "iso": iso(note.written_at),
        "who": note.written_by,
        "what": _("Note, taken back") if gone else _("Note"),
        "words": note.text,
        "take_back": f"notes/{note.id}/take-back" if mine and not gone else None,
    }


def _contact_item(contact: Contact, times: Times) -> Item:
    how = _("%(channel)s, %(direction)s, with %(who)s") % {
        "channel": word(contact.channel),
        "direction": word(contact.direction),
        "who": word(contact.counterpart),
    }
    return {
        "when": times.moment(contact.at),
        "iso": iso(contact.at),
        "who": contact.noted_by,
        "what": how,
        "tags": [{"label": word(contact.outcome), "tone": _tone(contact.outcome)}],
        "language": _spoken(contact),
        "words": contact.words,
    }


def _tone(outcome: Outcome) -> str:
    if outcome in (Outcome.REACHED, Outcome.SENT):
        return "ok"
    return "now" if outcome in (Outcome.WRONG_NUMBER, Outcome.MISSED) else "soon"


def _spoken(contact: Contact) -> str:
    if not contact.language:
        return _("with an interpreter") if contact.interpreted else ""
    said = _("in %(language)s, with an interpreter") if contact.interpreted else _("in %(language)s")
    return said % {"language": language_name(contact.language)}


def contact_choices(spoken: Iterable[str]) -> Item:
    """What can be chosen for a contact; the languages of the case come with those that are always there."""
    return {
        "channels": options(Channel),
        "directions": options(Direction),
        "counterparts": options(Counterpart),
        "outcomes": options(Outcome),
        "languages": language_options(tuple({*SPOKEN, *spoken})),
    }


def task_item(task: Task, times: Times) -> Item:
    """A task in the file of its case."""
    ended = ""
    if task.ended_at is not None:
        ended = _("%(state)s on %(moment)s by %(who)s") % {
            "state": word(task.state),
            "moment": times.moment(task.ended_at),
            "who": task.ended_by,
        }
    return {
        "id": task.id,
        "what": word(task.kind),
        "words": task.words,
        "href": f"/cases/{task.case}/tasks/{task.id}",
        "open": task.state is TaskState.OPEN,
        **due_mark(task.due, times),
        "line": [ended] if ended else [_for_whom(task.assignee_name), _("added by %(who)s") % {"who": task.made_by}],
    }


def _for_whom(name: str) -> str:
    return _("for %(name)s") % {"name": name} if name else _("for whoever can")


def due_mark(due: date | None, times: Times) -> Item:
    """By when something is to be done, as an urgency mark: a word, a shape, a colour."""
    if due is None:
        return {"urgency": "none", "urgency_word": _("No day")}
    days = (due - times.today).days
    if days < 0:
        said = ngettext("%(num)s day overdue", "%(num)s days overdue", -days) % {"num": -days}
        return {"urgency": "now", "urgency_word": said}
    if days == 0:
        return {"urgency": "now", "urgency_word": _("Due today")}
    return {
        "urgency": "soon" if due - times.today <= WEEK else "none",
        "urgency_word": _("Due %(day)s") % {"day": times.day(due)},
    }


def task_line(task: TaskLine, times: Times) -> Item:
    """A task in the list over all cases: its kind and its case, not a word of what was written."""
    href = f"/cases/{task.case}/tasks/{task.id}"
    return {
        "what": word(task.kind),
        "ref": task.ref,
        "title": title_of(task.practice_area, task.relief, task.posture),
        "href": href,
        "done": f"{href}/done",
        "for_whom": _for_whom(task.assignee_name),
        **due_mark(task.due, times),
    }


def task_choices(people: dict[Any, str]) -> Item:
    """What can be chosen for a task."""
    return {"kinds": options(TaskKind), "people": [(str(key), name) for key, name in people.items()]}


def tasks_title(count: int) -> str:
    """How much is to be done."""
    if not count:
        return _("Nothing is to be done")
    return ngettext("%(num)s task to be done", "%(num)s tasks to be done", count) % {"num": count}
