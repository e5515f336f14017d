"""The hosts' page of light views: what readers found wrong, what could not be read, what to do.
Called by urls alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.library.models import Reading, ReadingProblem
from exchange.library.reading import actions, queries
from exchange.members.doors import host_required


@never_cache
@require_safe
@host_required
def readings(request: HttpRequest) -> HttpResponse:
    """Open problems first, then what failed, what is pictures, what is hidden."""
    context = {
        "at": "readings",
        "problems": [(one, _way(one)) for one in queries.open_problems()],
        "troubled": queries.troubled(),
        "hidden": queries.hidden(),
    }
    return render(request, "library/reading/readings.html", context)


@never_cache
@require_POST
@host_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one anew, hide it, or show it again."""
    rows = Reading.objects.filter(resource__isnull=False, resource__sealed_at=None)
    reading: Reading = get_object_or_404(rows, pk=pk)
    act = request.POST.get("act", "")
    if act == "again":
        actions.ask_again(reading=reading, by=request.user)
        messages.success(request, _("It is being made anew. Look again in some minutes."))
    elif act in ("hide", "show"):
        actions.hide(reading=reading, by=request.user, hidden=act == "hide")
    return HttpResponseRedirect(reverse("library-desk:readings"))


@never_cache
@require_POST
@host_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked at it."""
    problem: ReadingProblem = get_object_or_404(ReadingProblem, pk=pk)
    actions.settle(problem=problem, by=request.user)
    return HttpResponseRedirect(reverse("library-desk:readings"))


def _way(problem: ReadingProblem) -> str:
    """Where it is to be seen; "" when there is nothing to see any more."""
    reading = problem.reading
    resource = reading.resource
    if resource is None or not reading.is_offered:
        return ""
    slug, anchor = resource.slug or "-", f"#{problem.anchor}" if problem.anchor else ""
    number = min(max(problem.part, 1), reading.parts_count)
    address = reverse(
        "library:reading-part-of-file", args=[resource.pk, slug, reading.file_id, number]
    )
    return address + anchor
