"""What people who take part by mail are answered, in the language that is active.
Called by `bymail` and `asking`, inside `override(language)`."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.mail import commands, small_words
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.webinars import hours
from exchange.webinars.errors import DoorClosed, NotNow, TooFast
from exchange.webinars.models import Asked, Seat, Webinar
from exchange.webinars.seats.letters import link, own_page

MOST = 10


def listed(webinars: Sequence[Webinar], member: Member | None) -> Paper:
    """What is coming, each with its number and the word that takes a place."""
    heading = _("Webinars that are coming")
    pieces = [Piece("heading", heading)]
    if not webinars:
        pieces.append(
            Piece("plain", _("No webinar is planned at the moment. We announce each one."))
        )
    for webinar in webinars[:MOST]:
        reader = Seat(webinar=webinar, member=member, country=member.country if member else "")
        word = f"{commands.word_for('come', current())} {webinar.pk}"
        pieces += [
            Piece("title", webinar.title, link(webinar.get_absolute_url()), webinar.language),
            Piece("context", hours.said(webinar.starts_at, hours.zone_for(reader, webinar))),
            Piece("plain", _("To come, write: %(command)s") % {"command": word}),
        ]
    return Paper(heading, tuple(pieces), current())  # fmt: skip


def too_late(webinar: Webinar) -> Paper:
    """It takes nobody now: not open yet, over, called off."""
    said = _("No places can be taken in this webinar at the moment. Its page says how it stands:")
    return _short(
        _("You have no place yet"),
        Piece("plain", said),
        Piece("title", webinar.title, link(webinar.get_absolute_url()), webinar.language),
    )


def has_place(webinar: Webinar, seat: Seat) -> Paper:
    waits = seat.state == Seat.State.WAITING
    said = (
        _("You are on the waiting list already.") if waits else _("You have a place there already.")
    )
    when = hours.said(webinar.starts_at, hours.zone_for(seat, webinar))
    return _short(
        _("Your place in the webinar"),
        Piece("plain", said),
        Piece("title", webinar.title, own_page(seat), webinar.language),
        Piece("context", when),
    )


def how_to_come() -> Paper:
    said = _("To come to this webinar, answer this mail with the one word %(come)s.")
    word = commands.word_for("come", current())
    return _short(_("We did not understand that"), Piece("plain", said % {"come": word}))


def yes_is_missing(seat: Seat) -> Paper:
    said = _(
        "We need one word from you. If you are 18 or older and want to come, answer this mail with"
        " %(yes)s. Without it nothing happens."
    )
    word = small_words.word_for("yes", current())
    return _short(_("Do you want to come?"), Piece("plain", said % {"yes": word}))


def forgotten(seat: Seat) -> Paper:
    return _short(
        _("Thank you. It stays as it is."),
        Piece("plain", _("Nobody has a place with this address, and we have forgotten it.")),
    )


def no_reminders(seat: Seat) -> Paper:
    said = _("You get no more reminders of this webinar. Your place stays yours. To give it up, answer %(leave)s.")  # fmt: skip
    word = commands.word_for("give-up", current())
    return _short(_("No more reminders"), Piece("plain", said % {"leave": word}))


def taken(seat: Seat, asked: Asked) -> Paper:
    """The question is in; somebody reads it before others do."""
    said = (
        _("Thank you. A host reads your question first, because it may say something about a child or a place.")
        if asked.needs_host
        else _("Thank you. The helper of the presenters reads your question, then it stands on the wall.")
    )  # fmt: skip
    return _short(
        _("Your question is with us"),
        Piece("plain", said),
        Piece("quote", asked.text, language=asked.language),
        Piece("link", _("You can see the questions and their answers here:"), own_page(seat)),
    )


def not_taken(seat: Seat, refusal: Exception, words: str) -> Paper:
    """Why not, and the words as they came."""
    pieces = [Piece("plain", _why(seat, refusal)), Piece("plain", _("Your words:"))]
    return _short(_("This has not gone out yet"), *pieces, Piece("quote", words))


def empty() -> Paper:
    said = _("We found no words of yours in your mail. Please write your question above the quoted text.")  # fmt: skip
    return _short(_("We did not understand that"), Piece("plain", said))


def _why(seat: Seat, refusal: Exception) -> str:
    if isinstance(refusal, NotNow) and seat.state != Seat.State.TAKEN:
        return _("Only people who have a place can ask. Your place waits, or is given up.")
    if isinstance(refusal, NotNow):
        return _("Your question came too late for this webinar. You can ask it on the Exchange at any time.")  # fmt: skip
    if isinstance(refusal, DoorClosed):
        return _("No questions are taken at this moment. Please try again a little later.")
    if isinstance(refusal, TooFast):
        return _("That was much in a short time. Please send it again in a few minutes.")
    return _("This cannot go out as it is. Please look at it again, or write to the hosts: they will help.")  # fmt: skip


def _short(subject: str, *pieces: Piece) -> Paper:
    return Paper(subject, (Piece("marker"), *pieces), current())
