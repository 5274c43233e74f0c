"""In a process of its own: check one plugin, and say before each check what comes, so that a hang has a name."""

import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from core.conformance.inspecting import Inspection, outcomes_of_plugin
from core.conformance.outcome import Outcome
from core.settings import settings_from

MEMORY_MIB: Final = 2048
"""What a plugin may take on top of what is there when its checks begin."""


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
    # Python takes byte code for true where second and size agree: whoever mends one character at once would be told
    # of the source as it was.
    sys.dont_write_bytecode = True
    lines = _own_output()
    _limit_memory()

    def tell(line: Line) -> None:
        lines.write(msgspec.json.encode(line) + b"\n")
        lines.flush()

    def announce(subject: str, check: str) -> None:
        tell(Begins(subject, check))

    try:
        for outcome in outcomes_of_plugin(order, settings_from(), announce):
            tell(Came(outcome))
        tell(Ended())
    except OSError:  # a plugin closed our output: the parent tells what is missing
        os._exit(1)
    os._exit(0)  # what still hangs in a thread may not keep the process


def _own_output() -> BinaryIO:
    """Standard output for us alone: what a plugin prints goes to standard error, by whatever way it prints."""
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return ours


def _limit_memory() -> None:
    """A plugin that wants all memory gets an error of its own, and the machine stays as it is."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + (MEMORY_MIB << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
