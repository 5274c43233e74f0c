"""Who can sign in to the demo: one account for each role, with passwords that are the same everywhere.

These accounts exist in demo worlds only; ``world.build`` makes them where ``settings.demo`` is set and nowhere else.
"""

from datetime import datetime
from random import Random
from typing import Final

import msgspec

from core.demo.words import PASSWORD_WORDS
from core.model.people import SYSTEM, Actor
from core.model.vocabulary import AccountRole
from core.services.accounts.signing_in import create_account, hash_password

COORDINATOR: Final = "coordinator@amparo.example"
ADMINISTRATOR: Final = "administrator@amparo.example"
ATTORNEY: Final = "attorney@amparo.example"
INTERPRETER: Final = "interpreter@amparo.example"
PARTNER: Final = "bar@amparo.example"


class SignIn(msgspec.Struct, frozen=True):
    """A way into the demo: what one is there, the address and the password."""

    role: str
    email: str
    password: str


def password_of(email: str) -> str:
    """Three words and a number, the same for the same address."""
    random = Random(f"amparo demo {email}")  # noqa: S311 -- meant to be known: it opens a demo world only
    return "-".join((*random.sample(PASSWORD_WORDS, 3), str(random.randint(10, 99))))


SIGN_INS: Final = (
    SignIn("Coordinator", COORDINATOR, password_of(COORDINATOR)),
    SignIn("Administrator", ADMINISTRATOR, password_of(ADMINISTRATOR)),
    SignIn("Volunteer attorney", ATTORNEY, password_of(ATTORNEY)),
    SignIn("Volunteer interpreter", INTERPRETER, password_of(INTERPRETER)),
    SignIn("Bar association", PARTNER, password_of(PARTNER)),
)


def hash_of(email: str) -> str:
    """The password's hash for those who can sign in; nothing for all others."""
    return hash_password(password_of(email)) if any(one.email == email for one in SIGN_INS) else ""


async def make_staff(now: datetime) -> tuple[Actor, ...]:
    """Make the clinic's administrator and its two coordinators; return the coordinators."""
    await _staff(ADMINISTRATOR, "Ruth Delgado", AccountRole.ADMINISTRATOR, now)
    return (
        await _staff(COORDINATOR, "Carmen Baca", AccountRole.COORDINATOR, now),
        await _staff("second.coordinator@amparo.example", "Joel Tafoya", AccountRole.COORDINATOR, now),
    )


async def _staff(email: str, name: str, role: AccountRole, now: datetime) -> Actor:
    password = hash_of(email)
    account = await create_account(email=email, name=name, roles=(role,), password_hash=password, by=SYSTEM, now=now)
    return Actor(label=name, account=account, roles=(role,))
