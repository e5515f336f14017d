"""What somebody answers by mail to a letter of the hosts: it comes into the same matter.
Its handler is registered by hooks."""

from __future__ import annotations

from exchange.contacting.actions import receiving
from exchange.contacting.models import Contact
from exchange.contacting.rules import LONGEST
from exchange.core.text import clean
from exchange.mail.inbound import Arrived, Outcome

KEPT, DONE = "kept", "done"


def take(arrived: Arrived) -> Outcome:
    """The token is in our letter to this person alone, so whoever has it may go on with the matter.
    What its own domain disowns, and what has no words, a host looks at among the other mails."""
    token = arrived.token
    rows = Contact.objects.select_related("member")
    contact = rows.filter(pk=token.item, emptied_at=None).first() if token else None
    if token is None or contact is None or (contact.member_id or 0) != token.person:
        return Outcome(KEPT, "contact-gone")
    words = clean(arrived.opened.words)[: 2 * LONGEST]
    if not words:
        return Outcome(KEPT, "contact-empty")
    if arrived.trust == "fail":
        return Outcome(KEPT, "contact-unsure")
    from_elsewhere = arrived.opened.from_address.lower() != contact.mail_address.lower()
    word = receiving.add(
        contact=contact,
        text=words,
        incoming_id=arrived.mail_id,
        from_elsewhere=from_elsewhere,
    )
    return Outcome(DONE, "contact-more", "contact", word.contact_id)
