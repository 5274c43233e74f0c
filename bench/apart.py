"""A function in a process of its own, so that its peak memory is its own and nobody has warmed anything up for it.

``apart(function, order)`` starts ``python -m bench.apart``, hands the order over as JSON and reads the answer, a
struct, in the same way. ``Watch`` measures inside: processor time of all threads together, time on the clock, memory.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final, Protocol, TypeVar, get_type_hints

import msgspec

THREADS: Final = 2
"""What every solver may use that has threads."""
_LIMITED: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Order = TypeVar("Order", contravariant=True)
Answer = TypeVar("Answer", bound=msgspec.Struct, covariant=True)


class Task(Protocol[Order, Answer]):
    """A function at the top of a module that takes one struct and returns one."""

    __module__: str
    __name__: str

    def __call__(self, order: Order, /) -> Answer:
        """Do it."""


class Spent(msgspec.Struct, frozen=True):
    """Seconds of the processor, seconds on the clock, and the most memory that the process had held by then, in MiB."""

    processor: float
    clock: float
    mebibytes: float


class Watch:
    """Measures from when it is made."""

    def __init__(self) -> None:
        self._processor, self._clock = process_time(), perf_counter()

    def spent(self) -> Spent:
        """What was spent until now."""
        return Spent(process_time() - self._processor, perf_counter() - self._clock, peak_mebibytes())


def peak_mebibytes() -> float:
    """The most memory that this process ever held.

    From ``/proc`` where there is one: Linux's ``getrusage`` counts the process that started this one as well.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def apart(task: Task[Order, Answer], order: Order) -> Answer:
    """Do a task in a process of its own; SystemExit where it fails. What it writes to stderr is shown."""
    name = f"{task.__module__}:{task.__name__}"
    done = subprocess.run(
        [sys.executable, "-m", "bench.apart", name],
        input=msgspec.json.encode(order),
        stdout=subprocess.PIPE,
        env=os.environ | dict.fromkeys(_LIMITED, str(THREADS)),
    )
    if done.returncode:
        raise SystemExit(f"{name} ended with {done.returncode}; its message is above. It was asked: {order}")
    answer: Answer = msgspec.json.decode(done.stdout, type=get_type_hints(task)["return"])
    return answer


def _serve(name: str) -> None:
    module, _, function = name.partition(":")
    task: Callable[[Any], msgspec.Struct] = getattr(import_module(module), function)
    hints = get_type_hints(task)
    (taken,) = (kind for argument, kind in hints.items() if argument != "return")
    answer = task(msgspec.json.decode(sys.stdin.buffer.read(), type=taken))
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    _serve(sys.argv[1])
