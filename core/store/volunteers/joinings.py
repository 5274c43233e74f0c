"""Invitations and joinings in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from core import tables as t
from core.errors import NotFound
from core.model.states import JoiningState
from core.model.volunteers.joining import Asked, Invitation, Joining
from core.model.volunteers.profile import Profile
from core.store.moving import move
from core.store.paths import via
from core.store.tokens import mark_of_token

Row = dict[str, Any]
DECIDED: Final = (str(JoiningState.VERIFIED), str(JoiningState.REFUSED))


async def insert_invitation(
    key: UUID, *, roster: UUID, token: str, made_by: str, now: datetime, until: datetime
) -> None:
    """Write an invitation."""
    i = t.Invitation
    mark = mark_of_token(token)
    await i.insert(i(id=key, roster=roster, mark=mark, made_by=made_by, made_at=now, expires_at=until))


async def revoke_invitation(key: UUID, *, roster: str, now: datetime) -> bool:
    """End an invitation of a roster; False when it is revoked already, NotFound when the roster has none such."""
    i = t.Invitation
    mine = await i.select(i.id).where(i.id == key, via(i.roster).name == roster).first()
    if mine is None:
        raise NotFound("There is no such invitation.")
    return bool(await i.update({i.revoked_at: now}).where(i.id == key, i.revoked_at.is_null()).returning(i.id))


async def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that a link speaks of, open or not."""
    found = await _invitations(t.Invitation.mark == mark_of_token(token))
    return found[0] if found else None


async def invitations_of(roster: str) -> list[Invitation]:
    """The invitations of a roster, the newest first."""
    return await _invitations(via(t.Invitation.roster).name == roster)


async def _invitations(*conditions: Any) -> list[Invitation]:
    i = t.Invitation
    query = i.select(*_columns(i)).where(*conditions).order_by(i.id, ascending=False)
    return [msgspec.convert(row, Invitation) for row in await query]


def _columns(i: Any, prefix: str = "") -> list[Any]:
    roster = via(i.roster)
    plain = (i.id, i.made_by, i.made_at, i.expires_at, i.revoked_at)
    named = [one.as_alias(prefix + one._meta.name) for one in plain]
    of_roster = ((roster.name, "roster"), (roster.title, "title"), (roster.bar, "bar"))
    return [*named, *(column.as_alias(prefix + name) for column, name in of_roster)]


async def count_by_state(invitations: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    """How many joinings by each of these invitations are in each state."""
    if not invitations:
        return {}
    marks = ", ".join("{}" for _ in invitations)
    rows = await t.Joining.raw(
        f"SELECT invitation, state, COUNT(*) AS joinings FROM joining WHERE invitation IN ({marks}) "  # noqa: S608 -- placeholders only
        "GROUP BY invitation, state",
        *invitations,
    )
    return {(UUID(str(row["invitation"])), row["state"]): row["joinings"] for row in rows}


async def insert_joining(
    key: UUID, *, invitation: UUID, asked: Asked, token: str, now: datetime, until: datetime
) -> None:
    """Write that somebody asked to join."""
    j = t.Joining
    await j.insert(
        j(
            id=key,
            invitation=invitation,
            state=str(JoiningState.ASKED),
            number=asked.number,
            name=asked.name,
            email=asked.email,
            mark=mark_of_token(token),
            asked_at=now,
            expires_at=until,
        )
    )


async def joining_by_token(token: str) -> Joining | None:
    """The joining that a mailed link speaks of."""
    found = await joinings_where(t.Joining.mark == mark_of_token(token))
    return found[0] if found else None


async def find_joining(key: UUID) -> Joining:
    """The joining with this id; NotFound otherwise."""
    found = await joinings_where(t.Joining.id == key)
    if not found:
        raise NotFound("Nobody of this kind is joining.")
    return found[0]


async def joining_of_account(account: UUID) -> Joining | None:
    """The last joining whose account this is."""
    found = await joinings_where(t.Joining.account == account)
    return found[-1] if found else None


async def rivals_of(joining: Joining, numbers: Sequence[str]) -> int:
    """How many others wait to be confirmed with one of these numbers at the same bar."""
    if not numbers:
        return 0
    j = t.Joining
    same_bar = via(via(j.invitation).roster).bar == joining.invitation.bar
    waits = j.state == str(JoiningState.WAITING)
    count: int = await j.count().where(j.id != joining.id, j.number.is_in(list(numbers)), waits, same_bar)
    return count


async def joinings_in(state: JoiningState, *, limit: int) -> list[Joining]:
    """The joinings in a state, whoever finished first before others."""
    j = t.Joining
    return await joinings_where(j.state == str(state), order=j.accepted_at, limit=limit)


async def decided_last(*, limit: int) -> list[Joining]:
    """The joinings that were decided on last, the newest first."""
    j = t.Joining
    return await joinings_where(j.state.is_in(list(DECIDED)), order=j.decided_at, newest=True, limit=limit)


async def joinings_where(
    *conditions: Any, order: Any = None, newest: bool = False, limit: int | None = None
) -> list[Joining]:
    """The joinings that meet Piccolo conditions on their table, in the order of asking unless another is given."""
    j = t.Joining
    query = j.select(*j.all_columns(), *_columns(j.invitation, "i_")).where(*conditions)
    query = query.order_by(order or j.id, ascending=not newest)
    rows = await (query.limit(limit) if limit else query).output(load_json=True)
    return [_joining(row) for row in rows]


def _joining(row: Row) -> Joining:
    invitation = {name.removeprefix("i_"): value for name, value in row.items() if name.startswith("i_")}
    asked = {name: row[name] for name in Asked.__struct_fields__}
    return msgspec.convert(row | {"invitation": invitation, "asked": asked}, Joining)


async def move_joining(key: UUID, to: JoiningState, **changes: Any) -> None:
    """Move a joining; TooLate when its state has no such arrow any more."""
    await move(t.Joining, key, to, subject="joining", **changes)


async def write_profile(key: UUID, profile: Profile) -> bool:
    """Write what somebody offers while she waits; False where she does not wait any more."""
    j = t.Joining
    new = j.update({j.profile: msgspec.json.encode(profile).decode()})
    return bool(await new.where(j.id == key, j.state == str(JoiningState.WAITING)).returning(j.id))


async def password_of(key: UUID) -> str:
    """The hash of the password that somebody chose and that no account has yet; empty where her account has it."""
    row = await t.Joining.select(t.Joining.password_hash).where(t.Joining.id == key).first()
    return row["password_hash"] if row else ""


async def drop_asked(*, email: str = "", before: datetime | None = None) -> None:
    """Forget those who asked and did not follow the link: of one address, or whose links ran out before an instant."""
    j = t.Joining
    which = j.email == email if before is None else j.expires_at < before
    await j.delete().where(j.state == str(JoiningState.ASKED), which)
