"""What a kind of provider is, and whether an object that a plugin returned is one."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.errors import AmparoError
from core.ruling import NAMING_FIELDS

Check = Callable[[Any], bool]
_NOT_THERE: Final = object()
_UNFIT: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
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
    ``whole`` says what is wrong with the attributes taken together, as the end of a sentence; empty: nothing. Where
    ``is_value``, a provider is data: a value of the very type, which nobody calls. ``wrong`` is set where such a value
    checks itself: what is wrong with one, as the end of a sentence that begins with it, which ``named_by`` names.
    """

    name: str
    protocol: type
    attributes: Mapping[str, tuple[Check, str]] = field(default_factory=dict)
    methods: Mapping[str, Method] = field(default_factory=dict)
    paired: Mapping[str, Method] = field(default_factory=dict)
    whole: Callable[[Mapping[str, Any]], str] = lambda said: ""
    is_value: bool = False
    wrong: Callable[[Any], str] | None = None
    named_by: str = "name"

    @property
    def hook(self) -> str:
        """The name of the hook that returns providers of this kind."""
        return f"amparo_{self.name}"


def is_plain_text(value: Any) -> bool:
    """Whether something is a text that can be shown on a page and stored in any database."""
    return isinstance(value, str) and not _UNFIT.search(value)


def check_provider(kind: Kind, provider: Any) -> str:
    """Return the provider's name; raise Nonsense, saying what would be right."""
    return str(declared_by(kind, provider)["name"])


def declared_by(kind: Kind, provider: Any) -> dict[str, Any]:
    """Return what the attributes of a provider hold, each read once; raise Nonsense, saying what would be right."""
    if isinstance(provider, type):
        raise Nonsense(f"It returned the class {provider.__name__}: return an object of it.")
    label = f"It returned a {type(provider).__name__}"
    if kind.is_value and type(provider) is not kind.protocol:
        raise Nonsense(f"{label} instead of a {kind.protocol.__name__}.")
    if kind.wrong is not None:
        return {"name": _checked_by_itself(kind, kind.wrong, provider)}
    said = {attribute: getattr(provider, attribute, _NOT_THERE) for attribute in kind.attributes}
    missing = [part for part, value in said.items() if value is _NOT_THERE]
    missing += [part for part in kind.methods if not hasattr(provider, part)]
    if missing:
        raise Nonsense(f"{label} without {', '.join(missing)}: a {kind.protocol.__name__} has them.")
    if kind.is_value:
        label = f"{label} “{' '.join(str(said['name']).split())[:60]}”"
    for attribute, (right, wanted) in kind.attributes.items():
        if not right(said[attribute]):
            raise Nonsense(f"{label} whose {attribute} is not {wanted}.")
    if wrong := kind.whole(said):
        raise Nonsense(f"{label} {wrong}.")
    for method, way in kind.methods.items():
        _check_method(f"{label} whose {method}", getattr(provider, method), way)
    for method, way in kind.paired.items():
        if hasattr(provider, method):
            _check_method(f"{label} whose {method}", getattr(provider, method), way)
            if not _names_people(getattr(provider, "among", None)):
                raise Nonsense(f"{label} whose among is neither empty nor a case field that names volunteers.")
    return said


def _checked_by_itself(kind: Kind, wrong: Callable[[Any], str], provider: Any) -> str:
    name = getattr(provider, kind.named_by)
    called = f" “{' '.join(name.split())[:60]}”" if isinstance(name, str) and name else ""
    if problem := wrong(provider):
        raise Nonsense(f"It returned the {kind.protocol.__name__}{called}, which {problem}.")
    return str(name)


def _names_people(value: Any) -> bool:
    return isinstance(value, str) and (not value or value in NAMING_FIELDS)


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
