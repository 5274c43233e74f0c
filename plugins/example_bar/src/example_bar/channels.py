"""A way to reach people without e-mail: letters in a folder, which the office prints and posts."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from amparo import Channel, DeliveryFailed, Envelope, Receipt, Settings, hookimpl

amparo_api = "1.0"
FOLDER = "EXAMPLE_BAR_LETTERS"
"""The environment variable that names the folder; where it is not set there are no letters."""


class Letters:
    """Writes one file for each message. The same message again is the same file: nobody gets two letters."""

    name = "example_bar_letters"
    needs_address = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def deliver(self, envelope: Envelope) -> Receipt:
        """Write the letter aside, so that a slow disk holds nobody up."""
        name = hashlib.sha256(envelope.idempotency_key.encode()).hexdigest()[:16]
        text = f"{envelope.to_name}\n\n{envelope.subject}\n\n{envelope.body}\n\n{envelope.link}\n"
        try:
            await asyncio.to_thread((self.folder / f"{name}.txt").write_text, text, encoding="utf-8")
        except OSError as problem:
            raise DeliveryFailed(f"The letter could not be written ({type(problem).__name__}).") from problem
        return Receipt(detail=f"Letter {name} waits to be printed.")


@hookimpl
def amparo_channels(settings: Settings) -> Sequence[Channel]:
    """Letters, where there is a folder for them."""
    folder = os.environ.get(FOLDER)
    return [Letters(Path(folder))] if folder else []
