"""The list of what is written in a hub or a group, for those who belong to it.
Called by urls.py alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.contributions.cards import cards
from exchange.contributions.spaces import queries
from exchange.hubs import rules
from exchange.hubs.models import Space
from exchange.members.doors import member_required


@require_safe
@never_cache
@member_required
def talk(request: HttpRequest, slug: str) -> HttpResponse:
    """Newest first, a page at a time. For others it does not exist."""
    space = get_object_or_404(Space.objects.visible_to(request.user), slug=slug)
    if not rules.is_within(request.user, space.pk):
        raise Http404
    found = queries.page_of(
        space,
        request.user,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "space": space,
        "cards": cards(found.rows, with_kind=True),
        "page": found,
        "talk_may_write": space.is_open and rules.may_write(request.user, space.pk),
    }
    return render(request, "contributions/spaces/talk.html", context)
