"""A client who asks for help, for tests: what she answers, and each step of it through the verbs."""

from datetime import datetime
from typing import Final

from core.model.help import consents
from core.services.clinic import Clinic
from core.services.help.helping import begin_request, keep_answer
from core.services.help.receipts import Opened, open_visit
from core.services.help.requesting import send_request
from tests.worlds import NOW

ANSWERS: Final = {
    "who": "me",
    "help": "afraid",
    "detained": "no",
    "hearing": "",
    "arrival": "2026-05-03",
    "county": "Bernalillo",
    "language": "es",
    "also": "en",
    "name": "Esperanza Canario Ixcoy",
    "other_names": "Pera Canario",
    "birth": "1990-02-03",
    "country": "Guatemala",
    "a_number": "A 123 456 789",
    "household": "3",
    "income": "1200",
    "family": "Ana Canario",
    "against": "Rodolfo Quiroga",
    "reach": "call",
    "phone": "505 555 0142",
    "times": "morning,weekend",
    "careful": "no_voicemail",
    "story": "Tengo miedo de volver.",
}


async def begun(answers: dict[str, str] = ANSWERS, *, now: datetime = NOW) -> Opened:
    """She has answered, and not sent it."""
    token = await begin_request(consents.CURRENT, "es", now=now)
    opened = await reopened(token, now=now)
    for name, answer in answers.items():
        opened = await keep_answer(opened, name, answer, now=now)
    return opened


async def reopened(token: str, *, now: datetime = NOW) -> Opened:
    """What a token opens, which must be something."""
    opened = await open_visit(token, now=now)
    assert opened is not None
    return opened


async def sent(clinic: Clinic, answers: dict[str, str] = ANSWERS, *, now: datetime = NOW) -> Opened:
    """She has sent it."""
    return await send_request(await begun(answers, now=now), language="es", clinic=clinic, now=now)
