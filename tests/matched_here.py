"""Runs of the matcher in the process of a test, for tests of what becomes of a plan.

A process of its own takes most of a second to start, and what it promises has tests of its own.
"""

import pytest

from core.matching_process import child, parent
from core.matching_process.frames import LENGTH, Moved, Order, Reply, packed, unpacked, unpacked_reply
from core.matching_process.parent import OnProgress
from core.model.plans.teams import Progress


class Told(child.Replies):
    """What a run told on its way, instead of a pipe."""

    def __init__(self) -> None:
        super().__init__(pipe=-1)
        self.progress: list[Progress] = []

    def send(self, reply: Reply) -> None:
        """Keep progress; a run that gives up would end the process."""
        assert isinstance(reply, Moved), reply
        self.progress.append(reply.progress)


async def _attempt(order: Order, _: float, note: OnProgress | None) -> Reply:
    told = Told()
    reply = child._carry_out(unpacked(packed(order)[LENGTH.size :], Order), told)
    if note is not None:
        for progress in told.progress:
            await note(progress)
    return unpacked_reply(packed(reply)[LENGTH.size :])


@pytest.fixture
def matched_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run of this test take place here, with the order and the reply as they would go through pipes."""
    monkeypatch.setattr(parent, "_attempt", _attempt)
