"""The door of a video room, the hosts' page of it, and what an engine calls.
Called by urls alone."""

from __future__ import annotations

import hmac
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.core.time import now
from exchange.members.doors import host_required
from exchange.webinars import queries
from exchange.webinars.models import Engine, Presenter, Seat, Webinar
from exchange.webinars.rooms import (
    actions,
    callbacks,
    comers,
    costs,
    engines,
    finding,
    rules,
    words,
)
from exchange.webinars.rooms import queries as rooms
from exchange.webinars.rooms.comers import Comer
from exchange.webinars.rooms.errors import (
    AgreementNeeded,
    EngineTrouble,
    MayNotEnter,
    RoomNotOpen,
)
from exchange.webinars.rooms.forms import JoinForm
from exchange.webinars.views.room import (
    kept_private,
    reader,
    roles_here,
    seat_here,
    webinar_asked,
)

_LARGEST_CALL = 200_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the way in: an address made for this click."""
    webinar = webinar_asked(request, pk)
    seat, roles = seat_here(request, webinar), roles_here(request, webinar)
    comer = None
    if seat is not None or rules.is_of_the_room(roles):
        comer = comers.comer_of(webinar, seat=seat, roles=roles, member=reader(request))
    return _door(request, webinar, comer, seat)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def presenter_join(request: HttpRequest, key: str) -> HttpResponse:
    """The same for a presenter without an account, by the key of their own page."""
    agreed = Presenter.objects.filter(answer=Presenter.Answer.AGREED)
    agreed = agreed.exclude(member__is_active=False).exclude(member__paused_until__gt=now())
    presenter = get_object_or_404(agreed, key=key)
    webinar = queries.public(presenter.webinar_id)
    if webinar is None:
        raise Http404
    return _door(request, webinar, comers.comer_presenting(presenter), None)


def _door(
    request: HttpRequest, webinar: Webinar, comer: Comer | None, seat: Seat | None
) -> HttpResponse:
    has_seat = seat is not None and seat.state == Seat.State.TAKEN
    leads, tries = (comer.leads, comer.tries) if comer else (False, False)
    why = rules.why_not(webinar, leads=leads, has_seat=has_seat, moment=now(), tries=tries)
    has_agreed = seat is not None and seat.agreed_recording_at is not None
    given = request.POST if request.method == "POST" else None
    form = JoinForm(given, webinar=webinar, has_agreed=has_agreed)
    context: dict[str, Any] = {"seat": seat, "leads": leads, "form": form}
    if why is not None or comer is None:
        status = 409 if request.method == "POST" else 200
        return _page(request, webinar, {**context, "why": why}, status)
    if request.method != "POST":
        return _page(request, webinar, context)
    if not form.is_valid():
        return _page(request, webinar, context, 422)
    agrees = bool(form.cleaned_data.get("agrees"))
    try:
        address = actions.enter(webinar=webinar, comer=comer, seat=seat, agrees=agrees)
    except (MayNotEnter, AgreementNeeded):
        return _page(request, webinar, context, 409)
    except RoomNotOpen:
        return _page(request, webinar, {**context, "is_shut": True}, 409)
    except EngineTrouble as trouble:
        return _page(request, webinar, {**context, "trouble": trouble.code}, 503)
    response = kept_private(HttpResponseRedirect(address))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(
    request: HttpRequest, webinar: Webinar, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    code = context.get("why")
    told = {
        "webinar": webinar,
        "others": costs.others(webinar),
        "why_words": words.why(code) if code else "",
        "room_cost": costs.room(webinar),
        "is_elsewhere": webinar.engine == Engine.LINK,
    }
    response = render(request, "webinars/rooms/join.html", {**told, **context}, status=status)
    if code is None and (origin := engines.origin_of(webinar)):
        # A browser follows the answer to a form only to where the page says it may.
        csp_update({"form-action": [origin]})(lambda _request: response)(request)
    return kept_private(response)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@host_required
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """The room at the desk: how it stands, open it, end it for all."""
    webinar = webinar_asked(request, pk)
    if request.method == "POST":
        return _act(request, webinar)
    state = rooms.state_of(webinar)
    context = {
        "webinar": webinar,
        "state": state,
        "trouble": words.trouble(state.trouble) if state.trouble else "",
        "is_bbb": webinar.engine == Engine.BBB,
        "has_room": webinar.engine != Engine.NONE,
        "records": actions.may_be_recorded(webinar),
        "others": costs.others(webinar),
    }
    return kept_private(render(request, "webinars/rooms/desk.html", context))


def _act(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    what = request.POST.get("what", "")
    if webinar.engine != Engine.BBB or what not in ("open", "end"):
        raise Http404
    try:
        if what == "open":
            actions.open_room(webinar)
            messages.success(request, _("The room is open."))
        elif actions.end_room(webinar):
            messages.success(request, _("The room is being closed; this takes some seconds."))
        else:
            messages.info(request, _("The room was not open."))
    except EngineTrouble as trouble:
        messages.error(request, words.trouble(trouble.code))
    return redirect("webinars-desk:room", webinar.pk)


@csrf_exempt
@require_POST
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """The engine tells what happened in one room."""
    if len(request.body) > _LARGEST_CALL:
        return HttpResponse(status=413)
    bearer = request.headers.get("Authorization", "")
    try:
        callbacks.hear(
            webinar_id=pk,
            body=request.body,
            checksum=request.GET.get("checksum", ""),
            bearer=bearer.removeprefix("Bearer ") if bearer.startswith("Bearer ") else "",
        )
    except callbacks.NotFromEngine:
        return HttpResponse(status=401)
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def recorded(request: HttpRequest, pk: int) -> HttpResponse:
    """A recording is ready there; 410 tells the engine that nobody wants it."""
    try:
        callbacks.recorded(webinar_id=pk, signed=request.POST.get("signed_parameters", ""))
    except callbacks.NotFromEngine:
        return HttpResponse(status=401)
    except callbacks.RecordingGone:
        return HttpResponse(status=410)
    return HttpResponse(status=204)


@require_safe
@never_cache
def ended(request: HttpRequest, pk: int, mark: str) -> HttpResponse:
    """The room has ended. This call is signed with nothing but its own address."""
    if not hmac.compare_digest(comers.door_mark(pk).encode(), mark.encode()):
        raise Http404
    webinar = finding.by_number(pk)
    if webinar is None:
        raise Http404
    if request.method == "GET":
        callbacks.ended(webinar)
    return HttpResponse(status=204)
