"""What is new from others, as letters: an answer, several answers, something new at a place.
Called by the actions of this matter, inside `override(language)`. How much of the words stands in
them is each member's wish; subjects tell nothing of what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.alerts.letters import Letter, letter, link
from exchange.alerts.models import Wishes
from exchange.contributions import kinds
from exchange.contributions.cards import card
from exchange.contributions.models import Contribution, Experience
from exchange.conversation.models import Reply
from exchange.core.languages import current, named
from exchange.core.text import excerpt
from exchange.mail.paper import Piece

Content = Wishes.Content
# The first lines, for who does not want all.
_TEASER = 280


def answers(
    replies: Sequence[Reply],
    *,
    why: str,
    stop: str,
    content: str = Content.FULL,
    more: Sequence[Piece] = (),
) -> Letter:
    """One answer or several to the same contribution: who said what, how to answer, why it came."""
    row = replies[0].contribution
    count = len(replies)
    subject = _("A new answer for you") if count == 1 else _("New answers for you")
    if content == Content.NOTICE:
        words = ngettext("There is a new answer for you.", "There are new answers for you.", count)
        return _notice(words, nameless(row, replies[0]), stop)
    pieces = [Piece("heading", row.title, language=row.language)]
    for reply in replies:
        pieces += _said(reply, content)
    because = _("You get the answers to this because %(why)s.")
    return letter(
        subject,
        *_answerable(row),
        *pieces,
        Piece("button", _("Read and answer"), link(replies[0].get_absolute_url())),
        *more,
        *_foot(because % {"why": why}, stop, answerable=row.is_open),
    )


def new(
    row: Contribution,
    *,
    why: str,
    stop: str,
    content: str = Content.FULL,
    more: Sequence[Piece] = (),
) -> Letter:
    """Something new at a place they follow, or a question they could help with."""
    if content == Content.NOTICE:
        return _notice(_("There is something new for you."), nameless(row), stop)
    kind = kinds.get(row.kind)
    url = link(row.get_absolute_url())
    context = " · ".join([str(kind.label), *(part.text for part in card(row).context)])
    takes = kind.takes_replies and row.is_open
    return letter(
        _("A new question for you") if row.kind == "question" else _("Something new for you"),
        *(_answerable(row) if takes else []),
        Piece("heading", row.title, language=row.language),
        Piece("context", f"{row.shown_author} · {context}" if row.author_id else context),
        *_words(row, content, url),
        Piece("button", _("Read and answer") if takes else _("Open it"), url),
        *more,
        *_foot(_("You get this because %(why)s.") % {"why": why}, stop, answerable=takes),
    )


def who(reply: Reply) -> str:
    """A name with what they do."""
    return ", ".join(filter(None, [reply.shown_author, reply.shown_role]))


def nameless(row: Contribution, reply: Reply | None = None) -> str:
    """Its address without a word of its title; the page itself leads to the whole one."""
    place = reverse(kinds.get(row.kind).page, args=[row.pk, "-"])
    return link(f"{place}#reply-{reply.pk}" if reply else place)


def _said(reply: Reply, content: str) -> list[Piece]:
    is_answer = reply.contribution.kind == "question" and reply.parent_id is None
    heading = _("%(name)s answered") if is_answer else _("%(name)s wrote")
    url = link(reply.get_absolute_url())
    return [
        Piece("title", heading % {"name": who(reply)} + ":"),
        *_tongue(reply.language),
        _lines(reply.body, url, reply.language, content),
    ]


def _words(row: Contribution, content: str, url: str) -> list[Piece]:
    """The text itself; of a record of the library what it is about, of an experience its parts."""
    full = kinds.get(row.kind).full(row)
    if content == Content.FULL and isinstance(full, Experience):
        return [
            piece
            for name, heading in full.PARTS
            if getattr(full, name)
            for piece in (
                Piece("context", str(heading)),
                Piece("words", getattr(full, name), url, row.language),
            )
        ]
    words = row.body or row.summary
    return [_lines(words, url, row.language, content)] if words else []


def _lines(words: str, url: str, language: str, content: str) -> Piece:
    if content == Content.TEASER:
        return Piece("words", excerpt(words, _TEASER), url, language)
    return Piece("words", words, url, language)


def _tongue(language: str) -> list[Piece]:
    """Which language it is in, when it is not the reader's: words stay as they were written."""
    if language == current():
        return []
    return [Piece("context", _("Written in %(language)s:") % {"language": named(language)})]


def _answerable(row: Contribution) -> list[Piece]:
    return [Piece("marker")] if row.is_open else []


def _foot(why: str, stop: str, *, answerable: bool) -> list[Piece]:
    """`why` is the whole sentence."""
    return [
        Piece("rule"),
        *(
            [Piece("small", _("Answer this mail, and others read your words."))]
            if answerable
            else []
        ),
        Piece("small", why),
        Piece("small", _("To hear less, or nothing:"), stop),
        Piece("small", _("All your mail from us:"), settings.BASE_URL + reverse("alerts:mail")),
    ]


def _notice(words: str, url: str, stop: str) -> Letter:
    """Nothing of what it is about, for whoever looks over the shoulder."""
    return letter(
        _("A message for you"),
        words,
        Piece("button", _("Open it"), url),
        Piece("rule"),
        Piece("small", _("To hear less, or nothing:"), stop),
    )
