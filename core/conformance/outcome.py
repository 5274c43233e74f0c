"""What a check came to: which provider, what was checked, what is wrong with it and what would be right."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import msgspec


class State(StrEnum):
    """``advice`` is worth a thought and no fault; ``left out`` says what was not checked, and why."""

    OK = "ok"
    WRONG = "wrong"
    ADVICE = "advice"
    LEFT_OUT = "left out"


class Outcome(msgspec.Struct, frozen=True):
    """One check of one subject, such as "rule trained_for_asylum". ``remedy`` says what would be right."""

    subject: str
    check: str
    state: State = State.OK
    problem: str = ""
    remedy: str = ""


class Report(msgspec.Struct, frozen=True):
    """Everything that was checked of one plugin."""

    name: str
    module: str
    version: str
    ok: bool
    outcomes: tuple[Outcome, ...]


class Finding(Exception):
    """What a check found. ``state`` says how much it matters."""

    state = State.WRONG

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


class Wrong(Finding):
    """The contract is broken."""


class Hung(Wrong):
    """A call did not come back: nothing else can be asked of this provider."""


class Advice(Finding):
    """It keeps the contract and could do better."""

    state = State.ADVICE


class LeftOut(Finding):
    """It could not be checked here."""

    state = State.LEFT_OUT


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is about, and a function that raises a Finding where there is something to say.

    Where a ``basic`` check fails the others would only repeat it, and are not made.
    """

    title: str
    run: Callable[[], None]
    basic: bool = False
