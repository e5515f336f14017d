"""Getting a place, and the page of one's own place: confirm, choose, change, give up.
Called by urls alone. To a visitor it says the same whether an address is known or not."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exchange.mail import tokens
from exchange.mail.tokens import What
from exchange.members.doors import unsent
from exchange.members.models import Member
from exchange.members.naming import NameRefused
from exchange.webinars import hours
from exchange.webinars import queries as webinars
from exchange.webinars.errors import Full, NotNow
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rooms.costs import every as offers
from exchange.webinars.seats import actions, guests, queries
from exchange.webinars.seats.forms import ChangeForm, GuestForm, MemberForm, SeatForm
from exchange.webinars.seats.wishes import of_seat
from exchange.webinars.views.room import (
    is_too_fast,
    kept_private,
    reader,
    remember_seat,
    seat_here,
    webinar_asked,
)

State = Seat.State
_STANDS = (State.TAKEN, State.WAITING)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """A place: a member's with one tap, a guest's after a mail."""
    webinar, member = webinar_asked(request, pk), reader(request)
    seat = seat_here(request, webinar)
    if seat is not None and seat.state in _STANDS:
        return HttpResponseRedirect(_page_of(seat))
    if not webinar.takes_seats:
        status = 409 if request.method == "POST" else 200
        return _register_page(request, webinar, None, status=status)
    if member is not None:
        return _member(request, webinar, member)
    return _guest(request, webinar)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, key: str) -> HttpResponse:
    """One's own place. A guest who opens its link has it in this browser."""
    row = queries.by_key(key)
    webinar = webinars.public(row.webinar_id) if row else None
    if row is None or webinar is None:
        raise Http404
    if row.member_id is not None:
        member = reader(request)
        if member is None:
            return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
        if member.pk != row.member_id:
            raise Http404
    elif request.session.get("webinar_seats", {}).get(str(webinar.pk)) != row.key:
        remember_seat(request, row)
    if request.method != "POST":
        return _seat_page(request, row, webinar)
    if is_too_fast(row):
        why = _("That was too often in a short time. Please wait a little.")
        return _seat_page(request, row, webinar, status=429, why=why)
    return _act(request, row, webinar)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From the header of a letter: no more reminders at one click (RFC 8058), the place stays. No
    sign-in, no cookie; looking changes nothing."""
    row = _of_token(token)
    if row is None:
        return kept_private(render(request, "webinars/seats/stop.html", {}, status=404))
    spoken = translation.get_language_from_path(request.path_info) or row.language
    with translation.override(spoken):
        done = request.method == "POST"
        if done:
            actions.stop_reminders(seat=row)
        context = {"seat": row, "done": done}
        return kept_private(render(request, "webinars/seats/stop.html", context))


def _member(request: HttpRequest, webinar: Webinar, member: Member) -> HttpResponse:
    if request.method != "POST":
        told = {"name": member.display_name[:60], **unsent(request)}
        form = MemberForm(webinar=webinar, member=member, initial=told)
        return _register_page(request, webinar, form)
    if "way" not in request.POST:
        return _taken(request, webinar, member, None)
    form = MemberForm(request.POST, webinar=webinar, member=member)
    return _taken(request, webinar, member, form)


def _taken(
    request: HttpRequest, webinar: Webinar, member: Member, form: MemberForm | None
) -> HttpResponse:
    if form is not None and not form.is_valid():
        return _register_page(request, webinar, form, status=422)
    try:
        row = actions.register(webinar=webinar, member=member, wish=form.wish if form else None)
    except (Full, NotNow, NameRefused) as refusal:
        form = form or MemberForm(webinar=webinar, member=member)
        return _register_page(request, webinar, form, status=409, why=_why(refusal))
    _say_how_it_stands(request, row)
    return HttpResponseRedirect(_page_of(row))


def _guest(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    if request.method != "POST":
        if "sent" in request.GET:
            return _register_page(request, webinar, None, sent=True)
        return _register_page(request, webinar, GuestForm(webinar=webinar))
    form = GuestForm(request.POST, webinar=webinar)
    if not form.is_valid():
        return _register_page(request, webinar, form, status=422)
    address = form.cleaned_data["email"]
    if not _may_ask(request, address):
        why = _("That was too often in a short time. Please wait a little.")
        return _register_page(request, webinar, form, status=429, why=why)
    try:
        guests.ask(webinar=webinar, address=address, wish=form.wish)
    except (NotNow, NameRefused) as refusal:
        return _register_page(request, webinar, form, status=409, why=_why(refusal))
    return HttpResponseRedirect(f"{reverse('webinars:register', args=[webinar.pk])}?sent=1")


def _may_ask(request: HttpRequest, address: str) -> bool:
    """Few letters to one address, some more from one line: nobody is flooded in another's name."""
    from_here = ratelimit.consume(request, action="seats_from_a_line", key="guest")
    return bool(
        from_here and ratelimit.consume(request, action="seats_for_an_address", key=address)
    )


