"""Writing along: a sentence and Enter, taking it back, the pen, words that wait, opening a lane.
Called by urls and by the view of a lane; every deed is a plain form, and JSON for the script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.noticing import passages_at
from exchange.core import ids
from exchange.core.time import now
from exchange.webinars.errors import AlreadyDone, NotNow, TooFast
from exchange.webinars.lanes import actions, queries, rules
from exchange.webinars.lanes.forms import AboutLaneForm, LaneForm, LineForm
from exchange.webinars.live import state
from exchange.webinars.models import Lane, Line
from exchange.webinars.rules import Roles
from exchange.webinars.views.room import kept_private, reader
from exchange.webinars.views.scripts import script

_REFUSALS = (NotAllowed, NotNow, TooFast, AlreadyDone, Refused, actions.TooMany)


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """All lanes: who writes in which, what waits to be read, and a new one."""
    found = state.entered(pk, reader(request))
    if found is None or not found[1].is_of_the_team:
        raise Http404
    webinar, roles = found
    lanes = list(Lane.objects.filter(webinar_id=pk).select_related("pen"))
    offered = queries.wanting(webinar, lanes)
    form = LaneForm(request.POST or None, initial={"language": offered})
    if request.method == "POST" and form.is_valid():
        try:
            lane = actions.open_lane(
                webinar=webinar, by=request.user, roles=roles, **form.cleaned_data
            )
        except _REFUSALS as error:
            form.add_error(None, _why_not(error))
        else:
            return Redirect(reverse("webinars:lane", args=[pk, lane.language]))
    context = {
        "webinar": webinar,
        "lanes": [(lane, queries.own_name(lane.language)) for lane in lanes],
        "waiting": _readable(queries.waiting(webinar), request, roles),
        "roles": roles,
        "form": form,
        "base": reverse("webinars:live", args=[pk]),
    }
    status = 422 if form.errors else 200
    return kept_private(render(request, "webinars/lanes/overview.html", context, status=status))


def written(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    """The place to write in one lane, and whatever was done there."""
    if request.method != "POST":
        if _wants_json(request):
            return kept_private(JsonResponse({"ok": True, **_state(lane, request.user.pk)}))
        return _page(request, lane, roles)
    deed = _DEEDS.get(request.POST.get("do", "write"))
    if deed is None:
        raise Http404
    try:
        return deed(request, lane, roles)
    except _REFUSALS as error:
        return _refused(request, lane, error)


def _write(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    form = LineForm(request.POST)
    if not form.is_valid():
        return _typed(request, lane, roles, form)
    try:
        line = actions.write(
            lane=lane,
            by=request.user,
            roles=roles,
            text=form.cleaned_data["text"],
            once_key=request.POST.get("once_key", ""),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        return _typed(request, lane, roles, form, seen)
    except _REFUSALS as error:
        form.add_error(None, _why_not(error, lane))
        return _typed(request, lane, roles, form)
    waits = line.state == Line.State.WAITING
    return _done(request, lane, _("Somebody else reads it first.") if waits else "")


def _back(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    actions.take_back(line=_line(request, lane), by=request.user, roles=roles)
    return _done(request, lane, _("The line is gone from every screen."))


def _out(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    actions.let_out(line=_line(request, lane), by=request.user, roles=roles)
    return _done(request, lane, _("Everybody reads it now."))


def _take(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    actions.take_pen(lane=lane, by=request.user, roles=roles)
    return _done(request, lane, _("You have the pen."))


def _lay(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    actions.lay_down_pen(lane=lane, by=request.user)
    return _done(request, lane, _("The pen is free for the next one."))


def _about(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    form = AboutLaneForm(request.POST)
    if form.is_valid():
        try:
            actions.describe(lane=lane, by=request.user, roles=roles, **form.cleaned_data)
        except Noticed:
            form.add_error("glossary", _why_not(Refused(())))
    if form.errors:
        return _page(request, lane, roles, about=form, status=422)
    return _done(request, lane, _("Kept."))


def _close(request: HttpRequest, lane: Lane, roles: Roles) -> HttpResponse:
    pk = lane.webinar_id
    actions.close_lane(lane=lane, by=request.user, roles=roles)
    return Redirect(reverse("webinars:lanes", args=[pk]))


_DEEDS: dict[str, Callable[[HttpRequest, Lane, Roles], HttpResponse]] = {
    "write": _write,
    "back": _back,
    "out": _out,
    "take": _take,
    "lay": _lay,
    "about": _about,
    "close": _close,
}


def _line(request: HttpRequest, lane: Lane) -> Line:
    given = request.POST.get("line", "")
    rows = lane.lines.select_related("lane").filter(sealed_at=None)
    line = rows.filter(pk=given).first() if given.isdecimal() and len(given) < 18 else None
    if line is None:
        raise Http404
    return line


def _done(request: HttpRequest, lane: Lane, words: str) -> HttpResponse:
    if _wants_json(request):
        return kept_private(
            JsonResponse({"ok": True, "words": words, **_state(lane, request.user.pk)})
        )
    if words:
        messages.success(request, words)
    back = request.POST.get("from", "")
    name = "webinars:lanes" if back == "lanes" else "webinars:lane"
    return Redirect(
        reverse(name, args=[lane.webinar_id] + ([] if back == "lanes" else [lane.language]))
    )


def _refused(request: HttpRequest, lane: Lane, error: Exception) -> HttpResponse:
    words = _why_not(error, lane)
    if _wants_json(request):
        return kept_private(JsonResponse({"ok": False, "words": words}, status=409))
    messages.error(request, words)
    return Redirect(reverse("webinars:lane", args=[lane.webinar_id, lane.language]))


def _typed(
    request: HttpRequest,
    lane: Lane,
    roles: Roles,
    form: LineForm,
    seen: Noticed | None = None,
) -> HttpResponse:
    """The words come back with what is missing or what a gate noticed."""
    noticed = []
    if seen is not None:
        content = Content(title="", body=form.cleaned_data["text"])
        noticed = passages_at(seen, content, lambda name: (form["text"].label, "#id_text"))
    if _wants_json(request):
        words = " ".join(str(one) for found in form.errors.values() for one in found)
        told = {"ok": False, "words": words, "noticed": bool(noticed)}
        return kept_private(JsonResponse(told, status=422))
    return _page(request, lane, roles, form=form, noticed=noticed, status=422)


def _page(
    request: HttpRequest,
    lane: Lane,
    roles: Roles,
    *,
    form: LineForm | None = None,
    noticed: Any = (),
    about: AboutLaneForm | None = None,
    status: int = 200,
) -> HttpResponse:
    moment = now()
    given = {"glossary": lane.glossary, "is_interpreted": lane.is_interpreted}
    context = {
        "webinar": lane.webinar,
        "lane": lane,
        "name": queries.own_name(lane.language),
        "lines": queries.written(lane),
        "roles": roles,
        "form": form or LineForm(),
        "about": about or AboutLaneForm(initial=given, auto_id="about_%s"),
        "noticed": noticed,
        "is_open": rules.is_open_for_lines(lane.webinar, moment),
        "has_pen": rules.has_pen(lane, request.user.pk),
        "pen_is_free": rules.pen_is_free(lane, moment),
        "once_key": request.POST.get("once_key") or ids.new_id(),
        "base": reverse("webinars:live", args=[lane.webinar_id]),
        "script_address": script("write.js"),
    }
    return kept_private(render(request, "webinars/lanes/write.html", context, status=status))


def _state(lane: Lane, member_id: int) -> dict[str, Any]:
    """What the script shows: the last lines, and who has the pen."""
    fresh = Lane.objects.select_related("pen").get(pk=lane.pk)
    return {
        "lines": [
            {"id": line.pk, "text": line.text, "waits": line.state == Line.State.WAITING}
            for line in queries.written(fresh)
        ],
        "pen": _pen_words(fresh, member_id),
    }


def _pen_words(lane: Lane, member_id: int) -> str:
    if lane.pen is None:
        return _("The pen is free.")
    if lane.pen_id == member_id:
        return _("You have the pen.")
    return _("%(name)s has the pen.") % {"name": lane.pen.shown_name}


def _readable(lines: list[Line], request: HttpRequest, roles: Roles) -> list[Line]:
    """Those that this person may let out, or their own."""
    return [
        line
        for line in lines
        if rules.may_let_out(line, request.user.pk, roles) or line.by_id == request.user.pk
    ]


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _why_not(error: Exception, lane: Lane | None = None) -> str:
    """What can be done instead."""
    if isinstance(error, AlreadyDone) and lane is not None:
        return _("Somebody else has the pen and writes. After a minute without a line it is yours.")
    if isinstance(error, AlreadyDone):
        return _("Somebody else was faster with this.")
    if isinstance(error, TooFast):
        return _("That was a lot in a short time. Please wait a moment; your words are kept.")
    if isinstance(error, Refused):
        return _("This cannot go out as it is. Please look at it again, or write to the hosts.")
    if isinstance(error, actions.TooMany):
        return _("There are as many languages as there may be.")
    if isinstance(error, NotNow):
        return _("Lines are taken from an hour before the start until two weeks after the end.")
    return _("You cannot do this here. Write to the hosts if you think you should.")
