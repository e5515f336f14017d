"""For hosts: files that wait to be opened, and files that are not as they were kept.
Called by urls alone."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions.errors import NotAllowed
from exchange.library.files import actions, queries, upkeep
from exchange.library.files.beside import shown
from exchange.library.models import File
from exchange.members.doors import host_required

_AT_ONCE = 50


@require_safe
@host_required
def kept_files(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first, and what is wrong."""
    seen = File.objects.visible_to(request.user).select_related("resource", "by")
    unscanned = File.objects.filter(state=File.State.KEPT, scanned_at=None)
    context = {
        "waiting": [shown(file, request.user) for file in seen.waiting()[:_AT_ONCE]],
        "amiss": [shown(file, request.user) for file in seen.amiss()[:_AT_ONCE]],
        "infected": queries.infected_lately()[:_AT_ONCE],
        "unscanned": unscanned.count() if settings.SCANNER else 0,
    }
    return render(request, "library/files/kept.html", context)


@require_POST
@host_required
def let_out(request: HttpRequest, number: int) -> HttpResponse:
    """A host has opened it."""
    file = _file(request, number)
    try:
        is_out = actions.let_out_one(file=file, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    if is_out:
        messages.success(request, _("The file is out."))
    else:
        messages.info(request, _("The file is out as soon as the virus scanner has passed it."))
    return HttpResponseRedirect(reverse("library-desk:files"))


@require_POST
@host_required
def look_again(request: HttpRequest, number: int) -> HttpResponse:
    """Read it again, as after it was brought back from a backup."""
    found = upkeep.check(file=_file(request, number))
    if found == File.Fixity.WHOLE:
        messages.success(request, _("The file is whole again."))
    else:
        messages.error(request, _("The file is still not as it was kept."))
    return HttpResponseRedirect(reverse("library-desk:files"))


def _file(request: HttpRequest, number: int) -> File:
    file: File = get_object_or_404(File.objects.visible_to(request.user), pk=number)
    return file
