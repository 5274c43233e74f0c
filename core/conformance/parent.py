"""Checking a plugin from outside: whatever it does to its process, the report ends with what was found."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import msgspec

from core.conformance.child import Begins, Came, Ended, Line
from core.conformance.inspecting import Inspection
from core.conformance.outcome import Outcome, Report, State

START_SECONDS: Final = 60.0
"""What the process may take to start, on the slowest machine."""
Lines = queue.SimpleQueue[Line | None]
PATIENCE: Final = 10.0
"""How many times the limit of one call a whole check may take before the process counts as stuck."""
_LEAVE: Final = "Never end the process that calls you, and leave its files open."


def report_of(order: Inspection) -> Report:
    """Check one plugin in a process of its own. A plugin that hangs, crashes or leaves is reported, never raised."""
    process = _started(order)
    lines: Lines = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(process, lines), name="check", daemon=True)
    reader.start()
    try:
        outcomes = tuple(_followed(process, lines, order))
    finally:
        _end(process, reader)
    subject = order.subject
    ok = not any(outcome.state is State.WRONG for outcome in outcomes)
    return Report(subject.name, subject.module, subject.version, ok, outcomes)


def _started(order: Inspection) -> subprocess.Popen[bytes]:
    places = os.pathsep.join(place or str(Path.cwd()) for place in sys.path)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "core.conformance"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": places},
        start_new_session=True,
    )
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(msgspec.json.encode(order))
        process.stdin.close()
    return process


def _followed(process: subprocess.Popen[bytes], lines: Lines, order: Inspection) -> list[Outcome]:
    """The outcomes as they come, and one more where the process ends or hangs before all checks are made."""
    found: list[Outcome] = []
    now, wait = Begins("plugin", "starts"), START_SECONDS
    while True:
        try:
            line = lines.get(timeout=wait)
        except queue.Empty:
            return [*found, _stuck(now, wait)]
        if line is None:
            return [*found, _left(now, process)]
        if isinstance(line, Ended):
            return found
        if isinstance(line, Came):
            found.append(line.outcome)
        else:
            now = line
        wait = PATIENCE * order.seconds_of("rosters" if now.subject.startswith("roster ") else "")


def _read(process: subprocess.Popen[bytes], lines: Lines) -> None:
    """What the process says, read aside so that waiting for it can have an end; None after the last line."""
    assert process.stdout is not None
    with process.stdout, contextlib.suppress(msgspec.DecodeError):
        for text in process.stdout:
            lines.put(msgspec.json.decode(text, type=Line))
    lines.put(None)


def _stuck(now: Begins, seconds: float) -> Outcome:
    problem = f"Its process did nothing more for {seconds:g} seconds and was ended."
    return Outcome(now.subject, now.check, State.WRONG, problem, "Answer within the limit, and let other threads run.")


def _left(now: Begins, process: subprocess.Popen[bytes]) -> Outcome:
    try:
        code = process.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        return Outcome(now.subject, now.check, State.WRONG, "It closes files of the process that calls it.", _LEAVE)
    how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    problem = f"Its process ended {how} before all was checked."
    return Outcome(now.subject, now.check, State.WRONG, problem, _LEAVE)


def _end(process: subprocess.Popen[bytes], reader: threading.Thread) -> None:
    """End the process with everything that it started. What it started in a session of its own keeps the reader."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    reader.join(timeout=1.0)
