"""What was given back to the communities of a study: told by those who know, seen by everybody.
Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.contributions import drafts
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.noticing import Passage, passages
from exchange.library.models import Resource
from exchange.library.practice import actions, queries
from exchange.library.practice.forms import GiveBackForm, ReceivedForm
from exchange.library.practice.rules import is_research
from exchange.library.views.asked import reader_of, resource_for
from exchange.library.views.offering import begun, form_page, once_of, refusal_of, thank
from exchange.library.views.practice import said_with
from exchange.members.doors import member_required_keeping_text


@require_safe
def given_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Every statement, and how many say that they received it."""
    resource = _study(request, pk)
    context = {
        "resource": resource,
        "statements": queries.given_back(resource),
        "received": queries.received_in_words(resource),
        "waiting": queries.waiting_give_backs(resource, reader_of(request)),
        "reader": reader_of(request),
    }
    return render(request, "library/practice/given_back.html", context)


@never_cache
@member_required_keeping_text
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what went back, how, and to whom."""
    resource = _study(request, pk)
    if request.method == "POST":
        return _send(request, resource)
    form = GiveBackForm(initial=begun(request, f"given-back-{resource.pk}"))
    return _page(request, resource, form)


def _send(request: HttpRequest, resource: Resource) -> HttpResponse:
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, resource, form, status=422)
    try:
        row = actions.tell_give_back(
            row=form.statement(resource),
            by=request.user,
            once_key=once_of(request, {}),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        given = form.cleaned_data
        parts = {name: given[name] for name in ("communities", "how", "link")}
        noticed = passages(seen, Content(title="", parts=parts), form)
        return _page(request, resource, form, status=422, noticed=noticed)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, refusal_of(refusal))
        return _page(request, resource, form, status=422)
    drafts.drop(key=f"given-back-{resource.pk}", member=request.user)
    thank(request, row)
    return HttpResponseRedirect(reverse("library:given-back", args=[resource.pk]))


def _page(
    request: HttpRequest,
    resource: Resource,
    form: GiveBackForm,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    key = f"given-back-{resource.pk}"
    template = "library/practice/give_back.html"
    return form_page(request, template, resource, form, key=key, status=status, noticed=noticed)


@never_cache
@member_required_keeping_text
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """ "We received this" or "we did not", and a few words if they like."""
    resource = _study(request, pk)
    if request.method != "POST":
        form = ReceivedForm(initial=_so_far(request, resource))
        return _received_page(request, resource, form)
    if request.POST.get("away"):
        return _take_away(request, resource)
    form = ReceivedForm(request.POST)
    if not form.is_valid():
        return _received_page(request, resource, form, status=422)
    given = form.cleaned_data
    try:
        word = actions.say_received(
            resource=resource,
            by=request.user,
            received=given["received"] == "yes",
            country=given["country"],
        )
    except NotAllowed as refusal:
        form.add_error(None, refusal_of(refusal))
        return _received_page(request, resource, form, status=422)
    failed = said_with(request, form, word)
    if failed is not None:
        return _received_page(request, resource, form, status=422, noticed=failed)
    drafts.drop(key=f"received-{resource.pk}", member=request.user)
    return HttpResponseRedirect(reverse("library:given-back", args=[resource.pk]))


def _take_away(request: HttpRequest, resource: Resource) -> HttpResponse:
    word = queries.own_word(resource, request.user)
    if word is not None:
        actions.take_received_away(word=word, by=request.user)
        messages.success(request, _("It is taken back, and your words with it."))
    return HttpResponseRedirect(reverse("library:given-back", args=[resource.pk]))


def _so_far(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    kept = begun(request, f"received-{resource.pk}")
    asked = request.GET.get("received", "")
    start = {"received": asked} if asked in ("yes", "no") else {}
    word = queries.own_word(resource, request.user)
    if word is None:
        return {"country": request.user.country, **start, **kept}
    before = {
        "received": "yes" if word.received else "no",
        "country": word.country,
        "body": queries.own_words_of(word, request.user),
    }
    return {**before, **start, **kept}


def _received_page(
    request: HttpRequest,
    resource: Resource,
    form: ReceivedForm,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    return form_page(
        request,
        "library/practice/received.html",
        resource,
        form,
        key=f"received-{resource.pk}",
        status=status,
        noticed=noticed,
        own=queries.own_word(resource, request.user),
    )


def _study(request: HttpRequest, pk: int) -> Resource:
    """Only research owes results to communities."""
    resource = resource_for(request, pk)
    if not resource.is_public or not is_research(resource):
        raise Http404
    return resource
