"""The hosts' pages of other libraries: name one, look at what it has, let the clock look again.
Reached through urls by hosts who have shown a second factor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.library.bringing import queries, sources
from exchange.library.bringing.forms import SourceForm
from exchange.library.bringing.harvesting import FIRST_LOOK, MOST_RECORDS
from exchange.library.models import HarvestSource
from exchange.members.doors import host_required, unsent


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def libraries(request: HttpRequest) -> HttpResponse:
    """The libraries we know, and adding one."""
    form = SourceForm(request.POST if request.method == "POST" else None, initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        source = sources.add_source(**form.cleaned_data, by=request.user)
        messages.success(request, _("Added. Nothing was read there yet."))
        return HttpResponseRedirect(reverse("library-desk:bring-library", args=[source.pk]))
    context = {"form": form, "sources": HarvestSource.objects.order_by("name", "url")}
    status = 422 if request.method == "POST" else 200
    return render(request, "library/bringing/libraries.html", context, status=status)


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def library(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what it said last, and what may be done."""
    source = get_object_or_404(HarvestSource, pk=pk)
    if request.method == "POST":
        return HttpResponseRedirect(_done(request, source))
    context = {
        "source": source,
        "runs": queries.runs_of(source),
        "is_waiting": sources.is_waiting(source),
        "first": FIRST_LOOK,
        "most": MOST_RECORDS,
    }
    return render(request, "library/bringing/library.html", context)


def _done(request: HttpRequest, source: HarvestSource) -> str:
    """Do what was asked; the address to go on from."""
    what = request.POST.get("what", "")
    if what in ("look", "all"):
        if sources.ask_for_look(source=source, whole=what == "all", by=request.user):
            messages.success(request, _("We are reading there now. Come back in a minute."))
        else:
            messages.info(request, _("It is being read already."))
    elif what in ("on", "off"):
        sources.switch(source=source, is_on=what == "on")
    elif what == "remove":
        sources.remove_source(source=source)
        messages.success(request, _("Taken off the list. What came from it stays."))
        return reverse("library-desk:bring-libraries")
    return reverse("library-desk:bring-library", args=[source.pk])
