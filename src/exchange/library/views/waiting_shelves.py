"""Collections at the desk: those that wait, and what a host decides about them.
Called by urls alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.core.text import clean
from exchange.library.shelving import actions, queries, rules
from exchange.library.views.asked import version_in
from exchange.members.doors import host_required


@require_safe
@never_cache
@host_required
def waiting(request: HttpRequest) -> HttpResponse:
    """Collections that wait for a host to read them."""
    rows = queries.waiting()
    shown = [{"shelf": one, "may": rules.may_decide(request.user, one)} for one in rows]
    return render(request, "library/shelving/waiting.html", {"waiting": shown})


@require_POST
@never_cache
@host_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A host lets a collection out, or keeps it back with kind words."""
    shelf = queries.any_shelf(pk, request.user)
    if shelf is None:
        raise Http404
    version = request.POST.get("version", "")
    try:
        actions.decide(
            shelf=shelf,
            by=request.user,
            version=version_in(version),
            let_out=request.POST.get("what") == "publish",
            note=clean(request.POST.get("note", "")[:500]),
        )
        messages.success(request, _("Done."))
    except NotAllowed as error:
        raise Http404 from error
    except AlreadyDecided:
        messages.info(request, _("It was changed or decided meanwhile. Please read it again."))
    return HttpResponseRedirect(reverse("library-desk:shelves"))
