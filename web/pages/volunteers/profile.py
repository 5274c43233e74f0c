"""What a volunteer offers, in her own hands; and what happens next, for whoever is not confirmed yet."""

from http import HTTPStatus

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import Overtaken, WrongEntries
from core.model.concurrent_edits import version_of
from core.model.people import Volunteer
from core.model.states import JoiningState
from core.model.volunteers.joining import Joining
from core.model.volunteers.profile import Profile
from core.services.volunteers.profiles import change_own_profile, own_profile
from core.store.volunteers import joinings, volunteers
from web.access.roles import VOLUNTEERS, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.volunteers.people import bar_item
from web.shapes.volunteers.profile import Fields, fields_of, form_of, profile_facts, typed_fields, verified_facts
from web.shapes.volunteers.profile_reading import read_profile
from web.typed import given_back

UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY.value


@get("/profile", opt=only(VOLUNTEERS, unverified=True))
async def profile_page(frame: Framed) -> Template:
    """What she offers, to be changed."""
    profile = await own_profile(frame.by)
    return await _page(frame, fields_of(profile), {}, version=version_of(profile))


async def _page(
    frame: Frame, fields: Fields, errors: dict[str, str], *, version: str, overtaken: Profile | None = None
) -> Template:
    person = await volunteers.find_volunteer(frame.by.volunteer) if frame.by.volunteer else None
    return frame.page(
        "profile/own.html",
        status=UNREADABLE if errors or overtaken else 200,
        title=_("What you offer"),
        form=form_of(fields),
        facts=verified_facts(person) if person else [],
        bars=[bar_item(bar) for bar in person.bars] if person else [],
        version=version,
        overtaken=profile_facts(overtaken) if overtaken else None,
        waiting=person is None,
        **given_back(fields, errors),
    )


@post("/profile", opt=only(VOLUNTEERS, unverified=True), status_code=200)
async def change_profile(frame: Framed) -> Redirect | Template:
    """Keep what she offers from now on."""
    person = await volunteers.find_volunteer(frame.by.volunteer) if frame.by.volunteer else None
    form = await frame.visit.form()
    fields, version = typed_fields(form) | {"others": _has_other_roles(person)}, str(form.get("version", ""))
    try:
        profile = read_profile(fields)
    except WrongEntries as problem:
        return await _page(frame, fields, problem.errors, version=version)
    try:
        await change_own_profile(profile, version=version, by=frame.by, now=frame.house.clock())
    except Overtaken:
        stands = await own_profile(frame.by)
        return await _page(frame, fields, {}, version=version_of(stands), overtaken=stands)
    return onward("/profile", "profile")


def _has_other_roles(person: Volunteer | None) -> bool:
    return bool(person and any(fact["label"] == _("Role") for fact in verified_facts(person)))


@get("/welcome", opt=only(VOLUNTEERS, unverified=True))
async def welcome_page(frame: Framed) -> Template | Redirect:
    """What happens next, for whoever waits to be confirmed; a volunteer is led to her cases."""
    if frame.by.is_verified():
        return Redirect("/cases", status_code=303)
    joining = await joinings.joining_of_account(frame.by.account) if frame.by.account else None
    refused = joining is not None and joining.state is JoiningState.REFUSED
    title = _("We could not confirm who you are") if refused else _("A coordinator confirms who you are next")
    return frame.page("profile/welcome.html", title=title, joining=_told(joining, frame), refused=refused)


def _told(joining: Joining | None, frame: Frame) -> Fields | None:
    if joining is None:
        return None
    return {
        "bar": joining.invitation.title,
        "name": joining.asked.name,
        "number": joining.asked.number,
        "email": joining.asked.email,
        "since": frame.times.moment(joining.accepted_at) if joining.accepted_at else "",
        "reason": joining.reason,
    }


ROUTES = (profile_page, change_profile, welcome_page)
