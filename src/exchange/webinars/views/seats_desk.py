"""The hosts' pages of one webinar's places: who comes, who waits; and its reminders.
Reached through urls by hosts who have shown a second factor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.core.languages import named
from exchange.members.doors import host_required
from exchange.taxonomy import vocabulary
from exchange.webinars import hours
from exchange.webinars.models import Phase, Reminder, Seat, Way
from exchange.webinars.seats import actions, queries, reminding
from exchange.webinars.seats.forms import ReminderForm
from exchange.webinars.views.room import kept_private, webinar_asked

_DAY = 24 * 60
_OFFSET = re.compile(r"-?[0-9]{1,6}")


@dataclass(frozen=True)
class ReminderRow:
    """One reminder as the page shows it."""

    minutes: int
    words: str
    when: str
    sent: bool


@host_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, by the names they chose; addresses stay out of sight."""
    webinar = webinar_asked(request, pk)
    if request.method == "POST":
        number = request.POST.get("seat", "")[:12]
        asked = int(number) if number.isdecimal() else 0
        _decide(request, get_object_or_404(Seat, webinar=webinar, pk=asked))
        return HttpResponseRedirect(reverse("webinars-desk:seats", args=[webinar.pk]))
    number = request.GET.get("page", "")[:4]
    page = int(number) if number.isdecimal() else 1
    taken, has_more = queries.taken_seats(webinar, page=page)
    figures = queries.figures(webinar)
    context = {
        "webinar": webinar,
        "waiting": queries.waiting_list(webinar) if page < 2 else [],
        "taken": taken,
        "earlier": page - 1 if page > 1 else 0,
        "later": page + 1 if has_more else 0,
        "figures": figures,
        "by_way": [(Way(way).label, n) for way, n in figures.by_way.most_common()],
        "by_language": [(named(code), n) for code, n in figures.by_language.most_common()],
        "by_country": [
            (vocabulary.country_name(code), n) for code, n in figures.by_country.most_common(12)
        ],
    }
    return kept_private(render(request, "webinars/seats/desk.html", context))


@host_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """When people are reminded: offsets, which move with the webinar."""
    webinar = webinar_asked(request, pk)
    if webinar.phase == Phase.ANNOUNCED:
        reminding.set_defaults(webinar_id=webinar.pk)
    form = ReminderForm(request.POST if "number" in request.POST else None)
    back = HttpResponseRedirect(reverse("webinars-desk:reminders", args=[webinar.pk]))
    if request.method == "POST" and "away" in request.POST:
        away = request.POST["away"]
        if _OFFSET.fullmatch(away):
            reminding.remove(webinar=webinar, minutes=int(away))
            messages.success(request, _("This reminder does not go any more."))
        return back
    if request.method == "POST" and form.is_valid():
        try:
            reminding.add(webinar=webinar, minutes=form.cleaned_data["minutes"])
        except reminding.TooMany:
            form.add_error(None, _("That is enough mail: take another reminder away first."))
        else:
            messages.success(request, _("Everybody with a place is reminded then."))
            return back
    rows = [_row(one) for one in queries.reminders_of(webinar)]
    context = {"webinar": webinar, "rows": rows, "form": form}
    status = 422 if request.method == "POST" else 200
    return kept_private(render(request, "webinars/seats/reminders.html", context, status=status))


def _decide(request: HttpRequest, row: Seat) -> None:
    act = request.POST.get("act", "")
    if act == "let-in" and row.state == Seat.State.WAITING:
        actions.let_in(seat=row, by=request.user)
        messages.success(request, _("They have a place now, and are told by mail."))
    elif act == "remove" and row.state in (Seat.State.TAKEN, Seat.State.WAITING):
        actions.give_up(seat=row, by=request.user)
        messages.success(request, _("The place is free again. They are told by mail."))


def _row(one: Reminder) -> ReminderRow:
    return ReminderRow(
        minutes=one.minutes_before,
        words=_in_words(one.minutes_before),
        when=hours.said(one.due_at, one.webinar.zone),
        sent=one.sent_at is not None and one.sent_at >= one.due_at,
    )


def _in_words(minutes: int) -> str:
    """ "2 hours before the start"."""
    long = abs(minutes)
    if long % _DAY == 0:
        n = long // _DAY
        said = ngettext("%(n)d day", "%(n)d days", n)
    elif long % 60 == 0:
        n = long // 60
        said = ngettext("%(n)d hour", "%(n)d hours", n)
    else:
        n, said = long, ngettext("%(n)d minute", "%(n)d minutes", long)
    span = said % {"n": n}
    if minutes < 0:
        return _("%(span)s after the end") % {"span": span}
    return _("%(span)s before the start") % {"span": span}
