"""What people do after the hour at their own place, and the page where anybody checks a paper.
Called by urls alone."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from allauth.account.adapter import get_adapter
from babel.dates import format_date
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed, Refused, SpineError
from exchange.contributions.noticing import Passage, passages
from exchange.core import words
from exchange.core.languages import current
from exchange.members.doors import host_required
from exchange.webinars import hours, queries
from exchange.webinars.after import certificates, opinions, tried
from exchange.webinars.after.people_forms import (
    CertificateForm,
    CheckForm,
    OpinionForm,
    TriedForm,
)
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Seat, Tried, Webinar
from exchange.webinars.seats.queries import by_key
from exchange.webinars.templatetags.reading import mark_of
from exchange.webinars.views.room import is_too_fast, kept_private, reader, webinar_asked

CHECKS_AN_HOUR = 40
_reading = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@_reading
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """What the hour was worth to somebody; once."""
    seat, webinar, away = _own(request, key)
    if away is not None:
        return away
    if not opinions.is_open(webinar, seat) or opinions.has_given(seat):
        page = {"is_done": opinions.has_given(seat)}
        return _page(request, "opinion", seat, webinar, page, status=_gone(request))
    form = OpinionForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "opinion", seat, webinar, {"form": form})
    if not form.is_valid():
        return _page(request, "opinion", seat, webinar, {"form": form}, status=422)
    try:
        opinions.give(seat=seat, insist=bool(request.POST.get("insist")), **form.cleaned_data)
    except Noticed as seen:
        page = {"form": form, "noticed": _noticed(seen, form)}
        return _page(request, "opinion", seat, webinar, page, status=422)
    except SpineError:
        form.add_error("words", _("These words cannot be taken as they are."))
        return _page(request, "opinion", seat, webinar, {"form": form}, status=422)
    except (AlreadyDone, NotNow):
        return _page(request, "opinion", seat, webinar, {"is_done": True}, status=409)
    messages.success(request, _("Thank you. Your words help to make the next hour better."))
    return HttpResponseRedirect(_place(seat))


@never_cache
@_reading
def tried_page(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody tried since; they may say it anew, or take it back."""
    seat, webinar, away = _own(request, key)
    if away is not None:
        return away
    row = tried.of_seat(seat)
    if not tried.is_open(webinar, seat):
        return _page(request, "tried", seat, webinar, {"row": row}, status=_gone(request))
    if request.method == "POST" and request.POST.get("act") == "take-back":
        tried.take_back(seat=seat)
        messages.success(request, _("Taken back. It stands nowhere any more."))
        return HttpResponseRedirect(request.path)
    said = {"what": row.what, "words": row.words} if row else None
    form = TriedForm(request.POST or None, initial=said)
    if request.method != "POST":
        return _page(request, "tried", seat, webinar, {"form": form, "row": row})
    return _say_tried(request, seat, webinar, form, row)


def _say_tried(
    request: HttpRequest, seat: Seat, webinar: Webinar, form: TriedForm, row: Tried | None
) -> HttpResponse:
    page: dict[str, Any] = {"form": form, "row": row}
    if not form.is_valid():
        return _page(request, "tried", seat, webinar, page, status=422)
    if is_too_fast(seat):
        form.add_error(None, _("That was too often in a short time. Please wait a little."))
        return _page(request, "tried", seat, webinar, page, status=429)
    try:
        said = tried.say(seat=seat, insist=bool(request.POST.get("insist")), **form.cleaned_data)
    except Noticed as seen:
        page["noticed"] = _noticed(seen, form)
        return _page(request, "tried", seat, webinar, page, status=422)
    except (Refused, SpineError, NotNow):
        form.add_error("words", _("These words cannot be taken as they are."))
        return _page(request, "tried", seat, webinar, page, status=422)
    if said.is_out:
        messages.success(request, _("Thank you. Others can learn from it now."))
    else:
        messages.success(request, _("Thank you. A host reads it before others can."))
    return HttpResponseRedirect(request.path)


