"""What the portal and a run's process say to each other: msgpack, each message after its length in four bytes."""

import struct
from typing import Any, Final, TypeVar

import msgspec
import numpy as np

from core.model.plans.advice import Advised, Questions
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan, Progress
from core.settings import Settings

LENGTH: Final = struct.Struct(">I")
T = TypeVar("T")


class Order(msgspec.Struct, frozen=True):
    """What a run's process is asked to do.

    ``rules`` are the names that must be there: a rule that fails to load in the new process must not vanish.
    ``off`` are plugins that hung before: their rules block, their scorers are left out. ``switched`` are those that a
    person has switched off, with a sentence about it: they are not loaded, and nothing of them blocks. With
    ``questions`` the answer is an ``Advised``, else a ``Planned``.
    """

    snapshot: Snapshot
    matcher: str
    seed: int
    time_limit: float
    settings: Settings
    builtin: tuple[str, ...]
    entry_points: bool
    rules: tuple[str, ...]
    off: tuple[str, ...] = ()
    switched: dict[str, str] = {}
    questions: Questions | None = None


class Moved(msgspec.Struct, frozen=True, tag="moved"):
    """The run got on."""

    progress: Progress


class Asked(msgspec.Struct, frozen=True):
    """How often a run has called a plugin, how many calls were slow, and how many seconds they took together."""

    plugin: str
    calls: int
    slow: int
    seconds: float


class Planned(msgspec.Struct, frozen=True, tag="planned"):
    """The run is done. ``asked`` is what it has called, by plugin."""

    plan: Plan
    asked: tuple[Asked, ...] = ()


class Answered(msgspec.Struct, frozen=True, tag="answered"):
    """The run is done, and what was asked about it is answered. ``asked`` is what it has called, by plugin."""

    advised: Advised
    asked: tuple[Asked, ...] = ()


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The run ended without a plan, because of this plugin (empty: not known)."""

    plugin: str
    cause: str


class Hung(msgspec.Struct, frozen=True, tag="hung"):
    """A rule or scorer did not come back; the process has ended itself and the run may be begun again without it."""

    plugin: str
    kind: str
    provider: str
    cause: str


Reply = Moved | Planned | Answered | Failed | Hung


def packed(message: Order | Reply) -> bytes:
    """A message with its length before it. Numbers of numpy become plain ones; TypeError where something else is in."""
    body = msgspec.msgpack.encode(message, enc_hook=_plain)
    return LENGTH.pack(len(body)) + body


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"A {type(value).__name__} cannot be part of a plan.")


def unpacked(body: bytes, wanted: type[T]) -> T:
    """The message in a body; raise msgspec.ValidationError where it is not what it should be."""
    return msgspec.msgpack.decode(body, type=wanted)


def unpacked_reply(body: bytes) -> Reply:
    """The reply in a body; raise msgspec.ValidationError where it is none."""
    reply: Reply = msgspec.msgpack.decode(body, type=Reply)
    return reply
