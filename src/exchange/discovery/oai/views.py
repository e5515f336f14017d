"""The door for harvesters.
Called by urls.py alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exchange.discovery.oai import answering


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """OAI-PMH 2.0. It changes nothing, so a form sent from elsewhere is welcome; what is asked
    wrongly is answered with HTTP 200 as well, in the protocol's own words."""
    given = request.POST if request.method == "POST" else request.GET
    return HttpResponse(
        answering.answer(dict(given.lists())),
        content_type="text/xml; charset=utf-8",
        headers={"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"},
    )
