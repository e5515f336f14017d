"""Where people came from, and how they get back there: only to pages of our own.
Called by the views of this room."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request):
    """The page to go on to, from `next`; "" when there is none or it leads elsewhere."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(page, hosts, require_https=request.is_secure())
    return page if safe and len(page) <= 2000 else ""


def with_next(name, page, **query):
    """The address of a named page that leads on to another."""
    if page:
        query["next"] = page
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
