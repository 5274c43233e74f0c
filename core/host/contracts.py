"""What each kind of provider must look like and may answer; checked when loaded and when called."""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import numpy as np

from core.errors import AmparoError
from core.model.messages import Receipt
from core.model.places import STATES
from core.model.teams import Plan
from core.model.vocabulary import SeatRole
from core.protocols import Channel, Matcher, Observer, Roster, Rule, Scorer
from core.ruling import CASE_FIELDS, NAMING_FIELDS

Check = Callable[[Any], bool]
AnswerCheck = Callable[[Any, tuple[Any, ...]], str]


class Nonsense(AmparoError):
    """A provider is not what its kind must be, or answered what it must not."""


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is called: with how many arguments, which keywords, and whether it is awaited."""

    arguments: int
    keywords: tuple[str, ...] = ()
    awaited: bool = False
    answer: AnswerCheck = lambda answer, arguments: ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of provider: the hook that brings it, its protocol, and what its attributes must hold.

    ``paired`` are the methods of those that answer about pairs: they then say by ``among`` whom they are about.
    """

    name: str
    protocol: type
    attributes: Mapping[str, tuple[Check, str]] = field(default_factory=dict)
    methods: Mapping[str, Method] = field(default_factory=dict)
    paired: Mapping[str, Method] = field(default_factory=dict)

    @property
    def hook(self) -> str:
        """The name of the hook that returns providers of this kind."""
        return f"amparo_{self.name}"


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_roles(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(role, SeatRole) for role in value)


def _are_case_fields(value: Any) -> bool:
    return isinstance(value, tuple) and all(name in CASE_FIELDS for name in value)


def _names_people(value: Any) -> bool:
    return isinstance(value, str) and (not value or value in NAMING_FIELDS)


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


def _entries(answer: Any, arguments: tuple[Any, ...]) -> str:
    if hasattr(answer, "__aiter__"):
        return ""
    return f"It answered {_kind(answer)} instead of entries one after another: write async def fetch with yield in it."


_TEXT: Final = (_is_name, "a text that is not empty")
_SOME_TEXT: Final = (lambda value: isinstance(value, str), "a text")
_ROLES: Final = (_are_roles, "a tuple of SeatRole, at least one")
_READS: Final = (_are_case_fields, "a tuple of names of case fields")

KINDS: Final = (
    Kind(
        "rules",
        Rule,
        {"name": _TEXT, "roles": _ROLES, "reads": _READS, "blocks": _TEXT, "text": _SOME_TEXT},
        {
            "allows": Method(2, answer=_column("b", "bool")),
            "explain": Method(1, answer=_instance(str)),
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
        {"deliver": Method(1, awaited=True, answer=_instance(Receipt))},
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
)
KIND_OF: Final = {kind.name: kind for kind in KINDS}


def check_provider(kind: Kind, provider: Any) -> str:
    """Return the provider's name; raise Nonsense, saying what would be right."""
    if isinstance(provider, type):
        raise Nonsense(f"It returned the class {provider.__name__}: return an object of it.")
    label = f"It returned a {type(provider).__name__}"
    missing = [part for part in (*kind.attributes, *kind.methods) if not hasattr(provider, part)]
    if missing:
        raise Nonsense(f"{label} without {', '.join(missing)}: a {kind.protocol.__name__} has them.")
    for attribute, (right, wanted) in kind.attributes.items():
        if not right(getattr(provider, attribute)):
            raise Nonsense(f"{label} whose {attribute} is not {wanted}.")
    for method, way in kind.methods.items():
        _check_method(f"{label} whose {method}", getattr(provider, method), way)
    for method, way in kind.paired.items():
        if hasattr(provider, method):
            _check_method(f"{label} whose {method}", getattr(provider, method), way)
            if not _names_people(getattr(provider, "among", None)):
                raise Nonsense(f"{label} whose among is neither empty nor a case field that names volunteers.")
    return str(provider.name)


def _check_method(label: str, function: Any, way: Method) -> None:
    if not callable(function):
        raise Nonsense(f"{label} cannot be called.")
    if _is_awaited(function) != way.awaited:
        wanted = "must be declared with async def" if way.awaited else "must not be declared with async def"
        raise Nonsense(f"{label} {wanted}.")
    given, named = [None] * way.arguments, dict.fromkeys(way.keywords)
    try:
        inspect.signature(function).bind(*given, **named)
    except TypeError as problem:
        raise Nonsense(f"{label} does not take the arguments it gets: {problem}.") from None


def _is_awaited(function: Any) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004 -- an object with an async __call__ is awaited, too
    )


def check_answer(kind: str, method: str, answer: Any, arguments: tuple[Any, ...]) -> None:
    """Raise Nonsense where a method of a provider answered what its protocol does not know."""
    known = {**KIND_OF[kind].methods, **KIND_OF[kind].paired}.get(method)
    problem = known.answer(answer, arguments) if known else ""
    if problem:
        raise Nonsense(problem)
