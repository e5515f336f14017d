"""What is new inside a group, as letters. Called by the actions of this matter, inside
`override(language)`. Where a group is sensitive, nothing outside the letter tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.alerts.inside.queries import Found
from exchange.alerts.letters import Letter, letter, link
from exchange.alerts.models import Wishes
from exchange.alerts.telling import letters as telling
from exchange.contributions.models import Contribution
from exchange.core.text import excerpt
from exchange.hubs.models import Space
from exchange.mail.paper import Piece

Content = Wishes.Content
_TEASER = 280


def one(found: Found, *, content: str, stop: str, write_to: str) -> Letter:
    """One thing: the words as far as they may stand here, how to answer, how to begin anew."""
    why = _("you belong to %(group)s") % {"group": found.space.shown_name}
    more = _begin_anew(write_to)
    if found.reply is not None:
        return telling.answers([found.reply], why=why, stop=stop, content=content, more=more)
    return telling.new(found.row, why=why, stop=stop, content=content, more=more)


def several(
    some: Sequence[Found], space: Space, *, content: str, stop: str, write_to: str
) -> Letter:
    """Several things of one group in one letter, the oldest first."""
    n = len(some)
    words = ngettext("One thing is new in your group.", "%(n)d things are new in your group.", n)
    if content == Content.NOTICE:
        place = link(reverse("inside:talk", args=[space.slug]))
        button = Piece("button", _("Open it"), place)
        return letter(_("A message for you"), words % {"n": n}, button, *_foot(stop))
    pieces = [piece for found in some for piece in _entry(found)]
    why = _("You get this because you belong to %(group)s.") % {"group": space.shown_name}
    return letter(
        _("New in your group"),
        Piece("heading", space.shown_name),
        words % {"n": n},
        *pieces,
        *_begin_anew(write_to),
        *_foot(stop, why),
    )


def may_all_read(row: Contribution, asker: str, stop: str) -> Letter:
    """To its author: whether everybody may read what stands inside."""
    return letter(
        _("A question about what you wrote"),
        _("%(name)s asks whether everybody on the Exchange may read what you wrote in your group.")
        % {"name": asker},
        Piece("title", row.title, link(row.get_absolute_url()), row.language),
        _("Answer this mail with yes or no. Answers given in the group stay there."),
        _("On its page you can look at your words first, change them, and share them yourself."),
        Piece("button", _("Open it"), link(row.get_absolute_url())),
        *_foot(stop),
    )


def waiting(space: Space, count: int) -> Letter:
    """To its hosts: how much waits, and not a word of it."""
    words = ngettext(
        "One thing in your group waits for a host.",
        "%(n)d things in your group wait for a host.",
        count,
    )
    place = link(reverse("inside:queue", args=[space.slug]))
    return letter(
        _("Something waits for you"),
        words % {"n": count},
        Piece("button", _("Look at it"), place),
    )


def _entry(found: Found) -> list[Piece]:
    said = found.reply
    url = link((said or found.row).get_absolute_url())
    body = said.body if said else (found.row.body or found.row.summary)
    language = (said or found.row).language
    name = said.shown_author if said else found.row.shown_author
    words = [Piece("words", excerpt(body, _TEASER), url, language)] if body else []
    return [
        Piece("title", found.row.title, url, found.row.language),
        Piece("context", name),
        *words,
    ]


def _begin_anew(write_to: str) -> list[Piece]:
    if not write_to:
        return []
    words = _("To write something new to this group, send a mail to %(address)s.")
    return [Piece("small", words % {"address": write_to})]


def _foot(stop: str, why: str = "") -> list[Piece]:
    said = [Piece("small", why)] if why else []
    return [Piece("rule"), *said, Piece("small", _("To hear less, or nothing:"), stop)]
