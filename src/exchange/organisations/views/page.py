"""The page of one organisation: its facts, its people, and what rooms above show of it.
Called by urls.py alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exchange.organisations import queries, rules, showing
from exchange.organisations.models import Organisation


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = Organisation.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        return _moved(slug)
    belonging = queries.belonging_of(request.user, found)
    context = {
        "organisation": found,
        "belonging": belonging,
        "may_change": rules.may_change(request.user, belonging),
        "waits": rules.waits(belonging),
        "people": queries.people_at(found, request.user),
        "parts": showing.parts(found, request.user),
    }
    return render(request, "organisations/organisation.html", context)


def _moved(slug: str) -> HttpResponse:
    """Two entries became one: the old address leads on."""
    gone = Organisation.objects.filter(slug=slug).select_related("merged_into").first()
    into = gone.merged_into if gone else None
    if into is None or not Organisation.objects.public().filter(pk=into.pk).exists():
        raise Http404
    return redirect(into, permanent=True)
