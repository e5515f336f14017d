"""The live page for everybody, what is new since a number, and how somebody takes part.
Called by urls alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchange.core import ids, languages, words, zones
from exchange.members.naming import NameRefused
from exchange.webinars.errors import Full, NotNow
from exchange.webinars.live import queries, state
from exchange.webinars.models import Engine, Phase, Seat, Way, Webinar
from exchange.webinars.rooms import costs
from exchange.webinars.rules import Roles
from exchange.webinars.seats import actions as seats
from exchange.webinars.seats.rules import MOST_PEOPLE
from exchange.webinars.seats.wishes import of_seat
from exchange.webinars.views.live import with_live_line
from exchange.webinars.views.room import kept_private, reader, seat_here, webinar_asked
from exchange.webinars.views.scripts import script, style

DOINGS = ("say", "together")
# An answer that many ask for at once is made once; its key carries the last number.
_SHARED_SECONDS = 2
# Further back than this a page is better read anew.
_FURTHEST = 600
_LANE = "webinar_lane"


@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for everybody. Whoever comes after the hour is led to what stays of it."""
    webinar, roles = _entered(request, pk)
    if webinar.is_over or webinar.phase == Phase.CANCELLED:
        return Redirect(webinar.get_absolute_url())
    seat = _seated(request, webinar)
    doing = request.GET.get("do", "")
    if doing in DOINGS and _may_take_part(seat):
        context = {"doing": doing, "back": _base(webinar), **_around(request, webinar, seat)}
        return kept_private(render(request, "webinars/live/doing.html", context))
    page = _page(request, webinar, seat, roles, "webinars/live/page.html")
    return with_live_line(request, page)


