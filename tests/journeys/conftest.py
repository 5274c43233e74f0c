"""What journeys need beside the databases and the browser."""

from tests.mail import mail_server

__all__ = ["mail_server"]