@never_cache
@_reading
def certificate(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's own paper, to print; asked for first, taken back at any time."""
    seat, webinar, away = _own(request, key)
    if away is not None:
        return away
    if not certificates.may_have(webinar, seat):
        return _page(request, "certificate", seat, webinar, {}, status=_gone(request))
    if request.method == "POST" and request.POST.get("act") == "take-back":
        certificates.take_back(seat=seat)
        messages.success(request, _("Taken back. The code is good for nothing now."))
        return HttpResponseRedirect(request.path)
    given = getattr(seat, "certificate", None)
    form = CertificateForm(request.POST or None, has_come=seat.came_at is not None)
    if request.method != "POST" or given is not None:
        return _paper(request, seat, webinar, form)
    if not form.is_valid():
        return _page(request, "certificate", seat, webinar, {"form": form}, status=422)
    certificates.give(seat=seat, name=form.cleaned_data["name"])
    return HttpResponseRedirect(request.path)


def _paper(
    request: HttpRequest, seat: Seat, webinar: Webinar, form: CertificateForm
) -> HttpResponse:
    given = getattr(seat, "certificate", None)
    if given is None:
        return _page(request, "certificate", seat, webinar, {"form": form})
    page = {
        "certificate": given,
        "code": certificates.spaced(given.code),
        "picture": certificates.drawn(given),
        "check_at": certificates.address_of(given).partition("?")[0],
    }
    return _page(request, "certificate", seat, webinar, page)


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Anybody with the code: which webinar, when, first letters, how many. Codes cannot be tried
    through: there are too many, and few are answered in an hour."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    page: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound:
        if _too_often(request):
            page["too_often"], status = True, 429
        elif form.is_valid():
            page["found"] = certificates.check(form.cleaned_data["code"])
            page["is_unknown"] = page["found"] is None
            page["day"] = _in_full(page["found"].on) if page["found"] else ""
            status = 404 if page["is_unknown"] else 200
        else:
            status = 422
    return kept_private(
        render(request, "webinars/after/certificate_check.html", page, status=status)
    )


@never_cache
@host_required
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """For hosts: what people say of the hour, without names, and what they tried."""
    webinar = webinar_asked(request, pk)
    page = {
        "webinar": webinar,
        "tally": opinions.tally(webinar),
        "enough": opinions.ENOUGH,
        "waiting": tried.waiting(webinar),
        "shown": tried.shown(webinar),
    }
    return render(request, "webinars/after/tried_hosts.html", page)


@require_POST
@host_required
def decide(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A host lets words out that somebody tried something by, or puts them away."""
    webinar = webinar_asked(request, pk)
    found = get_object_or_404(Tried, pk=row, webinar=webinar)
    act = tried.let_out if request.POST.get("act") == "out" else tried.put_away
    try:
        if act is tried.let_out and request.POST.get("read") != mark_of(found.words):
            raise AlreadyDone  # they say something else since the page was opened
        act(tried=found, by=request.user)
    except AlreadyDone:
        messages.info(request, _("Another host has decided this already."))
    except SpineError:
        messages.error(request, _("This cannot be decided now. Please look at the page again."))
    return HttpResponseRedirect(reverse("webinars-desk:after-answers", args=[pk]))


def _in_full(day: date) -> str:
    """With its year: papers are looked at years later."""
    return str(format_date(day, "long", locale=words.locale(current())))


def _own(request: HttpRequest, key: str) -> tuple[Seat, Webinar, HttpResponse | None]:
    """The place of whoever holds its key; a member's own is for that member alone."""
    seat = by_key(key)
    webinar = queries.public(seat.webinar_id) if seat else None
    if seat is None or webinar is None:
        raise Http404
    if seat.member_id is None:
        return seat, webinar, None
    member = reader(request)
    if member is None:
        there = f"{reverse('account_login')}?next={request.path}"
        return seat, webinar, HttpResponseRedirect(there)
    if member.pk != seat.member_id:
        raise Http404
    return seat, webinar, None


def _page(
    request: HttpRequest,
    name: str,
    seat: Seat,
    webinar: Webinar,
    page: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    known = {
        "seat": seat,
        "webinar": webinar,
        "when": hours.said(webinar.starts_at, hours.zone_for(seat, webinar)),
        "back": _place(seat),
        **page,
    }
    return kept_private(render(request, f"webinars/after/{name}.html", known, status=status))


def _gone(request: HttpRequest) -> int:
    return 409 if request.method == "POST" else 200


def _noticed(seen: Noticed, form: Any) -> list[Passage]:
    return passages(seen, Content(title="", body="", parts=_words(form)), form)


def _words(form: Any) -> dict[str, str]:
    return {"words": form.cleaned_data.get("words", "")}


def _place(seat: Seat) -> str:
    return reverse("webinars:seat", args=[seat.key])


def _too_often(request: HttpRequest) -> bool:
    """Counted for an hour, in memory alone, under a mark of the line."""
    line = get_adapter().get_client_ip(request)
    key = f"papers-checked-{hashlib.sha256(line.encode()).hexdigest()[:24]}"
    cache.add(key, 0, 3600)
    try:
        return bool(cache.incr(key) > CHECKS_AN_HOUR)
    except ValueError:
        # The hour ended between the two.
        return False
