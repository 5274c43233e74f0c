"""Documents for pages."""

from typing import Any, Final

from babel.numbers import format_decimal

from core.model.cases.documents import Document, DocumentKind, Origin, Sharing
from web.i18n import gettext as _
from web.i18n import locale, ngettext
from web.words.field import options, word
from web.words.times import Times

Item = dict[str, Any]
KIB: Final = 1024
MIB: Final = 1 << 20


def document_item(document: Document, times: Times, begin: str) -> Item:
    """A document as a row of a list; ``begin`` is the address that its own begins with."""
    href = f"{begin}/{document.id}"
    tags = [{"label": word(document.kind), "tone": "plain"}]
    if document.origin is Origin.CLIENT:
        tags.append({"label": word(document.origin), "tone": "info"})
    return {
        "id": document.id,
        "title": document.about or document.name,
        "name": document.name if document.about else "",
        "href": href,
        "download": f"{href}/file",
        "tags": tags,
        "line": [file_words(document), times.moment(document.added_at), document.added_by],
        "sharing": word(document.sharing),
        "shared": document.sharing is not Sharing.STAFF,
    }


def file_words(document: Document) -> str:
    """What the file is, and how large: "PDF, 1.2 MB"."""
    return _("%(type)s, %(size)s") % {"type": word(document.file_type), "size": size_words(document.size)}


def size_words(size: int) -> str:
    """A number of bytes: "312 KB", "1.2 MB"."""
    if size < MIB:
        return _("%(num)s KB") % {"num": max(1, round(size / KIB))}
    return _("%(num)s MB") % {"num": format_decimal(size / MIB, "0.#", locale=locale())}


def list_title(count: int) -> str:
    """How many documents there are."""
    if not count:
        return _("No document yet")
    return ngettext("%(num)s document", "%(num)s documents", count) % {"num": count}


def document_choices() -> Item:
    """What can be chosen for a document."""
    return {"kinds": options(DocumentKind), "sharings": options(Sharing)}
