"""What the next digest will hold, and what a past one held: for the member it is for, alone.
Called through `alerts.urls`."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.alerts.digests import queries
from exchange.core import time
from exchange.members.doors import member_required


@require_safe
@never_cache
@member_required
def ahead(request):
    """Look at it now; nothing is sent by looking."""
    found = queries.ahead(request.user, now=time.now())
    return render(request, "alerts/digest.html", {"ahead": found, "parts": found.parts})


@require_safe
@never_cache
@member_required
def kept(request, period):
    """All of one digest, also what was only a number in the mail."""
    found = queries.kept(request.user, period)
    if found is None:
        raise Http404
    digest, parts = found
    return render(request, "alerts/digest_kept.html", {"digest": digest, "parts": parts})
