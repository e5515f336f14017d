"""What somebody is told whose answer came to an address that has run out.
Called by `mail.receiving.handling`."""

from __future__ import annotations

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core.text import excerpt
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail, Mailbox
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.mail.tokens import Token

LONGEST_QUOTE = 5000


def tell_it_has_run_out(arrived: Arrived, token: Token) -> Outcome:
    """Kindly, with their own words, so that nothing they wrote is lost. Words that may be somebody
    else's are sent to nobody: whoever keeps an old address of ours would have a post office."""
    if not arrived.is_proven and (arrived.sender is None or arrived.trust == "fail"):
        return Outcome(IncomingMail.State.KEPT, "expired")
    with override(arrived.language):
        paper = _paper(arrived, token)
    told = answer(arrived, paper, code="expired", token=None)
    return Outcome(IncomingMail.State.REFUSED if told else IncomingMail.State.KEPT, "expired")


def _paper(arrived: Arrived, token: Token) -> Paper:
    day = date_format(token.until, "DATE_FORMAT") if token.until else ""
    said = _("The address you wrote to was good until %(day)s. Nothing was made of your mail.")
    pieces = [
        Piece("heading", _("This address has run out")),
        Piece("plain", said % {"day": day}),
        Piece("plain", _how_to_go_on()),
        Piece("link", _("Open the Exchange"), settings.BASE_URL),
    ]
    words = arrived.opened.words.strip()[:LONGEST_QUOTE]
    is_theirs = arrived.is_proven or (arrived.sender and arrived.sender.person == token.person)
    if words and is_theirs:
        pieces += [Piece("plain", _("This is what you wrote:")), Piece("quote", words)]
    subject = excerpt(arrived.opened.subject, 120) if is_theirs else ""
    title = _("Not sent: %(subject)s") % {"subject": subject} if subject else _("Not sent")
    return Paper(title, tuple(pieces), arrived.language)


def _how_to_go_on() -> str:
    box = Mailbox.objects.filter(is_open=True, opens=Mailbox.Opens.QUESTION, hub="").first()
    if box is None:
        return _("Please answer a newer mail of ours.")
    address = f"{box.local}@{settings.MAIL_DOMAIN}"
    said = _("Please answer a newer mail of ours. To ask something new, write to %(address)s.")
    return said % {"address": address}
