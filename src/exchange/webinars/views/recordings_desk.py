"""Recordings at the desk: hear them, say yes or no, take them away; and how many took part.
Called by urls alone."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.members.doors import host_required
from exchange.members.models import Member
from exchange.webinars.after import figures
from exchange.webinars.errors import AlreadyDone
from exchange.webinars.models import Recording, Series, Webinar
from exchange.webinars.recordings import actions, queries, rules
from exchange.webinars.recordings.errors import NotAgreed, NotHeard
from exchange.webinars.recordings.forms import HearingForm
from exchange.webinars.views.recordings import sound_of
from exchange.webinars.views.room import kept_private, webinar_asked


@require_safe
@never_cache
@host_required
def recordings(request: HttpRequest, pk: int) -> HttpResponse:
    """All recordings of one hour, with what each host said."""
    return _page(request, webinar_asked(request, pk))


@require_POST
@host_required
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the recording now: it was not made by itself, or the program was missing."""
    webinar = webinar_asked(request, pk)
    try:
        row = actions.begin(webinar=webinar)
    except NotAgreed:
        row = None
    if row is None:
        messages.error(request, _("There is nothing that may be made into a recording."))
    else:
        messages.success(request, _("It is being made. Look again in a minute."))
    return redirect("webinars-desk:recordings", webinar.pk)


@require_safe
@never_cache
@host_required
def play(request: HttpRequest, pk: int, number: int, sort: str) -> HttpResponseBase:
    """The sound for a host, who has opened it from then on."""
    row = _recording(request, pk, number)
    if sort not in rules.SORTS or not rules.may_be_heard(row.state):
        raise Http404
    actions.note_played(recording=row, by=_host(request))
    return kept_private(sound_of(request, row, sort))  # type: ignore[arg-type]


@require_safe
@never_cache
@host_required
def elsewhere(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """To the place where the engine keeps it."""
    row = _recording(request, pk, number)
    if not row.address or not rules.may_be_heard(row.state):
        raise Http404
    actions.note_played(recording=row, by=_host(request))
    response = kept_private(HttpResponseRedirect(row.address))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@host_required
def say(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Yes or no, by a host who has heard it."""
    row = _recording(request, pk, number)
    form = HearingForm(request.POST, prefix=f"r{row.pk}")
    if not form.is_valid():
        return _page(request, webinar_asked(request, pk), {row.pk: form}, 422)
    yes = form.cleaned_data["says"] == "yes"
    try:
        after = actions.say(
            recording=row, by=_host(request), says_yes=yes, note=form.cleaned_data["note"]
        )
    except NotHeard:
        form.add_error("says", _("Open the sound first, and hear it through."))
    except NotAgreed as refusing:
        form.add_error("says", _words_of(refusing.names))
    except AlreadyDone:
        messages.info(request, _("It has been taken away meanwhile."))
        return redirect("webinars-desk:recordings", pk)
    if form.errors:
        return _page(request, webinar_asked(request, pk), {row.pk: form}, 422)
    messages.success(request, _said(after))
    return redirect("webinars-desk:recordings", pk)


@require_POST
@host_required
def take_away(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Out of every place at once."""
    try:
        actions.take_away(recording=_recording(request, pk, number), by=_host(request))
    except AlreadyDone:
        messages.info(request, _("It has been taken away meanwhile."))
    else:
        messages.success(request, _("It is taken away, and its files are destroyed."))
    return redirect("webinars-desk:recordings", pk)


@require_safe
@never_cache
@host_required
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """How many took part, as numbers."""
    webinar = webinar_asked(request, pk)
    context = {"webinar": webinar, "figures": figures.of([webinar.pk])}
    return kept_private(render(request, "webinars/recordings/figures.html", context))


@require_safe
@never_cache
@host_required
def series_numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for all hours of a series together."""
    series = get_object_or_404(Series, slug=slug)
    pks = figures.of_series(series)
    context = {"series": series, "hours": len(pks), "figures": figures.of(pks)}
    return kept_private(render(request, "webinars/recordings/figures.html", context))


def _page(
    request: HttpRequest,
    webinar: Webinar,
    typed: dict[int, HearingForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = queries.for_hosts(webinar)
    names = queries.not_agreed(webinar)
    there = {row.kind for row in rows if row.state != Recording.State.GONE}
    making = any(row.state == Recording.State.MAKING for row in rows)
    context: dict[str, Any] = {
        "webinar": webinar,
        "cards": [_card(row, _host(request), typed or {}) for row in rows],
        "refusing": _words_of(names) if names and (webinar.is_recorded or rows) else "",
        "may_make": webinar.is_recorded
        and webinar.is_over
        and not names
        and (making or Recording.Kind.SOUND not in there),
    }
    response = render(request, "webinars/recordings/desk.html", context, status=status)
    csp_update({"media-src": [SELF]})(lambda _request: response)(request)
    return kept_private(response)


def _card(row: Recording, host: Member, typed: dict[int, HearingForm]) -> dict[str, Any]:
    mine = queries.answer_of(row, host)
    said = {"says": "yes" if mine.says_yes else "no", "note": mine.note} if mine else {}
    form = typed.get(row.pk) or HearingForm(initial=said, prefix=f"r{row.pk}")
    return {
        "row": row,
        "form": form,
        "may_hear": rules.may_be_heard(row.state),
        "minutes": round(row.seconds / 60) or 1,
    }


def _words_of(names: list[str]) -> str:
    known = [name or _("somebody who has left") for name in names]
    return _("It cannot go out: %(names)s has not agreed to be recorded.") % {
        "names": ", ".join(known)
    }


def _said(row: Recording) -> str:
    return {
        Recording.State.RELEASED: _("It is out: two hosts have heard it and said yes."),
        Recording.State.WAITING: _("Kept. It goes out when another host says yes as well."),
        Recording.State.REFUSED: _("Kept. It does not go out."),
    }[Recording.State(row.state)]


def _recording(request: HttpRequest, pk: int, number: int) -> Recording:
    webinar = webinar_asked(request, pk)
    rows = Recording.objects.filter(webinar=webinar).select_related("webinar")
    found: Recording = get_object_or_404(rows, pk=number)
    return found


def _host(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)  # noqa: S101 - the door has seen to it
    return request.user
