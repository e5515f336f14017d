"""What the page of a record shows of this matter: a link that fails, and for those who care for
the record how often it was used. Called by the view of the record."""

from typing import Any

from exchange.library.health import queries
from exchange.library.models import Resource
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    if not resource.is_public:
        return {}
    shown: dict[str, Any] = {"silent_link": queries.silent_links(resource)}
    if reader is not None and (reader.is_host or reader.pk == resource.author_id):
        shown["used_here"] = queries.used(resource)
    return shown
