"""Doors of the library: the files of a record.
Loaded by outward/__init__.py."""

from collections.abc import Iterable

from exchange.core import doors
from exchange.core.doors import Marked
from exchange.library.models import File


def _addresses(marked: Marked) -> Iterable[str]:
    rows = File.objects.filter(resource_id=marked.pk, state=File.State.KEPT)
    return [row.get_absolute_url() for row in rows]


doors.by_page("files of a record", pages=_addresses, routes=["library-file"], kinds=["resource"])
