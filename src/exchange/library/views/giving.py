"""Records carried away: one in each form, and a list as the facets narrow it.
Called by urls alone."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import compress_sequence
from django.views.decorators.http import require_safe

from exchange.contributions.formats import signposting
from exchange.core.time import now
from exchange.library.giving import exporting, forms
from exchange.library.giving.describe import describe_one
from exchange.library.views.asked import reader_of, resource_for
from exchange.library.views.listing import narrowing_of

# A training room of thirty shares one line.
LISTS_AN_HOUR = 60


@require_safe
def cite(request: HttpRequest, pk: int, slug: str, form: str) -> HttpResponse:
    """One record in one form, as a small file; /cite.linkset gives its typed links."""
    if form not in forms.OF_RECORDS and form != forms.LINKSET:
        raise Http404
    resource = resource_for(request, pk)
    if slug != (resource.slug or "-"):
        place = [resource.pk, resource.slug or "-", form]
        return HttpResponseRedirect(reverse("library:resource-cite", args=place))
    described = describe_one(resource)
    if form == forms.LINKSET:
        return _file(forms.linkset(described), signposting.MEDIA_TYPE, "", resource.is_public)
    chosen = forms.OF_RECORDS[form]
    text = "".join(forms.whole(chosen, [described]))
    response = _file(text, chosen.media_type, f"exchange-{pk}.{form}", resource.is_public)
    response["Link"] = signposting.back(described.address, "describes")
    return response


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The records of a list in one form, at most 5,000, sent while they are read."""
    chosen = next((one for one in forms.OF_LISTS if one.suffix == form), None)
    if chosen is None:
        raise Http404
    reader = reader_of(request)
    if _too_often(request):
        return render(request, "library/giving/too_often.html", status=429)
    found, more = exporting.numbers(narrowing_of(request))
    described = exporting.described(
        found, as_hosts_keep_them=bool(reader and reader.is_host and chosen is forms.TABLE)
    )
    pieces = (piece.encode() for piece in forms.whole(chosen, described))
    name = f"exchange-library-{now():%Y-%m-%d}{'-first-5000' if more else ''}.{form}"
    response = StreamingHttpResponse(pieces, content_type=_with_charset(chosen.media_type))
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        # A long table weighs megabytes; what is sent in pieces nobody else makes lighter.
        response.streaming_content = compress_sequence(response.streaming_content)
        response["Content-Encoding"] = "gzip"
    return _apart(response, name, is_public=reader is None)


def _too_often(request: HttpRequest) -> bool:
    """Counted for an hour, in memory alone, under a mark of the line."""
    line = get_adapter().get_client_ip(request)
    key = f"lists-taken-{hashlib.sha256(line.encode()).hexdigest()[:24]}"
    cache.add(key, 0, 3600)
    try:
        return bool(cache.incr(key) > LISTS_AN_HOUR)
    except ValueError:
        # The hour ended between the two.
        return False


def _file(text: str, media_type: str, name: str, is_public: bool) -> HttpResponse:
    response = HttpResponse(text, content_type=_with_charset(media_type))
    return _apart(response, name, is_public=is_public)


def _apart(response: HttpResponseBase, name: str, *, is_public: bool) -> HttpResponseBase:
    """Saved as a file, kept by nobody on the way, and in no search engine."""
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    return response


def _with_charset(media_type: str) -> str:
    return media_type if "charset" in media_type else f"{media_type}; charset=utf-8"
