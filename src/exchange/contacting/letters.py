"""What is written to whoever wrote to the hosts, in the language that is active.
Called by the actions of this room, inside `override(language)`. Nothing of their own words is in it:
whoever types another's address sends them no text of theirs."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contacting.models import Contact
from exchange.core.languages import current
from exchange.mail.paper import Paper, Piece


def received(contact: Contact) -> Paper:
    """That it has come, and what will be done."""
    heading = _("Your words have reached the hosts")
    pieces = [
        Piece("marker"),
        Piece("heading", heading),
        Piece(
            "plain",
            _(
                "Somebody, probably you, wrote to the hosts of the Exchange and gave this address"
                " for an answer. One to three people read everything, beside their other work. It"
                " may take some days."
            ),
        ),
        Piece("plain", _("Do you want to add something? Answer this mail.")),
        *_danger(),
        Piece("small", _("If it was not you, do nothing: you hear no more of it.")),
    ]
    return Paper(_subject(contact, heading), tuple(pieces), current())


def answer(contact: Contact, text: str, host: str) -> Paper:
    """A host's answer."""
    pieces = [
        Piece("marker"),
        Piece("words", text, language=contact.language),
        Piece("plain", _("%(name)s, for the hosts of the Exchange") % {"name": host}),
        Piece("plain", _("Is there more to say? Answer this mail: it comes to all hosts.")),
        *_danger(),
    ]
    subject = _subject(contact, _("An answer from the hosts of the Exchange"))
    return Paper(subject, tuple(pieces), current())


def _danger() -> tuple[Piece, ...]:
    page = f"{settings.BASE_URL}{reverse('pages:help-now')}"
    said = _("If a child is in danger now, do not wait for an answer here:")
    return (Piece("rule"), Piece("small", f"{said}\n{page}"))


def _subject(contact: Contact, subject: str) -> str:
    """Who wishes it gets subjects that are all alike."""
    member = contact.member
    return _("A message for you") if member is not None and member.neutral_subjects else subject
