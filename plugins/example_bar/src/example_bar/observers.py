"""A spectator: one line for each thing that happened, for a report of the bar's own."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from amparo import AuditEvent, Observer, hookimpl

amparo_api = "1.0"
FILE = "EXAMPLE_BAR_TALLY"
"""The environment variable that names the file; where it is not set nothing is written."""


class Tally:
    """Appends number, day and kind of each event. One may come twice: whoever counts, counts each number once."""

    name = "example_bar_tally"

    def __init__(self, file: Path) -> None:
        self.file = file

    async def seen(self, event: AuditEvent) -> None:
        """Write it down."""
        await asyncio.to_thread(self._append, f"{event.sequence},{event.at:%Y-%m-%d},{event.kind}\n")

    def _append(self, line: str) -> None:
        with self.file.open("a", encoding="utf-8") as tally:
            tally.write(line)


@hookimpl
def amparo_observers() -> Sequence[Observer]:
    """The tally, where there is a file for it."""
    file = os.environ.get(FILE)
    return [Tally(Path(file))] if file else []
