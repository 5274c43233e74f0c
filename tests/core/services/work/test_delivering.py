"""Messages leave after commit, by real SMTP: with a link, without client data, until they arrive or are given up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from core import tables as t
from core.model.messages import Envelope
from core.services.clinic import Clinic
from core.services.notifying import tell_account
from core.services.work.delivering import deliver_messages
from core.store import outbox
from core.store.database import Database
from tests.mail import MailServer, mail_server
from tests.worlds import NOW, accept_all, attorney, clinic, coordinator, joined, offered, seat, waiting

__all__ = ["mail_server"]


@pytest.fixture
def posted(mail_server: MailServer) -> Iterator[Clinic]:
    """A clinic whose mail goes to the test's server."""
    smtp = {"host": "127.0.0.1", "port": mail_server.port, "security": "none", "sender": "amparo@clinic.example"}
    made = clinic(smtp=smtp, base_url="https://clinic.example/")
    yield made
    made.host.close()


async def deliver(at: Clinic, now: datetime = NOW) -> int:
    return await deliver_messages(clinic=at, now=now, random=Random(1))


async def deliveries(channel: str = "mail") -> list[dict[str, Any]]:
    return await t.Delivery.select().where(t.Delivery.channel == channel).order_by(t.Delivery.id)


async def one_message(path: str = "/offers/1") -> str:
    """A message for a fresh coordinator; returns her address."""
    carmen = await coordinator()
    assert carmen.account is not None
    await tell_account(carmen.account, "offer_made", path=path, now=NOW)
    (account,) = await t.Account.select(t.Account.email).where(t.Account.id == carmen.account)
    return str(account["email"])


async def test_a_mail_arrives_with_its_link(database: Database, mail_server: MailServer, posted: Clinic) -> None:
    address = await one_message("/offers/1")
    await deliver(posted)
    (mail,) = mail_server.mails
    assert mail["To"] == f"Carmen <{address}>"
    assert mail["From"] == "Amparo <amparo@clinic.example>"
    assert mail["Subject"] == "You have a new offer"
    assert mail.get_content_type() == "text/plain"
    assert "https://clinic.example/offers/1" in mail.get_content().splitlines()


async def test_no_mail_of_a_whole_story_carries_client_data(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    alma, carmen = await joined(attorney()), await coordinator()
    case = await waiting()
    match = await offered(case, seat(alma), by=carmen, at=posted)
    await accept_all(match)
    await deliver(posted)
    told = "\n".join(mail.as_string() for mail in mail_server.mails)
    assert [mail["Subject"] for mail in mail_server.mails].count("You have a new offer") == 1
    for private in (case.ref, case.summary, "children", "asylum", "Bernalillo", "Spanish"):
        assert private not in told


async def test_a_message_is_shown_in_the_portal_where_no_mail_is_set(database: Database) -> None:
    at = clinic()
    await one_message()
    assert await deliver(at) == 1
    (shown,) = await deliveries("inbox")
    assert (shown["state"], shown["receipt"]) == ("sent", "Shown in the portal.")
    assert await deliveries("mail") == []


async def test_a_mail_waits_for_a_server_that_is_down_and_arrives_once_it_is_back(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    mail_server.stop()
    await one_message()
    pauses: list[timedelta] = []
    now = NOW
    for _ in range(3):
        await deliver(posted, now)
        (waiting_for,) = await deliveries()
        assert waiting_for["state"] == "queued"
        pauses.append(waiting_for["due_at"] - now)
        now = waiting_for["due_at"]
    assert pauses[0] < timedelta(minutes=1.01) < pauses[1] < timedelta(minutes=4.01) < pauses[2]
    assert await deliver(posted, now - timedelta(seconds=1)) == 0

    mail_server.start()
    await deliver(posted, now)
    (arrived,) = await deliveries()
    assert (arrived["state"], arrived["attempts"], arrived["error"]) == ("sent", 4, "")
    assert "Message accepted" in arrived["receipt"]
    assert len(mail_server.mails) == 1


async def test_a_mail_is_given_up_after_eight_tries(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    mail_server.stop()
    await one_message()
    now = NOW
    while (found := (await deliveries() or [{"state": "queued", "due_at": NOW}])[0])["state"] == "queued":
        now = found["due_at"]
        await deliver(posted, now)
    assert (found["state"], found["attempts"]) == ("dead", 8)
    assert found["error"].startswith("The mail server does not answer")
    assert timedelta(hours=12) < now - NOW < timedelta(days=3)


async def test_a_refusal_for_good_is_not_tried_again(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    mail_server.refusal = "550 No such mailbox for carmen"
    await one_message()
    await deliver(posted)
    (refused,) = await deliveries()
    assert (refused["state"], refused["error"]) == ("dead", "The mail server refuses the mail (550).")
    assert (await deliveries("inbox"))[0]["state"] == "sent"


async def test_a_refusal_for_now_is_tried_again(database: Database, mail_server: MailServer, posted: Clinic) -> None:
    mail_server.refusal = "451 Greylisted, come back later"
    await one_message()
    await deliver(posted)
    mail_server.refusal = ""
    await deliver(posted, (await deliveries())[0]["due_at"])
    assert [one["state"] for one in await deliveries()] == ["sent"]


async def test_a_delivered_message_is_not_delivered_again(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    await one_message()
    await deliver(posted)
    assert await deliver(posted, NOW + timedelta(days=1)) == 0
    assert len(mail_server.mails) == 1


async def test_a_repeat_after_a_crash_carries_the_same_message_id(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    await one_message()
    await deliver(posted)
    (sent,) = await deliveries()
    lost: dict[Any, Any] = {t.Delivery.state: "sending", t.Delivery.claimed_until: NOW}
    await t.Delivery.update(lost).where(t.Delivery.id == sent["id"])
    await deliver(posted, NOW + outbox.LEASE)
    first, second = (mail["Message-ID"] for mail in mail_server.mails)
    assert first == second == f"<{sent['id']}@clinic.example>"


async def test_a_delivery_is_claimed_by_one_worker(database: Database, posted: Clinic) -> None:
    await one_message()
    (message,) = await outbox.unplanned()
    await outbox.plan_deliveries(message["id"], ["inbox"], now=NOW)
    await outbox.plan_deliveries(message["id"], ["inbox"], now=NOW)
    (delivery,) = await outbox.due(NOW)
    assert await outbox.claim(delivery, now=NOW) is not None
    assert await outbox.claim(delivery, now=NOW) is None


async def test_a_channel_that_is_not_loaded_any_more_is_waited_for(
    database: Database, mail_server: MailServer, posted: Clinic
) -> None:
    mail_server.stop()
    await one_message()
    await deliver(posted)
    without = clinic()
    await deliver(without, (await deliveries())[0]["due_at"])
    (left,) = await deliveries()
    assert (left["state"], left["error"]) == ("queued", "The channel mail is not loaded. See `amparo plugins`.")
    without.host.close()


async def test_a_name_that_would_break_a_header_does_not_get_into_one(posted: Clinic, mail_server: MailServer) -> None:
    (channel,) = (one for one in posted.host.channels() if one.name == "mail")
    trick = Envelope("key", "Eve\r\nBcc: all@example.org", "eve@example.org", "Hello", "Body", "https://clinic.example")
    with pytest.raises(Exception, match="cannot be written in a mail"):
        await posted.host.acall(channel, channel.deliver, trick)
    assert mail_server.mails == []
