"""What the addresses of the library ask for: the reader, the record, the page's number.
Called by the views of this room alone."""

from typing import Any

from django.http import Http404, HttpRequest

from exchange.library.models import Resource
from exchange.members.models import Member


def reader_of(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None


def resource_for(request: HttpRequest, pk: int) -> Resource:
    """The record, if this reader may see it; else 404."""
    # By the parent's own number: there Django knows that no row has one of thirty digits.
    seen: Any = Resource.objects.visible_to(reader_of(request)).filter(id=pk).first()
    if seen is None:
        raise Http404
    resource: Resource = seen
    return resource


def number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 1


def version_in(given: str) -> int:
    """The number a form brought back, or that of a record; 0 when it is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else 0
