"""Telling people: a row in the outbox, in the transaction of what happened. No client data, ever.

Whoever is screened off a case is told nothing that leads to it.
"""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from core.model.messages import Message
from core.model.vocabulary import AccountRole
from core.store import accounts, outbox
from core.store.clients import screens
from core.store.keys import new_id

KEYS: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORDS: dict[str, tuple[str, str]] = {
    "offer_made": (
        "You have a new offer",
        "A case is offered to you. Please look at it in the portal and answer before it expires.",
    ),
    "offer_reminder": (
        "An offer is waiting for your answer",
        "An offer expires soon. Please answer in the portal; a no is as helpful as a yes.",
    ),
    "offer_expired": (
        "An offer has expired",
        "The time to answer has passed, so the case went back to the waitlist. Nothing more is needed from you.",
    ),
    "offer_frozen": (
        "An offer is on hold",
        "A coordinator needs to look at your offer first. Please do not start work on it; we will be in touch.",
    ),
    "offer_revoked": (
        "An offer was withdrawn",
        "An offer to you was withdrawn. Nothing is needed from you, and thank you for being there.",
    ),
    "match_ended": (
        "A match has ended",
        "A team that you are part of does not go ahead. Nothing is needed from you; the portal says more.",
    ),
    "claim_approved": (
        "Your claim is approved",
        "The case that you asked for is yours to prepare. The next steps are in the portal.",
    ),
    "claim_rejected": (
        "Your claim was not approved",
        "A coordinator decided differently this time. Other cases are waiting in the portal.",
    ),
    "team_complete": (
        "Your team is complete",
        "Everybody in your team has accepted. Please check for conflicts next: the portal shows you how.",
    ),
    "names_open": (
        "Please check for conflicts once more",
        "A coordinator has opened the names of a case to you again, or replied to your question. The portal shows it.",
    ),
    "check_question": (
        "A volunteer asks something before answering the conflict check",
        "The question waits in the portal. Until it has a reply the conflict check stands still.",
    ),
    "check_clear": (
        "A team has no conflicts",
        "Everybody on a team has looked at the names and has no conflict. The letter can be signed.",
    ),
    "check_conflict": (
        "A volunteer has a conflict",
        "The match has ended, and the case is back on the waitlist, its waiting time kept.",
    ),
    "engaged": (
        "The engagement has begun",
        "Conflicts are clear and the engagement letter is signed. The portal shows your match.",
    ),
    "claim_made": ("A volunteer claims a case", "A claim waits for your approval."),
    "offer_declined": ("An offer was declined", "A case is back on the waitlist, with the next best candidates."),
    "team_accepted": ("A team has accepted", "All seats of a match are accepted. Conflicts can be cleared."),
    "standing_alert": ("A volunteer's standing has changed", "An attorney with offers or cases needs your attention."),
    "roster_held": ("A roster needs your eyes", "A bar's roster looks unlike the last one. Nothing of it was applied."),
    "roster_gone": (
        "A volunteer is not on the bar's roster",
        "A roster does not list a volunteer any more. Please ask.",
    ),
    "account_closed": (
        "Your two sign-ins are one now",
        "We had two records of you and have made them one. Please sign in with your other address from now on.",
    ),
    "roster_access": (
        "You keep your bar's roster now",
        "A coordinator has given you access to your bar's roster: its runs, and what its members give.",
    ),
    "roster_invited": (
        "Your access to your bar's roster",
        "A coordinator has given you access to your bar's roster. With the link below you choose a password; it works "
        "once, and for two days.",
    ),
    "run_done": ("The matcher has finished", "New proposals are ready for you."),
    "answer_ready": (
        "The matcher has an answer",
        "What you asked beside a run is worked out.",
    ),
    "joining_link": (
        "Your link to join",
        "Somebody, you we hope, wants to join as a volunteer with this address. The link below works once and not for "
        "long. If it was not you, do nothing: without the link nobody joins.",
    ),
    "joining_known": (
        "You have an account here already",
        "Somebody, you we hope, wants to join as a volunteer with this address. It has an account already, so please "
        "sign in with it. If the password is lost, a coordinator can help. If it was not you, do nothing.",
    ),
    "joining_waits": ("Somebody waits to be confirmed", "A person who joins needs your eyes before anything is shown."),
    "joining_confirmed": (
        "You are a volunteer now",
        "A coordinator has confirmed who you are. The portal shows you the cases that are waiting.",
    ),
    "joining_welcome": (
        "Welcome",
        "Your bar's roster has confirmed who you are. The portal shows you the cases that are waiting.",
    ),
    "joining_refused": (
        "We could not confirm who you are",
        "A coordinator has looked at what you wrote, and could not confirm it. The reason:",
    ),
    "document_came": ("A client has sent a document", "A document has come from a client. It is in the case's file."),
    "task_given": ("A task is for you", "A colleague has given you a task. Your tasks are in a list."),
    "task_due": (
        "A task of yours is due",
        "A task of yours is due today, or was due before. Your tasks are in a list.",
    ),
    "deadlines_near": ("Deadlines come near", "The calendar shows which, and which of them nobody has in hand yet."),
    "deadline_near": (
        "A deadline of your case comes near",
        "Please look at it in the portal, and say there that you have it in hand, or that it is done.",
    ),
    "deadline_escalated": (
        "Nobody acts on a deadline",
        "A deadline is near or past, and nobody has said that it is in hand or done. The page of today shows which.",
    ),
    "law_changed": (
        "Rules about deadlines have changed",
        "The deadlines of all open cases are counted anew. The portal shows what changed, and which cases moved.",
    ),
    "request_came": ("Somebody asks for help", "A request came by the clients' page. It waits to be read."),
    "request_stopped": (
        "A client has ended a request",
        "A request was ended on its client’s page. Where that was not the client, or not on purpose, the case can be "
        "opened again, and keeps the time that it has waited.",
    ),
    "client_wrote": ("A client has written", "A message waits to be read, on the page of the case."),
    "run_failed": ("The matcher has failed", "No proposal was saved. The run's page says why."),
}
"""Subject and body by kind of message."""


