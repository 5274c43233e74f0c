"""The codes of documents, contacts and tasks in words, and what happened with them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.model.cases.casework import Channel, Counterpart, Direction, Outcome, TaskKind
from core.model.cases.documents import DocumentKind, Origin, Sharing
from core.model.cases.file_types import FileType
from core.model.states import TaskState
from web.i18n import marked as _n

CASEWORK_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    DocumentKind: {
        "identity": _n("Identity"),
        "immigration": _n("Immigration papers"),
        "court": _n("Court and hearings"),
        "evidence": _n("Evidence"),
        "declaration": _n("Declaration"),
        "medical": _n("Medical or psychological"),
        "income": _n("Income"),
        "form": _n("Form we prepare"),
        "engagement": _n("Engagement letter"),
        "consent": _n("Consent"),
        "letter": _n("Letter"),
        "other": _n("Something else"),
    },
    Sharing: {
        "staff": _n("Staff only"),
        "attorneys": _n("Staff and the engaged attorneys"),
        "team": _n("Staff and the whole engaged team"),
    },
    Origin: {
        "staff": _n("added by staff"),
        "client": _n("sent by the client"),
    },
    FileType: {
        "pdf": _n("PDF"),
        "jpg": _n("photo (JPEG)"),
        "png": _n("picture (PNG)"),
        "webp": _n("photo (WebP)"),
        "heic": _n("photo (HEIC)"),
        "tif": _n("scan (TIFF)"),
        "docx": _n("Word text"),
        "odt": _n("OpenDocument text"),
        "rtf": _n("text (RTF)"),
        "txt": _n("plain text"),
    },
    Channel: {
        "phone": _n("Phone"),
        "text": _n("Text message"),
        "chat": _n("Chat, such as WhatsApp"),
        "email": _n("E-mail"),
        "letter": _n("Letter"),
        "in_person": _n("In person"),
        "video": _n("Video call"),
        "portal": _n("Message in the portal"),
    },
    Direction: {
        "out": _n("from us"),
        "in": _n("to us"),
    },
    Counterpart: {
        "client": _n("the client"),
        "family": _n("the family"),
        "volunteer": _n("a volunteer"),
        "agency": _n("a court or an agency"),
        "other_side": _n("the other side"),
        "other": _n("somebody else"),
    },
    Outcome: {
        "reached": _n("Reached"),
        "sent": _n("Sent"),
        "left_message": _n("A message was left"),
        "call_back": _n("To be called back"),
        "no_answer": _n("No answer"),
        "wrong_number": _n("Wrong number or address"),
        "missed": _n("Missed the appointment"),
    },
    TaskKind: {
        "call_client": _n("Call the client"),
        "ask_document": _n("Ask for a document"),
        "review": _n("Look at what has come"),
        "sign": _n("Have something signed"),
        "prepare_form": _n("Prepare a form"),
        "file_form": _n("File a form"),
        "prepare_hearing": _n("Prepare a hearing"),
        "find_interpreter": _n("Find an interpreter"),
        "talk_to_team": _n("Talk to the team"),
        "refer": _n("Refer elsewhere"),
        "other": _n("Something else"),
    },
    TaskState: {
        "open": _n("To be done"),
        "done": _n("Done"),
        "dropped": _n("Not needed any more"),
    },
}

CASEWORK_EVENTS: Final[Mapping[str, str]] = {
    "document_added": _n("A document added"),
    "document_described": _n("A document described anew"),
    "document_shared": _n("Who may read a document changed"),
    "document_opened": _n("A document opened"),
    "document_removed": _n("A document deleted"),
    "note_written": _n("A note written"),
    "note_taken_back": _n("A note taken back"),
    "contact_noted": _n("A contact noted"),
    "task_added": _n("A task added"),
    "task_changed": _n("A task changed"),
    "task_done": _n("A task done"),
    "task_dropped": _n("A task not needed any more"),
    "task_reopened": _n("A task opened again"),
}
