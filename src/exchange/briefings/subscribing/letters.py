"""The one letter that asks, and short answers by mail; in the language that is active.
Called by the telling and the handlers of subscribing."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.briefings.models import Subscriber
from exchange.core.languages import current
from exchange.mail import commands, headers, small_words, tokens
from exchange.mail.paper import Paper, Piece
from exchange.mail.tokens import What


def asks(subscriber: Subscriber, token: str, *, by_host: bool) -> Paper:
    """Asks once. Whoever did not wish it need do nothing."""
    page = f"{settings.BASE_URL}{reverse('briefings:confirm', args=[token])}"
    word = small_words.word_for("yes", current())
    why = (
        _("A host of the Exchange was told that you may like our newsletter. It tells what practitioners asked, answered and learned.")
        if by_host
        else _("Somebody asked for our newsletter with this address. It tells what practitioners asked, answered and learned.")
    )  # fmt: skip
    return Paper(
        _("Shall we send you the newsletter?"),
        (
            Piece("marker"),
            Piece("heading", _("Shall we send you the newsletter?")),
            Piece("plain", why),
            Piece("plain", _("If you want it, answer this mail with %(yes)s, or open this page and say yes there:") % {"yes": word}),
            Piece("button", _("Yes, send it to me"), page),
            Piece("small", _("If you do not want it, do nothing. Without a yes we send nothing, and forget this address after 14 days.")),
        ),
        current(),
    )  # fmt: skip


def comes_already(subscriber: Subscriber) -> Paper:
    """To whoever asks for what they get."""
    return _short(
        _("The newsletter comes to you already"),
        Piece("plain", _("You need do nothing.")),
        Piece("link", _("To stop it, or to change its language or hub:"), change_page(subscriber)),
    )


def comes_now(subscriber: Subscriber) -> Paper:
    """After a yes by mail."""
    word = commands.word_for("newsletter-stop", current())
    return _short(
        _("The newsletter comes to you from now on"),
        Piece("plain", _("To stop it, write %(stop)s to us at any time.") % {"stop": word}),
        Piece("link", _("To stop it, or to change its language or hub:"), change_page(subscriber)),
    )


def stopped() -> Paper:
    word = commands.word_for("newsletter", current())
    said = _("The newsletter does not come any more. To have it again, write %(word)s to us.")
    return _short(_("No more newsletters"), Piece("plain", said % {"word": word}))


def forgotten() -> Paper:
    said = _("We send no newsletter to this address, and have forgotten it.")
    return _short(_("Thank you. It stays as it is."), Piece("plain", said))


def yes_is_missing() -> Paper:
    word = small_words.word_for("yes", current())
    said = _("We need one word from you. If you want the newsletter, answer this mail with %(yes)s. Without it nothing happens.")  # fmt: skip
    return _short(_("Shall we send you the newsletter?"), Piece("plain", said % {"yes": word}))


def with_the_hosts() -> Paper:
    said = _("Thank you. The hosts will read it, and answer you themselves.")
    return _short(_("Your mail is with the hosts"), Piece("plain", said))


def change_page(subscriber: Subscriber) -> str:
    """A link that asks for the address, so that a copy of the letter changes nothing."""
    person = subscriber.member_id or 0
    token = tokens.make(What.NEWS_PAGE, person=person, item=subscriber.pk, days=headers.PAGE_DAYS)
    return f"{settings.BASE_URL}{reverse('briefings:stop', args=[token])}"


def _short(subject: str, *pieces: Piece) -> Paper:
    return Paper(subject, (Piece("marker"), Piece("heading", subject), *pieces), current())