async def tell_account(account: UUID, kind: str, *, path: str, now: datetime, more: str = "") -> None:
    """Queue a message for somebody who can sign in. ``more`` is what a person adds to the words of its kind."""
    await _queue(account, "", kind, path=path, now=now, more=more)


async def tell_address(address: str, kind: str, *, path: str, now: datetime, more: str = "") -> None:
    """Queue a message for somebody who has no account yet. It is not told by name: a stranger may have written that."""
    await _queue(None, address, kind, path=path, now=now, more=more)


async def _queue(account: UUID | None, address: str, kind: str, *, path: str, now: datetime, more: str) -> None:
    subject, body = WORDS[kind]
    if account is not None and await _leads_to_a_closed_case(account, path):
        return
    await outbox.insert_message(
        Message(
            id=new_id(),
            account=account,
            kind=kind,
            subject=subject,
            body=f"{body}\n\n{more}" if more else body,
            path=path,
            created_at=now,
            address=address,
        )
    )


async def _leads_to_a_closed_case(account: UUID, path: str) -> bool:
    """Whether a path leads to a case that the owner of an account is screened off."""
    keys = [UUID(key) for key in KEYS.findall(path)]
    return await screens.belong_to(frozenset(await screens.cases_closed_to(account)), keys) if keys else False


async def tell_volunteer(volunteer: UUID, kind: str, *, path: str, now: datetime) -> None:
    """Queue a message for a volunteer, if she has an account."""
    account = await accounts.account_of_volunteer(volunteer)
    if account is not None:
        await tell_account(account, kind, path=path, now=now)


async def tell_coordinators(kind: str, *, path: str, now: datetime) -> None:
    """Queue a message for every coordinator."""
    for account in await accounts.accounts_with(AccountRole.COORDINATOR):
        await tell_account(account, kind, path=path, now=now)
