"""The demo's clients: invented people, named as is usual where each language is spoken, the same every time."""

from datetime import date, timedelta
from random import Random
from typing import Final

from core.demo.households import household_of
from core.model.cases.case import Case
from core.model.clients.client import ClientField
from core.model.clients.parties import Party, PartyRole
from core.model.clients.safe_contact import Care, SafeContact, TimeOfDay, Way
from core.model.vocabulary import CameBy, PracticeArea
from core.store.keys import new_id

F: Final = ClientField
INDIGENOUS: Final = ("mam", "quc", "kek", "kjb", "knj", "cac", "jac", "ixl", "cak")
GIVEN: Final = ("María", "Rosa", "Juana", "Lucía", "Ana", "José", "Juan", "Carlos", "Miguel", "Tomás", "Elena", "Marta")
_SURNAMES: Final = (
    "Hernández García López Martínez Flores Ramírez Castillo Ortega Méndez Aguilar Barrios Cabrera "
    "Delgado Escobar Fuentes Guzmán Herrera Ibarra Juárez Landa Molina Navarro Orellana Paredes "
    "Quintana Rosales Salazar Trujillo Urbina Zavala"
)
SURNAMES: Final = tuple(_SURNAMES.split())
_MAYAN: Final = (
    "Tum Choc Xicay Ixcoy Caal Pop Cuc Tzoc Matías Pablo Mateo Jiménez Ajanel Bámaca Chávez Domingo "
    "Esteban Felipe Gaspar Ixim Jacinto Lucas Mendoza Nicolás Ordóñez Pascual Quiej Ramos Sebastián "
    "Velásquez"
)
MAYAN: Final = tuple(_MAYAN.split())
WITH_A_CLIENT: Final = 270
"""The cases after this number have a client, and every twentieth before: names that differ, so that few are alike."""
ELSEWHERE: Final = {
    "ht": (
        "Haiti",
        ("Marie", "Jean", "Rose", "Pierre", "Nadège"),
        ("Joseph", "Pierre", "Louis", "Charles", "Baptiste"),
    ),
    "pt": ("Brazil", ("Ana", "João", "Mariana", "Pedro", "Luíza"), ("Silva", "Souza", "Oliveira", "Pereira", "Lima")),
    "zh": ("China", ("Li", "Mei", "Jun", "Fang", "Wei"), ("Wang", "Chen", "Liu", "Zhang", "Huang")),
    "pa": ("India", ("Harpreet", "Gurpreet", "Manjit", "Simran"), ("Singh", "Kaur", "Gill", "Sandhu")),
    "en": ("Jamaica", ("Grace", "Andre", "Keisha", "Devon"), ("Campbell", "Brown", "Clarke", "Reid")),
}
ORIGINS: Final = ("Guatemala", "Honduras", "El Salvador", "Mexico", "Venezuela", "Nicaragua")
STORIES: Final = (
    "She left with her children after threats. An invented account, for a demonstration.",
    "He was told to pay, and did not. An invented account, for a demonstration.",
    "",
)
CAME: Final = (CameBy.PHONE, CameBy.PHONE, CameBy.OUTREACH, CameBy.WALK_IN, CameBy.PARTNER, CameBy.EMAIL)


def came_by(case: Case) -> CameBy:
    """How the client of a case came."""
    return _random(case, "came").choice(CAME)


def _random(case: Case, what: str) -> Random:
    return Random(f"{case.ref} {what}")  # noqa: S311 -- invented people


def client_of(case: Case) -> dict[ClientField, str]:
    """What is known of the client of a case; nothing for most of the older ones."""
    if number_of(case) <= WITH_A_CLIENT and number_of(case) % 20:
        return {}
    random = _random(case, "client")
    origin, name = _named(case, random)
    known = {
        F.NAME: name,
        F.BIRTH_DATE: _born(case, random).isoformat(),
        F.NATIONALITY: origin,
        F.PHONE: f"+1 505 555 0{random.randint(100, 199)}" if random.random() < 0.8 else "",
        F.A_NUMBER: f"A{random.randint(200_000_000, 219_999_999)}"
        if case.practice_area is PracticeArea.REMOVAL
        else "",
        F.SAFE_CONTACT: _reached(case, random).kept(),
        F.HOUSEHOLD: household_of(case).kept(),
        F.STORY: random.choice(STORIES),
    }
    return {field: text for field, text in known.items() if text}


def _named(case: Case, random: Random) -> tuple[str, str]:
    if elsewhere := ELSEWHERE.get(case.languages[0]):
        origin, first, last = elsewhere
        return origin, f"{random.choice(first)} {random.choice(last)}"
    indigenous, number = case.languages[0] in INDIGENOUS, number_of(case)
    surnames = MAYAN if indigenous else SURNAMES
    whole = (GIVEN[number % len(GIVEN)], surnames[number % len(surnames)], surnames[(7 * number + 3) % len(surnames)])
    return "Guatemala" if indigenous else random.choice(ORIGINS), " ".join(dict.fromkeys(whole))


def number_of(case: Case) -> int:
    """The number in the reference of a case of the demo."""
    return int(case.ref.rpartition("-")[2])


def _born(case: Case, random: Random) -> date:
    """A young person where the relief is for one, else somebody grown up."""
    young = "juvenile" in case.relief
    years = random.randint(14, 20) if young else random.randint(21, 64)
    return case.received - timedelta(days=365 * years + random.randint(1, 300))


def _reached(case: Case, random: Random) -> SafeContact:
    if case.practice_area is PracticeArea.VICTIMS:
        return SafeContact(Way.CALL, (TimeOfDay.MORNING,), (Care.NO_VOICEMAIL, Care.NO_NAME), note="Not after five.")
    way = random.choice((Way.CALL, Way.CALL, Way.TEXT, Way.PERSON))
    return SafeContact(way, person="Her sister, who knows about the case" if way is Way.PERSON else "")


def parties_of(case: Case) -> tuple[Party, ...]:
    """Who else a case is about: a husband or an employer against her in some cases of victims, family in others."""
    if number_of(case) <= WITH_A_CLIENT:
        return ()
    random = _random(case, "parties")
    if case.practice_area is PracticeArea.VICTIMS and random.random() < 0.7:
        name = f"{random.choice(GIVEN[5:10])} {' '.join(random.sample(SURNAMES, 2))}"
        return (Party(id=new_id(), case=case.id, role=PartyRole.ADVERSE, name=name),)
    if case.practice_area is PracticeArea.FAMILY:
        name = f"{random.choice(GIVEN)} {' '.join(random.sample(SURNAMES, 2))}"
        return (Party(id=new_id(), case=case.id, role=PartyRole.FAMILY, name=name),)
    return ()
