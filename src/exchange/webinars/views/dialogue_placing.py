"""Whose place a deed is done from: one's own, taken at this moment, or none yet, with the words kept.
Called by the views of the dialogue."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from exchange.members.doors import member_required_keeping_text
from exchange.webinars.errors import WebinarError
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.seats import actions as seats
from exchange.webinars.views.dialogue_answering import wants_json, way_back, way_to
from exchange.webinars.views.room import kept_private, reader, seat_here


def placed(request: HttpRequest, webinar: Webinar) -> Seat | None:
    """Their place. A member who has none takes one by what they do, while there are any."""
    seat = seat_here(request, webinar)
    member = reader(request)
    if member is None or (seat is not None and seat.state != Seat.State.GIVEN_UP):
        return seat
    if not webinar.takes_seats:
        return seat
    try:
        return seats.register(webinar=webinar, member=member)
    except WebinarError:
        return seat


def without_a_place(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Nothing is lost: a visitor signs in and finds their words again; who registers as a guest
    finds them in the form as well."""
    if wants_json(request):
        told = {
            "ok": False,
            "words": _("Please take a place in this webinar first; it is free."),
            "register": way_to("webinars:register", webinar),
        }
        return kept_private(JsonResponse(told, status=403))
    if "text" in request.POST:
        return _kept(request, webinar.pk)
    if reader(request) is not None:
        return HttpResponseRedirect(_ask_page(request, webinar.pk))
    query = urlencode({"next": way_back(request, webinar)})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")


def _ask_page(request: HttpRequest, pk: int) -> str:
    return reverse("webinars:ask", args=[pk])


@member_required_keeping_text(back=_ask_page)
def _kept(request: HttpRequest, pk: int) -> HttpResponse:
    """A member comes here only when no place is left."""
    return HttpResponseRedirect(_ask_page(request, pk))


def line_of(request: HttpRequest, *, browser: bool = False) -> str:
    """Not the address of a line, nor a session: a mark that tells whether two are the same."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "") if browser else ""
    source = cookie or str(get_adapter().get_client_ip(request))
    return salted_hmac("exchange.webinars.line", source).hexdigest()[:32]
