"""The hosts' page: proposals, who asks to look after a page, words that wait; one entry with its
history, made one with another, or taken out. Reached by hosts with a second factor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core import waiting
from exchange.members.doors import host_required
from exchange.organisations import actions, desk_queries
from exchange.organisations.errors import ChangedMeanwhile, NotAllowed
from exchange.organisations.forms import DecisionForm
from exchange.organisations.models import Belonging, Change, Organisation


@never_cache
@host_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "organisations/desk/queue.html",
        {"waits": desk_queries.queue(), "at": "organisations"},
    )


@never_cache
@host_required
@require_POST
def decide(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Yes or no to a proposal, to somebody who would look after a page, to words that waited."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please keep the note to 300 characters."))
        return _back()
    given = form.cleaned_data
    try:
        {"proposal": _proposal, "claim": _claim, "change": _change}[sort](request, pk, given)
    except KeyError:
        raise Http404 from None
    except ChangedMeanwhile:
        messages.info(request, _("Somebody else was faster: this was decided already."))
    except NotAllowed:
        messages.error(request, _("Another host decides about what is your own."))
    else:
        messages.success(request, _("Saved. Whoever asked gets an e-mail."))
    waiting.forget()
    return _back()


@never_cache
@host_required
@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Made one with another entry, or taken out; a speaker's part ended."""
    row = get_object_or_404(Organisation, slug=slug, gone_at=None)
    what = request.POST.get("what", "")
    if what == "merge":
        return _merge(request, row, request.POST.get("into", "")[:200])
    if what == "out":
        actions.take_out(organisation=row, by=request.user)
        messages.success(request, _("It is taken out."))
        return HttpResponseRedirect(reverse("organisations:organisations"))
    number = request.POST.get("member", "")
    if what == "end" and number.isdecimal() and len(number) < 19:
        belonging = get_object_or_404(Belonging, organisation=row, member_id=int(number))
        actions.speaks_no_more(belonging=belonging, by=request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(row.get_absolute_url())
    raise Http404


def _merge(request: HttpRequest, row: Organisation, typed: str) -> HttpResponse:
    into = desk_queries.other_entry(row, typed)
    if into is None:
        messages.error(request, _("No other entry has that name or address."))
        return HttpResponseRedirect(row.get_absolute_url())
    actions.merge(gone=row, into=into, by=request.user)
    waiting.forget()
    messages.success(request, _("They are one entry now."))
    return HttpResponseRedirect(into.get_absolute_url())


def _proposal(request, pk, given):
    row = get_object_or_404(Organisation, pk=pk, gone_at=None)
    if given["what"] == "yes":
        actions.check(organisation=row, by=request.user)
    else:
        actions.decline(organisation=row, by=request.user, note=given["note"])


def _claim(request, pk, given):
    row = get_object_or_404(Belonging, pk=pk)
    if given["what"] == "yes":
        actions.accept_speaker(belonging=row, by=request.user)
    else:
        actions.decline_speaker(belonging=row, by=request.user, note=given["note"])


def _change(request, pk, given):
    row = get_object_or_404(Change.objects.select_related("organisation"), pk=pk)
    if given["what"] == "yes":
        actions.let_stand(change=row, by=request.user)
    else:
        actions.not_taken(change=row, by=request.user, note=given["note"])


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("organisations-desk:queue"))