def _act(request: HttpRequest, row: Seat, webinar: Webinar) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "change":
        return _change(request, row, webinar)
    try:
        _done(request, row, act)
    except (Full, NotNow) as refusal:
        return _seat_page(request, row, webinar, status=409, why=_why(refusal))
    return HttpResponseRedirect(_page_of(row))


def _done(request: HttpRequest, row: Seat, act: str) -> None:
    """Do what a button says. Raises Full, NotNow."""
    if act == "come" and row.member is not None:
        _say_how_it_stands(request, actions.register(webinar=row.webinar, member=row.member))
    elif act == "come":
        _say_how_it_stands(request, guests.confirm(seat=row))
    elif act == "give-up" and row.state in _STANDS:
        actions.give_up(seat=row)
        messages.success(
            request, _("You have given up your place. Thank you: somebody else can come.")
        )
    elif act == "no-reminders":
        actions.stop_reminders(seat=row)
        messages.success(request, _("No more reminders. Your place stays yours."))
    elif act == "reminders":
        actions.remind_again(seat=row)
        messages.success(request, _("We remind you again."))
    elif (
        act == "came"
        and row.state == State.TAKEN
        and row.webinar.phase in ("live", "over", "summed")
    ):
        actions.came(seat=row)
        messages.success(request, _("Thank you. We count you in."))


def _change(request: HttpRequest, row: Seat, webinar: Webinar) -> HttpResponse:
    form = _change_form(row, webinar, request.POST)
    if not form.is_valid():
        return _seat_page(request, row, webinar, form=form, status=422)
    try:
        actions.change(seat=row, wish=form.wish)
    except (Full, NotNow, NameRefused) as refusal:
        return _seat_page(request, row, webinar, form=form, status=409, why=_why(refusal))
    messages.success(request, _("Changed."))
    return HttpResponseRedirect(_page_of(row))


def _change_form(row: Seat, webinar: Webinar, typed: Any = None) -> ChangeForm:
    zone = hours.zone_for(row, webinar)
    return ChangeForm(
        typed,
        webinar=webinar,
        member=row.member,
        country=row.country,
        also=zone,
        initial={**vars(of_seat(row)), "zone": zone},
    )


def _say_how_it_stands(request: HttpRequest, row: Seat) -> None:
    if row.state == State.TAKEN:
        messages.success(request, _("You have a place. We have sent you a mail with all about it."))
    else:
        messages.info(request, _("All places are taken. You are on the waiting list."))


def _why(refusal: Exception) -> str:
    if isinstance(refusal, Full):
        return _("There are not so many places. Please come with fewer people.")
    if isinstance(refusal, NameRefused):
        return str(refusal.problem.words)
    return _("No places can be taken in this webinar at the moment.")


def _register_page(
    request: HttpRequest,
    webinar: Webinar,
    form: SeatForm | None,
    *,
    status: int = 200,
    why: str = "",
    sent: bool = False,
) -> HttpResponse:
    member = reader(request)
    zone = hours.zone_for(
        Seat(webinar=webinar, member=member, country=member.country if member else ""), webinar
    )
    context = {
        "webinar": webinar,
        "when": hours.said(webinar.starts_at, zone),
        "form": form,
        "why": why,
        "sent": sent,
        "places": queries.places(webinar) if form is not None else None,
    }
    return kept_private(render(request, "webinars/seats/register.html", context, status=status))


def _seat_page(
    request: HttpRequest,
    row: Seat,
    webinar: Webinar,
    *,
    form: ChangeForm | None = None,
    status: int = 200,
    why: str = "",
) -> HttpResponse:
    stands = row.state in _STANDS
    context = {
        "seat": row,
        "webinar": webinar,
        "when": hours.said(webinar.starts_at, hours.zone_for(row, webinar)),
        "form": (form or _change_form(row, webinar)) if stands else None,
        "is_open": form is not None,
        "why": why,
        "stands": stands,
        "offers": offers(webinar) if stands and webinar.is_coming else [],
        "place_in_line": queries.place_in_line(row) if row.state == State.WAITING else 0,
    }
    return kept_private(render(request, "webinars/seats/seat.html", context, status=status))


def _of_token(token: str) -> Seat | None:
    try:
        found = tokens.read(token)
    except ValueError:
        return None
    if found.what is not What.SEAT_LEAVE:
        return None
    rows = Seat.objects.filter(pk=found.item, member_id=found.person or None)
    return rows.select_related("member", "webinar").first()


def _page_of(row: Seat) -> str:
    return reverse("webinars:seat", args=[row.key])
