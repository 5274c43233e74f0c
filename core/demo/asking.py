"""Clients of the demo who ask for help themselves: what they answer, and one who follows her case by a code."""

from datetime import datetime
from typing import Final
from uuid import UUID

from core.model.help import consents
from core.model.people import Actor
from core.model.states import CaseState
from core.receipt_locks import opened_by_code
from core.services.clinic import Clinic
from core.services.help.consents import record_consent
from core.services.help.helping import begin_request, keep_answer
from core.services.help.messages import write_from_client, write_to_client
from core.services.help.receipts import Opened, give_code, open_by_code, open_visit
from core.services.help.requesting import send_request
from core.store.cases import cases
from core.store.clients import receipts

CODE: Final = "2718 2818 2845 9045"
"""The receipt code of the demo's client: meant to be known, it opens a demo world only."""

ASKED: Final[tuple[dict[str, str], ...]] = (
    {
        "who": "me",
        "help": "afraid",
        "detained": "no",
        "county": "Doña Ana",
        "language": "mam",
        "also": "es",
        "name": "Juana Domingo Chilel",
        "country": "Guatemala",
        "household": "3",
        "income": "900",
        "family": "Mateo Domingo Chilel",
        "against": "Eulogio Ramírez Pablo",
        "reach": "person",
        "person": "Hermana Lucía, parroquia San Albino, 575 555 0118. Puede decirle que llama el programa.",
        "times": "morning,midday",
        "careful": "no_name",
        "story": "Salí porque mi esposo y sus hermanos me amenazaron. Hablo mam, el español un poco.",
    },
    {
        "who": "child",
        "helper": "Rosa Elvira Tum, tía",
        "help": "unsure",
        "detained": "no",
        "hearing": "",
        "county": "Santa Fe",
        "language": "es",
        "name": "Kevin Alexander Tum Batz",
        "birth": "2012-05",
        "country": "Honduras",
        "reach": "text",
        "phone": "505 555 0177",
        "times": "evening,weekend",
        "careful": "no_voicemail,only_me",
        "story": "El niño vive conmigo desde enero. Sus papás no están aquí.",
    },
    {
        "who": "me",
        "help": "citizen",
        "detained": "no",
        "county": "Bernalillo",
        "language": "en",
        "also": "es",
        "name": "Martha Oyelaran",
        "household": "1",
        "income": "1650",
        "reach": "page",
        "story": "I have had my green card for six years.",
    },
)
"""What three of them answer, by the names of the questions; everything else they skip."""


async def ask_for_help(clinic: Clinic, *, now: datetime) -> None:
    """Three requests come by the clients' pages and wait to be read."""
    for answers in ASKED:
        token = await begin_request(consents.CURRENT, "en" if answers["language"] == "en" else "es", now=now)
        opened = await _opened(token, now)
        for name, answer in answers.items():
            opened = await keep_answer(opened, name, answer, now=now)
        await send_request(opened, language=opened.language, clinic=clinic, now=now)


async def follow_a_case(*, by: Actor, now: datetime) -> UUID:
    """A waiting client was given a code on the phone, has written, and has an answer; another message waits."""
    case = next(one for one in await cases.cases_in(CaseState.WAITLISTED) if one.languages[0] == "es")
    await record_consent(case.id, consents.CURRENT, "es", manner=consents.Manner.READ_TO, by=by, now=now)
    await give_code(case.id, language="es", by=by, now=now)
    row = await receipts.receipt_of_case(case.id)
    if row is not None:
        mark, _opener = opened_by_code(CODE.replace(" ", ""), await receipts.salt_of_codes())
        await receipts.keep_code(row["id"], mark, "")
        hers = await _opened(await open_by_code(CODE, now=now), now)
        await write_from_client(hers, "Buenas tardes. Cambié de teléfono, ya no llamen al de antes.", now=now)
        await write_to_client(case.id, text="Gracias por avisarnos. Lo anotamos.", by=by, now=now)
        await write_to_client(case.id, ready="still", by=by, now=now)
        await write_from_client(hers, "Me llegó una carta de la corte. ¿La mando aquí?", now=now)
    return case.id


async def _opened(token: str, now: datetime) -> Opened:
    found = await open_visit(token, now=now)
    if found is None:
        raise RuntimeError("What was begun in this moment is open.")
    return found
