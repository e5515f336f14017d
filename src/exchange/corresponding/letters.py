"""What somebody is written about a private message, and about a mail of theirs that answers one.
Called inside `override(language)`. How much of the words stands in it is each member's wish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contributions.bymail import letters as bymail
from exchange.contributions.noticing import Passage
from exchange.core import slots
from exchange.core.languages import current, named
from exchange.core.text import excerpt
from exchange.corresponding.models import Correspondence, Message
from exchange.mail.paper import Paper, Piece
from exchange.mail.wishes import NOTICE, TEASER
from exchange.members import queries as members
from exchange.members.models import Member

_TEASER = 280


def message(
    row: Correspondence, messages: Sequence[Message], *, to: Member, content: str, stop: str
) -> Paper:
    """One message, or several that came shortly after each other."""
    url = f"{settings.BASE_URL}{row.get_absolute_url()}"
    writer = row.other(to)
    if content == NOTICE or writer is None:
        return _notice(url, stop)
    is_request = row.state == Correspondence.State.ASKED
    said = _("%(name)s would like to write with you") if is_request else _("%(name)s wrote to you")
    subject = said % {"name": writer.shown_name}
    pieces = [
        Piece("marker"),
        Piece("heading", subject),
        *([Piece("context", who)] if (who := _who(writer, to)) else []),
    ]
    for one in messages:
        pieces += _words(one, url, content)
    pieces += [
        Piece("button", _("Read and answer"), url),
        Piece("rule"),
        Piece("small", _how(writer.shown_name, is_request=is_request)),
        Piece("small", _("To block this person or report the message:"), url),
        *_foot(stop),
    ]
    return Paper(_subject(to, subject), tuple(pieces), current())


def sent(member: Member, to: Member, path: str, *, left_out: int) -> Paper:
    """Their answer by mail has gone on."""
    heading = _("Your message has gone to %(name)s") % {"name": to.shown_name}
    pieces = [Piece("heading", heading)]
    if left_out:
        said = _("Quotes, signatures and files of your mail stayed behind.")
        pieces.append(Piece("plain", said))
    pieces.append(Piece("link", _("All messages with them"), bymail.link(path)))
    return Paper(_subject(member, heading), tuple(pieces), current())


def decided(member: Member, heading: str, path: str) -> Paper:
    """A request was answered with yes or no, or mails were stopped."""
    pieces = [Piece("heading", heading), Piece("link", _("Your messages"), bymail.link(path))]
    return Paper(_subject(member, heading), tuple(pieces), current())


def not_sent(
    member: Member, why: Iterable[str], *, words: str, path: str, answerable: bool = True
) -> Paper:
    """Why their words did not go on, with the words; an answer to it tries again."""
    heading = _("This has not gone out yet")
    pieces = [
        *([Piece("marker")] if answerable else []),
        Piece("heading", heading),
        *(Piece("plain", one) for one in why),
    ]
    if words:
        pieces += [Piece("plain", _("Your words:")), Piece("quote", words)]
    pieces.append(Piece("link", _("You can go on here:"), bymail.link(path)))
    danger = _("If a child is in danger now, do not wait for an answer here:")
    pieces += [Piece("rule"), Piece("small", danger, bymail.link(bymail.help_now()))]
    return Paper(_subject(member, heading), tuple(pieces), current())


def noticed(passages: list[Passage]) -> list[str]:
    """What the room of safeguarding says of each passage."""
    texts = [
        render_to_string(name, {"noticed": passages}) for name in slots.fillings("noticed-by-mail")
    ]
    return [part.strip() for text in texts for part in text.split("\n\n") if part.strip()]


def _who(writer: Member, reader: Member) -> str:
    seen = members.shown(writer, reader)
    return " · ".join(filter(None, [seen.role, seen.country_label, seen.languages_label]))


def _words(one: Message, url: str, content: str) -> list[Piece]:
    pieces = []
    if one.language != current():
        said = _("Written in %(language)s:") % {"language": named(one.language)}
        pieces.append(Piece("context", said))
    text = excerpt(one.text, _TEASER) if content == TEASER else one.text
    return [*pieces, Piece("words", text, url, one.language)]


def _how(name: str, *, is_request: bool) -> str:
    if is_request:
        return _(
            "Answer this mail, and you have said yes: %(name)s reads your words, and you may write"
            " to each other. Your address is not shown. If you do nothing, nobody is told."
        ) % {"name": name}
    return _("Answer this mail, and %(name)s reads your words. Your address is not shown.") % {
        "name": name
    }


def _notice(url: str, stop: str) -> Paper:
    """Nothing of whom or what, for whoever looks over the shoulder."""
    pieces = (
        Piece("heading", _("A message for you")),
        Piece("button", _("Open it"), url),
        Piece("rule"),
        *_foot(stop),
    )
    return Paper(_("A message for you"), pieces, current())


def _foot(stop: str) -> list[Piece]:
    return [
        Piece("small", _("No more mails about messages from members:"), stop),
        Piece("small", _("All your mail from us:"), settings.BASE_URL + reverse("alerts:mail")),
    ]


def _subject(member: Member, subject: str) -> str:
    """Who wishes it gets subjects that are all alike."""
    return _("A message for you") if member.neutral_subjects else subject
