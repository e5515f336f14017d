"""The pages of sound: the microphone of whoever leads, what it sends, and the page of those who hear.
Called by urls alone."""

import os

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.core.time import now
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.sound import actions, intake, player, queries, rules
from exchange.webinars.views.live import live_origin, with_live_line
from exchange.webinars.views.room import kept_private, roles_here, seat_here, webinar_asked
from exchange.webinars.views.scripts import script

# What brings the programs to a machine of Debian's.
_TO_ADD = "apt-get install ffmpeg icecast2"
_TO_STREAM = "apt-get install icecast2"
_TOKEN = "HTTP_X_SENDING"  # noqa: S105 - the name of a header


@require_safe
def sound(request: HttpRequest, pk: int) -> HttpResponse:
    """The player, and the minutes to catch up with."""
    webinar = webinar_asked(request, pk)
    seat, roles = seat_here(request, webinar), roles_here(request, webinar)
    shown = {"webinar": webinar, "seat": seat, "may_lead": roles.may_lead}
    if not rules.may_listen(seat, roles) or not webinar.is_public:
        return kept_private(render(request, "webinars/sound/page.html", shown))
    shown["sound"] = player.player(webinar, seat=seat, roles=roles, origin=live_origin(request))
    shown["listen_script"] = script("listen.js")
    response = render(request, "webinars/sound/page.html", shown)
    return with_live_line(request, kept_private(response))


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """The microphone. POST takes it, and answers a script; `end` puts it down, for everybody."""
    webinar = webinar_asked(request, pk)
    roles = roles_here(request, webinar)
    if not roles.may_lead:
        raise Http404
    if request.method == "POST" and "end" in request.POST:
        actions.close_all(webinar.pk)
        return HttpResponseRedirect(reverse("webinars:sending", args=[pk]))
    if request.method == "POST":
        return kept_private(_take(request, webinar, roles))
    broadcast = queries.open_broadcast(webinar)
    can_send, can_stream = player.can_send(), player.can_stream(dict(os.environ))
    shown = {
        "webinar": webinar,
        "broadcast": broadcast,
        "is_time": rules.is_time(webinar, now()),
        "send_script": script("send.js"),
        "can_send": can_send,
        "can_stream": can_stream,
        "to_add": _TO_ADD if not can_send else _TO_STREAM,
    }
    return kept_private(render(request, "webinars/sound/sending.html", shown))


def _take(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    if not player.can_send():
        return JsonResponse({}, status=503)
    try:
        broadcast = actions.take(webinar=webinar, by=request.user, roles=roles)
    except NotNow:
        return JsonResponse({}, status=409)
    where = reverse("webinars:sending-piece", args=[webinar.pk, 0]).removesuffix("0/")
    return JsonResponse({"token": intake.token_for(broadcast), "to": where})


@csrf_exempt  # the token in a header is signed for this page alone, and no form can send it
@require_POST
def piece(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One second of sound. 204 taken, 409 somebody else has the microphone, 410 it is over."""
    try:
        sitting = intake.sitting_of(request.META.get(_TOKEN, ""))
        told = request.META.get("CONTENT_LENGTH") or "0"
        length = int(told) if told.isdecimal() and len(told) < 10 else 0
        if not 0 < length <= intake.LARGEST or number > intake.LAST_NUMBER:
            return HttpResponse(status=413)
        intake.put(sitting, number, request.body)
    except intake.BadToken:
        return HttpResponse(status=403)
    except intake.TakenOver:
        return HttpResponse(status=409)
    except intake.Ended:
        return HttpResponse(status=410)
    except (intake.NoRoom, OSError):
        return HttpResponse(status=503)
    return HttpResponse(status=204)
