"""What people are told when the hour moves or is called off, in the language that is active.
Called by `calendars.telling`, inside `override(language)`. Subjects tell nothing of what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.core import zones
from exchange.core.languages import current
from exchange.mail.paper import Paper, Piece
from exchange.webinars import hours
from exchange.webinars.calendars import wording
from exchange.webinars.models import Presenter, Seat, Webinar


@dataclass(frozen=True)
class Before:
    """The time somebody knows."""

    starts_at: datetime
    minutes: int


def moved(webinar: Webinar, seat: Seat, before: Before) -> Paper:
    """The old time, the new one, both by their clock; the calendar moves by itself."""
    zone = hours.zone_for(seat, webinar)
    pieces = [
        Piece("marker"),
        Piece("plain", _opening(seat)),
        _titled(webinar),
        *_times(webinar, before, zone),
    ]
    if seat.state == Seat.State.TAKEN:
        pieces.append(Piece("plain", _("Your place stays yours. The invitation with this mail moves it in your calendar.")))  # fmt: skip
    pieces += [
        Piece("button", _("Open your place"), _own_page(seat)),
        Piece("plain", _("If you cannot come now, give up your place there, so that somebody else can.")),
        Piece("small", _("You get this because you registered.")),
    ]  # fmt: skip
    return Paper(_subject(seat, _("The webinar has another time")), tuple(pieces), current())


def called_off(webinar: Webinar, seat: Seat) -> Paper:
    """It does not take place; why, in the hosts' words."""
    when = hours.said(webinar.starts_at, hours.zone_for(seat, webinar))
    pieces = [
        Piece("marker"),
        *_off(webinar, when),
        Piece("plain", _("We are sorry. You need not do anything; if it stands in your calendar, this mail takes it out.")),
        Piece("link", _("Other webinars:"), _list()),
        Piece("small", _("You get this because you registered.")),
    ]  # fmt: skip
    return Paper(_subject(seat, _("The webinar does not take place")), tuple(pieces), current())


def to_presenter(webinar: Webinar, presenter: Presenter, before: Before | None) -> Paper:
    """To somebody who speaks: the same. `before` is None when it is called off."""
    member = presenter.member
    zone = zones.guess(member.country) if member and member.country else webinar.zone
    because = Piece("small", _("You get this because you agreed to speak."))
    hidden = _("A message for you") if member is not None and member.neutral_subjects else ""
    if before is None:
        pieces = [*_off(webinar, hours.said(webinar.starts_at, zone)), because]
        return Paper(hidden or _("The webinar does not take place"), tuple(pieces), current())
    pieces = [
        Piece("plain", _("The webinar in which you speak has another time:")),
        _titled(webinar),
        *_times(webinar, before, zone),
        Piece("plain", _("If you cannot speak then, please tell the hosts soon.")),
        because,
    ]
    return Paper(hidden or _("The webinar has another time"), tuple(pieces), current())


def _opening(seat: Seat) -> str:
    if seat.state == Seat.State.TAKEN:
        return _("The webinar you registered for has another time:")
    return _("The webinar for which you are on the waiting list has another time:")


def _times(webinar: Webinar, before: Before, zone: str) -> list[Piece]:
    pieces = []
    if before.starts_at != webinar.starts_at:
        old, new = hours.said(before.starts_at, zone), hours.said(webinar.starts_at, zone)
        pieces = [
            Piece("plain", _("Before: %(time)s") % {"time": old}),
            Piece("title", _("Now: %(time)s") % {"time": new}),
        ]
    if before.minutes != webinar.minutes:
        said = ngettext(
            "It lasts one minute now; before, it was %(before)d.",
            "It lasts %(n)d minutes now; before, it was %(before)d.",
            webinar.minutes,
        )
        pieces.append(Piece("plain", said % {"n": webinar.minutes, "before": before.minutes}))
    return pieces


def _off(webinar: Webinar, when: str) -> list[Piece]:
    why = webinar.cancelled_why
    return [
        Piece("plain", _("This webinar does not take place:")),
        _titled(webinar),
        Piece("context", when),
        *([Piece("plain", _("The hosts say:"))] if why else []),
        *([Piece("quote", why, language=webinar.language)] if why else []),
    ]


def _titled(webinar: Webinar) -> Piece:
    address = f"{settings.BASE_URL}{webinar.get_absolute_url()}"
    return Piece("title", webinar.title, address, webinar.language)


def _list() -> str:
    return f"{settings.BASE_URL}{reverse('webinars:list')}"


def _own_page(seat: Seat) -> str:
    return f"{settings.BASE_URL}{wording.seat_page(seat)}"


def _subject(seat: Seat, subject: str) -> str:
    """Who wishes it gets subjects that are all alike."""
    is_hidden = seat.member is not None and seat.member.neutral_subjects
    return _("A message for you") if is_hidden else subject
