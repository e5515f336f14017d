"""Reporting a concern: two taps, with or without an account, and what to do if there is danger now.
Called by `urls.py`."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exchange.core import ids
from exchange.safeguarding import actions, helplines, queries, targets
from exchange.safeguarding.forms import ReportForm
from exchange.safeguarding.models import Kind
from exchange.taxonomy import vocabulary


@never_cache
@require_http_methods(["GET", "POST"])
def report(request, about="general", pk=0):
    """The page of five choices; each of them sends. Nothing that may be left empty, mistyped as it
    may be, stops a report."""
    reader = request.user if request.user.is_authenticated else None
    target = targets.find(about, pk, reader)
    if target is None:
        raise Http404
    handlers = queries.handlers()
    if request.method == "GET":
        form = ReportForm(reader=reader, handlers=handlers)
        return _page(request, target, form, ids.new_id())
    once = request.POST.get("once", "")[:40]
    form = ReportForm(request.POST, reader=reader, handlers=handlers)
    form.is_valid()
    given = form.cleaned_data
    if "kind" not in given:
        return _page(request, target, form, once or ids.new_id(), status=422)
    try:
        concern = actions.report(
            kind=given["kind"],
            target=target,
            words=given.get("words") or request.POST.get("words", ""),
            reporter=reader,
            reporter_address=given.get("address", ""),
            circumstances=actions.Circumstances(
                line=_line(request),
                tell_outcome=given.get("tell_me", False),
                involves=tuple(given.get("involves", ())),
                once_key=once,
            ),
        )
    except actions.TooMany:
        return render(request, "safeguarding/too_many.html", _help(target.countries), status=429)
    return HttpResponseRedirect(_thanks(concern, target, no_address="address" in form.errors))


@never_cache
@require_safe
def received(request):
    """Thank you, and whom to call. The address says nothing of what was reported."""
    country = request.GET.get("country", "").upper()[:2]
    context = _help((country,)) | {
        "urgent": "now" in request.GET,
        "no_address": "unread" in request.GET,
        "is_hidden": "hidden" in request.GET,
        "country": country,
        "country_name": vocabulary.country_name(country) if country else "",
        "countries": helplines.every(),
    }
    return render(request, "safeguarding/received.html", context)


def _page(request, target, form, once, status=200):
    context = {"target": target, "form": form, "kinds": list(Kind), "once": once}
    return render(request, "safeguarding/report.html", context, status=status)


def _help(countries):
    lines = helplines.shown()
    here = [line for line in lines if line.country in countries]
    return {"lines": here, "all_lines": lines}


def _thanks(concern, target, *, no_address):
    query = {"unread": 1} if no_address else {}
    if concern.kind == Kind.AT_RISK:
        query["now"] = 1
        if target.is_words and not concern.one_of_many:
            query["hidden"] = 1
    if target.countries:
        query["country"] = target.countries[0]
    tail = f"?{urlencode(query)}" if query else ""
    return reverse("safeguarding:received") + tail


def _line(request):
    """Not the address of the line: a mark that says whether two reports came by the same one."""
    address = get_adapter().get_client_ip(request)
    return salted_hmac("exchange.safeguarding.line", str(address)).hexdigest()[:32]
