"""What the mail room keeps: mail that goes, mail that came, addresses and how they fare.
Written by the actions of each matter; it knows addresses and numbers, never members."""

from exchange.mail.models.incoming import IncomingMail, Mailbox
from exchange.mail.models.outgoing import OutgoingMail, OutgoingMailQuerySet, Pace
from exchange.mail.models.standing import Bounce, Standing

__all__ = [
    "Bounce",
    "IncomingMail",
    "Mailbox",
    "OutgoingMail",
    "OutgoingMailQuerySet",
    "Pace",
    "Standing",
]
