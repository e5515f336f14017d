"""What the page of a record shows of this matter: the short versions.
Called by the view of the record."""

from typing import Any

from exchange.core.languages import current
from exchange.core.remembering import remembered
from exchange.library.ladder import queries
from exchange.library.models import Resource
from exchange.members.models import Member


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    key = ("ladder", resource.pk, resource.version, current())
    return remembered(key, lambda: queries.context(resource))
