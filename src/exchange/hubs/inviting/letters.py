"""What the invited are written, and what answers them; in the language that is active.
Called by `telling` and the handlers of mail of this matter. No words of the inviting host stand in it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.hubs.models import Invitation, Space
from exchange.mail import commands, small_words
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member


def invitation(row: Invitation, *, again: bool = False) -> Paper:
    """Who invites, into what, and the two ways to say yes."""
    space, member = row.space, row.member
    subject = _("An invitation") if space.is_sensitive else _("You are invited to a group")
    if again:
        subject = _("A reminder: %(subject)s") % {"subject": subject}
    pieces = [
        Piece("marker"),
        Piece("heading", subject),
        Piece("plain", _invites(row)),
        *([Piece("quote", space.shown_about)] if space.shown_about else []),
        *(() if member else (Piece("plain", _exchange()),)),
        Piece("plain", _yes(member)),
        Piece("button", _("Look at the invitation"), row.url),
        Piece("small", _no(row)),
    ]
    return Paper(subject, tuple(pieces), current())


def you_are_in(space: Space) -> Paper:
    said = _("You belong to %(group)s now.") % {"group": space.shown_name}
    page = f"{settings.BASE_URL}{space.get_absolute_url()}"
    mine = f"{settings.BASE_URL}{reverse('hubs:mine')}"
    return _short(
        said,
        Piece("plain", said),
        Piece("button", _("See what is there"), page),
        Piece("small", f"{_('How much you hear, and how to leave:')} {mine}"),
    )


def yes_is_missing() -> Paper:
    words = {"yes": small_words.word_for("yes", current()), "no": small_words.word_for("no", current())}  # fmt: skip
    said = _("We need one word from you: %(yes)s, if you would like to come in, or %(no)s. Without it nothing happens.")  # fmt: skip
    return _short(_("About your invitation"), Piece("plain", said % words))


def forgotten(*, never_again: bool) -> Paper:
    said = _("You do not come in, and we have forgotten this address.")
    if never_again:
        said = _("We have forgotten this address, and invite it to nothing again.")
    return _short(_("Thank you. It stays as it is."), Piece("plain", said))


def too_late() -> Paper:
    said = _("This invitation does not hold any more. Whoever invited you can write to you again.")
    return _short(_("About your invitation"), Piece("plain", said))


def _invites(row: Invitation) -> str:
    told = {"group": row.space.shown_name, "host": row.by.shown_name if row.by else ""}
    if row.by is None:
        return _("You are invited to belong to %(group)s.") % told
    if row.space.is_hub:
        return _("%(host)s invites you to belong to %(group)s, a regional hub of the Exchange.") % told  # fmt: skip
    return _("%(host)s invites you to belong to %(group)s, a working group on the Exchange.") % told


def _exchange() -> str:
    return _("The Exchange is a place where people who work with communities to keep children safe ask, answer and tell what they learned. It is free, and everything works by mail.")  # fmt: skip


def _yes(member: Member | None) -> str:
    word = {"yes": small_words.word_for("yes", current())}
    if member is not None:
        return _("To come in, answer this mail with the one word %(yes)s, or open:") % word
    return _("To come in, answer this mail with the one word %(yes)s, or open the page below. You then join the Exchange first: it is for adults who accept its code of conduct.") % word  # fmt: skip


def _no(row: Invitation) -> str:
    words = {"no": small_words.word_for("no", current()), "stop": commands.word_for("stop", current())}  # fmt: skip
    if row.member is not None:
        return _("If you do not want to, answer %(no)s or do nothing. To be invited to nothing again, answer %(stop)s.") % words  # fmt: skip
    return _("If you do not want to, answer %(no)s or do nothing: we forget this address after 30 days. To be invited to nothing again, answer %(stop)s.") % words  # fmt: skip


def _short(subject: str, *pieces: Piece) -> Paper:
    return Paper(subject, (Piece("marker"), Piece("heading", subject), *pieces), current())
