"""What a plugin's objects must do. The host checks each against its protocol when the plugin is loaded."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from core.model.events import AuditEvent
from core.model.messages import Envelope, Receipt
from core.model.plans.advice import Advised, Questions
from core.model.plans.columns import Bools, CaseView, Floats, VolunteerColumns
from core.model.plans.snapshot import Snapshot
from core.model.plans.teams import Plan, Progress
from core.model.plugins.records import ReportFacts, Subject
from core.model.plugins.showing import PanelContent, PanelPlace, Table
from core.model.rosters.entries import RosterEntry
from core.model.vocabulary import AccountRole, SeatRole
from core.ruling import CasesOfPairs, PeopleOfPairs


class Judging(Protocol):
    """What rules and scorers have in common. Attributes are only ever read, so a frozen object will do."""

    @property
    def name(self) -> str:
        """Its name, which no other of its kind uses."""

    @property
    def roles(self) -> tuple[SeatRole, ...]:
        """The seats that it is asked about. Attorneys' are both: it may set ``lead_only`` to leave out co-counsel."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of a case that it sees; it is asked once for each combination of their values."""

    @property
    def text(self) -> str:
        """Its sentence, with the declared fields in braces."""


@runtime_checkable
class Rule(Judging, Protocol):
    """A hard constraint; ``amparo.rule`` makes one of a function. Fails closed: a rule that raises blocks the pair."""

    @property
    def blocks(self) -> str:
        """The short code under which an unmatched case reports it."""

    def allows(self, case: CaseView, volunteers: VolunteerColumns) -> Bools:
        """Say for each volunteer whether she may fill the seat: bool[n]."""

    def explain(self, case: CaseView) -> str:
        """Say in a sentence what is missing where nobody may."""


@runtime_checkable
class Scorer(Judging, Protocol):
    """A preference; ``amparo.scorer`` makes one of a function. Fails open: a scorer that raises is left out."""

    @property
    def weight(self) -> float:
        """What its answer is multiplied by."""

    def points(self, case: CaseView, volunteers: VolunteerColumns) -> Floats:
        """Give each volunteer points for this case: float[n], finite."""


@runtime_checkable
class PairRule(Rule, Protocol):
    """A hard constraint on pairs; ``amparo.pair_rule`` makes one. About one case it answers like any other rule."""

    @property
    def among(self) -> str:
        """The field of a case that names whom the rule is about; empty: everybody."""

    def allows_pairs(self, cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Bools:
        """Say for each of k pairs whether she may fill the seat: bool[k]."""


@runtime_checkable
class PairScorer(Scorer, Protocol):
    """A preference among pairs; ``amparo.pair_scorer`` makes one. About one case it answers like any other scorer."""

    @property
    def among(self) -> str:
        """The field of a case that names whom the scorer is about; empty: everybody."""

    def points_of_pairs(self, cases: CasesOfPairs, volunteers: PeopleOfPairs) -> Floats:
        """Give each of k pairs points: float[k], finite."""


@runtime_checkable
class Matcher(Protocol):
    """A whole strategy: snapshot in, plan out. If it fails, the run fails and nothing is saved."""

    @property
    def name(self) -> str:
        """The name by which a coordinator chooses it."""

    @property
    def title(self) -> str:
        """What it does, in a few words."""

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
class Adviser(Matcher, Protocol):
    """A matcher that also answers questions about its plan. A matcher need not be one."""

    def advise(
        self,
        snapshot: Snapshot,
        rules: Sequence[Rule],
        scorers: Sequence[Scorer],
        *,
        questions: Questions,
        seed: int,
        time_limit: float,
        report: Callable[[Progress], None],
    ) -> Advised:
        """Plan as ``propose`` does and answer. Each further solve that an answer needs may take ``time_limit``."""


@runtime_checkable
class Channel(Protocol):
    """A way to reach a person. One that needs no address also serves a person without e-mail."""

    @property
    def name(self) -> str:
        """The name under which deliveries are recorded."""

    @property
    def needs_address(self) -> bool:
        """Whether it can only serve somebody with an e-mail address."""

    async def deliver(self, envelope: Envelope) -> Receipt:
        """Deliver, or raise ``DeliveryFailed``. The same idempotency key may come twice."""


@runtime_checkable
class Observer(Protocol):
    """A spectator of committed events. Its failure is logged and changes nothing."""

    @property
    def name(self) -> str:
        """The name under which its failures are logged."""

    async def seen(self, event: AuditEvent) -> None:
        """Take note of a committed event."""


@runtime_checkable
class Roster(Protocol):
    """A bar's list of its members. If it fails, the run fails and the last good roster stays."""

    @property
    def name(self) -> str:
        """The name under which it is synchronised and its runs are kept."""

    @property
    def title(self) -> str:
        """Whose members these are, in a few words."""

    @property
    def bar(self) -> str:
        """The bar's jurisdiction, two letters such as ``NM``. It is declared and never guessed from the entries."""

    @property
    def every(self) -> timedelta:
        """How often it is synchronised; zero: only when somebody asks for it."""

    def fetch(self, since: datetime | None) -> AsyncIterator[RosterEntry]:
        """Give the entries one after another, never all at once: a roster may have hundreds of thousands.

        ``since`` is when the last run began that ended well. A source that knows what changed may leave out the rest
        only if it says so by ``partial = True``; otherwise whoever is not in it is gone from the roster. One that knows
        its date sets ``as_of``, a datetime with its zone, before the last entry: an older one than the last is held.
        """


@runtime_checkable
class Report(Protocol):
    """A question of the programme's, answered by a table. If it fails, its page says so and the rest goes on."""

    @property
    def name(self) -> str:
        """Its name in addresses: letters, digits, ``-`` and ``_``."""

    @property
    def title(self) -> str:
        """What it is called, in a few words."""

    @property
    def answers(self) -> str:
        """The question that it answers, in a sentence."""

    @property
    def roles(self) -> tuple[AccountRole, ...]:
        """Who may read it: coordinators, administrators, and a bar's own staff only where it says so."""

    def table(self, facts: ReportFacts) -> Table:
        """Make the table of these facts and of nothing else: the same facts, the same table."""


@runtime_checkable
class Panel(Protocol):
    """Something that a plugin shows on a page. If it fails, its place says so and the page stays."""

    @property
    def name(self) -> str:
        """Its name in addresses: letters, digits, ``-`` and ``_``."""

    @property
    def title(self) -> str:
        """What stands above it."""

    @property
    def place(self) -> PanelPlace:
        """The page that it stands on."""

    @property
    def roles(self) -> tuple[AccountRole, ...]:
        """Who sees it."""

    async def show(self, subject: Subject) -> PanelContent:
        """Say what is to be shown about a case, a volunteer, or, on other pages, None."""
