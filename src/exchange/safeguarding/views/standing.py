"""What stands before anything is reported, for hosts: who looks after it, the policy, helplines.
Called by `urls.py`."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core.time import now
from exchange.members.doors import host_required
from exchange.safeguarding import helplines, queries
from exchange.safeguarding.actions import standing as actions


@host_required
@never_cache
@require_safe
def standing(request):
    context = {
        "roles": queries.roles(),
        "missing": queries.missing(),
        "review": queries.policy_review(),
        "review_is_due": queries.policy_is_due(now()),
        "lines": helplines.every(),
    }
    return render(request, "safeguarding/standing.html", context)


@host_required
@require_POST
def policy(request):
    actions.review_policy(by=request.user)
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect("safeguarding:standing")


@host_required
@require_POST
def helpline(request):
    """One number is right today."""
    given = (request.POST.get("country", ""), request.POST.get("number", ""))
    known = next(
        (line for line in helplines.in_file() if (line.country, line.number) == given), None
    )
    if known is not None:
        actions.confirm_helpline(country=known.country, number=known.number, by=request.user)
        messages.success(request, _("Confirmed for a year."))
    return redirect("safeguarding:standing")
