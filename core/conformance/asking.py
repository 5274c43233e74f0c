"""Asking a plugin with a time limit, so that what raises, hangs or leaves becomes a finding."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from core.conformance.outcome import Hung, Wrong
from core.errors import AmparoError
from core.host.causes import told_at_start
from core.host.contracts import Nonsense
from core.host.kinds import check_answer
from core.host.limits import Aside, LoopAside, Overran, Raised
from core.model.plugins.records import CaseRecord, MatchRecord, RosterRecord, VolunteerRecord
from core.ruling import CASE_FIELDS, UndeclaredField

T = TypeVar("T")
Recorded = CaseRecord | VolunteerRecord | MatchRecord | RosterRecord
NO_IDENTITIES = "Cases and volunteers come without identities."


class Asker:
    """Calls a provider's methods in a thread or an event loop of its own. ``seconds`` is what one call may take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._aside = Aside()

    def ask(self, function: Callable[..., T], *args: Any, seconds: float | None = None, **kwargs: Any) -> T:
        """Return what the function returns; raise Hung where it does not come back, Wrong where it raises."""
        limit = seconds or self.seconds
        try:
            return self._aside.run(partial(function, *args, **kwargs), limit)
        except Overran:
            raise Hung(f"It gave no answer within {limit:g} seconds.", "Answer within the limit, always.") from None
        except Raised as raised:
            raise failure(raised.error) from None

    def ask_checked(self, kind: str, method: str, function: Callable[..., T], *args: Any) -> T:
        """Ask a method of a kind of provider and check that its answer has the right type and shape."""
        answer = self.ask(function, *args)
        try:
            check_answer(kind, method, answer, args)
        except Nonsense as problem:
            raise Wrong(str(problem), "Answer one finite value for each volunteer or pair, in their order.") from None
        return answer

    def wait_for(self, function: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Await a coroutine function in a loop of its own; raise Hung where it blocks, Wrong where it raises."""
        loop = LoopAside("under check")
        try:
            return self._aside.run(lambda: asyncio.run(loop.run(function, self.seconds)), self.seconds * 2)
        except Raised as raised:
            if isinstance(raised.error, Overran):
                raise _overran(self.seconds, raised.error) from None
            raise failure(raised.error.error if isinstance(raised.error, Raised) else raised.error) from None
        except Overran as overran:
            raise _overran(self.seconds, overran) from None
        finally:
            loop.close()


def _overran(seconds: float, overran: Overran) -> Hung:
    if overran.stopped:
        return Hung(f"It gave no answer within {seconds:g} seconds.", "Answer within the limit, or raise.")
    return Hung(
        f"It blocks its event loop for more than {seconds:g} seconds.",
        "Await what takes time; put calls that block into asyncio.to_thread.",
    )


def failure(error: BaseException) -> Wrong:
    """What a plugin raised, as a finding."""
    if isinstance(error, Wrong):
        return error
    if isinstance(error, UndeclaredField):
        return _undeclared(error)
    if isinstance(error, SystemExit):
        return Wrong("It calls sys.exit.", "Return an answer or raise an error: the clinic goes on either way.")
    if isinstance(error, MemoryError):
        return Wrong("It wants more memory than a check allows, 2 GiB.", "Work on what it gets, in parts.")
    if isinstance(error, AmparoError):
        return Wrong(str(error))
    if isinstance(error, AttributeError) and isinstance(error.obj, Recorded):
        return _unknown(error.obj, error.name or "something")
    return Wrong(
        f"It raised {told_at_start(error)}.",
        "Answer whatever comes: nobody at all, unknown places (nan), no hours, an empty address.",
    )


def _unknown(record: Recorded, name: str) -> Wrong:
    kind, fields = type(record).__name__, record.__struct_fields__
    return Wrong(f"It asks a {kind} for {name}, which no plugin gets.", f"{NO_IDENTITIES} It has: {', '.join(fields)}.")


def _undeclared(error: UndeclaredField) -> Wrong:
    found = re.search(r"case\.(\w+)", str(error))
    if found is None or found[1] in CASE_FIELDS:
        return Wrong(str(error))
    return Wrong(
        f"It asks for case.{found[1]}, which no plugin gets.",
        f"{NO_IDENTITIES} A case has: {', '.join(sorted(CASE_FIELDS))}.",
    )


async def end_when_cancelled(work: Callable[[], Coroutine[Any, Any, Any]], seconds: float) -> None:
    """Begin some work, cancel it at its first pause, and raise Wrong where it does not end by that."""
    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    asked = task.cancel()
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        raise Wrong(f"It was cancelled and went on for {seconds:g} seconds.", "Let CancelledError pass.")
    if asked and not task.cancelled() and task.exception() is None:
        raise Wrong("It was cancelled and went on as if nothing had happened.", "Let CancelledError pass.")
