"""What clients agreed to, in the database."""

from uuid import UUID

import msgspec

from core import tables as t
from core.model.help.consents import Consent


async def insert_consent(consent: Consent) -> None:
    """Write that a client agreed."""
    await t.Consent.insert(t.Consent(**msgspec.structs.asdict(consent) | {"manner": str(consent.manner)}))


async def consents_of(case: UUID) -> list[Consent]:
    """What a client agreed to, the newest first."""
    rows = await t.Consent.select().where(t.Consent.case == case).order_by(t.Consent.id, ascending=False)
    return [msgspec.convert(row, Consent) for row in rows]
