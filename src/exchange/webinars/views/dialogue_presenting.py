"""The presenters' view, readable from a metre away: the question now, the next three, the minutes left.
Called by urls alone; a presenter without an account comes by the key of their own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.dialogue import actions, desk, queries
from exchange.webinars.live import state
from exchange.webinars.models import Asked, Presenter
from exchange.webinars.rules import Roles
from exchange.webinars.views.dialogue_answering import REFUSALS
from exchange.webinars.views.dialogue_helping import of_team
from exchange.webinars.views.dialogue_words import why_not
from exchange.webinars.views.live import with_live_line
from exchange.webinars.views.room import kept_private, reader
from exchange.webinars.views.scripts import script

NEXT = 3
_VERBS = {"now": actions.take_up, "answered": actions.answer, "wait": actions.put_back}


@never_cache
@require_http_methods(["GET", "POST"])
def presenting(request: HttpRequest, pk: int) -> HttpResponse:
    """For a presenter who is a member, the lead and hosts."""
    webinar, roles = of_team(request, pk, lambda roles: roles.may_present)
    here = reverse("webinars:presenting", args=[pk])
    return _page(request, webinar, roles, here=here, by=reader(request))


@never_cache
@require_http_methods(["GET", "POST"])
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """For who has no account. Asked anew each time, so that it closes when they leave."""
    agreed = Presenter.objects.filter(key=key, answer=Presenter.Answer.AGREED)
    agreed = agreed.exclude(member__is_active=False).exclude(member__paused_until__gt=now())
    presenter = agreed.first()
    found = state.entered(presenter.webinar_id, None) if presenter else None
    if presenter is None or found is None:
        raise Http404
    here = reverse("webinars:presenting-by-key", args=[key])
    roles = Roles(is_presenter=True)
    # Who speaks without wishing to be named is named nowhere.
    name = presenter.name if presenter.is_shown else ""
    return _page(request, found[0], roles, here=here, by=None, name=name)


def _page(
    request: HttpRequest,
    webinar: Any,
    roles: Roles,
    *,
    here: str,
    by: Member | None,
    name: str = "",
) -> HttpResponse:
    if request.method == "POST":
        return _done(request, webinar, roles, here=here, by=by, name=name)
    wall = queries.wall(webinar)
    waiting = [row for row in wall if row.state == Asked.State.SHOWN]
    context = {
        "webinar": webinar,
        "here": here,
        "answering": next((row for row in wall if row.state == Asked.State.ANSWERING), None),
        "next": waiting[:NEXT],
        "more": max(0, len(waiting) - NEXT),
        "minutes": desk.minutes_left(webinar),
        "people": webinar.live_people or 0,
        "word": desk.word_now(webinar),
        "seq": webinar.live_seq,
        "team_script": script("team.js"),
        "large": static("webinars/presenting.css"),
    }
    page = render(request, "webinars/dialogue/presenting.html", context)
    return with_live_line(request, kept_private(page))


def _done(
    request: HttpRequest,
    webinar: Any,
    roles: Roles,
    *,
    here: str,
    by: Member | None,
    name: str,
) -> HttpResponse:
    verb, _colon, number = request.POST.get("deed", "").partition(":")
    known = verb in _VERBS and number.isdecimal() and len(number) < 18
    row = queries.on_wall(webinar, int(number)) if known else None
    if row is None:
        raise Http404
    more = {"answered_as": name} if verb == "answered" and name else {}
    try:
        _VERBS[verb](asked=row, by=by, roles=roles, **more)
    except REFUSALS as error:
        messages.error(request, why_not(error))
    return HttpResponseRedirect(here)
