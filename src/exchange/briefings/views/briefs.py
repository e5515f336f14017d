"""Pages of briefs and of those whose words stand in them.
Called through urls/briefs.py."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exchange.briefings import queries
from exchange.contributions import kinds
from exchange.contributions.cards import cards
from exchange.core.paging import page as page_of


@require_safe
def listing(request):
    rows = queries.briefs(None).listed().newest().for_lists()
    found = page_of(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {"kind": kinds.get("brief"), "page": found, "cards": cards(found.rows)}
    return render(request, "briefings/briefs/list.html", context)


@require_safe
def page(request, pk, slug):
    brief = queries.brief(pk, request.user)
    if brief is None:
        raise Http404
    if slug != (brief.slug or "-"):
        return redirect(brief)
    return render(request, "briefings/briefs/page.html", {"contribution": brief})
