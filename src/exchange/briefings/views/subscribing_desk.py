"""The hosts' page of who gets the newsletter: how many, one exact address to help, addresses to ask.
Reached through urls/subscribing.py by hosts who have shown a second factor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import actions, queries
from exchange.briefings.subscribing.forms import FindForm, PasteForm
from exchange.core.languages import named
from exchange.members.doors import host_required
from exchange.taxonomy import vocabulary


@host_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribers(request: HttpRequest) -> HttpResponse:
    """Numbers; no address stands here but the one that a host has typed."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "paste":
        return _paste(request)
    if act in ("find", "stop"):
        return _find(request, and_stop=act == "stop")
    return _page(request)


def _paste(request: HttpRequest) -> HttpResponse:
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _page(request, paste=form, status=422)
    told = form.cleaned_data
    asked = sum(
        actions.ask(address=one, language=told["language"], hub=told["hub"], by_host=True)
        for one in told["addresses"]
    )
    left = len(told["addresses"]) - asked
    said = ngettext("%(n)d person is asked by mail.", "%(n)d people are asked by mail.", asked)
    if left:
        said += " " + ngettext(
            "%(left)d has it, was asked before, or has stopped it: left alone.",
            "%(left)d have it, were asked before, or have stopped it: left alone.",
            left,
        )
    messages.success(request, said % {"n": asked, "left": left})
    return HttpResponseRedirect(reverse("briefings-desk:subscribers"))


def _find(request: HttpRequest, *, and_stop: bool) -> HttpResponse:
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, find=form, status=422)
    found = queries.at_address(form.cleaned_data["address"])
    if and_stop and found is not None:
        actions.stop(subscriber=found, by=request.user)
        messages.success(request, _("Done. The newsletter does not go to this address any more."))
        return HttpResponseRedirect(reverse("briefings-desk:subscribers"))
    return _page(request, find=form, found=found, searched=True)


def _page(
    request: HttpRequest,
    *,
    find: FindForm | None = None,
    paste: PasteForm | None = None,
    found: Subscriber | None = None,
    searched: bool = False,
    status: int = 200,
) -> HttpResponse:
    figures = queries.figures()
    context = {
        "at": "subscribers",
        "figures": figures,
        "by_language": [(named(code), n) for code, n in figures.by_language],
        "by_hub": [(_hub(slug), n) for slug, n in figures.by_hub],
        "find": find or FindForm(),
        "paste": paste or PasteForm(),
        "found": found,
        "found_language": named(found.language) if found else "",
        "searched": searched,
    }
    response = render(request, "briefings/subscribing/desk.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _hub(slug: str) -> str:
    return vocabulary.label(f"region:{slug}") if slug else _("no hub")