@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new since a number, for scripts without a line to the live process; with `?as=page`
    the same for browsers without script: a light page that looks again by itself."""
    webinar, roles = _entered(request, pk)
    seat = seat_here(request, webinar)
    if request.GET.get("as") == "page":
        if webinar.is_over or webinar.phase == Phase.CANCELLED:
            return Redirect(webinar.get_absolute_url())
        return _page(request, webinar, seat, roles, "webinars/live/light.html")
    told = _told(request, webinar, seat)
    response = JsonResponse(told)
    return _light(request, response, hashlib.sha256(response.content).hexdigest()[:20])


@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """By which way, and how many people at this phone."""
    webinar = webinar_asked(request, pk)
    seat = seat_here(request, webinar)
    if seat is None or not _may_take_part(seat):
        raise Http404
    people, way = request.POST.get("people", ""), request.POST.get("way", "")
    if people.isdecimal() and len(people) < 5:
        seats.came(seat=seat, people=int(people), is_there=webinar.is_live)
        messages.success(request, _("Thank you. You are counted together."))
    if way in Way.values:
        return Redirect(_switched(request, webinar, seat, way))
    return Redirect(_base(webinar))


def _switched(request: HttpRequest, webinar: Webinar, seat: Seat, way: str) -> str:
    """Where the chosen way leads at once."""
    try:
        seats.change(seat=seat, wish=replace(of_seat(seat), way=way))
    except (Full, NotNow, NameRefused):
        messages.error(request, _("That could not be changed. Please try again in a moment."))
        return _base(webinar)
    if way == Way.VIDEO and webinar.engine != Engine.NONE:
        return f"{_base(webinar).removesuffix('live/')}join/"
    if way == Way.SOUND and webinar.has_sound:
        return f"{_base(webinar)}sound/"
    if way == Way.MAIL:
        messages.success(
            request, _("Answer one of our letters to ask. What was said comes by mail afterwards.")
        )
    return _base(webinar)


def _entered(request: HttpRequest, pk: int) -> tuple[Webinar, Roles]:
    found = state.entered(pk, reader(request))
    if found is None:
        raise Http404
    return found


def _seated(request: HttpRequest, webinar: Webinar) -> Seat | None:
    """Their place. A member who comes to an hour that takes people gets one; that they came
    stands on it."""
    seat, member = seat_here(request, webinar), reader(request)
    if not webinar.is_live or request.method != "GET":
        return seat
    if seat is None and member is not None and webinar.takes_seats:
        try:
            seat = seats.register(webinar=webinar, member=member)
        except (NotNow, Full, NameRefused):
            return None
    if seat is not None and seat.state == Seat.State.TAKEN and seat.came_at is None:
        seats.came(seat=seat)
    return seat


def _may_take_part(seat: Seat | None) -> bool:
    return seat is not None and seat.state == Seat.State.TAKEN


def _page(
    request: HttpRequest, webinar: Any, seat: Seat | None, roles: Roles, template: str
) -> HttpResponse:
    """The snapshot, or the word that nothing happened since the browser saw it. Visitors share
    one answer for a moment: its key carries the last number and whatever has none."""
    shared = "" if request.COOKIES else _shared_by(request, webinar, template)
    kept = cache.get(shared) if shared else None
    if kept is None:
        kept = _made(request, webinar, seat, roles, template)
        if shared:
            cache.set(shared, kept, _SHARED_SECONDS)
    body, mark = kept
    response = HttpResponse(body)
    if mark:
        return _light(request, response, mark)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _shared_by(request: HttpRequest, webinar: Any, template: str) -> str:
    """Nothing for an address that none of our links has."""
    asked = request.GET
    is_ours = {"as", "lane", "wall", "still"}.issuperset(asked) and len(
        request.get_full_path()
    ) < 120
    if not is_ours or asked.get("lane", "en") not in languages.SPOKEN:
        return ""
    stand = (webinar.live_seq, webinar.phase, webinar.live_people, webinar.version)
    told = repr((template, webinar.pk, stand, request.get_full_path()))
    return f"webinar-page:{hashlib.sha256(told.encode()).hexdigest()}"


def _made(
    request: HttpRequest, webinar: Webinar, seat: Seat | None, roles: Roles, template: str
) -> tuple[bytes, str]:
    """The page, or nothing where the browser has it; and its mark, unless it carries a word that
    is said once."""
    here = state.snapshot(
        webinar,
        seat=seat,
        tongues=_tongues(request, seat),
        whole_wall=request.GET.get("wall") == "all",
    )
    _remember_lane(request, here)
    has_word = len(messages.get_messages(request)) > 0
    mark = "" if has_word else _mark(request, here, webinar, seat, roles)
    if request.COOKIES and _has(request, mark):
        return b"", mark
    around = _around(request, webinar, seat)
    last = here.lines[-1].at if here.lines else None
    context = {
        "here": here,
        "newest": f"{_at(last, around['zone']):%H:%M}" if last else "",
        "still": bool(request.GET.get("still")),
        "offers": costs.every(webinar),
        "team": _team(webinar, roles),
        **around,
    }
    return render(request, template, context).content, mark


def _around(request: HttpRequest, webinar: Webinar, seat: Seat | None) -> dict[str, Any]:
    """What every page of the hour needs around its words."""
    wished = seat.zone if seat and seat.zone else webinar.zone
    # The name of a zone may go; then the world's clock is right.
    zone = wished if zones.is_known(wished) else zones.UNKNOWN
    begins, ends = (_at(moment, zone) for moment in (webinar.starts_at, webinar.ends_at))
    base, asked = _base(webinar), request.GET.get("lane", "")
    lane = f"&lane={asked}" if asked in languages.SPOKEN else ""
    return {
        "webinar": webinar,
        "seat": seat,
        "may_take_part": _may_take_part(seat),
        "base": base,
        "light": f"{base}state/?as=page{lane}",
        "register": f"{base.removesuffix('live/')}register/",
        "here_path": request.get_full_path(),
        "begins": f"{begins:%H:%M}",
        "begins_day": words.day(begins),
        "ends": f"{ends:%H:%M}",
        "zone": zone,
        "city": zones.city(zone),
        "people_here": (seat.people_came or seat.people) if seat else 1,
        "most_people": MOST_PEOPLE,
        "words_language": languages.current(),
        "once_key": ids.new_id(),
        "once_key_too": ids.new_id(),
        "live_script": script(),
        "live_style": style(),
    }


def _at(moment: Any, zone: str) -> Any:
    return moment.astimezone(zones.ZoneInfo(zone))


def _base(webinar: Webinar) -> str:
    return reverse("webinars:live", args=[webinar.pk])


def _team(webinar: Webinar, roles: Roles) -> list[tuple[str, str]]:
    """Ways to the pages of the team, for who has a task."""
    base = _base(webinar)
    found = []
    if roles.may_lead:
        found.append((f"{base}lead/", _("Lead the hour")))
    if roles.may_help:
        found.append((f"{base}helper/", _("Read questions first")))
    if roles.may_present:
        found.append((f"{base}presenter/", _("For presenters")))
    if roles.may_write:
        found.append((f"{base}lanes/", _("Write along")))
        found.append((reverse("webinars-desk:slides", args=[webinar.pk]), _("Slides")))
    return found


def _tongues(request: HttpRequest, seat: Seat | None) -> list[str]:
    """In which languages they read: the one just chosen, the one chosen before, their own."""
    chosen = [request.GET.get("lane", ""), request.session.get(_LANE, "")]
    own = seat.language if seat else ""
    every = [*chosen, own, languages.current()]
    return [code for code in dict.fromkeys(every) if code in languages.SPOKEN]


def _remember_lane(request: HttpRequest, here: state.Snapshot) -> None:
    """For who has a session anyway: a visitor's choice stands in the address alone."""
    asked = request.GET.get("lane", "")
    is_there = here.lane is not None and here.lane.language == asked
    if is_there and request.session.session_key and request.session.get(_LANE) != asked:
        request.session[_LANE] = asked


