"""The questions that plugins ask about a case, and their answers."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import Overtaken, WrongEntries
from core.queries.cases.waitlist import case_file
from core.services.cases.answering import answer_questions
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.shapes.cases.answers import answer_form
from web.shapes.cases.case_tabs import case_head
from web.typed import beside, changed_entries, given_back, opened_with

UNREADABLE: Final = 422
PREFIX: Final = "q-"


@get("/cases/{key:uuid}/answers", opt=only(STAFF))
async def answers_page(frame: Framed, key: Key) -> Template:
    """The questions of all plugins about a case."""
    return await answers_form(frame, key, {}, {})


async def answers_form(
    frame: Frame,
    key: UUID,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    opened: Mapping[str, str] | None = None,
) -> Template:
    """The form with what was typed, and what is wrong with it by the names of the questions.

    ``opened``: what stood in it when it was opened, so that what others answered since stays theirs.
    """
    file = await case_file(key)
    case = file.case
    return frame.page(
        "casefile/answers.html",
        status=UNREADABLE if errors else 200,
        **case_head(frame, case),
        title=_("Questions about %(ref)s") % {"ref": case.ref},
        sections=answer_form(case, file.answers, typed, opened or {}, errors, frame.house.clinic),
        **given_back(typed, {PREFIX + name: said for name, said in errors.items()}),
    )


@post("/cases/{key:uuid}/answers", opt=only(STAFF), status_code=200)
async def record_answers(frame: Framed, key: Key) -> Redirect | Template:
    """Keep the answers; what cannot be understood is told beside its question, and nothing typed is lost."""
    form = await frame.sent()
    typed = _unprefixed({name: text for name, text in form.items() if name.startswith(PREFIX)})
    changes = _unprefixed(changed_entries(form, [PREFIX + name for name in typed]))
    opened = _unprefixed(opened_with(form, [PREFIX + name for name in typed]))
    try:
        clinic, now = frame.house.clinic, frame.house.clock()
        await answer_questions(key, changes, opened=opened, clinic=clinic, by=frame.by, now=now)
    except Overtaken as problem:
        stands = {name: answer.said for name, answer in (await case_file(key)).answers.items()}
        return await answers_form(frame, key, changes, beside(problem, stands))
    except WrongEntries as problem:
        return await answers_form(frame, key, typed, problem.errors, opened)
    return onward(f"/cases/{key}", "answers")


def _unprefixed(entries: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(PREFIX): text for name, text in entries.items()}


ROUTES = (answers_page, record_answers)
