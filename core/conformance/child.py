"""In a process of its own: check one plugin, and say before each check what comes, so that a hang has a name."""

import os
import sys
from typing import BinaryIO

import msgspec

from core.conformance.inspecting import Inspection, outcomes_of_plugin
from core.conformance.outcome import Outcome
from core.settings import settings_from


class Begins(msgspec.Struct, frozen=True, tag="begins"):
    """A check begins."""

    subject: str
    check: str


class Came(msgspec.Struct, frozen=True, tag="came"):
    """A check came to something."""

    outcome: Outcome


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """All checks are made."""


Line = Begins | Came | Ended


def main() -> None:
    """Read an Inspection from standard input and write a line of JSON for each event."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Inspection)
    lines = _own_output()

    def tell(line: Line) -> None:
        lines.write(msgspec.json.encode(line) + b"\n")
        lines.flush()

    def announce(subject: str, check: str) -> None:
        tell(Begins(subject, check))

    for outcome in outcomes_of_plugin(order, settings_from(), announce):
        tell(Came(outcome))
    tell(Ended())
    os._exit(0)  # what still hangs in a thread may not keep the process


def _own_output() -> BinaryIO:
    """Standard output for us alone: what a plugin prints goes to standard error, by whatever way it prints."""
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return ours
