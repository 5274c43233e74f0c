"""Taking over a waitlist from elsewhere: the file, which column is which, what would become of it, and doing it."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.response import Redirect, Template

from core.errors import BadInput
from core.services.cases import waitlist_files as files
from core.services.cases import waitlist_imports as waitlists
from core.services.cases.importing import Imported, Outcome, Report
from core.services.cases.waitlist_alike import Alike
from core.services.cases.waitlist_files import Opened
from core.services.cases.waitlist_imports import TakenOver, Target
from core.spreadsheets.problems import Severity
from core.store.cases.waitlist_imports import all_imports
from core.waitlists import LIMITS, Understood, WaitlistMapping
from core.waitlists.mapping import NAMES
from web.access.roles import STAFF, only
from web.addresses import Key
from web.frames.portal import Frame, Framed, onward
from web.i18n import gettext as _
from web.i18n import ngettext
from web.shapes.intake import waitlist_alike as likes
from web.shapes.intake import waitlist_mapping as shapes
from web.streamed import form_with_file
from web.words.times import iso

PATH: Final = "/intake/import"
UNREADABLE: Final = 422
LONGEST_IN_ADDRESS: Final = 40


@get(PATH, opt=only(STAFF))
async def imports_page(frame: Framed) -> Template:
    """A file to bring, and the files that wait to be taken over."""
    return await _imports(frame)


async def _imports(frame: Frame, error: str = "") -> Template:
    kept = await all_imports()
    return frame.page(
        "intake/imports.html",
        status=UNREADABLE if error else 200,
        error=error,
        title=_("Take over a waitlist"),
        rows=LIMITS.rows,
        size=LIMITS.bytes // 10**6,
        days=files.DAYS_KEPT,
        kept=[
            {
                "href": f"{PATH}/{one.id}",
                "length": _rows(one.length),
                "who": one.uploaded_by,
                "when": frame.times.moment(one.uploaded_at),
                "iso": iso(one.uploaded_at),
            }
            for one in kept
        ],
    )


def _rows(count: int) -> str:
    return ngettext("%(num)s row", "%(num)s rows", count) % {"num": f"{count:,}"}


@post(f"{PATH}/file", opt=only(STAFF, streams=True), status_code=200)
async def bring(frame: Framed) -> Redirect | Template:
    """Keep a file, sealed as it comes in, and look at its columns."""
    form = form_with_file(frame.visit)
    if not form.file_name:
        return await _imports(frame, error=_("Choose the file with the waitlist first."))
    try:
        key = await files.keep_waitlist(form.read, file_name=form.file_name, by=frame.by, now=frame.house.clock())
    except BadInput as problem:
        await form.drain()
        return await _imports(frame, error=str(problem))
    return onward(f"{PATH}/{key}")


@get(f"{PATH}/{{key:uuid}}", opt=only(STAFF))
async def mapping_page(frame: Framed, key: Key) -> Template:
    """The columns as they are proposed or were chosen, and what the rows become under them."""
    opened = await files.open_waitlist(key, by=frame.by, now=frame.house.clock())
    return await _page(frame, opened)


async def _page(
    frame: Frame, opened: Opened, *, refused: str = "", changed: bool = False, answered: Any = None
) -> Template:
    """``answered`` is the form in which somebody has said what becomes of rows that are here already."""
    table, mapping = opened.table, opened.mapping
    understood = await files.understand_rows(opened, today=frame.times.today)
    foreseen = await waitlists.foresee(understood, by=frame.by, now=frame.house.clock())
    words = shapes.word_items(table, mapping)
    return frame.page(
        "intake/mapping.html",
        status=UNREADABLE if refused else 200,
        title=_title(understood, words),
        file=opened.about.name,
        length=_rows(len(table.rows)),
        path=f"{PATH}/{opened.id}",
        notes=opened.about.notes,
        refused=refused,
        changed=changed,
        table=shapes.first_rows(table, mapping),
        fields=shapes.field_items(table, mapping, understood.missing),
        unmapped=shapes.unmapped(table, mapping),
        orders=shapes.order_choices(),
        order=str(mapping.days),
        periods=shapes.period_choices(),
        period=str(mapping.income_period),
        otherwise=shapes.otherwise_items(mapping),
        words=words,
        doubtful=any(one["doubtful"] for one in words),
        errors=shapes.problem_lines(understood.problems, Severity.ERROR),
        warnings=shapes.problem_lines(understood.problems, Severity.WARNING),
        faulty=len(understood.faulty),
        cases=shapes.case_items(understood, foreseen.rows),
        counts=_counts(foreseen.rows),
        **_asked_about(foreseen.alike, understood, answered),
        ready=ngettext("Take over %(num)s case", "Take over %(num)s cases", len(understood.rows))
        % {"num": len(understood.rows)},
    )


def _asked_about(alike: Mapping[int, Alike], understood: Understood, answered: Any) -> dict[str, Any]:
    """The rows whose clients seem to be here already, and what somebody has said of them so far."""
    items = likes.alike_items(alike, understood)
    return {
        "alike": items[: likes.SHOWN],
        "alike_more": len(items[likes.SHOWN :]),
        "alike_lines": ",".join(str(one["line"]) for one in items),
        "alike_count": _alike(len(items)),
        "answers": likes.alike_answers(),
        "answer": answered.get("alike") if answered else None,
        "although": (likes.although_alike(answered) if answered else None) or set(),
    }


def _alike(count: int) -> str:
    return ngettext("%(num)s client seems to be here already", "%(num)s clients seem to be here already", count) % {
        "num": count
    }


def _title(understood: Understood, words: list[dict[str, Any]]) -> str:
    if understood.missing:
        return _("Which column is which?")
    if any(one["doubtful"] for one in words):
        return _("Some words need explaining")
    ready = len(understood.rows)
    return ngettext("%(num)s case can be taken over", "%(num)s cases can be taken over", ready) % {"num": ready}


def _counts(foreseen: tuple[Imported, ...]) -> str:
    """How many rows come to what: "38 new, 2 corrected"."""
    counted = Report(foreseen, dry_run=True)
    numbers = {_(label).lower(): counted.count(outcome) for outcome, (label, _tone) in shapes.OUTCOMES.items()}
    return ", ".join(f"{number} {label}" for label, number in numbers.items() if number)


@post(f"{PATH}/{{key:uuid}}", opt=only(STAFF), status_code=200)
async def settle(frame: Framed, key: Key) -> Template | Redirect:
    """Keep what was chosen and show what it makes of the rows; or take them over as they were shown; or forget them."""
    form, now = await frame.visit.form(), frame.house.clock()
    if form.get("do") == "forget":
        await files.forget_waitlist(key, by=frame.by, now=now)
        return onward(PATH, "import-dropped")
    opened = await files.open_waitlist(key, by=frame.by, now=now)
    chosen = shapes.mapping_in(form, opened.table)
    same = _whole(opened) == chosen
    if not same:
        await files.settle_waitlist(key, chosen, by=frame.by)
        opened = Opened(opened.id, opened.about, opened.table, chosen)
    if form.get("do") != "take" or not same:
        return await _page(frame, opened, changed=form.get("do") == "take")
    target = Target.SCREENING if form.get("target") == str(Target.SCREENING) else Target.WAITLIST
    prefix, leave_out = frame.house.settings.reference, bool(form.get("leave_out"))
    try:
        report = await waitlists.take_over(
            opened,
            target=target,
            leave_out=leave_out,
            although_alike=likes.although_alike(form),
            prefix=prefix,
            by=frame.by,
            now=now,
        )
    except BadInput as problem:
        return await _page(frame, opened, refused=str(problem), answered=form)
    return _taken(frame, report, await files.understand_rows(opened, today=frame.times.today))


def _whole(opened: Opened) -> WaitlistMapping:
    """What is settled, as a form gives it: every column named, and only words that are asked about."""
    asked = {(one["column"], one["word"]) for one in shapes.word_items(opened.table, opened.mapping)}
    words = {
        column: {word: means for word, means in found.items() if (column, word) in asked}
        for column, found in opened.mapping.words.items()
    }
    columns = {name: opened.mapping.columns.get(name, "") for name in NAMES}
    kept = {column: found for column, found in words.items() if found}
    return msgspec.structs.replace(opened.mapping, columns=columns, words=kept)


def _taken(frame: Frame, report: TakenOver, understood: Understood) -> Template:
    """What became of each row, and why the others were left out: the file is gone now."""
    new, known = report.count(Outcome.NEW), report.count(Outcome.CHANGED)
    return frame.page(
        "intake/taken_over.html",
        title=ngettext("%(num)s case was taken over", "%(num)s cases were taken over", new + known)
        % {"num": new + known},
        counts=_counts(report.rows),
        left_out=", ".join(map(str, understood.faulty)),
        alike=likes.alike_items(report.left, understood),
        alike_lines=", ".join(map(str, sorted(report.left))),
        errors=shapes.problem_lines(understood.problems, Severity.ERROR),
        rows=[
            {
                "line": row.line,
                "ref": row.ref,
                "href": _by_reference(row.ref),
                "tag": shapes.outcome_tag(row.outcome),
                "note": row.note,
            }
            for row in report.rows
        ],
    )


def _by_reference(ref: str) -> str:
    """Where a case is found by its reference; empty for one that no address can hold."""
    return "" if "/" in ref or len(ref) > LONGEST_IN_ADDRESS else f"/waitlist/{quote(ref)}"


UPLOADS = (bring,)
ROUTES = (imports_page, mapping_page, settle)
