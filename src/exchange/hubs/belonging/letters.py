"""What people are written about belonging to a group, in the language that is active.
Called by `telling` of this matter, inside `override(language)`. Subjects do not name anybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.core.languages import current
from exchange.hubs.models import Membership, Space
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member


def link(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def subject_of(space: Space, words: str) -> str:
    """A subject that tells nothing where the space wishes it so."""
    return _("A message for you") if space.is_sensitive else words


def asked(place: Membership) -> Paper:
    """To the hosts: somebody asks to belong."""
    space = place.space
    said = _("%(person)s asks to belong to %(group)s.")
    told = {"person": place.member.shown_name, "group": space.shown_name}
    pieces = [Piece("heading", _("Somebody asks to come in")), Piece("plain", said % told)]
    if place.words:
        language = place.member.first_language
        pieces.append(Piece("quote", place.words, language=language))
    pieces.append(Piece("button", _("Answer them"), link("hubs:people", space.slug)))
    return _paper(space, _("Somebody asks to come in"), pieces)


def taken_in(place: Membership) -> Paper:
    space = place.space
    said = _("You belong to %(group)s now.") % {"group": space.shown_name}
    pieces = [
        Piece("heading", pgettext("to one person who came into a group", "Welcome")),
        Piece("plain", said),
        Piece("button", _("See what is there"), link("hubs:space", space.slug)),
        _how_much(),
    ]
    return _paper(space, said, pieces)


def declined(place: Membership, note: str) -> Paper:
    space = place.space
    said = _(
        "The hosts of %(group)s cannot take you in now. That is no judgement of your work. You can"
        " ask again in a month, and everything public stays open to you."
    ) % {"group": space.shown_name}
    pieces = [Piece("heading", _("About your request")), Piece("plain", said)]
    if note:
        pieces.append(Piece("quote", note))
    pieces.append(Piece("link", _("Other hubs and groups:"), link("hubs:spaces")))
    return _paper(space, _("About your request"), pieces)


def removed(place: Membership) -> Paper:
    space = place.space
    said = _("You do not belong to %(group)s any more: a host of it decided so. If you think that is wrong, write to the hosts of the Exchange.")  # fmt: skip
    pieces = [
        Piece("heading", _("About your place in a group")),
        Piece("plain", said % {"group": space.shown_name}),
        Piece("link", _("Write to the hosts:"), link("pages:contact")),
    ]
    return _paper(space, _("About your place in a group"), pieces)


def new_host(space: Space, host: Member) -> Paper:
    """To everybody in it."""
    said = _("%(person)s hosts %(group)s from now on.")
    told = {"person": host.shown_name, "group": space.shown_name}
    pieces = [
        Piece("heading", _("Who looks after the group")),
        Piece("plain", said % told),
        Piece("link", _("The people of the group:"), link("hubs:people", space.slug)),
        _how_much(),
    ]
    return _paper(space, _("Who looks after the group"), pieces)


def you_host(space: Space) -> Paper:
    """To the new host: with what it needs."""
    said = _("You host %(group)s now: you take people in, invite them, and read what waits there. On the pages this needs a second factor, which takes two minutes to set up.")  # fmt: skip
    pieces = [
        Piece("heading", _("You host a group now")),
        Piece("plain", said % {"group": space.shown_name}),
        Piece("button", _("Set up the second factor"), link("members:second-factor")),
        Piece("link", _("The people of the group:"), link("hubs:people", space.slug)),
    ]
    return _paper(space, _("You host a group now"), pieces)


def nobody_hosts(space: Space) -> Paper:
    """To the hosts of the Exchange."""
    said = _("The last host of %(group)s has left it. Please look after it, or appoint one of its members.")  # fmt: skip
    pieces = [
        Piece("heading", _("A group without a host")),
        Piece("plain", said % {"group": space.shown_name}),
        Piece("button", _("The people of the group"), link("hubs:people", space.slug)),
    ]
    return _paper(space, _("A group without a host"), pieces)


def _how_much() -> Piece:
    return Piece("small", f"{_('How much you hear, and how to leave:')} {link('hubs:mine')}")


def _paper(space: Space, subject: str, pieces: Iterable[Piece]) -> Paper:
    return Paper(subject_of(space, subject), tuple(pieces), current())
