"""The version of what a plugin may use, what fits it, and what of it will go one day.

It is the version of ``amparo`` as an interface and counts by semantic versioning (https://semver.org): a second number
is added to, a first number breaks. The distribution's own version counts releases and says nothing to a plugin.
"""

import re
import warnings
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

T = TypeVar("T")
API_VERSION: Final = "1.0"
"""What this Amparo offers to plugins."""
DECLARED_BY: Final = "amparo_api"
"""The attribute of a plugin's module that says for which version it was written."""
UNDECLARED: Final = (
    f'It does not say for which version of amparo it was written. Put {DECLARED_BY} = "{API_VERSION}" into its module: '
    "one that no longer fits is then refused with a clear word."
)
_VERSION: Final = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)


class Version(NamedTuple):
    """Two numbers: the first changes when something goes, the second when something is added."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def version_of(text: str) -> Version:
    """Read a version such as 1.0; raise ValueError where it is none."""
    found = _VERSION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no version of the interface, such as {API_VERSION}")
    return Version(int(found[1]), int(found[2]))


def problem_with(declared: object, offered: str = API_VERSION) -> str:
    """Why a plugin of a declared version cannot be loaded, and what to do; empty: it can be, or it declares none."""
    if declared is None:
        return ""
    if not isinstance(declared, str) or not _VERSION.fullmatch(declared):
        return f'Its {DECLARED_BY} is not a version such as "{API_VERSION}". Write {DECLARED_BY} = "{offered}".'
    wanted, ours = version_of(declared), version_of(offered)
    if wanted.major == ours.major and wanted.minor <= ours.minor:
        return ""
    told = f"It was written for version {wanted} of amparo, and this Amparo offers {ours}."
    if wanted > ours:
        return f"{told} Upgrade Amparo, or install an older version of the plugin."
    return f"{told} Install a newer version of the plugin, or ask its author for one that was written for {ours}."


class Part(StrEnum):
    """What can be deprecated: a name of ``amparo``, a hook, or an attribute or method of a kind of provider."""

    NAME = "name"
    HOOK = "hook"
    ATTRIBUTE = "attribute"


class Deprecated(msgspec.Struct, frozen=True):
    """Something that still works and will go.

    ``name``: of an attribute with its kind of provider, ``rules.lead_only``. ``since`` is the first version that warns,
    ``until`` the first that does not have it any more. ``instead`` says what to use, as the end of a sentence.
    """

    part: Part
    name: str
    since: str
    until: str
    instead: str

    def told(self) -> str:
        """What its users are told."""
        what = f"amparo.{self.name}" if self.part is Part.NAME else f"{self.part} {self.name}"
        return f"It uses {what}, deprecated since {self.since} and gone in {self.until}. Use {self.instead}."


DEPRECATED: Final[tuple[Deprecated, ...]] = ()
"""Everything that will go. A deprecated name keeps its object in ``amparo.py`` with an underscore in front."""


def unsound(registry: Sequence[Deprecated], offered: str = API_VERSION) -> list[str]:
    """What is wrong with a list of what will go, in sentences.

    Something may go with a new first number only, and the version before must have warned.
    """
    wrong = []
    for one in registry:
        since, until, ours = version_of(one.since), version_of(one.until), version_of(offered)
        if until.minor or since.major >= until.major:
            wrong.append(f"{one.name}: it goes in {until}, which must be a later major version than {since}.")
        if since > ours:
            wrong.append(f"{one.name}: it warns since {since}, and there is no such version yet.")
        if until <= ours:
            wrong.append(f"{one.name}: it should be gone since {until}. Take it out.")
    return wrong


class Watching(NamedTuple):
    """Who hears of a use of what is deprecated, and what is."""

    note: Callable[[str], None]
    registry: Sequence[Deprecated]


_WATCHING: ContextVar[Watching | None] = ContextVar("watching", default=None)


def watched(watching: Watching, function: Callable[[], T]) -> Callable[[], T]:
    """The same function, and whatever deprecated name is used in it, or in a task that it begins, is told.

    It is meant for calls in a context of their own, such as a thread's or a task's: nothing is put back afterwards.
    """

    def run() -> T:
        _WATCHING.set(watching)
        return function()

    return run


def tell_of(part: Part, name: str, watching: Watching) -> None:
    """Tell that a hook or an attribute was used, where it is deprecated."""
    for one in watching.registry:
        if (one.part, one.name) == (part, name):
            watching.note(one.told())


def deprecated_name(name: str, module: dict[str, Any]) -> Any:
    """What a deprecated name of a module means; tells its user. Raises AttributeError where it is none."""
    watching = _WATCHING.get()
    for one in watching.registry if watching else DEPRECATED:
        if (one.part, one.name) == (Part.NAME, name):
            if watching:
                watching.note(one.told())
            else:
                warnings.warn(one.told(), DeprecationWarning, stacklevel=3)
            return module[f"_{name}"]
    raise AttributeError(f"module {module['__name__']!r} has no attribute {name!r}")
