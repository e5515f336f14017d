"""The list of what is written in a hub or a group, for those who belong to it; sharing it further.
Called by urls.py alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions import experience_steps as steps
from exchange.contributions.cards import cards
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.contributions.spaces import queries, sharing_on
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


@require_POST
@never_cache
@member_required
def share_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words on the writing page, to be looked at once more before everybody reads them."""
    row = _seen(request, pk)
    try:
        draft = sharing_on.begin(row=row, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    if row.kind == "experience":
        return redirect("contributions:experience-step", draft.key, steps.REVIEW)
    name = "ask" if row.kind == "question" else f"share-{row.kind}"
    return HttpResponseRedirect(f"{reverse(f'contributions:{name}')}?draft={draft.key}")


@require_POST
@never_cache
@member_required
def ask_to_share(request: HttpRequest, pk: int) -> HttpResponse:
    """A host of the group asks its author, once."""
    row = _seen(request, pk)
    try:
        sharing_on.ask(row=row, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Asked. Whoever wrote it answers by e-mail or on this page."))
    return HttpResponseRedirect(row.get_absolute_url())


def _seen(request: HttpRequest, pk: int) -> Contribution:
    rows = Contribution.objects.visible_to(request.user)
    found: Contribution = get_object_or_404(rows, pk=pk if pk < 2**63 else 0)
    return found
