"""The inbox of the portal as an ordinary channel: delivered means that the message is shown there."""

from collections.abc import Sequence

from amparo import Channel, Envelope, Receipt, Settings, hookimpl


class Inbox:
    """Shows messages in the portal, to everybody who can sign in. It needs no address and cannot fail."""

    name = "inbox"
    needs_address = False

    async def deliver(self, envelope: Envelope) -> Receipt:
        """Say that the message may be shown: the inbox page lists what was sent through this channel."""
        return Receipt(detail="Shown in the portal.")


@hookimpl
def amparo_channels(settings: Settings) -> Sequence[Channel]:
    """The inbox is always there."""
    return (Inbox(),)