def _mark(
    request: HttpRequest, here: state.Snapshot, webinar: Webinar, seat: Seat | None, roles: Roles
) -> str:
    """Changes with whatever the page shows; the languages have addresses of their own."""
    wall = [
        (row.pk, row.votes, row.state, row.answer, row.is_mine, row.shown_as)
        for row in here.questions
    ]
    doors = (webinar.phase, webinar.wall_open, webinar.chat_open, webinar.hands_open)
    own = (seat.state, seat.way, seat.people, seat.people_came) if seat else ()
    rest = replace(here, questions=[])
    member = request.user.pk if request.user.is_authenticated else 0
    told = (wall, doors, own, rest, roles, webinar.title, webinar.starts_at, member, script())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def _told(request: HttpRequest, webinar: Any, seat: Seat | None) -> dict[str, Any]:
    since = request.GET.get("since", "")
    last, lane = webinar.live_seq, request.GET.get("lane", "")
    after = int(since) if since.isdecimal() and len(since) < 18 else last
    if after > last or last - after > _FURTHEST:
        return {"seq": last, "again": True}
    audiences = [queries.ALL]
    if lane in languages.SPOKEN:
        audiences.append(f"lane:{lane}")
    if seat is not None and seat.state == Seat.State.TAKEN:
        audiences.append(f"seat:{seat.pk}")
    key = f"webinar-news:{webinar.pk}:{last}:{after}:{','.join(audiences)}"
    found = cache.get(key)
    if found is None:
        news_here = queries.news(webinar.pk, since=after, last=last, audiences=audiences)
        found = {"seq": news_here.seq, "events": news_here.events, "more": news_here.more}
        cache.set(key, found, _SHARED_SECONDS)
    return dict(found)


def _light(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    if _has(request, mark):
        response = HttpResponseNotModified()
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _has(request: HttpRequest, mark: str) -> bool:
    return bool(mark) and mark in request.headers.get("If-None-Match", "")
