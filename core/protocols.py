"""What a plugin's objects must do. The host checks each against its protocol when the plugin is loaded."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from core.model.columns import Bools, CaseView, Floats, VolunteerColumns
from core.model.events import AuditEvent
from core.model.messages import Envelope, Receipt
from core.model.snapshot import Snapshot
from core.model.teams import Plan, Progress
from core.model.vocabulary import SeatRole


@runtime_checkable
class Rule(Protocol):
    """A hard constraint; ``amparo.rule`` makes one of a function. Fails closed: a rule that raises blocks the pair."""

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    blocks: str
    text: str

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Say for each volunteer whether she may fill the seat: bool[n]."""

    def key(self, case: CaseView) -> tuple[Any, ...]:
        """The values that the answer depends on, so that it is asked once for each combination."""

    def explain(self, case: CaseView) -> str:
        """Say in a sentence what is missing where nobody may."""


@runtime_checkable
class Scorer(Protocol):
    """A preference; ``amparo.scorer`` makes one of a function. Fails open: a scorer that raises is left out."""

    name: str
    roles: tuple[SeatRole, ...]
    reads: tuple[str, ...]
    weight: float
    text: str

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """Give each volunteer points for this case: float[n], finite."""

    def key(self, case: CaseView) -> tuple[Any, ...]:
        """The values that the answer depends on."""


@runtime_checkable
class Matcher(Protocol):
    """A whole strategy: snapshot in, plan out. If it fails, the run fails and nothing is saved."""

    name: str
    title: str

    def propose(
        self,
        snapshot: Snapshot,
        rules: Sequence[Rule],
        scorers: Sequence[Scorer],
        *,
        seed: int,
        time_limit: float,
        report: Callable[[Progress], None],
    ) -> Plan:
        """Plan teams for the open cases. Runs in a process of its own, which may be killed."""


@runtime_checkable
class Channel(Protocol):
    """A way to reach a person. ``needs_address`` tells whether it can serve somebody without an e-mail address."""

    name: str
    needs_address: bool

    async def deliver(self, envelope: Envelope) -> Receipt:
        """Deliver, or raise ``DeliveryFailed``. The same idempotency key may come twice."""


@runtime_checkable
class Observer(Protocol):
    """A spectator of committed events. Its failure is logged and changes nothing."""

    name: str

    async def seen(self, event: AuditEvent) -> None:
        """Take note of a committed event."""
