"""Tickets to the live process, and the one opening in the browser's rules that it needs.
Called by urls, and by the views whose pages read along or listen."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from exchange.webinars.live import tickets
from exchange.webinars.models import Broadcast, Seat, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.views.room import kept_private, roles_here, seat_here, webinar_asked

Answer = TypeVar("Answer", bound=HttpResponse)


def live_origin(request: HttpRequest) -> str:
    """Where the script of this page finds the live process."""
    return tickets.origin(request.build_absolute_uri("/"))


def with_live_line(request: HttpRequest, response: Answer) -> Answer:
    """Let this one page connect to the live process, and play sound from there and from here."""
    origin = live_origin(request)
    response._csp_update = {"connect-src": [origin], "media-src": ["'self'", "blob:", origin]}
    return response


@require_GET
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh ticket, for ten minutes: to read along, or with `?for=sound` to listen."""
    webinar = webinar_asked(request, pk)
    if not webinar.is_public:  # a host may look at it; the live process serves nobody
        raise Http404
    seat, roles = seat_here(request, webinar), roles_here(request, webinar)
    if request.GET.get("for") == "sound":
        given = _to_listen(request, webinar, seat, roles)
    else:
        given = _to_read(request, webinar, seat, roles)
    return kept_private(JsonResponse(given))


def _to_read(
    request: HttpRequest, webinar: Webinar, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    return {
        "url": f"{live_origin(request)}/live/{webinar.pk}/events",
        "ticket": tickets.for_events(webinar.pk, seat=seat, roles=roles),
        "after": tickets.last_number(webinar.pk),
    }


def _to_listen(
    request: HttpRequest, webinar: Webinar, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Whoever has taken a seat may listen, and the team. The address wants ".opus" or ".mp3" and
    the ticket behind it."""
    has_seat = seat is not None and seat.state == Seat.State.TAKEN
    if not (has_seat or roles.is_of_the_team):
        raise Http404
    open_one = webinar.broadcasts.filter(state=Broadcast.State.OPEN).first()
    if open_one is None:
        raise Http404
    given = tickets.for_sound(webinar.pk, broadcast=open_one.key, seat=seat, roles=roles)
    return {"url": f"{live_origin(request)}/live/{webinar.pk}/sound", "ticket": given}
