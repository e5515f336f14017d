"""Pages of newsletters to read again.
Called through urls/archive.py."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exchange.briefings import queries
from exchange.contributions import kinds
from exchange.contributions.cards import cards
from exchange.core.paging import page as page_of


@require_safe
def listing(request):
    rows = queries.newsletters(None).listed().newest().for_lists()
    found = page_of(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {"kind": kinds.get("newsletter"), "page": found, "cards": cards(found.rows)}
    return render(request, "briefings/archive/list.html", context)


@require_safe
def page(request, pk, slug):
    edition = queries.newsletter(pk, request.user)
    if edition is None:
        raise Http404
    if slug != (edition.slug or "-"):
        return redirect(edition)
    return render(request, "briefings/archive/page.html", {"contribution": edition})
