"""The list of webinars and the lasting page of each.
Called by urls alone."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from exchange.webinars import queries
from exchange.webinars.views.room import reader, webinar_asked


def listing(request: HttpRequest) -> HttpResponse:
    """What is coming, and what was."""
    rows = queries.visible(reader(request)).listed().order_by("-starts_at")
    return render(request, "webinars/list.html", {"webinars": rows[:30]})


def page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One webinar."""
    webinar = webinar_asked(request, pk)
    if slug != (webinar.slug or "-"):
        return HttpResponseRedirect(webinar.get_absolute_url())
    return render(request, "webinars/page.html", {"webinar": webinar})
