"""Mail by SMTP: plain text that says there is something to read, a link to it, and no word about a client."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Final

import aiosmtplib

from amparo import AmparoError, Channel, DeliveryFailed, Envelope, Receipt, Settings, Smtp, hookimpl

SECURITY: Final = ("starttls", "tls", "none")
NEARBY: Final = ("localhost", "127.0.0.1", "::1")
NAME_SHOWN: Final = "Amparo"


class Mail:
    """Hands messages to one SMTP server, a connection for each. A repeat carries the same Message-ID."""

    name = "mail"
    needs_address = True

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        self._domain = parseaddr(smtp.sender)[1].rpartition("@")[2] or "localhost"

    async def deliver(self, envelope: Envelope) -> Receipt:
        """Send one mail. DeliveryFailed is permanent where the server refuses this mail for good (5xx)."""
        try:
            message = self._letter(envelope)
            _, said = await self._send(message)
        except aiosmtplib.SMTPException as problem:
            raise DeliveryFailed(_sentence(problem), permanent=_for_good(problem)) from problem
        except OSError as problem:
            raise DeliveryFailed(f"The mail server does not answer ({type(problem).__name__}).") from problem
        except ValueError as problem:
            raise DeliveryFailed("The address or the name cannot be written in a mail.", permanent=True) from problem
        return Receipt(detail=f"Accepted by {self._smtp.host}: {said}"[:200])

    def _letter(self, envelope: Envelope) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = Address(NAME_SHOWN, addr_spec=parseaddr(self._smtp.sender)[1])
        letter["To"] = Address(envelope.to_name, addr_spec=envelope.to_address)
        letter["Subject"] = envelope.subject
        letter["Date"] = formatdate(usegmt=True)
        letter["Message-ID"] = f"<{envelope.idempotency_key}@{self._domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(f"{envelope.body}\n\n{envelope.link}\n\n-- \n{NAME_SHOWN}\n")
        return letter

    async def _send(self, message: EmailMessage) -> tuple[dict[str, aiosmtplib.SMTPResponse], str]:
        smtp = self._smtp
        return await aiosmtplib.send(
            message,
            hostname=smtp.host,
            port=smtp.port,
            username=smtp.username or None,
            password=smtp.password or None,
            use_tls=smtp.security == "tls",
            start_tls=smtp.security == "starttls",
        )


def _codes(problem: aiosmtplib.SMTPException) -> list[int]:
    if isinstance(problem, aiosmtplib.SMTPRecipientsRefused):
        return [one.code for one in problem.recipients]
    return [problem.code] if isinstance(problem, aiosmtplib.SMTPResponseException) else []


def _for_good(problem: aiosmtplib.SMTPException) -> bool:
    """A 5xx about this mail is final (RFC 5321 §4.2.1). One about our greeting, sender or password is ours to mend."""
    about_the_mail = (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
    codes = _codes(problem)
    return isinstance(problem, about_the_mail) and bool(codes) and all(500 <= code < 600 for code in codes)


def _sentence(problem: aiosmtplib.SMTPException) -> str:
    """What happened, without the server's words, which often repeat the address."""
    codes = ", ".join(str(code) for code in _codes(problem))
    if isinstance(problem, aiosmtplib.SMTPAuthenticationError):
        return f"The mail server refuses our user name and password ({codes})."
    if codes:
        return f"The mail server refuses the mail ({codes})."
    return f"The mail server does not answer ({type(problem).__name__})."


def _require_sense(smtp: Smtp) -> None:
    if smtp.security not in SECURITY:
        raise AmparoError(f"AMPARO_SMTP_SECURITY is “{smtp.security}”; write one of {', '.join(SECURITY)}.")
    if "@" not in parseaddr(smtp.sender)[1]:
        raise AmparoError("AMPARO_SMTP_SENDER is not an e-mail address; write one such as amparo@example.org.")
    if smtp.password and smtp.security == "none" and smtp.host not in NEARBY:
        raise AmparoError("The mail password would travel unencrypted; set AMPARO_SMTP_SECURITY to starttls or tls.")


@hookimpl
def amparo_channels(settings: Settings) -> Sequence[Channel]:
    """Mail, where an SMTP server is set."""
    if settings.smtp is None:
        return ()
    _require_sense(settings.smtp)
    return (Mail(settings.smtp),)
