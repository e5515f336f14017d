"""What the library writes to members about what they offered: in the language that is active, with
neutral subjects. Called by this room's `telling`, inside `override(language)`."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.library.models import Resource
from exchange.members.models import Member


@dataclass(frozen=True)
class Letter:
    """One mail before it has an address."""

    subject: str
    text: str


def it_stands(resource: Resource, note: str) -> Letter:
    """To a writer: a host has let it stand."""
    return Letter(
        _("What you wrote is out"),
        whole(
            _("Thank you. A host has read what you wrote beside this record, and it stands now:"),
            titled(resource),
            _said(note),
            farewell(),
        ),
    )


def not_taken(resource: Resource, note: str, words: str) -> Letter:
    """To a writer: not this time, why, and their words, so that nothing is lost."""
    return Letter(
        _("A note about what you wrote"),
        whole(
            _("Thank you for writing beside this record. A host has not put it there this time:"),
            titled(resource),
            _said(note),
            _("These were your words; you can change them and send them again:"),
            quoted(words),
            farewell(),
        ),
    )


def something_waits() -> Letter:
    """To hosts, once a day at most: that something waits, and nothing of it."""
    return Letter(
        _("Something waits beside a record"),
        whole(
            _("A member wrote something beside a record of the library. It waits for a host:"),
            link(reverse("library-desk:offered")),
            farewell(),
        ),
    )


def subject_for(member: Member, letter: Letter) -> str:
    """Who wishes it gets subjects that are all alike."""
    return _("A message for you") if member.neutral_subjects else letter.subject


def titled(resource: Resource) -> str:
    return f"{resource.title}\n{link(resource.get_absolute_url())}"


def quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def farewell() -> str:
    return _("The hosts of the Exchange")


def whole(*pieces: str) -> str:
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _said(note: str) -> str:
    return f"{_('The host says:')}\n\n{quoted(note)}" if note else ""
