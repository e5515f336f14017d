"""The card of text that other places show beside a link, and the page with ways to pass it on.
Called by urls.py alone."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.contributions.models import Contribution
from exchange.contributions.postcards import drawing, passing
from exchange.core import camera
from exchange.core.languages import INTERFACE

_LARGEST_NUMBER = 2**63
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # Whoever keeps previews asks again within the hour; what is withdrawn has no card any more.
    "Cache-Control": "public, max-age=3600",
}


@require_safe
def card(request, pk, language):
    """The card of something anybody may read."""
    row = _found(Contribution.objects.public(), pk)
    if language not in INTERFACE:
        raise Http404
    with override(language):
        text = passing.card_text(row)
    return _picture(text)


@require_safe
def card_of_the_exchange(request):
    """For pages that are no contribution: our name on paper."""
    text = drawing.Text(kind="", title=settings.SITE_NAME, context="", site="")
    return _picture(text)


@require_safe
def pass_on(request, pk):
    """Ready links, words to copy, and a square to show to somebody's camera."""
    row = _found(Contribution.objects.listed(), pk)
    address = passing.address(row)
    context = {
        "contribution": row,
        "by": passing.ways(row, address),
        "words": passing.words(row, address),
        "square": camera.code(address),
    }
    return render(request, "contributions/pass_on.html", context)


def _picture(text):
    """Whoever reads links comes again after a while."""
    try:
        made = drawing.card(text)
    except drawing.Busy:
        headers = {"Retry-After": "10", "Cache-Control": "no-store"}
        response = HttpResponse(status=503, headers=headers)
        response._has_been_logged = True  # nothing is broken
        return response
    return HttpResponse(made, content_type="image/png", headers=HEADERS)


def _found(rows, pk):
    if pk >= _LARGEST_NUMBER:
        raise Http404
    return get_object_or_404(rows, pk=pk)
