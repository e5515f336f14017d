"""What every page of a webinar asks first: which webinar, who is here, what they are in it.
Called by the views beside it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.dialogue import pace
from exchange.webinars.errors import TooFast
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rules import Roles

_SEATS = "webinar_seats"
_KEPT_AT_MOST = 12


def webinar_asked(request: HttpRequest, pk: int) -> Webinar:
    """The webinar, if this person may see it. Raises Http404."""
    webinar = queries.found(pk, reader(request))
    if webinar is None:
        raise Http404
    return webinar


def reader(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None


def roles_here(request: HttpRequest, webinar: Webinar) -> Roles:
    return queries.roles_of(webinar, reader(request))


def seat_here(request: HttpRequest, webinar: Webinar) -> Seat | None:
    """The seat of whoever looks: a member's own alone, or the one whose link this browser has
    opened. A link that somebody sent a member does not make them speak from another's place."""
    rows = Seat.objects.select_related("member").filter(webinar_id=webinar.pk)
    member = reader(request)
    if member is not None:
        return rows.filter(member=member).first()
    key = request.session.get(_SEATS, {}).get(str(webinar.pk), "")
    return rows.filter(key=key, member=None).first() if key else None


def remember_seat(request: HttpRequest, seat: Seat) -> None:
    """A guest opened the link of their own seat: this browser is theirs for this webinar."""
    kept = dict(request.session.get(_SEATS, {}))
    kept.pop(str(seat.webinar_id), None)
    kept[str(seat.webinar_id)] = seat.key
    request.session[_SEATS] = dict(list(kept.items())[-_KEPT_AT_MOST:])


def is_too_fast(seat: Seat) -> bool:
    """Whether more was changed at this place in a minute than anybody means."""
    try:
        pace.PLACE.tap(f"seat:{seat.pk}")
    except TooFast:
        return True
    return False


def kept_private(response: HttpResponse) -> HttpResponse:
    """For pages of one person: no cache between keeps them, no search engine lists them."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
