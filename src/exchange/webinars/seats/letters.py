"""What is written to whoever takes part, in the language that is active.
Called by `telling` and `reminding` of seats, inside `override(language)`. Subjects tell nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.core.languages import current
from exchange.mail import commands, small_words
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.webinars import hours
from exchange.webinars.models import Seat, Way, Webinar
from exchange.webinars.rooms.costs import cost
from exchange.webinars.seats import queries, rules

_DAY = 24 * 60


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def own_page(seat: Seat) -> str:
    return link(reverse("webinars:seat", args=[seat.key]))


def confirm(seat: Seat, webinar: Webinar) -> Paper:
    """To an address that somebody typed."""
    said = _(
        "Somebody, probably you, wants to come to this webinar with this address. If you are 18 or"
        " older and want to come, answer this mail with the one word %(yes)s, or open:"
    )
    return _paper(
        seat,
        _("Do you want to come?"),
        [
            Piece("marker"),
            *_what(webinar, seat),
            Piece("plain", said % {"yes": small_words.word_for("yes", current())}),
            Piece("button", _("Yes, I want to come"), own_page(seat)),
            Piece(
                "small",
                _("If it was not you, do nothing: in a week we forget this address."),
            ),
        ],
    )


def known(member: Member, webinar: Webinar) -> Paper:
    """To a member whose address somebody typed: nothing was done in their name."""
    page = link(reverse("webinars:register", args=[webinar.pk]))
    said = _("Answer %(come)s and you have a place. Or sign in and take it with one tap:")
    pieces = (
        Piece("marker"),
        Piece("plain", _("Somebody, probably you, wants to come to this webinar as a guest. You are a member: you do not need to be a guest.")),
        *_about(webinar, hours.said(webinar.starts_at, _zone_of(member, webinar))),
        Piece("plain", said % {"come": commands.word_for("come", current())}),
        Piece("button", _("Take a place"), page),
        Piece("small", _("If it was not you, do nothing: nothing has changed.")),
    )  # fmt: skip
    return Paper(_subject(member, _("Do you want to come?")), pieces, current())


def place(seat: Seat, webinar: Webinar, *, moved_up: bool = False, again: bool = False) -> Paper:
    """They have a place: at once, from the waiting list, or already."""
    first = _("You have a place in this webinar:")
    if moved_up:
        first = _("A place has become free, and it is yours:")
    elif again:
        first = _("You have a place in this webinar already:")
    pieces = [
        Piece("marker"),
        Piece("plain", first),
        *_what(webinar, seat),
        *_for_club(seat),
        Piece("button", _("Open your place"), own_page(seat)),
        Piece("plain", _("This link is yours alone. There you go in, choose how you take part, or give up your place.")),
        *_ways(),
        _ask(),
        *_foot(seat),
    ]  # fmt: skip
    return _paper(seat, _("Your place in the webinar"), pieces)


def waiting(seat: Seat, webinar: Webinar) -> Paper:
    """All places are taken."""
    said = _(
        "All places are taken. You are number %(n)s on the waiting list. When a place becomes free"
        " it is yours, and we write to you."
    )
    pieces = [
        Piece("marker"),
        *_what(webinar, seat),
        Piece("plain", said % {"n": queries.place_in_line(seat)}),
        Piece("button", _("Open your place"), own_page(seat)),
        *_foot(seat),
    ]
    return _paper(seat, _("You are on the waiting list"), pieces)


def given_up(seat: Seat, webinar: Webinar, *, by_host: bool) -> Paper:
    """The place is free again."""
    said = (
        _("A host has taken your place back. If you think this is a mistake, answer this mail.")
        if by_host
        else _("You have given up your place. Thank you: somebody else can come.")
    )
    page = link(reverse("webinars:register", args=[webinar.pk]))
    pieces = [Piece("plain", said), *_what(webinar, seat)]
    if not by_host:
        pieces.append(Piece("link", _("Should you want to come after all:"), page))
    return _paper(seat, _("Your place in the webinar"), pieces)


def reminder(seat: Seat, webinar: Webinar, minutes: int) -> Paper:
    """So long before the start. Answering asks the presenters."""
    pieces = [
        Piece("marker"),
        *_what(webinar, seat),
        *_for_club(seat),
        Piece("button", _("Open your place"), own_page(seat)),
        *_ways(),
        _ask(),
        *_foot(seat),
    ]
    return _paper(seat, in_how_long(minutes), pieces)


def thanks(seat: Seat, webinar: Webinar) -> Paper:
    """After the end."""
    pieces = [
        Piece("marker"),
        Piece("plain", _("Thank you for being with us, or for wanting to be.")),
        Piece("title", webinar.title, link(webinar.get_absolute_url()), webinar.language),
        Piece("plain", _("What was asked and answered stands on its page. The summary follows, and comes to you by mail.")),
        Piece("button", _("Open your place"), own_page(seat)),
        Piece("plain", _("Is there something left to ask? Answer this mail.")),
        *_foot(seat),
    ]  # fmt: skip
    return _paper(seat, _("Thank you from the webinar"), pieces)


def in_how_long(minutes: int) -> str:
    """The subject of a reminder."""
    if minutes % _DAY == 0:
        n = minutes // _DAY
        return ngettext(
            "The webinar is in one day", "The webinar is in %(n)d days", n
        ) % {"n": n}  # fmt: skip
    if minutes % 60 == 0:
        n = minutes // 60
        return ngettext(
            "The webinar is in one hour", "The webinar is in %(n)d hours", n
        ) % {"n": n}  # fmt: skip
    said = ngettext("The webinar is in one minute", "The webinar is in %(n)d minutes", minutes)
    return said % {"n": minutes}


def _what(webinar: Webinar, seat: Seat) -> list[Piece]:
    return _about(webinar, hours.said(webinar.starts_at, hours.zone_for(seat, webinar)))


def _about(webinar: Webinar, when: str) -> list[Piece]:
    return [
        Piece("title", webinar.title, link(webinar.get_absolute_url()), webinar.language),
        Piece("context", when),
    ]


def _for_club(seat: Seat) -> list[Piece]:
    if not seat.is_group:
        return []
    said = _("The place is for %(n)d people together: %(group)s.")
    return [Piece("plain", said % {"n": seat.people, "group": seat.group or seat.shown_name})]


def _ways() -> list[Piece]:
    """How to be there on a poor line, with what it costs."""
    said = _(
        "On a poor line take part by text (%(cost)s). Or by mail alone: send your questions by"
        " answering this mail, and get the summary afterwards."
    )
    return [Piece("plain", said % {"cost": cost(Way.TEXT)})]


def _ask() -> Piece:
    return Piece("plain", _("Have you a question to the presenters? Answer this mail with it."))


def _foot(seat: Seat) -> Iterable[Piece]:
    said = _("To give up your place, answer %(leave)s. For no more reminders, answer %(stop)s.")
    words = {
        "leave": commands.word_for("give-up", current()),
        "stop": commands.word_for("stop", current()),
    }
    yield Piece("small", said % words)
    if seat.member is None:
        kept = _("We forget your address %(n)d days after the webinar.")
        yield Piece("small", kept % {"n": rules.KEPT_AFTER.days})


def _paper(seat: Seat, subject: str, pieces: Iterable[Piece]) -> Paper:
    return Paper(_subject(seat.member, subject), tuple(pieces), current())


def _subject(member: Member | None, subject: str) -> str:
    """Who wishes it gets subjects that are all alike."""
    return _("A message for you") if member is not None and member.neutral_subjects else subject


def _zone_of(member: Member, webinar: Webinar) -> str:
    return hours.zone_for(Seat(webinar=webinar, member=member, country=member.country), webinar)
