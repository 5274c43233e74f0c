"""Checks of channels and observers: what they are awaited for, again, cancelled, and with odd input."""

from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any, Final

from core.conformance.asking import Asker, end_when_cancelled
from core.conformance.outcome import Check, LeftOut, Wrong
from core.conformance.samples import an_envelope, an_event
from core.errors import DeliveryFailed
from core.model.messages import Envelope, Receipt
from core.protocols import Channel, Observer

ODD: Final = (
    an_envelope("odd-1", to_name="", to_address=""),
    an_envelope("odd-2", to_name="Ana\r\nBcc: all@example.invalid", to_address="a b@@example.invalid"),
    an_envelope("odd-3", to_name="ana " * 500, subject="ñ" * 2000, body="\0\u202e" * 50),
)
EFFECTS: Final = "It may have effects outside: ask for this check with --live."


def _only_live() -> None:
    raise LeftOut("It was not called.", EFFECTS)


@dataclass(frozen=True, slots=True)
class Reaching:
    """A channel under check. It is called only where ``live``: a message that is delivered cannot be called back."""

    provider: Channel
    asker: Asker
    live: bool

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        if not self.live:
            yield Check("delivers", _only_live)
            return
        yield Check("delivers", self.delivers, basic=True)
        yield Check("the same message twice", self.delivers_again)
        yield Check("odd names and addresses", self.survives_odd_input)
        yield Check("ends when it is cancelled", self.ends_when_cancelled)

    def delivers(self) -> None:
        """One ordinary message."""
        try:
            self._deliver(an_envelope())
        except DeliveryFailed as problem:
            raise Wrong(f"It could not deliver: {problem}", "Let it reach the service, or a fake of it.") from None

    def _deliver(self, envelope: Envelope) -> None:
        receipt: object = self.asker.wait_for(lambda: self._said(envelope))
        if isinstance(receipt, DeliveryFailed):
            raise receipt
        if not isinstance(receipt, Receipt):
            raise Wrong(
                f"It answered a {type(receipt).__name__}.", "Return an amparo.Receipt, or raise DeliveryFailed."
            )

    async def _said(self, envelope: Envelope) -> Receipt | DeliveryFailed:
        try:
            return await self.provider.deliver(envelope)
        except DeliveryFailed as problem:
            return problem

    def delivers_again(self) -> None:
        """The same key comes twice where a first answer got lost."""
        self.delivers()

    def survives_odd_input(self) -> None:
        """DeliveryFailed is an answer; anything else is a bug."""
        for envelope in ODD:
            try:
                self._deliver(envelope)
            except DeliveryFailed:
                continue

    def ends_when_cancelled(self) -> None:
        """A worker that stops cancels what it does."""
        self.asker.wait_for(
            lambda: end_when_cancelled(lambda: self._said(an_envelope("key-2")), self.asker.seconds / 2)
        )


@dataclass(frozen=True, slots=True)
class Watching:
    """An observer under check. It is called only where ``live``."""

    provider: Observer
    asker: Asker
    live: bool

    def checks(self) -> Iterator[Check]:
        """Every check of this provider."""
        if not self.live:
            yield Check("takes note of an event", _only_live)
            return
        yield Check("takes note of an event", self.takes_note, basic=True)
        yield Check("an event of a kind that it does not know", self.takes_any_kind)
        yield Check("ends when it is cancelled", self.ends_when_cancelled)

    def takes_note(self) -> None:
        """The same event may come twice."""
        for _ in range(2):
            self.asker.wait_for(self._note)

    def _note(self, kind: str = "case.listed", **given: Any) -> Coroutine[Any, Any, None]:
        return self.provider.seen(an_event(kind, **given))

    def takes_any_kind(self) -> None:
        """A later version may tell of more."""
        self.asker.wait_for(lambda: self._note("kind.of.tomorrow", subject_kind="thing", detail={}))

    def ends_when_cancelled(self) -> None:
        """A worker that stops cancels what it does."""
        self.asker.wait_for(lambda: end_when_cancelled(self._note, self.asker.seconds / 2))
