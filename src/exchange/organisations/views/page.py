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
    reader = request.user if request.user.is_authenticated else None
    people = queries.people_at(found, reader)
    belonging = people.own
    context = {
        "organisation": found,
        "belonging": belonging,
        "may_change": rules.may_change(request.user, belonging),
        "waits": rules.waits(belonging),
        "speaks": rules.speaks(belonging),
        "people": people.shown,
        "parts": showing.parts(showing.Asked(found, reader, people.ids)),
    }
    return render(request, "organisations/organisation.html", context)


def _moved(slug: str) -> HttpResponse:
    """Two entries became one: the old address leads on."""
    gone = Organisation.objects.filter(slug=slug).select_related("merged_into").first()
    into = gone.merged_into if gone else None
    if into is None or not Organisation.objects.public().filter(pk=into.pk).exists():
        raise Http404
    return redirect(into, permanent=True)
