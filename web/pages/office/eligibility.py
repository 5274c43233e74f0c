"""What the programme asks of its clients: the thresholds with their history, and the guidelines they rest on."""

from typing import Any, Final

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput, Overtaken
from core.model.cases.eligibility import Exemption, Thresholds
from core.model.concurrent_edits import version_of
from core.model.places import counties
from core.model.vocabulary import PracticeArea
from core.services.cases.eligibility import set_thresholds
from core.store.cases.eligibility import thresholds_history, thresholds_in_force
from web.access.roles import STAFF, only
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases import eligibility as shapes
from web.shapes.clients.client_form import Fields, line_in, several_in, told
from web.shapes.intake.place_reading import state_choices
from web.typed import given_back
from web.words.field import options, word

PATH: Final = "/office/eligibility"
UNREADABLE: Final = 422


@get(PATH, opt=only(STAFF))
async def thresholds_page(frame: Framed) -> Template:
    """What is asked now, to be changed, and what was asked before."""
    return await _page(frame, _fields((await thresholds_in_force()).asks), {})


async def _page(
    frame: Frame, typed: Fields, errors: dict[str, str], *, version: str = "", overtaken: bool = False
) -> Template:
    history = await thresholds_history()
    now = (await thresholds_in_force()).asks
    return frame.page(
        "office/eligibility.html",
        status=UNREADABLE if errors or overtaken else 200,
        title=_("Whom the programme serves"),
        areas=options(PracticeArea),
        own=[(f"percent_{area}", word(area), typed["own"].get(str(area), "")) for area in PracticeArea],
        exemptions=[(code, said[:1].upper() + said[1:]) for code, said in told(shapes.EXEMPTIONS)],
        states=state_choices(),
        counties=sorted(
            ((one.fips, f"{one.name}, {one.state}") for one in counties().values()), key=lambda one: one[1]
        ),
        history=[shapes.history_item(kept, frame.times) for kept in history],
        version=version or version_of(now),
        overtaken=overtaken,
        columns=shapes.guideline_columns(),
        guidelines=shapes.guideline_rows(frame.times),
        **given_back(typed, errors),
    )


def _fields(asks: Thresholds) -> Fields:
    return {
        "states": ", ".join(asks.states),
        "counties": list(asks.counties),
        "areas": [str(area) for area in asks.areas],
        "percent": str(asks.percent),
        "own": {str(area): str(percent) for area, percent in asks.by_area.items()},
        "exempt": [str(one) for one in asks.exempt],
        "why": "",
    }


def _typed(form: Any) -> Fields:
    return {
        "states": line_in(form, "states").upper(),
        "counties": several_in(form, "counties"),
        "areas": several_in(form, "areas"),
        "percent": line_in(form, "percent"),
        "own": {str(area): line_in(form, f"percent_{area}") for area in PracticeArea},
        "exempt": several_in(form, "exempt"),
        "why": line_in(form, "why"),
    }


@post(PATH, opt=only(STAFF), status_code=200)
async def change_thresholds(frame: Framed) -> Redirect | Template:
    """Set what is asked from now on."""
    form = await frame.visit.form()
    typed, version = _typed(form), line_in(form, "version")
    errors = _wrong_figures(typed)
    if not errors:
        try:
            said = {"version": version, "why": typed["why"]}
            await set_thresholds(_thresholds(typed), **said, by=frame.by, now=frame.house.clock())
        except Overtaken:
            return await _page(frame, typed, {}, overtaken=True)
        except BadInput as problem:
            errors = {_field_of(problem): str(problem)}
    return await _page(frame, typed, errors, version=version) if errors else onward(PATH, "thresholds")


def _wrong_figures(typed: Fields) -> dict[str, str]:
    said = _("Write a whole number of per cent from 1 to 1000, such as 200.")
    own = {f"percent_{area}": text for area, text in typed["own"].items() if text}
    return {name: said for name, text in {"percent": typed["percent"], **own}.items() if not _is_percent(text)}


def _is_percent(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= 1000


def _thresholds(typed: Fields) -> Thresholds:
    return Thresholds(
        states=tuple(part.strip() for part in typed["states"].split(",") if part.strip()),
        counties=tuple(typed["counties"]),
        areas=tuple(area for area in PracticeArea if area in typed["areas"]),
        percent=int(typed["percent"]),
        by_area={PracticeArea(area): int(text) for area, text in typed["own"].items() if text},
        exempt=tuple(one for one in Exemption if one in typed["exempt"]),
    )


def _field_of(problem: BadInput) -> str:
    """Beside which field a refusal of the thresholds as a whole is told."""
    text = str(problem)
    if "why" in text:
        return "why"
    if "county" in text:
        return "counties"
    return "areas" if "kind of case" in text else "states"


ROUTES = (thresholds_page, change_thresholds)
