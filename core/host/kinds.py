"""Every kind of provider: its hook, its protocol, and what it may answer; checked when loaded and when called."""

import math
from datetime import timedelta
from typing import Any, Final

import numpy as np

from core.host.case_kinds import CASE_KINDS
from core.host.contracts import AnswerCheck, Kind, Method, Nonsense, is_plain_text
from core.host.page_kinds import PAGE_KINDS
from core.model.messages import Receipt
from core.model.places import STATES
from core.model.plans.teams import Plan
from core.model.vocabulary import SeatRole
from core.protocols import Channel, Matcher, Observer, Roster, Rule, Scorer
from core.ruling import CASE_FIELDS


def _is_name(value: Any) -> bool:
    return is_plain_text(value) and bool(value.strip())


def _are_roles(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(role, SeatRole) for role in value)


def _are_case_fields(value: Any) -> bool:
    return isinstance(value, tuple) and all(name in CASE_FIELDS for name in value)


def _is_bar(value: Any) -> bool:
    return isinstance(value, str) and value in STATES


def _is_pause(value: Any) -> bool:
    return isinstance(value, timedelta) and value >= timedelta(0)


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _column(letters: str, wanted: str) -> AnswerCheck:
    def check(answer: Any, arguments: tuple[Any, ...]) -> str:
        n = arguments[1].n
        if not isinstance(answer, np.ndarray) or answer.dtype.kind not in letters or answer.shape != (n,):
            return f"It answered {_shape(answer)} instead of {wanted}[{n}]."
        finite = answer.dtype.kind != "f" or np.isfinite(answer).all()
        return "" if finite else "It answered a number that is not finite."

    return check


def _shape(answer: Any) -> str:
    return f"{answer.dtype}{list(answer.shape)}" if isinstance(answer, np.ndarray) else _kind(answer)


def _kind(answer: Any) -> str:
    return f"a {type(answer).__name__}"


def _instance(wanted: type) -> AnswerCheck:
    def check(answer: Any, arguments: tuple[Any, ...]) -> str:
        right = isinstance(answer, wanted)
        return "" if right else f"It answered {_kind(answer)} instead of a {wanted.__name__}."

    return check


def _sentence(answer: Any, arguments: tuple[Any, ...]) -> str:
    if isinstance(answer, str) and not is_plain_text(answer):
        return "It answered characters that no text holds."
    return _instance(str)(answer, arguments)


def _receipt(answer: Any, arguments: tuple[Any, ...]) -> str:
    if isinstance(answer, Receipt) and not is_plain_text(answer.detail):
        return "It answered a Receipt whose detail is not a text."
    return _instance(Receipt)(answer, arguments)


def _entries(answer: Any, arguments: tuple[Any, ...]) -> str:
    if hasattr(answer, "__aiter__"):
        return ""
    return f"It answered {_kind(answer)} instead of entries one after another: write async def fetch with yield in it."


_TEXT: Final = (_is_name, "a text that is not empty")
_SOME_TEXT: Final = (is_plain_text, "a text")
_ROLES: Final = (_are_roles, "a tuple of SeatRole, at least one")
_READS: Final = (_are_case_fields, "a tuple of names of case fields")

KINDS: Final = (
    Kind(
        "rules",
        Rule,
        {"name": _TEXT, "roles": _ROLES, "reads": _READS, "blocks": _TEXT, "text": _SOME_TEXT},
        {
            "allows": Method(2, answer=_column("b", "bool")),
            "explain": Method(1, answer=_sentence),
        },
        paired={"allows_pairs": Method(2, answer=_column("b", "bool"))},
    ),
    Kind(
        "scorers",
        Scorer,
        {
            "name": _TEXT,
            "roles": _ROLES,
            "reads": _READS,
            "weight": (_is_finite, "a finite number"),
            "text": _SOME_TEXT,
        },
        {"points": Method(2, answer=_column("iuf", "float"))},
        paired={"points_of_pairs": Method(2, answer=_column("iuf", "float"))},
    ),
    Kind(
        "matchers",
        Matcher,
        {"name": _TEXT, "title": _TEXT},
        {"propose": Method(3, ("seed", "time_limit", "report"), answer=_instance(Plan))},
    ),
    Kind(
        "channels",
        Channel,
        {"name": _TEXT, "needs_address": (lambda value: isinstance(value, bool), "True or False")},
        {"deliver": Method(1, awaited=True, answer=_receipt)},
    ),
    Kind("observers", Observer, {"name": _TEXT}, {"seen": Method(1, awaited=True)}),
    Kind(
        "rosters",
        Roster,
        {
            "name": _TEXT,
            "title": _TEXT,
            "bar": (_is_bar, "the two letters of a bar's jurisdiction"),
            "every": (_is_pause, "a timedelta of zero or more"),
        },
        {"fetch": Method(1, answer=_entries)},
    ),
    *PAGE_KINDS,
    *CASE_KINDS,
)
KIND_OF: Final = {kind.name: kind for kind in KINDS}


def check_answer(kind: str, method: str, answer: Any, arguments: tuple[Any, ...]) -> None:
    """Raise Nonsense where a method of a provider answered what its protocol does not know."""
    known = {**KIND_OF[kind].methods, **KIND_OF[kind].paired}.get(method)
    problem = known.answer(answer, arguments) if known else ""
    if problem:
        raise Nonsense(problem)
