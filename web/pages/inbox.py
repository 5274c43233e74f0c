"""A person's messages, and on a demonstration the mail that has left."""

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import NotFound
from core.queries.inbox import notes_for, outgoing
from core.queries.paging import Page
from core.services.accounts import reading
from web.access.roles import EVERYBODY, STAFF, only
from web.addresses import After, Key, address
from web.frames.portal import Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.records import letter_item, note_item


@get("/inbox", opt=only(EVERYBODY, unverified=True))
async def inbox_page(frame: Framed, after: After = None) -> Template:
    """The messages, the newest first."""
    page = await notes_for(frame.by.account, after=after) if frame.by.account else Page(rows=())
    unread = frame.counts.unread
    said = ngettext("%(num)s new message", "%(num)s new messages", unread) % {"num": unread}
    return frame.page(
        "inbox.html",
        title=said if unread else _("No new message"),
        notes=[note_item(note, frame.times) for note in page.rows],
        unread=unread,
        following=address("/inbox", after=page.next) if page.next else None,
    )


@get("/inbox/{key:uuid}", opt=only(EVERYBODY, unverified=True))
async def follow(frame: Framed, key: Key) -> Redirect:
    """Go where a message points to; it counts as read then."""
    path = await reading.open_message(key, by=frame.by, now=frame.house.clock())
    return Redirect(path if path.startswith("/") and not path.startswith("//") else "/", status_code=303)


@post("/inbox/read", opt=only(EVERYBODY, unverified=True))
async def read(frame: Framed) -> Redirect:
    """Mark all messages as read."""
    await reading.read_all(by=frame.by, now=frame.house.clock())
    return onward("/inbox", "read")


@get("/outgoing", opt=only(STAFF))
async def outgoing_page(frame: Framed, after: After = None) -> Template:
    """What has left the house; on a demonstration only."""
    settings = frame.house.settings
    if not settings.demo:
        raise NotFound(_("Outgoing mail is shown on a demonstration only."))
    page = await outgoing(after=after)
    return frame.page(
        "desk/outgoing.html",
        title=_("What has been sent"),
        letters=[letter_item(letter, frame.times, settings.base_url) for letter in page.rows],
        following=address("/outgoing", after=page.next) if page.next else None,
        first="/outgoing" if after else None,
    )


ROUTES = (inbox_page, follow, read, outgoing_page)
