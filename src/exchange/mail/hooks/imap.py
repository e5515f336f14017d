"""What the clock does for a mailbox at a provider, if there is one.
Loaded by `mail.hooks`."""

from datetime import datetime

from django.conf import settings

from exchange.ledger.registry import every
from exchange.mail.imap import actions


def bring(now: datetime) -> None:
    """New mails from the mailbox."""
    actions.bring()


if settings.IMAP_URL:
    every(minutes=2, name="mail.ask_mailbox", outside=True)(bring)
