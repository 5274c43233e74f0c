"""Who may fill a seat of one case: the one truth for a volunteer's claim and for a coordinator's approval.

The same rules as in a matching run, asked about one case, and before them what a coordinator has settled about it.
A rule that raises, hangs or answers nonsense blocks: a veto fails closed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import numpy as np

from core.errors import PluginError
from core.host import PluginHost
from core.model.plans.columns import Bools, CaseView, CodeBook, VolunteerColumns, case_view, volunteer_columns
from core.model.plans.fit import needs_mentor
from core.model.plans.settled import is_kept_for_another
from core.model.plans.snapshot import CaseFacts, Snapshot, VolunteerFacts
from core.model.vocabulary import SeatRole
from core.protocols import PairRule, Rule
from core.ruling import CasesOfPairs, PeopleOfPairs, declared, is_about

UNDECIDED = "undecided"
PINNED = "pinned"
BARRED = "conflict"


class Blocked(msgspec.Struct, frozen=True):
    """A rule that says no: its name, its short code (``undecided`` where it could not answer), its sentence."""

    rule: str
    code: str
    sentence: str


class Verdict(msgspec.Struct, frozen=True):
    """Whether one volunteer may fill the seat. ``needs_mentor`` is asked of attorney seats only."""

    volunteer: str
    allowed: bool
    needs_mentor: bool = False
    reasons: tuple[Blocked, ...] = ()


def ask_rules(
    host: PluginHost, case: CaseFacts, volunteers: Sequence[VolunteerFacts], role: SeatRole, *, today: date
) -> tuple[Verdict, ...]:
    """Ask every rule for this role about one case: a verdict for each volunteer, in the order given.

    Waits for each rule up to ``settings.plugin_seconds``; a rule that hangs costs this once, since its plugin is
    switched off and blocks from then on without being asked.
    """
    snapshot = Snapshot(today=today, cases=(case,), volunteers=tuple(volunteers))
    book = CodeBook.of(snapshot)
    view, columns = case_view(case, book, today), volunteer_columns(snapshot, book)
    asked = [_ask(host, rule, view, columns) for rule in host.rules() if is_about(rule, role)]
    return tuple(
        _verdict(case, person, role, [why for allows, why in asked if why and not allows[row]])
        for row, person in enumerate(snapshot.volunteers)
    )


def ask_about(
    host: PluginHost, cases: Sequence[CaseFacts], volunteer: VolunteerFacts, role: SeatRole, *, today: date
) -> tuple[bool, ...]:
    """Ask every rule for this role about one volunteer and many cases: for each case, whether she may fill the seat.

    A rule is asked once for each combination of the values that it reads, a rule of pairs once for all cases. Waits as
    ``ask_rules`` does.
    """
    snapshot = Snapshot(today=today, cases=tuple(cases), volunteers=(volunteer,))
    book = CodeBook.of(snapshot)
    views, columns = [case_view(case, book, today) for case in cases], volunteer_columns(snapshot, book)
    fits = [not any(_settled(case, volunteer, role)) for case in cases]
    for rule in host.rules():
        if is_about(rule, role):
            answers = _ask_pairs(host, rule, views, columns) or _ask_each(host, rule, views, columns, fits)
            fits = [fit and answer for fit, answer in zip(fits, answers, strict=True)]
    return tuple(fits)


def _ask_each(
    host: PluginHost, rule: Rule, views: Sequence[CaseView], columns: VolunteerColumns, asked: Sequence[bool]
) -> list[bool]:
    """One rule's answers about one volunteer, for the cases that are still asked about; False for the others."""
    known: dict[tuple[Any, ...], bool] = {}
    keys = [tuple(getattr(view, name) for name in rule.reads) for view in views]
    for key, view, is_asked in zip(keys, views, asked, strict=True):
        if is_asked and key not in known:
            known[key] = bool(_ask(host, rule, view, columns)[0][0])
    return [is_asked and known[key] for key, is_asked in zip(keys, asked, strict=True)]


def _ask_pairs(host: PluginHost, rule: Rule, views: Sequence[CaseView], columns: VolunteerColumns) -> list[bool]:
    """A rule of pairs asked about all cases at once; empty for other rules, and where it fails for some case."""
    if not isinstance(rule, PairRule) or rule.among:
        return []
    which = np.arange(len(views))
    pairs = CasesOfPairs(views, which, rule.reads), PeopleOfPairs(columns, np.zeros_like(which))
    try:
        return [bool(answer) for answer in host.call(rule, rule.allows_pairs, *pairs)]
    except PluginError:
        return []


def _verdict(case: CaseFacts, person: VolunteerFacts, role: SeatRole, ruled: list[Blocked]) -> Verdict:
    told = {one.code for one in ruled}
    reasons = (*(one for one in _settled(case, person, role) if one.code not in told), *ruled)
    return Verdict(
        volunteer=person.ref,
        allowed=not reasons,
        needs_mentor=role is SeatRole.ATTORNEY and needs_mentor(case, person),
        reasons=reasons,
    )


def _settled(case: CaseFacts, person: VolunteerFacts, role: SeatRole) -> Iterator[Blocked]:
    """What holds whatever plugins are loaded: a declined or forbidden pair, a seat that is kept for somebody else."""
    if person.ref in case.barred:
        yield Blocked(BARRED, BARRED, "Has a conflict, declined this case before, or is ruled out for it.")
    if is_kept_for_another(case, person.ref, role):
        yield Blocked(PINNED, PINNED, "This seat is kept for somebody else.")


def _ask(host: PluginHost, rule: Rule, view: CaseView, columns: VolunteerColumns) -> tuple[Bools, Blocked | None]:
    """One rule's answers, with the reason that applies wherever it says no (None: it says no nowhere)."""
    name = host.name_of(rule)
    try:
        allows = host.call(rule, rule.allows, declared(view, rule.reads), columns)
    except PluginError:
        nobody = columns.index < 0
        return nobody, Blocked(name, UNDECIDED, f"Could not decide: {name}.")
    return allows, None if allows.all() else Blocked(name, rule.blocks, _sentence(host, rule, view))


def _sentence(host: PluginHost, rule: Rule, view: CaseView) -> str:
    """What the rule says; a rule that blocks but cannot say why still blocks, by its name."""
    try:
        said = host.call(rule, rule.explain, view).strip()
    except PluginError:
        said = ""
    return said or f"Not allowed by the rule {host.name_of(rule)}."
